"""How long a channel rests whose other side is away: longer each time, and never long."""

from datetime import datetime, timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(seconds=60)


class Rest:
    def __init__(self) -> None:
        self._length = FIRST
        self._until: datetime | None = None

    def begin(self, now: datetime) -> datetime:
        """Rest anew; return until when."""
        self._until = now + self._length
        self._length = min(self._length * 2, LONGEST)
        return self._until

    def lasts(self, now: datetime) -> bool:
        """Tell whether it goes on; one that ends too far ahead is over, as the clock was turned back."""
        return self._until is not None and timedelta(0) < self._until - now <= LONGEST

    def end(self) -> None:
        """The other side has answered."""
        self._length, self._until = FIRST, None
