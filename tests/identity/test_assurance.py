"""The order and the words of the assurance levels."""

import pytest

from identity.assurance import Assurance


def test_levels_are_ordered_from_none_to_high() -> None:
    assert sorted(Assurance) == [Assurance.NONE, Assurance.LOW, Assurance.SUBSTANTIAL, Assurance.HIGH]


@pytest.mark.parametrize("level", Assurance)
def test_the_word_of_a_level_reads_back_as_it(level: Assurance) -> None:
    assert Assurance.of(level.word) is level


def test_another_word_is_no_level() -> None:
    with pytest.raises(ValueError, match="medium"):
        Assurance.of("medium")
