"""Words that may be said once: what was said is remembered until it would be too old anyway."""

from datetime import datetime

MOST = 1000


class Once:
    def __init__(self) -> None:
        self._said: dict[str, datetime] = {}

    def is_new(self, word: str, *, until: datetime, now: datetime) -> bool:
        """Tell whether it is said for the first time, and remember that it was."""
        if self.has(word, now=now):
            return False
        alive = [(said, ends) for said, ends in self._said.items() if now < ends]
        self._said = {**dict(alive[-(MOST - 1) :]), word: until}
        return True

    def has(self, word: str, *, now: datetime) -> bool:
        ends = self._said.get(word)
        return ends is not None and now < ends
