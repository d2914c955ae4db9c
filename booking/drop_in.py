"""Who can be met without a time: the soonest that an adviser who is there has time for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from heapq import merge
from uuid import UUID

from booking.appointment import Appointment
from booking.at_desk import LONGEST_WAIT
from booking.errors import NobodyFree
from booking.fact import Fact, FactKind
from booking.find_slots import Wanted, read_diary
from booking.lateness import goes_on
from booking.offering import Offering
from booking.on_the_spot import LONGEST_MEETING
from booking.ports import BookingUnit
from booking.slot import Slot
from booking.time_span import CELL, TimeSpan


async def soonest(unit: BookingUnit, offering: Offering, *, now: datetime) -> Slot | None:
    """Return the next time of an adviser who is there and takes people, or None within the hour.

    It begins with the five minutes that are running when they are free at once: inside their hours, with
    nothing booked for the whole length, and with nobody before them.
    """
    if not (offering.is_open and offering.drop_in):
        return None
    gives = await unit.advisers.ids_of_offering(offering.id)
    there = await unit.at_desk.taking(gives, now=now)
    return await _first(unit, offering, there, now=now) if there else None


async def take_soonest(unit: BookingUnit, offering: Offering, *, now: datetime) -> Slot:
    """Return the same with the advisers' time locked until the unit ends. Raises NobodyFree."""
    await unit.calendar.lock(await unit.advisers.ids_of_offering(offering.id))
    slot = await soonest(unit, offering, now=now)
    if slot is None:
        raise NobodyFree
    return slot


def is_at_once(slot: Slot, now: datetime) -> bool:
    return slot.span.start <= now


async def _first(
    unit: BookingUnit, offering: Offering, there: frozenset[UUID], *, now: datetime
) -> Slot | None:
    begin = datetime.fromtimestamp(now.timestamp() // CELL.total_seconds() * CELL.total_seconds(), UTC)
    within = TimeSpan(begin, begin + LONGEST_WAIT)
    at_any_five = replace(offering, step=CELL)
    diary = await read_diary(unit, at_any_five, within, now=now, wanted=Wanted(among=there))
    diary = replace(diary, bookable=within)
    busy = await _busy_until(unit, now)
    slots = merge(*(diary.slots(adviser_id) for adviser_id in diary.adviser_ids))
    return next((slot for slot in slots if slot.span.start >= busy.get(slot.adviser_id, begin)), None)


async def _busy_until(unit: BookingUnit, now: datetime) -> Mapping[UUID, datetime]:
    """Return who is with a customer or on the way to one, whosever calendar they stand in, and until when."""
    around = TimeSpan(now - LONGEST_MEETING, now + LONGEST_WAIT)
    live = await unit.appointments.live_within(around)
    ids = [one.id for one in live]
    histories, waiting = await unit.facts.of_many(ids), await unit.waiting.of(ids)
    until: dict[UUID, datetime] = {}
    for one in live:
        claimant = waiting[one.id].claimant(now) if one.id in waiting else None
        facts = histories.get(one.id, ())
        who = claimant or (_met_by(one, facts) if goes_on(facts) else None)
        if who:
            until[who] = max(one.span.end, now + CELL, until.get(who, now))
    return until


def _met_by(appointment: Appointment, facts: Sequence[Fact]) -> UUID:
    claimed = [fact.detail["adviser"] for fact in facts if fact.kind is FactKind.CLAIMED]
    return UUID(str(claimed[-1])) if claimed else appointment.adviser_id
