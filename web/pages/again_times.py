"""A few times for whoever books again: with the same adviser first, on different days, near the old hour."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.find_slots import Wanted, find_slots
from booking.ports import BookingUnit
from booking.slot import Slot
from booking.time_span import TimeSpan
from web.moments import moment_json
from web.pages.visit import Visit

WITHIN = timedelta(days=28)
MOST = 3
"""Times with the same adviser, and as many with others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainTime:
    start: datetime
    end: datetime
    adviser_id: UUID
    adviser: str
    is_same: bool

    @property
    def value(self) -> str:
        """What its button sends."""
        return f"{moment_json(self.start)} {self.adviser_id}"


async def times_again(
    unit: BookingUnit, found: Visit, *, now: datetime, among: frozenset[UUID] | None = None
) -> Sequence[AgainTime]:
    """Return them; `among` are the only advisers who will do, where not all of the offering will."""
    names = {one.id: one.name for one in await unit.advisers.of_offering(found.offering.id)}
    same = found.appointment.adviser_id
    slots = await find_slots(
        unit, found.offering, TimeSpan(now, now + WITHIN), now=now, wanted=Wanted(adviser_id=same)
    )
    chosen = list(islice(_one_a_day(slots, found), MOST))
    others = await find_slots(
        unit, found.offering, TimeSpan(now, now + WITHIN), now=now, wanted=_others(found, among)
    )
    not_same = (slot for slot in others if slot.adviser_id != same)
    chosen += islice(_one_a_day(not_same, found), MOST)
    return [
        AgainTime(
            start=slot.span.start,
            end=slot.span.end,
            adviser_id=slot.adviser_id,
            adviser=names.get(slot.adviser_id, ""),
            is_same=slot.adviser_id == same,
        )
        for slot in chosen
    ]


def _others(found: Visit, among: frozenset[UUID] | None) -> Wanted:
    """Ask for advisers who speak the customer's language, where it is one of the offering's."""
    language = found.appointment.customer.language
    return Wanted(language=language if language in found.offering.languages else None, among=among)


def _one_a_day(slots: Iterable[Slot], found: Visit) -> Iterator[Slot]:
    """Yield of each local day the time that is nearest to the old one's hour."""
    was = _minute(found.appointment.span.start, found.zone)

    def far(slot: Slot) -> int:
        return abs(_minute(slot.span.start, found.zone) - was)

    for _, of_day in groupby(slots, key=lambda slot: slot.span.start.astimezone(found.zone).date()):
        yield min(of_day, key=far)


def _minute(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
