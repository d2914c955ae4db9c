"""Who claims too late, or a time that is gone, is refused by name, and keeps their own appointment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.appointment import Appointment
from booking.errors import OfferLate, OfferTaken, OfferWithdrawn, OwnOverlap, Refusal
from booking.letter import LetterDue, LetterKind
from booking.offer import Offer, OfferState
from booking.refill import RefillMode
from booking.still_holds import still_holds
from booking.time_span import TimeSpan
from tests.contracts.waitlisted import DAY, HOUR, Waitlisted
from tests.contracts.world import TEN, World


@pytest.fixture
def people(world: World) -> Waitlisted:
    """Everybody, on units of each kind."""
    return Waitlisted(world)


async def asked(people: Waitlisted, *names: str) -> list[tuple[Appointment, Offer]]:
    """Let people wait and be asked, to all at once where there are several."""
    if len(names) > 1:
        await people.rules(mode=RefillMode.TO_ALL)
    waiting = [await people.waits(name, TEN + DAY + number * HOUR) for number, name in enumerate(names)]
    await people.cancels(await people.books("Aino", TEN))
    await people.works()
    return [(one, await people.offer(one)) for one in waiting]


async def refused(people: Waitlisted, offer: Offer) -> type[Refusal]:
    with pytest.raises(Refusal) as refusal:
        await people.claims(offer)
    return type(refusal.value)


async def test_the_first_claim_wins_and_the_other_keeps_their_own_time(people: Waitlisted) -> None:
    (first, one), (second, other) = await asked(people, "Kullervo", "Lemminkäinen")

    await people.claims(one)

    assert await refused(people, other) is OfferTaken
    assert (await people.now_of(first)).span.start == TEN
    assert await people.now_of(second) == second


async def test_an_offer_that_somebody_else_won_ends_as_taken(people: Waitlisted) -> None:
    (_, one), (_, other) = await asked(people, "Kullervo", "Lemminkäinen")
    await people.claims(one)

    await people.works()

    async with people.world.units.read() as unit:
        assert (await unit.offers.get(other.id)).state is OfferState.TAKEN
    assert await refused(people, other) is OfferTaken


async def test_a_slot_that_was_booked_the_usual_way_is_taken(people: Waitlisted) -> None:
    [(_, offer), _] = await asked(people, "Kullervo", "Lemminkäinen")
    await people.books("Ahti", TEN)

    assert await refused(people, offer) is OfferTaken


@pytest.mark.parametrize("is_swept", [False, True])
async def test_a_late_claim_is_refused_whether_or_not_the_background_work_saw_it(
    people: Waitlisted, is_swept: bool
) -> None:
    [(own, offer)] = await asked(people, "Kullervo")
    people.now = offer.expires_at
    if is_swept:
        await people.works()

    assert await refused(people, offer) is OfferLate
    assert await people.now_of(own) == own


async def test_a_slot_that_was_closed_is_withdrawn(people: Waitlisted) -> None:
    [(own, offer)] = await asked(people, "Kullervo")
    await people.closes(TimeSpan(TEN, TEN + HOUR))

    assert await refused(people, offer) is OfferWithdrawn
    assert await people.now_of(own) == own


async def test_what_was_declined_or_whose_appointment_is_gone_cannot_be_claimed(people: Waitlisted) -> None:
    (_, declined), (cancelled, offer) = await asked(people, "Kullervo", "Lemminkäinen")
    await people.declines(declined)
    await people.cancels(cancelled)

    assert await refused(people, declined) is OfferWithdrawn
    assert await refused(people, offer) is OfferWithdrawn


async def test_who_booked_another_appointment_at_that_time_is_told_so(people: Waitlisted) -> None:
    [(own, offer)] = await asked(people, "Kullervo")
    await people.books("Kullervo", TEN, adviser_id=people.world.louhi)

    assert await refused(people, offer) is OwnOverlap
    assert await people.now_of(own) == own


async def test_declining_after_the_deadline_changes_nothing(people: Waitlisted) -> None:
    [(own, offer)] = await asked(people, "Kullervo")
    people.now = offer.expires_at
    before = await people.facts(own)

    await people.declines(offer)

    assert await people.facts(own) == before


async def test_a_letter_holds_as_long_as_its_offer_can_be_claimed(people: Waitlisted) -> None:
    [(own, offer)] = await asked(people, "Kullervo")
    letter = LetterDue(appointment_id=own.id, kind=LetterKind.OFFER, sequence=0, offer_id=offer.id)
    earlier = replace(own, span=TimeSpan(TEN - HOUR, TEN), sequence=1)
    later = replace(own, span=TimeSpan(TEN + HOUR, TEN + 2 * HOUR), sequence=1)

    def holds(appointment: Appointment, one: Offer | None, minutes: float = 0) -> bool:
        now = people.now + timedelta(minutes=minutes)
        return still_holds(letter, appointment, now=now, offer=one)

    assert holds(own, offer)
    assert holds(later, offer)
    assert not holds(earlier, offer)
    assert not holds(own, offer, minutes=60)
    assert not holds(own, replace(offer, state=OfferState.DECLINED))
    assert not holds(own, None)
