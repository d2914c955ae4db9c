"""What became of those who came by the queue, and how long it took until a human let them in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from booking.attendance import ENOUGH, MET, OURS
from booking.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Queued:
    """One who came by the queue: when they were ready first, and when they were let in after it."""

    outcome: Outcome | None
    ready_at: datetime | None
    admitted_at: datetime | None

    @property
    def waited(self) -> timedelta | None:
        """Return the time to a human."""
        if self.ready_at is None or self.admitted_at is None:
            return None
        return max(timedelta(0), self.admitted_at - self.ready_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """Counts always; the middle and the slowest twentieth from ten on."""

    came: int
    met: int
    went: int
    our_losses: int
    measured: int
    half_within: timedelta | None
    most_within: timedelta | None


def queue_figures(lines: Iterable[Queued]) -> QueueFigures:
    lines = list(lines)
    waited = sorted(line.waited for line in lines if line.waited is not None)
    is_enough = len(waited) >= ENOUGH
    return QueueFigures(
        came=len(lines),
        met=sum(line.outcome in MET for line in lines),
        went=sum(line.outcome is Outcome.CANCELLED_BY_CUSTOMER for line in lines),
        our_losses=sum(line.outcome in OURS for line in lines),
        measured=len(waited),
        half_within=_within(waited, 50) if is_enough else None,
        most_within=_within(waited, 95) if is_enough else None,
    )


def _within(waited: Sequence[timedelta], percent: int) -> timedelta:
    """Return the least time within which so many of a hundred were let in: the nearest rank."""
    return waited[ceil(len(waited) * percent / 100) - 1]
