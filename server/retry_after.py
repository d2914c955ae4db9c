"""Retry-After: how long another side asks us to wait."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MOST_DIGITS = 9


def wait_asked(text: str, *, most: timedelta, now: datetime | None = None) -> timedelta | None:
    """Read seconds, and a date where `now` is given; None for what is neither, or has passed."""
    if text.isascii() and text.isdigit():
        return most if len(text) > _MOST_DIGITS else min(timedelta(seconds=int(text)), most)
    if now is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return min(wait, most) if wait > timedelta(0) else None
