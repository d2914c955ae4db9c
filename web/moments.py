"""Moments as they travel in addresses, forms and JSON, and the days of a zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def moment_json(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC: `2026-11-23T10:30:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def heard(text: str) -> datetime | None:
    """Read a moment back; None for what is no RFC 3339 moment with an offset."""
    try:
        moment = datetime.fromisoformat(text[:40])
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def nearness(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return `today` or `tomorrow` when it is, else nothing: a page writes the date then."""
    return {0: "today", 1: "tomorrow"}.get(days_to(moment, now, zone), "")


def days_to(moment: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Count the days from today to a moment's, by the calendar of a zone."""
    return (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
