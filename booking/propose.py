"""Propose other times to those in a disruption: to each a few, and to no two the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.appointment import Appointment
from booking.disruption import Choice, Disruption
from booking.find_slots import LONGEST, find_slots
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.slot import Slot
from booking.time_span import TimeSpan

MOST = 3
ENOUGH = 40
BY_DAY = range(8, 20)
"""Nobody is proposed a time of the night as long as there are others."""

SAME = 2
"""So many of them are with the same adviser, where that one can meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody who needs other times: with whom they were to meet, if that one can, and with whom else."""

    appointment_id: UUID
    same: UUID | None
    anybody: frozenset[UUID]


async def propose(
    unit: BookingUnit, disruption: Disruption, appointment: Appointment, *, now: datetime
) -> Sequence[Slot]:
    """Return a few free times, the same adviser's first unless it is they who cannot.

    Nothing is kept for anybody: whoever comes later in the row and has not answered is proposed other
    times, and who takes one first has it.
    """
    offering = await unit.offerings.get(appointment.offering_id)
    advisers = await unit.advisers.of_offering(offering.id)
    away = {one.id for one in advisers if _is_away(disruption, one.id, one.team_id)}
    speaking = {one.id: one.languages for one in advisers}
    row = [
        _asking(each, away, speaking) for each in await _waiting(unit, disruption, appointment, offering.id)
    ]
    bookable = offering.bookable(now)
    within = TimeSpan(bookable.start, min(bookable.end, bookable.start + LONGEST - timedelta(days=1)))
    slots = await find_slots(unit, offering, within, now=now)
    found = apart(islice(slots, ENOUGH * (len(row) + 8)), offering)
    zone = ZoneInfo(offering.zone)
    by_day = [slot for slot in found if slot.span.start.astimezone(zone).hour in BY_DAY]
    return spread(row, by_day if len(by_day) >= MOST * len(row) else found).get(appointment.id, ())


def apart(slots: Iterable[Slot], offering: Offering) -> list[Slot]:
    """Leave out what could not be booked beside an earlier slot of the same adviser."""
    kept: list[Slot] = []
    last: dict[UUID, TimeSpan] = {}
    for slot in slots:
        busy, before = offering.busy(slot.span), last.get(slot.adviser_id)
        if before is None or not before.overlaps(busy):
            last[slot.adviser_id] = busy
            kept.append(slot)
    return kept


def spread(row: Sequence[Asking], slots: Sequence[Slot]) -> Mapping[UUID, Sequence[Slot]]:
    """Give each in turn the earliest times that nobody before them was given; the last may get none."""
    left: dict[UUID, list[Slot]] = {}
    for slot in slots:
        left.setdefault(slot.adviser_id, []).append(slot)
    return {one.appointment_id: _given(one, left) for one in row}


def _given(one: Asking, left: dict[UUID, list[Slot]]) -> Sequence[Slot]:
    """Take a few from what is left, no two at the same start."""
    given: list[Slot] = []
    same = frozenset({one.same}) if one.same else frozenset[UUID]()
    for pool, most in ((same, SAME), (one.anybody, MOST)):
        while len(given) < most and (slot := _earliest(pool, left, {each.span.start for each in given})):
            left[slot.adviser_id].remove(slot)
            given.append(slot)
    return given


def _earliest(
    pool: Iterable[UUID], left: Mapping[UUID, Sequence[Slot]], but_not_at: set[datetime]
) -> Slot | None:
    firsts = (
        next((slot for slot in left[adviser_id] if slot.span.start not in but_not_at), None)
        for adviser_id in pool
        if adviser_id in left
    )
    return min((slot for slot in firsts if slot), default=None)


async def _waiting(
    unit: BookingUnit, disruption: Disruption, appointment: Appointment, offering_id: UUID
) -> Sequence[Appointment]:
    """Return those before somebody in the row who have not answered either, and then themselves."""
    before = []
    for one in await unit.disruptions.concerned(disruption.id):
        if one.appointment.id == appointment.id:
            break
        if one.appointment.offering_id == offering_id and one.choice is Choice.UNANSWERED:
            before.append(one.appointment)
    return [*before, appointment]


def _asking(one: Appointment, away: set[UUID], speaking: Mapping[UUID, Sequence[str]]) -> Asking:
    """Anybody is who speaks the language, if anybody does; who cannot meet now is better than nobody."""
    there = frozenset(speaking) - away
    understood = frozenset(who for who in there if one.customer.language in speaking[who])
    return Asking(
        appointment_id=one.id,
        same=None if one.adviser_id in away else one.adviser_id,
        anybody=understood or there or frozenset(away),
    )


def _is_away(disruption: Disruption, adviser_id: UUID, team_id: UUID | None) -> bool:
    """Tell whether it is this adviser who cannot; where all are disrupted, a later time is with any."""
    scope = disruption.scope
    return adviser_id == scope.adviser_id or (team_id is not None and team_id == scope.team_id)
