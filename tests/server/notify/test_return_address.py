"""The address that a letter comes back to names it, and nobody else can write one."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.notify.return_address import ReturnAddress

LETTER = UUID("0b7a2c1e-9d1f-4c55-8a3e-111111111111")
RETURNS = ReturnAddress("bounces@example.org", b"one key")


def test_address_names_its_letter() -> None:
    address = RETURNS.of(LETTER)

    assert address.startswith("bounces+")
    assert address.endswith("@example.org")
    assert RETURNS.letter_of(address) == LETTER


@pytest.mark.parametrize("written", [str.upper, str.title, lambda address: f" {address} "])
def test_mail_servers_may_write_it_as_they_like(written: object) -> None:
    assert callable(written)

    assert RETURNS.letter_of(written(RETURNS.of(LETTER))) == LETTER


def test_address_made_with_another_key_names_nothing() -> None:
    forged = ReturnAddress("bounces@example.org", b"another key").of(LETTER)

    assert RETURNS.letter_of(forged) is None


def test_check_of_one_letter_is_none_for_another() -> None:
    check = RETURNS.of(LETTER).partition("-")[2]

    assert RETURNS.letter_of(f"bounces+{UUID(int=7).hex}-{check}") is None


@pytest.mark.parametrize("mailbox", ["bounces@example.com", "others@example.org", "bounces@xexample.org"])
def test_address_of_another_mailbox_names_nothing(mailbox: str) -> None:
    elsewhere = ReturnAddress(mailbox, RETURNS.key).of(LETTER)

    assert RETURNS.letter_of(elsewhere) is None


def test_message_of_no_letter_has_no_address() -> None:
    assert RETURNS.of_message(f"<{LETTER}@meet.example.org>") == RETURNS.of(LETTER)
    assert RETURNS.of_message("<test@meet.example.org>") is None


def test_address_fits_every_mail_server() -> None:
    widest = ReturnAddress("fourteen-chars@example.org", b"key").of(LETTER)

    assert len(widest.partition("@")[0]) <= 64


@given(st.text())
def test_whatever_else_is_written_names_nothing(text: str) -> None:
    assert RETURNS.letter_of(text) is None


def test_key_is_not_told_where_the_address_is_written_down() -> None:
    assert "one key" not in repr(RETURNS)
