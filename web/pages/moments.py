"""Moments as they travel in addresses and forms."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def told(moment: datetime) -> str:
    """Write a moment for an address: UTC, to the minute, nothing to be escaped but the colon."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def heard(text: str) -> datetime | None:
    """Read a moment back; None for what is no RFC 3339 moment with an offset."""
    try:
        moment = datetime.fromisoformat(text[:40])
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def nearness(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return `today` or `tomorrow` when it is, else nothing: a page writes the date then."""
    away = (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
    return {0: "today", 1: "tomorrow"}.get(away, "")
