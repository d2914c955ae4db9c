"""A day as bars on a line from midnight to midnight: what a template draws, in parts of a hundred."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.stretches import MIDNIGHT, Stretch
from booking.time_span import TimeSpan

EVERY = 6
"""A line at each sixth hour."""


@dataclass(frozen=True, slots=True)
class Bar:
    """From `x` on, `width` wide, both in per cent of the line."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    text: str
    anchor: str


WEEK_TICKS: Sequence[Tick] = tuple(
    Tick(f"{hour / 24:.3%}", str(hour), {0: "start", 24: "end"}.get(hour, "middle"))
    for hour in range(0, 25, EVERY)
)


def week_bars(kind: str, stretches: Iterable[Stretch]) -> list[Bar]:
    """Draw stretches of a weekday."""
    return [
        Bar(kind, f"{start / MIDNIGHT:.3%}", f"{(end - start) / MIDNIGHT:.3%}") for start, end in stretches
    ]


def day_bars(kind: str, spans: Iterable[TimeSpan], day: TimeSpan) -> list[Bar]:
    """Draw what lies inside a day, which may have 23 to 25 hours."""
    inside = [(max(one.start, day.start), min(one.end, day.end)) for one in spans if one.overlaps(day)]
    return [
        Bar(kind, f"{(start - day.start) / day.length:.3%}", f"{(end - start) / day.length:.3%}")
        for start, end in inside
    ]


def day_ticks(day: date, span: TimeSpan, zone: ZoneInfo) -> list[Tick]:
    """Put the wall clock's hours where they lie on this day."""
    found = []
    for hour in range(0, 25, EVERY):
        local = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24), tzinfo=zone)
        place = (local.astimezone(UTC) - span.start) / span.length
        found.append(Tick(f"{place:.3%}", str(hour), {0: "start", 24: "end"}.get(hour, "middle")))
    return found
