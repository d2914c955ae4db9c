"""What waits, what was freed and what was offered comes back as it was kept."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from booking.appointment import ReachedBy
from booking.attendance import MET
from booking.errors import NotFound
from booking.freed_slot import FreedSlot, FreedState
from booking.letter import Channel, LetterDue, LetterKind
from booking.offer import Offer, OfferState
from booking.outcome import Outcome
from booking.refill_rate import Refillable
from booking.time_span import TimeSpan
from booking.waiting import Waiting
from tests.contracts.waitlisted import DAY, HOUR, Waitlisted, customer
from tests.contracts.world import NOW, TEN, World

PERIOD = TimeSpan(TEN - DAY, TEN + DAY)


async def freed_slot(world: World) -> FreedSlot:
    """Keep a slot that Aino's appointment gave up."""
    giver = await world.booked(TEN + 5 * DAY)
    freed = FreedSlot(
        id=uuid4(),
        offering_id=world.talk,
        adviser_id=world.ilmari,
        appointment_id=giver.id,
        span=TimeSpan(TEN, TEN + HOUR),
        freed_at=NOW,
        look_at=NOW,
    )
    async with world.units.write() as unit:
        await unit.freed_slots.add(freed)
    return freed


async def offered(world: World, freed: FreedSlot) -> tuple[Offer, str]:
    offer = Offer(
        id=uuid4(),
        freed_id=freed.id,
        appointment_id=freed.appointment_id,
        adviser_id=freed.adviser_id,
        span=freed.span,
        offered_at=NOW,
        expires_at=NOW + HOUR,
        hold_id=uuid4(),
    )
    async with world.units.write() as unit:
        return offer, await unit.offers.add(offer)


async def test_a_wish_comes_back_and_can_be_changed_and_forgotten(world: World) -> None:
    appointment = await world.booked()
    wish = Waiting(appointment_id=appointment.id, since=NOW, not_before=TEN, same_adviser=True)

    async with world.units.write() as unit:
        await unit.waitlist.put(replace(wish, not_before=None))
        await unit.waitlist.put(wish)
        assert await unit.waitlist.of(appointment.id) == wish
        assert dict(await unit.waitlist.counts(now=NOW)) == {world.talk: 1}
        assert dict(await unit.waitlist.counts(now=TEN)) == {}
        await unit.waitlist.remove(appointment.id)
        await unit.waitlist.remove(appointment.id)

        assert await unit.waitlist.of(appointment.id) is None


async def test_a_freed_slot_comes_back_and_is_looked_at_when_its_time_has_come(world: World) -> None:
    freed = await freed_slot(world)

    async with world.units.write() as unit:
        assert await unit.freed_slots.get(freed.id) == await unit.freed_slots.locked(freed.id) == freed
        assert list(await unit.freed_slots.to_look_at(NOW, limit=9)) == [freed]
        await unit.freed_slots.put_off(freed.id, TEN)
        assert list(await unit.freed_slots.to_look_at(NOW, limit=9)) == []
        await unit.freed_slots.wake(uuid4(), now=NOW)
        assert list(await unit.freed_slots.to_look_at(NOW, limit=9)) == []
        await unit.freed_slots.wake(world.talk, now=NOW)

        assert list(await unit.freed_slots.to_look_at(NOW, limit=9)) == [freed]
        with pytest.raises(NotFound):
            await unit.freed_slots.get(uuid4())


async def test_a_freed_slot_that_has_ended_stays_so(world: World) -> None:
    freed = await freed_slot(world)

    async with world.units.write() as unit:
        await unit.freed_slots.end(freed.id, FreedState.CLAIMED)
        await unit.freed_slots.end(freed.id, FreedState.OVER)
        await unit.freed_slots.put_off(freed.id, TEN)

        assert await unit.freed_slots.get(freed.id) == replace(freed, state=FreedState.CLAIMED)
        assert list(await unit.freed_slots.to_look_at(TEN, limit=9)) == []


async def test_an_offer_is_found_by_its_token_alone(world: World) -> None:
    offer, token = await offered(world, await freed_slot(world))

    async with world.units.read() as unit:
        assert await unit.offers.behind(token) == await unit.offers.get(offer.id) == offer
        assert await unit.offers.token(offer.id) == token
        assert len(token) == 22
        for missing in (unit.offers.behind("A" * 22), unit.offers.get(uuid4()), unit.offers.token(uuid4())):
            with pytest.raises(NotFound):
                await missing


