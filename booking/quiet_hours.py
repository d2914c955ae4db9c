"""The hours in which nobody is written to about something that can wait."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEGIN = time(21)
END = time(8)
LAST_CALL = time(20, 55)
"""When that leaves which is moved out of the evening: a little before the night."""


def quiet_until(now: datetime, zone: str) -> datetime | None:
    """Return when the night that it is now in a zone ends, or None by day."""
    local = now.astimezone(ZoneInfo(zone))
    if END <= local.time() < BEGIN:
        return None
    day = local.date() + timedelta(days=local.time() >= BEGIN)
    return datetime.combine(day, END, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def awake(moment: datetime, zone: str) -> datetime:
    """Return the moment of the same local day, outside its quiet hours, that is nearest."""
    local = moment.astimezone(ZoneInfo(zone))
    if END <= local.time() < BEGIN:
        return moment
    wanted = END if local.time() < END else LAST_CALL
    return datetime.combine(local.date(), wanted, tzinfo=ZoneInfo(zone)).astimezone(UTC)
