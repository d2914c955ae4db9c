"""What letters make of the names that customers type."""

import pytest

from booking.name_shown import LONGEST, name_shown


@pytest.mark.parametrize(
    "name",
    [
        "Aino Virtanen", "Märta-Lovisa af Ekenstam", "O’Brien", "J.R.R. Tolkien", "Kullervo K.", "Dr. Who",
        "Ңурсұлтан Әбішұлы", "李小龍", "علی رضا", "Anna (Aino) Virtanen", "Li", "Ville 2",
    ],
)  # fmt: skip
def test_a_name_is_written_as_it_was_typed(name: str) -> None:
    assert name_shown(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "www.evil.example", "Aino evil.example", "t.co", "bit4.ly/x", "https://evil.example", "mailto:x",
        "aino@evil.example", "evil。example", "evil．example", "(www.evil.example)", "1.2.3.4", "<b>Aino</b>",
        "Call 0600 123456", "+358401234567", "0600-12-34-56", "Aino\r\nBcc: aino@evil.example",
        "You have won! Click", "You have won a car come and get it now",
        "a" * (LONGEST + 1), "...", "\u202e", "",
    ],
)  # fmt: skip
def test_what_is_rather_a_message_is_left_out(name: str) -> None:
    assert name_shown(name) == ""


@pytest.mark.parametrize("unseen", ["\u202e", "\u2066", "\u200b", "\x07", "\ufeff", "\xad", "\U000e0041"])
def test_what_cannot_be_seen_or_turns_the_direction_is_taken_out(unseen: str) -> None:
    assert name_shown(f"Ai{unseen}no {unseen}Virtanen") == "Aino Virtanen"


@pytest.mark.parametrize("space", ["\n", "\r\n", "\t", "\u2028", "\x85", "\u00a0"])
def test_an_end_of_a_line_becomes_a_space(space: str) -> None:
    assert name_shown(f"Aino{space}Virtanen") == "Aino Virtanen"
