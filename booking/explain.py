"""Why there is no slot: what each stage leaves of an adviser's day, by the very stages that slots come of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.adviser import Adviser
from booking.closure import Closure
from booking.errors import BadPeriod, NotFound
from booking.find_slots import Diary, Stage, Wanted, read_diary
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.time_span import CELL, TimeSpan, joined

MOST_DAYS = 7


class Why(StrEnum):
    """Why nothing is left."""

    NOT_OFFERED = "not_offered"
    NO_HOURS = "no_hours"
    HOURS_TOO_SHORT = "hours_too_short"
    CLOSED = "closed"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    TAKEN = "taken"
    CAP = "cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One adviser's day: `left` counts the slots after each stage, the spans are there to be drawn."""

    adviser: Adviser
    day: date
    span: TimeSpan
    left: Mapping[Stage, int]
    hours: Sequence[TimeSpan]
    closures: Sequence[Closure]
    taken: Sequence[TimeSpan]
    free: Sequence[TimeSpan]
    why: Why | None


async def explain(
    unit: BookingUnit,
    offering: Offering,
    first: date,
    days: int,
    *,
    now: datetime,
    adviser_id: UUID | None = None,
) -> list[Explained]:
    """Explain some days of the offering's zone, of one adviser or of all who meet its customers, by name.

    Raises NotFound for an adviser who meets none of them, and BadPeriod for more than a week.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadPeriod(days)
    advisers = await unit.advisers.of_offering(offering.id)
    wanted = [one for one in advisers if adviser_id in (None, one.id)]
    if adviser_id is not None and not wanted:
        raise NotFound(adviser_id)
    spans = [local_day(first + timedelta(days=n), ZoneInfo(offering.zone)) for n in range(days)]
    whole = TimeSpan(spans[0].start, spans[-1].end)
    diary = await read_diary(unit, offering, whole, now=now, wanted=Wanted(adviser_id=adviser_id))
    return [
        _explained(replace(diary, within=span), adviser, first + timedelta(days=n))
        for adviser in wanted
        for n, span in enumerate(spans)
    ]


def local_day(day: date, zone: ZoneInfo) -> TimeSpan:
    """Return a local day from midnight to midnight: 23 to 25 hours."""
    starts = (datetime(one.year, one.month, one.day, tzinfo=zone) for one in (day, day + timedelta(days=1)))
    start, end = (moment.astimezone(UTC) for moment in starts)
    return TimeSpan(start, end)


def _explained(diary: Diary, adviser: Adviser, day: date) -> Explained:
    openings = diary.openings.of(adviser.id)
    hours = openings.hours(diary.within)
    left = dict(diary.stages(adviser.id)) if diary.offering.is_open else {stage: [] for stage in Stage}
    return Explained(
        adviser=adviser,
        day=day,
        span=diary.within,
        left={stage: len(spans) for stage, spans in left.items()},
        hours=hours,
        closures=[one for one in openings.closures if any(one.span.overlaps(each) for each in hours)],
        taken=_stretches(diary.taken.get(adviser.id, frozenset()), diary.within),
        free=left[Stage.WITHIN_CAP],
        why=_why(diary, left, hours),
    )


def _why(diary: Diary, left: Mapping[Stage, Sequence[TimeSpan]], hours: Sequence[TimeSpan]) -> Why | None:
    """Name the first stage that leaves nothing."""
    if not diary.offering.is_open:
        return Why.NOT_OFFERED
    match next((stage for stage in Stage if not left[stage]), None):
        case Stage.HOURS:
            return Why.HOURS_TOO_SHORT if hours else Why.NO_HOURS
        case Stage.OPEN:
            return Why.CLOSED
        case Stage.IN_TIME:
            is_soon = left[Stage.OPEN][0].start < diary.bookable.start
            return Why.TOO_SOON if is_soon else Why.TOO_FAR
        case Stage.FREE:
            return Why.TAKEN
        case Stage.WITHIN_CAP:
            return Why.CAP
    return None


def _stretches(taken: Iterable[int], within: TimeSpan) -> list[TimeSpan]:
    """Return the taken cells that lie inside a span, those side by side as one."""
    begin = datetime(1970, 1, 1, tzinfo=UTC)
    spans = (TimeSpan(begin + cell * CELL, begin + (cell + 1) * CELL) for cell in taken)
    return joined(span for span in spans if span.overlaps(within))
