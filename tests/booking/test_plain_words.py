"""What an admin writes to many stays words: nothing of it can become a link, a header or markup."""

import pytest

from booking.plain_words import MOST, WordsFault, plain, words_fault


def test_signs_that_cannot_be_seen_are_left_out_and_lines_stay() -> None:
    written = "  Ilmari \u202eon\u200b  sairas.\r\nOlemme\x07 pahoillamme.\r\n\r\n\r\n\r\nPankki "

    assert plain(written) == "Ilmari on sairas.\nOlemme pahoillamme.\n\nPankki"


@pytest.mark.parametrize(
    "words",
    ["https://paha.example", "Katso WWW.paha.example", "pankki.fi/tili", "kirjoita apu@pankki", "ftp://x"],
)
def test_what_a_mail_program_would_make_a_link_of_is_refused(words: str) -> None:
    assert words_fault(f"Olemme pahoillamme. {words}") is WordsFault.LINK


@pytest.mark.parametrize(
    "words", ["Avoinna klo 9.30–16. Soittakaa 010 123 4567.", "Öppet kl. 9.30!", "Sorry.\n\nWe…"]
)
def test_times_phone_numbers_and_ends_of_sentences_are_words(words: str) -> None:
    assert words_fault(plain(words)) is None


def test_words_are_no_longer_than_a_letter_bears() -> None:
    assert words_fault("a" * MOST) is None
    assert words_fault("a" * (MOST + 1)) is WordsFault.TOO_LONG
    assert words_fault("a\n" * 12 + "a") is WordsFault.TOO_LONG
