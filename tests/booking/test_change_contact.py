"""How a customer is reached can be changed by their link, and both addresses are told."""

from datetime import timedelta

import pytest

from booking.appointment import Appointment, Customer
from booking.cancel import cancel
from booking.change_contact import MOST_ADDRESSES, WINDOW, Contact, change_contact
from booking.errors import OwnOverlap, TooLate, TooManyChanges, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.letter import Channel, LetterDue, LetterKind
from booking.reserve import Wish, reserve
from tests.contracts.world import AINO, NOW, TEN, World

NEW = "aino.uusi@example.fi"


async def booked(world: World, **values: object) -> Appointment:
    given: dict[str, object] = {"customer": AINO, "adviser_id": world.ilmari, "start": TEN}
    wish = Wish(offering_id=world.talk, **(given | values))  # type: ignore[arg-type]  # of the right types
    async with world.units.write() as unit:
        return (await reserve(unit, wish, now=NOW)).appointment


async def changed(world: World, appointment: Appointment, contact: Contact) -> Appointment:
    async with world.units.write() as unit:
        return await change_contact(unit, appointment.id, contact, by=Actor.CUSTOMER, now=NOW)


async def letters(world: World) -> list[LetterDue]:
    async with world.units.write() as unit:
        return [one.letter for one in await unit.outbox.claim(Channel.MAIL, NOW, "test", 20)]


async def last_fact(world: World, appointment: Appointment) -> Fact:
    async with world.units.read() as unit:
        return (await unit.facts.of(appointment.id))[-1]


async def test_what_is_new_is_kept_and_the_rest_stays(world: World) -> None:
    appointment = await booked(world)

    after = await changed(world, appointment, Contact(email=NEW))

    assert after.customer == Customer(name=AINO.name, email=NEW, phone=AINO.phone, language=AINO.language)
    async with world.units.read() as unit:
        assert await unit.appointments.get(appointment.id) == after


async def test_history_tells_that_it_was_changed_and_never_what_it_is(world: World) -> None:
    appointment = await booked(world)

    await changed(world, appointment, Contact(email=NEW, phone=""))

    fact = await last_fact(world, appointment)
    assert (fact.kind, fact.detail) == (
        FactKind.CONTACT_CHANGED,
        {"email": True, "phone": True, "language": False, "reached_by": False},
    )


async def test_old_address_is_told_and_the_new_one_gets_the_link(world: World) -> None:
    appointment = await booked(world)
    await letters(world)

    await changed(world, appointment, Contact(email=NEW))

    told = {(one.kind, one.to) for one in await letters(world)}
    assert told == {(LetterKind.NEW_ADDRESS, ""), (LetterKind.OLD_ADDRESS, AINO.email)}


async def test_another_phone_or_language_is_no_news_to_any_address(world: World) -> None:
    appointment = await booked(world)
    await letters(world)

    await changed(world, appointment, Contact(phone="+358 50 000 0000", language="en"))

    assert await letters(world) == []


@pytest.mark.parametrize(
    "contact", [Contact(), Contact(email=AINO.email.upper(), phone=AINO.phone, language=AINO.language)]
)
async def test_what_is_the_same_already_changes_nothing(world: World, contact: Contact) -> None:
    appointment = await booked(world)

    assert await changed(world, appointment, contact) == appointment
    assert (await last_fact(world, appointment)).kind is FactKind.BOOKED


async def test_another_appointment_of_the_new_address_at_that_time_is_in_the_way(world: World) -> None:
    appointment = await booked(world)
    elsewhere = Customer(name=AINO.name, email=NEW)
    other = await booked(world, customer=elsewhere, adviser_id=world.louhi)

    async with world.units.write() as unit:
        with pytest.raises(OwnOverlap) as refused:
            await change_contact(unit, appointment.id, Contact(email=NEW), by=Actor.CUSTOMER, now=NOW)

    assert refused.value.appointment_id == other.id


async def test_who_was_reached_elsewhere_may_book_there_again(world: World) -> None:
    appointment = await booked(world)

    await changed(world, appointment, Contact(email=NEW))

    with pytest.raises(OwnOverlap):
        await booked(world, customer=Customer(name=AINO.name, email=NEW), adviser_id=world.louhi)
    await booked(world, adviser_id=world.louhi)  # the old address has its time back


async def test_one_link_cannot_write_to_everybody(world: World) -> None:
    appointment = await booked(world)
    for number in range(MOST_ADDRESSES):
        await changed(world, appointment, Contact(email=f"{number}@example.fi"))

    with pytest.raises(TooManyChanges) as refused:
        await changed(world, appointment, Contact(email=NEW))

    assert refused.value.until == NOW + WINDOW
    assert (await changed(world, appointment, Contact(phone=""))).customer.phone == ""


async def test_nothing_is_changed_once_it_is_cancelled_or_over(world: World) -> None:
    gone, live = await booked(world), await booked(world, start=TEN + timedelta(hours=1))
    async with world.units.write() as unit:
        await cancel(unit, gone.id, by=Actor.CUSTOMER, now=NOW)
        with pytest.raises(WrongStatus):
            await change_contact(unit, gone.id, Contact(email=NEW), by=Actor.CUSTOMER, now=NOW)
        with pytest.raises(TooLate):
            await change_contact(unit, live.id, Contact(email=NEW), by=Actor.CUSTOMER, now=live.span.end)
