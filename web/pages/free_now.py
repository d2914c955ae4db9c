"""Whether somebody can be met without a time, as pages say it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from booking.drop_in import is_at_once, soonest
from booking.offering import Offering
from booking.ports import BookingUnit

MINUTE, STEP = timedelta(minutes=1), 5


@dataclass(frozen=True, slots=True)
class FreeNow:
    """`is_open` is whether anybody can be met; `wait` about how long that takes, nothing when at once."""

    is_open: bool
    wait: timedelta = timedelta(0)

    @property
    def is_at_once(self) -> bool:
        return self.is_open and not self.wait


async def free_now(unit: BookingUnit, offering: Offering, *, now: datetime) -> FreeNow | None:
    """Return how it stands, None where the offering is met by appointment alone."""
    if not offering.drop_in:
        return None
    slot = await soonest(unit, offering, now=now)
    if slot is None:
        return FreeNow(is_open=False)
    if is_at_once(slot, now):
        return FreeNow(is_open=True)
    minutes = ceil((slot.span.start - now) / (STEP * MINUTE)) * STEP
    return FreeNow(is_open=True, wait=minutes * MINUTE)
