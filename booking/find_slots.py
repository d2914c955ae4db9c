"""Find the times that can be booked: hours, less what is closed, less what is taken, less the cap."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from heapq import merge
from itertools import groupby, islice
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.availability import Openings
from booking.errors import BadPeriod
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.slot import Slot, slots_in
from booking.time_span import TimeSpan, cells

LONGEST = timedelta(days=62)
FAIR = timedelta(hours=84)
"""Who is asked for next is weighed over so long on either side of a start: a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose slots are looked for; `but_not_of` names appointments and holds whose time counts as free.

    `among` are the only advisers who will do, all of the offering when it is None.
    """

    adviser_id: UUID | None = None
    language: str | None = None
    among: frozenset[UUID] | None = None
    but_not_of: frozenset[UUID] = frozenset()


ANYBODY = Wanted()


class Stage(StrEnum):
    """What slots are left after, in this order."""

    HOURS = "hours"
    OPEN = "open"
    IN_TIME = "in_time"
    FREE = "free"
    WITHIN_CAP = "within_cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """What is known of the advisers' time in a span: when they are there, and what is taken of it.

    `bookable` is the stretch that notice and horizon leave.
    """

    offering: Offering
    within: TimeSpan
    bookable: TimeSpan
    openings: Openings
    taken: Mapping[UUID, frozenset[int]]
    starts: Mapping[UUID, Sequence[datetime]]
    adviser_ids: Collection[UUID]

    def hours(self, adviser_id: UUID) -> Iterator[TimeSpan]:
        """Yield the slots of an adviser's hours, whatever stands against them."""
        return self._cut(self.openings.of(adviser_id).hours(self._until))

    def open(self, adviser_id: UUID) -> Iterator[TimeSpan]:
        """Yield those that no closure touches."""
        return self._cut(self.openings.of(adviser_id).open_spans(self._until))

    def in_time(self, _: UUID, spans: Iterable[TimeSpan]) -> Iterator[TimeSpan]:
        """Yield those that are neither too soon nor too far ahead."""
        return (span for span in spans if self.bookable.start <= span.start < self.bookable.end)

    def free(self, adviser_id: UUID, spans: Iterable[TimeSpan]) -> Iterator[TimeSpan]:
        """Yield those whose time, buffers included, nobody has taken."""
        taken = self.taken.get(adviser_id, frozenset())
        return (span for span in spans if taken.isdisjoint(cells(self.offering.busy(span))))

    def within_cap(self, adviser_id: UUID, spans: Iterable[TimeSpan]) -> Iterator[TimeSpan]:
        """Yield those on days on which the adviser meets fewer of these appointments than the cap."""
        if self.offering.daily_cap is None:
            yield from spans
            return
        met = Counter(self._day(start) for start in self.starts.get(adviser_id, ()))
        for span in spans:
            if met[self._day(span.start)] < self.offering.daily_cap:
                yield span

    def slots(self, adviser_id: UUID) -> Iterator[Slot]:
        """Yield what can be booked with an adviser, the earliest first."""
        spans = self.open(adviser_id)
        for _, sieve in self._sieves:
            spans = sieve(adviser_id, spans)
        return (Slot(span, adviser_id) for span in spans)

    def stages(self, adviser_id: UUID) -> Iterator[tuple[Stage, list[TimeSpan]]]:
        """Yield what each stage leaves of an adviser's slots; the last is what can be booked."""
        yield Stage.HOURS, list(self.hours(adviser_id))
        left = list(self.open(adviser_id))
        yield Stage.OPEN, left
        for stage, sieve in self._sieves:
            left = list(sieve(adviser_id, left))
            yield stage, left

    @property
    def _sieves(self) -> Sequence[tuple[Stage, Callable[[UUID, Iterable[TimeSpan]], Iterator[TimeSpan]]]]:
        return (
            (Stage.IN_TIME, self.in_time),
            (Stage.FREE, self.free),
            (Stage.WITHIN_CAP, self.within_cap),
        )

    @property
    def _until(self) -> TimeSpan:
        return TimeSpan(self.within.start, self.within.end + self.offering.length)

    def _cut(self, spans: Iterable[TimeSpan]) -> Iterator[TimeSpan]:
        for span in slots_in(spans, length=self.offering.length, step=self.offering.step):
            if span.start >= self.within.end:
                return
            yield span

    def _day(self, start: datetime) -> date:
        return start.astimezone(ZoneInfo(self.offering.zone)).date()


