"""A period as the API is asked for one: moments, or days of a zone; the end is not part of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from booking.errors import BadPeriod
from booking.time_span import TimeSpan
from web.moments import heard, midnight
from web.refusal import Invalid

MOST_DAYS = 62
LATELY = timedelta(days=42)


def period(first: str, end: str, zone: ZoneInfo) -> TimeSpan:
    """Read both ends. Raises Invalid for what is neither, and BadPeriod over 62 days or backwards.

    Days are days of the calendar: 62 of them may hold an hour more when the clocks turn.
    """
    start_at, end_at = _moment("from", first, zone), _moment("to", end, zone)
    if not start_at < end_at:
        raise BadPeriod(end_at - start_at)
    local = end_at.astimezone(zone).replace(tzinfo=None) - start_at.astimezone(zone).replace(tzinfo=None)
    if local > timedelta(days=MOST_DAYS):
        raise BadPeriod(local)
    return TimeSpan(start_at, end_at)


def lately(first: str | None, end: str | None, zone: ZoneInfo, *, now: datetime) -> TimeSpan:
    """Read a period of statistics, by itself the six weeks until now. Raises what `period` raises."""
    return period(first or (now - LATELY).isoformat(), end or now.isoformat(), zone)


def halves(span: TimeSpan) -> tuple[TimeSpan, TimeSpan]:
    middle = (span.start + span.length / 2).replace(microsecond=0)
    return TimeSpan(span.start, middle), TimeSpan(middle, span.end)


def _moment(name: str, text: str, zone: ZoneInfo) -> datetime:
    if len(text) == 10:
        try:
            return midnight(date.fromisoformat(text), zone).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Invalid({name: "date"}) from None
    moment = heard(text.replace(" ", "+"))  # a plus sign that was not escaped comes as a space
    if moment is None:
        raise Invalid({name: "datetime"})
    return moment
