"""Customers choose how they are written to, where text messages are set up, and need a number for it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from booking.appointment import Appointment
from booking.letter import Channel
from server.demo_data import ILMARI, MORTGAGE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Page
from web.moments import moment_json

CHOICE = 'name="reached_by"'
NUMBER = "+358 40 123 4567"
PHONE_NEEDED = "Fill in the phone number, or choose e-mail."


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path, has_sms=True) as house:
        yield house


@pytest.fixture
async def plain_house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def desk_form(house: FaceHouse, **values: str) -> Page:
    ilmari = await house.staff("ilmari")
    start = SOON.isoformat().replace("+00:00", "Z")
    page = await ilmari.opens(f"/desk/book/{MORTGAGE}/details?start={start}&adviser={ILMARI}")
    return await ilmari.sends(page, f"/desk/book/{MORTGAGE}", **values)


async def booked(house: FaceHouse) -> Appointment:
    return next(one for one in await house.booked() if one.span.start == SOON)


async def test_customer_chooses_text_messages_and_must_leave_a_number(house: FaceHouse) -> None:
    appointment, token = await house.books()
    aino = house.browser()
    path = f"/a/{token}/contact"

    page = await aino.opens(path)
    refused = await aino.sends(page, path, language="en", reached_by="sms")
    taken = await aino.sends(page, path, language="en", reached_by="sms", phone=NUMBER)
    removed = await aino.sends(await aino.opens(path), path, language="en", reached_by="both", no_phone="1")

    assert CHOICE in page.text
    assert (refused.status, PHONE_NEEDED in refused.text) == (422, True)
    assert taken.status == 200
    assert (await house.appointment(appointment.id)).customer.channels == (Channel.SMS,)
    assert removed.status == 422


async def test_who_books_chooses_text_messages_and_must_leave_a_number(house: FaceHouse) -> None:
    aino = house.browser()
    path = f"/book/{MORTGAGE}/hold?adviser={ILMARI}"
    slots = await aino.opens(f"/book/{MORTGAGE}?adviser={ILMARI}")
    page = await aino.sends(slots, path, start=moment_json(SOON))
    action = next(form["action"] for form in page.forms() if "name" in form)
    given = {"name": "Aino", "email": "aino@example.com", "language": "en", "reached_by": "both"}

    refused = await aino.sends(page, action, **given, phone="")
    taken = await aino.sends(page, action, **given, phone=NUMBER)

    assert (refused.status, PHONE_NEEDED in refused.text) == (422, True)
    assert taken.status == 200
    assert (await booked(house)).customer.channels == (Channel.MAIL, Channel.SMS)


async def test_where_no_gateway_is_set_up_nobody_is_asked(plain_house: FaceHouse) -> None:
    _, token = await plain_house.books()
    aino = plain_house.browser()

    assert CHOICE not in (await aino.opens(f"/a/{token}/contact")).text


async def test_adviser_books_for_somebody_who_has_a_phone_alone(house: FaceHouse) -> None:
    wrong = await desk_form(house, name="Aino", email="a@example.com", language="fi", reached_by="sms")
    right = await desk_form(house, name="Aino", phone=NUMBER, language="fi", reached_by="sms")

    assert (wrong.status, PHONE_NEEDED in wrong.text) == (422, True)
    assert right.status == 200
    assert (await booked(house)).customer.channels == (Channel.SMS,)


@pytest.mark.parametrize(
    ("customer", "status"),
    [
        ({"reached_by": "sms", "phone": NUMBER}, 201),
        ({"reached_by": "both", "phone": NUMBER}, 201),
        ({"reached_by": "sms"}, 422),
        ({"reached_by": "pigeon", "phone": NUMBER}, 422),
    ],
)
async def test_a_program_says_how_a_customer_is_reached(
    house: FaceHouse, customer: dict[str, str], status: int
) -> None:
    program = await house.program("booking")
    body: dict[str, Any] = {
        "offering_id": str(MORTGAGE),
        "start": SOON.isoformat(),
        "adviser_id": str(ILMARI),
        "customer": {"name": "Aino", "email": "aino@example.com"} | customer,
    }

    answer = await program.post("/appointments", body)

    assert answer.status == status
    if status == 201:
        assert (await booked(house)).customer.reached_by == customer["reached_by"]


async def test_without_a_gateway_letters_of_programs_go_by_mail(plain_house: FaceHouse) -> None:
    program = await plain_house.program("booking")
    customer = {"name": "Aino", "email": "aino@example.com", "phone": NUMBER, "reached_by": "sms"}

    await program.post(
        "/appointments",
        {
            "offering_id": str(MORTGAGE),
            "start": SOON.isoformat(),
            "adviser_id": str(ILMARI),
            "customer": customer,
        },
    )

    assert (await booked(plain_house)).customer.channels == (Channel.MAIL,)
