"""The one clock: everybody who needs to know the time is handed it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


def shifted_clock(offset_file: Path) -> Clock:
    """Return a clock that adds the seconds which a file holds, read anew at each tick.

    For demos and tests only. A file that is missing, or does not hold a number, means no offset: it
    may be read in the middle of being written.
    """

    def now() -> datetime:
        try:
            offset = timedelta(seconds=float(offset_file.read_text()))
        except (OSError, ValueError, OverflowError):
            offset = timedelta(0)
        return system_clock() + offset

    return now
