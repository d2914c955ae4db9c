"""However soon somebody books, only letters that are still due exist, and none goes out late."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from booking.letter import LetterKind
from booking.remind import remind
from booking.reserve import Wish, reserve
from tests.contracts.world import AINO, AnyUnits, World

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
AHEAD = {
    LetterKind.THREE_DAYS: 72 * HOUR,
    LetterKind.ONE_DAY: 24 * HOUR,
    LetterKind.FIFTEEN_MINUTES: 15 * MINUTE,
}
EDGES = [ahead + away for ahead in AHEAD.values() for away in (-MINUTE, timedelta(0), MINUTE)]
LEADS = sorted({*(number * HOUR for number in range(101)), *EDGES, MINUTE})


class UndoneError(Exception):
    """What was tried is not kept."""


async def planned(units: AnyUnits, wish: Wish, now: datetime) -> list[LetterKind]:
    """Book, return what is planned, and what a step of the work would send at once; keep nothing."""
    found: list[LetterKind] = []
    with suppress(UndoneError):
        async with units.write() as unit:
            booked = await reserve(unit, wish, now=now)
            ahead = await unit.reminders.ahead(NOON + HOUR)
            assert {one.appointment_id for one in ahead} <= {booked.appointment.id}
            assert await remind(unit, now=now) == 0
            found += [one.kind for one in ahead]
            raise UndoneError
    return found


async def test_bookings_at_every_lead_time_have_only_the_letters_still_due(world: World) -> None:
    wish = Wish(offering_id=world.talk, start=NOON, customer=AINO, adviser_id=world.ilmari)

    found = {lead: await planned(world.units, wish, NOON - lead) for lead in LEADS if lead}

    assert len(found) > 100
    assert found == {lead: [kind for kind, ahead in AHEAD.items() if lead > ahead] for lead in LEADS if lead}


async def test_a_time_that_begins_now_has_no_letters_ahead(world: World) -> None:
    wish = Wish(offering_id=world.talk, start=NOON, customer=AINO, adviser_id=world.ilmari)

    assert await planned(world.units, wish, NOON) == []
