"""The measures of attendance: counts are read, rates and their intervals computed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.outcome import Outcome
from booking.source import DROP_IN

ENOUGH = 10
"""Under this many there is a count, but no rate: it would say nothing, and might say who."""

NOT_DUE = frozenset({Outcome.CANCELLED_BY_US, Outcome.CANCELLED_BY_CUSTOMER})
OURS = frozenset({Outcome.ADVISER_ABSENT, Outcome.TECHNICAL_FAILURE})
MET = frozenset({Outcome.MET, Outcome.MET_BY_PHONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """One appointment as statistics see it; `outcome` is None while it is not closed."""

    offering_id: UUID
    adviser_id: UUID
    team_id: UUID | None
    start: datetime
    booked_at: datetime
    zone: str
    source: str
    outcome: Outcome | None


class By(StrEnum):
    """What the rows of a statistic stand for."""

    OFFERING = "offering"
    ADVISER = "adviser"
    TEAM = "team"
    WEEK = "week"
    WEEKDAY = "weekday"
    HOUR = "hour"
    LEAD = "lead"
    CHANNEL = "channel"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Due appointments and what became of them; the rate is None under `ENOUGH`."""

    key: str
    due: int
    no_shows: int
    met: int
    late_cancellations: int
    our_losses: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """A statistic: `n` due appointments in all, in rows, and how many were left out and why."""

    n: int
    rows: Sequence[Row]
    total: Row
    excluded: Mapping[str, int]


def attendance(lines: Iterable[Attended], by: By) -> Attendance:
    """Count what came of appointments, by what `by` names; rows in the order of their keys.

    Who came by the queue had booked nothing, and is never due.
    """
    counted: dict[str, list[Outcome]] = defaultdict(list)
    excluded = dict.fromkeys((*sorted(NOT_DUE), "not_closed", "drop_in"), 0)
    for line in lines:
        if line.source == DROP_IN:
            excluded["drop_in"] += 1
        elif line.outcome is None:
            excluded["not_closed"] += 1
        elif line.outcome in NOT_DUE:
            excluded[line.outcome] += 1
        else:
            counted[_KEYS[by](line)].append(line.outcome)
    total = [outcome for outcomes in counted.values() for outcome in outcomes]
    return Attendance(
        n=len(total),
        rows=[_row(key, counted[key]) for key in sorted(counted)],
        total=_row("", total),
        excluded=excluded,
    )


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a proportion (Wilson 1927), within 0 and 1."""
    z = 1.959963984540054
    share = successes / n
    centre = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def _row(key: str, outcomes: Sequence[Outcome]) -> Row:
    due = len(outcomes)
    no_shows = outcomes.count(Outcome.CUSTOMER_NO_SHOW)
    low, high = wilson(no_shows, due) if due >= ENOUGH else (None, None)
    return Row(
        key=key,
        due=due,
        no_shows=no_shows,
        met=sum(outcome in MET for outcome in outcomes),
        late_cancellations=outcomes.count(Outcome.LATE_CANCELLATION),
        our_losses=sum(outcome in OURS for outcome in outcomes),
        rate=no_shows / due if due >= ENOUGH else None,
        low=low,
        high=high,
    )


def _local(line: Attended) -> datetime:
    return line.start.astimezone(ZoneInfo(line.zone))


def _week(line: Attended) -> str:
    year, week, _ = _local(line).isocalendar()
    return f"{year}-W{week:02}"


def _lead(line: Attended) -> str:
    """Return the band of lead time, in days."""
    days = (line.start - line.booked_at).days
    return next(band for most, band in _BANDS if most is None or days <= most)


_BANDS = ((1, "00-01"), (7, "02-07"), (14, "08-14"), (30, "15-30"), (None, "31-"))

_KEYS: Mapping[By, Callable[[Attended], str]] = {
    By.OFFERING: lambda line: str(line.offering_id),
    By.ADVISER: lambda line: str(line.adviser_id),
    By.TEAM: lambda line: str(line.team_id or ""),
    By.WEEK: _week,
    By.WEEKDAY: lambda line: str(_local(line).isoweekday()),
    By.HOUR: lambda line: f"{_local(line).hour:02}",
    By.LEAD: _lead,
    By.CHANNEL: lambda line: "video",
    By.SOURCE: lambda line: line.source,
}
