"""What staff read of closed time: when it is, and why."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from booking.closure import Closure, ClosureKind
from web.finnish_holidays import finnish_holidays
from web.format import Reader
from web.i18n import N_, gettext

KINDS: Mapping[ClosureKind, str] = MappingProxyType(
    {
        ClosureKind.HOLIDAY: N_("closed day"),
        ClosureKind.TIME_OFF: N_("time off"),
        ClosureKind.DISRUPTION: N_("disruption"),
    }
)


def closure_time(closure: Closure, reader: Reader) -> str:
    """Write whole days as days, hours of one day with its date, and what is longer by both ends."""
    start, end = (moment.astimezone(reader.zone) for moment in (closure.span.start, closure.span.end))
    if _is_midnight(start) and _is_midnight(end):
        last = end - timedelta(minutes=1)
        days = [reader.date(start), reader.date(last)]
        return days[0] if start.date() == last.date() else " – ".join(days)
    if start.date() == end.date():
        return reader.span(start, end)
    return f"{reader.moment(start)} – {reader.moment(end)}"


def closure_name(closure: Closure, reader: Reader) -> str:
    """Return the closure's name; a public holiday's in the reader's language."""
    day = closure.span.start.astimezone(reader.zone).date()
    if closure.kind is ClosureKind.HOLIDAY and finnish_holidays(day.year, "fi").get(day) == closure.name:
        return finnish_holidays(day.year, reader.language)[day]
    return closure.name


def closure_words(closure: Closure, reader: Reader) -> str:
    """Name a closure in a sentence: `Midsummer Eve`, `time off`, `disruption (power cut)`."""
    name, kind = closure_name(closure, reader), gettext(reader.language, KINDS[closure.kind])
    if closure.kind is ClosureKind.HOLIDAY:
        return name or kind
    return f"{kind} ({name})" if name else kind


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute) == (0, 0)
