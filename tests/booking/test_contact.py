"""One address and one phone number are one, however somebody writes them."""

import pytest

from booking.appointment import Customer
from booking.contact import dialled, mailbox_key


@pytest.mark.parametrize(
    "written",
    [
        "+358 40 123 4567",
        "040 1234567",
        "040-123 45 67",
        "00358401234567",
        "+358 (0)40 1234567",
        "358401234567",
    ],
)
def test_a_number_is_one_however_it_is_written(written: str) -> None:
    assert dialled(written) == "358401234567"


def test_numbers_of_other_countries_and_other_numbers_stay_apart() -> None:
    assert dialled("+46 40 123 4567") == "46401234567"
    assert dialled("0046 40 123 4567") == "46401234567"
    assert dialled("040 123 4568") != dialled("040 123 4567")
    assert dialled("") == ""


def test_capitals_and_spaces_do_not_make_another_address() -> None:
    assert mailbox_key(" Aino@Example.FI ") == mailbox_key("aino@example.fi")


def test_who_left_only_a_phone_is_one_person_however_it_was_written() -> None:
    first = Customer(name="Aino Virtanen", email="", phone="040 123 4567")
    second = Customer(name="aino  virtanen", email="", phone="+358401234567")

    assert first.key == second.key
