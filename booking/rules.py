"""An offering's own limits, by which its appointments are judged."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How late is late. `version` is kept beside every outcome that was computed with them."""

    grace: timedelta = timedelta(minutes=10)
    late_limit: timedelta = timedelta(hours=24)
    door_opens: timedelta = timedelta(minutes=15)
    version: int = 1
