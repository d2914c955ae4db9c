"""JSON of others is read in one way only."""

import pytest

from identity.errors import AssertionRefused
from identity.oidc.strict_json import read_object


def test_an_object_is_read_with_all_that_stands_in_it() -> None:
    assert read_object(b'{"a": {"b": [1]}, "c": "\\u00e4"}', check="shape") == {"a": {"b": [1]}, "c": "ä"}


@pytest.mark.parametrize(
    "text",
    [
        '{"sub": "aino", "sub": "louhi"}',
        '{"outer": {"nonce": 1, "nonce": 1}}',
        "[]",
        "7",
        "",
        b"\xff",
        "[" * 100_000,
    ],
)
def test_what_two_readers_could_read_differently_is_refused_by_the_name_of_the_check(
    text: str | bytes,
) -> None:
    with pytest.raises(AssertionRefused) as refused:
        read_object(text, check="shape")

    assert (refused.value.check, refused.value.__cause__) == ("shape", None)