async def test_an_offer_stands_until_it_has_ended(world: World) -> None:
    freed = await freed_slot(world)
    offer, _ = await offered(world, freed)

    async with world.units.write() as unit:
        assert await unit.offers.open_of(offer.appointment_id) == offer
        assert list(await unit.offers.standing(freed.id)) == [offer]
        assert list(await unit.offers.to_end(NOW, limit=9)) == []
        assert list(await unit.offers.to_end(NOW + HOUR, limit=9)) == [offer]
        ended = replace(offer, state=OfferState.DECLINED)
        await unit.offers.change(ended)

        assert await unit.offers.get(offer.id) == ended
        assert await unit.offers.open_of(offer.appointment_id) is None
        assert list(await unit.offers.standing(freed.id)) == []
        assert list(await unit.offers.to_end(NOW + HOUR, limit=9)) == []


async def test_a_letter_in_the_outbox_knows_its_offer(world: World) -> None:
    offer, _ = await offered(world, await freed_slot(world))
    letter = LetterDue(
        appointment_id=offer.appointment_id, kind=LetterKind.OFFER, sequence=0, offer_id=offer.id
    )

    async with world.units.write() as unit:
        await unit.outbox.put(letter, at=NOW)
        assert [one.letter for one in await unit.outbox.claim(Channel.MAIL, NOW, "test", 9)] == [letter]


async def test_the_refill_rate_is_told_who_came_into_a_freed_slot(world: World) -> None:
    people = Waitlisted(world)
    kullervo = await people.waits("Kullervo", TEN + DAY)
    aino = await people.books("Aino", TEN)
    await people.cancels(aino)
    await people.works()
    freed_at = people.now
    await people.claims(await people.offer(kullervo))
    met = replace(await people.now_of(kullervo), outcome=Outcome.MET)

    async with world.units.write() as unit:
        await unit.appointments.change(met, now=people.now)
        found = list(await unit.freed_slots.refillable(PERIOD))
        nothing = list(await unit.freed_slots.refillable(TimeSpan(TEN + timedelta(minutes=1), TEN + HOUR)))

    assert Outcome.MET in MET
    assert nothing == []
    assert found == [
        Refillable(
            appointment_id=aino.id,
            adviser_id=world.ilmari,
            span=aino.span,
            freed_at=freed_at,
            is_closed=False,
            offers=1,
            booked_by=frozenset({kullervo.id}),
            met_by=frozenset({kullervo.id}),
        )
    ]
    await people.closes(TimeSpan(TEN, TEN + HOUR))
    async with world.units.read() as unit:
        assert [one.is_closed for one in await unit.freed_slots.refillable(PERIOD)] == [True]
    assert customer("Aino").key == aino.customer.key


@pytest.mark.parametrize(
    ("phone", "reached_by", "stopped", "is_asked"),
    [
        ("+358401234567", "sms", False, True),
        ("+358401234567", "mail", False, False),
        ("+358401234567", "sms", True, False),
        ("", "sms", False, False),
    ],
)
async def test_who_has_no_address_is_asked_by_text_message_if_they_chose_that(
    world: World, phone: str, reached_by: ReachedBy, stopped: bool, is_asked: bool
) -> None:
    freed = await freed_slot(world)
    aino = customer("Aino", email="", phone=phone, reached_by=reached_by)
    appointment = await world.booked(TEN + 3 * DAY, customer=aino)
    async with world.units.write() as unit:
        await unit.waitlist.put(Waiting(appointment_id=appointment.id, since=NOW))
        if stopped:
            await unit.stopped_numbers.add(aino.phone_key, since=NOW)

        found = await unit.waitlist.fitting(freed, ["fi"], now=NOW, limit=9)

    assert list(found) == ([appointment.id] if is_asked else [])


async def test_two_without_an_address_are_not_taken_for_one(world: World) -> None:
    freed = await freed_slot(world)
    by_sms = customer("Aino", email="", phone="+358401234567", reached_by="sms")
    offered_one = await world.booked(TEN + 3 * DAY, customer=by_sms)
    other = replace(by_sms, name="Kullervo", phone="+358507654321")
    free_one = await world.booked(TEN + 4 * DAY, customer=other)
    async with world.units.write() as unit:
        for one in (offered_one, free_one):
            await unit.waitlist.put(Waiting(appointment_id=one.id, since=NOW))
        offer = Offer(
            id=uuid4(),
            freed_id=freed.id,
            appointment_id=offered_one.id,
            adviser_id=freed.adviser_id,
            span=TimeSpan(TEN + HOUR, TEN + 2 * HOUR),
            offered_at=NOW,
            expires_at=NOW + HOUR,
        )
        await unit.offers.add(offer)

        found = await unit.waitlist.fitting(freed, ["fi"], now=NOW, limit=9)

    assert list(found) == [free_one.id]
