"""The refill rate: of the slots that were given up, how many somebody else met in, by hours of notice."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.attendance import ENOUGH, wilson
from booking.time_span import TimeSpan


class LeftOut(StrEnum):
    """Why a freed slot is not counted: it is not over, we had closed it, or who gave it up had it again."""

    NOT_OVER = "not_over"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refillable:
    """A freed slot as the statistic sees it.

    `booked_by` names the appointments that have its time or had it to the end, `met_by` those of them in
    which people met.
    """

    appointment_id: UUID
    adviser_id: UUID
    span: TimeSpan
    freed_at: datetime
    is_closed: bool
    offers: int
    booked_by: frozenset[UUID]
    met_by: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefillRow:
    """The slots freed with so much notice; the rate is None under `ENOUGH`."""

    key: str
    freed: int
    offers: int
    rebooked: int
    refilled: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefillRate:
    """`n` freed slots in all, in rows by hours of notice, and how many were left out and why."""

    n: int
    rows: Sequence[RefillRow]
    total: RefillRow
    excluded: Mapping[str, int]


BANDS = (
    ("00-02", timedelta(hours=2)),
    ("02-24", timedelta(hours=24)),
    ("24-72", timedelta(hours=72)),
    ("72-", timedelta.max),
)
"""The keys, and the notice that is the first of the next band."""


def refill_rate(lines: Iterable[Refillable], *, now: datetime) -> RefillRate:
    """Count what became of freed slots; a row for each band, also where nothing was freed."""
    excluded: Counter[str] = Counter({str(why): 0 for why in LeftOut})
    counted: list[Refillable] = []
    for line in _last_freed(lines):
        why = _left_out(line, now)
        if why:
            excluded[why] += 1
        else:
            counted.append(line)
    rows = [_row(key, [line for line in counted if _band(line) == key]) for key, _ in BANDS]
    return RefillRate(n=len(counted), rows=rows, total=_row("", counted), excluded=dict(excluded))


def _last_freed(lines: Iterable[Refillable]) -> Iterable[Refillable]:
    """Return one line a slot and giver: who cancels, comes back and cancels again freed it once."""
    return {(line.appointment_id, line.adviser_id, line.span.start): line for line in lines}.values()


def _left_out(line: Refillable, now: datetime) -> LeftOut | None:
    if line.span.end > now:
        return LeftOut.NOT_OVER
    if line.appointment_id in line.booked_by:
        return LeftOut.TAKEN_BACK
    if line.is_closed and not line.booked_by:
        return LeftOut.CLOSED
    return None


def _band(line: Refillable) -> str:
    notice = line.span.start - line.freed_at
    return next(key for key, end in BANDS if notice < end)


def _row(key: str, lines: Sequence[Refillable]) -> RefillRow:
    freed, refilled = len(lines), sum(bool(line.met_by) for line in lines)
    low, high = wilson(refilled, freed) if freed >= ENOUGH else (None, None)
    return RefillRow(
        key=key,
        freed=freed,
        offers=sum(line.offers for line in lines),
        rebooked=sum(bool(line.booked_by) for line in lines),
        refilled=refilled,
        rate=refilled / freed if freed >= ENOUGH else None,
        low=low,
        high=high,
    )
