"""The hours in which nobody is written to about something that can wait."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEGIN = time(21)
END = time(8)


def quiet_until(now: datetime, zone: str) -> datetime | None:
    """Return when the night that it is now in a zone ends, or None by day."""
    local = now.astimezone(ZoneInfo(zone))
    if END <= local.time() < BEGIN:
        return None
    day = local.date() + timedelta(days=local.time() >= BEGIN)
    return datetime.combine(day, END, tzinfo=ZoneInfo(zone)).astimezone(UTC)
