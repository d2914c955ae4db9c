"""Times of a wall clock as people write them, and as minutes after midnight."""

import re

WRITTEN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
MIDNIGHT = 1440


def minutes_of(text: str) -> int | None:
    """Read `9:30`, `9.30`, `09:30` or `9`; None for what is no time. 24:00 is the end of the day."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    if minutes > 59 or hours * 60 + minutes > MIDNIGHT:
        return None
    return hours * 60 + minutes


def clock_text(minutes: int) -> str:
    """Write minutes as fields for times take them; the end of the day is midnight again."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
