"""A calendar that does with letters what RFC 5546 says, and no more."""

from dataclasses import dataclass, field
from datetime import datetime

from ical.calendar_stream import IcsCalendarStream


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One letter's word on one entry."""

    method: str
    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime

    @property
    def edition(self) -> tuple[int, datetime]:
        """The newer of two is the one with the higher sequence, then the later stamp (RFC 5546, 2.1.5)."""
        return self.sequence, self.stamp


@dataclass(slots=True)
class LittleCalendar:
    """Keeps the newest word on each entry, on those that were cancelled too."""

    known: dict[str, Told] = field(default_factory=dict)

    def receive(self, told: Told) -> None:
        before = self.known.get(told.uid)
        if before is None or before.edition <= told.edition:
            self.known[told.uid] = told

    @property
    def entries(self) -> list[Told]:
        return [told for told in self.known.values() if told.method != "CANCEL"]


def read(content: bytes) -> Told:
    """Read a letter's calendar by a library that is not the one that wrote it."""
    whole = IcsCalendarStream.calendar_from_ics(content.decode())
    [event] = whole.events
    assert isinstance(event.dtstamp, datetime)
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    return Told(
        method=whole.method or "",
        uid=event.uid or "",
        sequence=event.sequence or 0,
        stamp=event.dtstamp,
        start=event.start,
        end=event.end,
    )
