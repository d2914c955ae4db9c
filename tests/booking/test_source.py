"""What a link may say of where somebody came from."""

import pytest

from booking.source import is_tag, tag_in


@pytest.mark.parametrize("text", ["chat", "leaflet-2", "a", "x" * 32])
def test_a_tag_of_few_letters_is_kept(text: str) -> None:
    assert tag_in(text) == text


@pytest.mark.parametrize(
    "text", ["", "Aino", "aino@example.com", "a b", "x" * 33, "å", "chat\n", "staff", "api"]
)
def test_what_is_no_tag_counts_as_none(text: str) -> None:
    assert not is_tag(text)
    assert tag_in(text) == ""
