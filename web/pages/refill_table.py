"""What the admin's statistics tell of freed slots and of who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.refill_rate import RefillRate, RefillRow, refill_rate
from booking.time_span import TimeSpan
from web.ports import Unit


@dataclass(frozen=True, slots=True)
class RefillTable:
    """The rate, and how many wait by the name of the offering."""

    rate: RefillRate
    waiting: Sequence[tuple[str, int]]

    @property
    def rows(self) -> Sequence[RefillRow]:
        """The bands, and all of them together."""
        return [*self.rate.rows, self.rate.total]


async def refill_table(unit: Unit, within: TimeSpan, language: str, *, now: datetime) -> RefillTable:
    counts = await unit.waitlist.counts(now=now)
    waiting = [(one.name(language), counts.get(one.id, 0)) for one in await unit.offerings.all()]
    return RefillTable(
        rate=refill_rate(await unit.freed_slots.refillable(within), now=now),
        waiting=[pair for pair in waiting if pair[1]],
    )