async def find_slots(
    unit: BookingUnit, offering: Offering, within: TimeSpan, *, now: datetime, wanted: Wanted = ANYBODY
) -> Iterator[Slot]:
    """Yield the free slots that start in a span, the earliest first, one per adviser and start.

    The calendar is read at once, the slots are cut as they are asked for: who wants the first need not
    pay for all. Raises BadPeriod when more than 62 days are asked for.
    """
    if within.length > LONGEST:
        raise BadPeriod(within.length)
    bookable = offering.bookable(now)
    start, end = max(within.start, bookable.start), min(within.end, bookable.end)
    if start >= end or not offering.is_open:
        return iter(())
    diary = await read_diary(unit, offering, TimeSpan(start, end), now=now, wanted=wanted)
    return merge(*(diary.slots(adviser_id) for adviser_id in diary.adviser_ids))


async def read_diary(
    unit: BookingUnit, offering: Offering, within: TimeSpan, *, now: datetime, wanted: Wanted = ANYBODY
) -> Diary:
    """Read what is known of the wanted advisers' time, as far as slots that start in a span may reach."""
    reach = offering.busy(TimeSpan(within.start, within.end + offering.length))
    openings = await unit.advisers.openings(offering.id, reach, adviser_id=wanted.adviser_id)
    whose = await _whose(unit, offering, openings, wanted)
    starts: Mapping[UUID, Mapping[UUID, datetime]] = {}
    if offering.daily_cap is not None:
        days = TimeSpan(within.start - timedelta(days=1), within.end + timedelta(days=1))
        starts = await unit.calendar.starts(offering.id, whose, days, now=now)
    return Diary(
        offering=offering,
        within=within,
        bookable=offering.bookable(now),
        openings=openings,
        taken=await unit.calendar.taken(whose, reach, now=now, but_not_of=wanted.but_not_of),
        starts={
            adviser_id: [start for owner, start in of_one.items() if owner not in wanted.but_not_of]
            for adviser_id, of_one in starts.items()
        },
        adviser_ids=whose,
    )


async def free_slot(
    unit: BookingUnit, offering: Offering, start: datetime, *, now: datetime, wanted: Wanted = ANYBODY
) -> Slot | None:
    """Return the slot at exactly this start: of the adviser, or of whose week is least booked.

    Between equals the start decides, so that nobody is always first.
    """
    if start >= offering.bookable(now).end:
        return None
    span = TimeSpan(start, start + timedelta(minutes=1))
    slots = list(await find_slots(unit, offering, span, now=now, wanted=wanted))
    if len(slots) < 2:
        return slots[0] if slots else None
    week = TimeSpan(start - FAIR, start + FAIR)
    taken = await unit.calendar.taken([slot.adviser_id for slot in slots], week, now=now)

    def turn(slot: Slot) -> tuple[int, bytes]:
        lot = sha256(f"{start.isoformat()} {slot.adviser_id}".encode()).digest()
        return len(taken.get(slot.adviser_id, ())), lot

    return min(slots, key=turn)


async def alternatives(
    unit: BookingUnit,
    offering: Offering,
    start: datetime,
    *,
    now: datetime,
    wanted: Wanted = ANYBODY,
    most: int = 3,
) -> Collection[Slot]:
    """Return the next free slots from a moment on, with anybody, for whoever came too late for theirs."""
    if start >= offering.bookable(now).end:
        return ()
    within = TimeSpan(start, start + timedelta(days=14))
    slots = await find_slots(unit, offering, within, now=now, wanted=replace(wanted, adviser_id=None))
    one_a_start = (next(same) for _, same in groupby(slots, key=lambda slot: slot.span.start))
    return list(islice(one_a_start, most))


async def _whose(
    unit: BookingUnit, offering: Offering, openings: Openings, wanted: Wanted
) -> Collection[UUID]:
    present = openings.adviser_ids if wanted.among is None else openings.adviser_ids & wanted.among
    if wanted.adviser_id is not None:
        return present & {wanted.adviser_id}
    if wanted.language is None:
        return present
    advisers = await unit.advisers.of_offering(offering.id)
    return present & {one.id for one in advisers if wanted.language in one.languages}
