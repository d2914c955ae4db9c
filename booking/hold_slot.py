"""Keep a slot while its form is filled in, and give it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from booking.errors import HoldOver, NotFound, TooManyHolds
from booking.find_slots import Wanted
from booking.hold import LEAVING, Hold, HoldCaps
from booking.ports import BookingUnit
from booking.take_slot import take_slot


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldWish:
    """Which slot is to be kept for whom; `holder` and `address` are digests, empty where nobody counts."""

    offering_id: UUID
    start: datetime
    adviser_id: UUID | None = None
    language: str | None = None
    holder: bytes = b""
    address: bytes = b""

    def is_of(self, hold: Hold) -> bool:
        """Tell whether a hold is of the same browser."""
        return bool(self.holder) and hold.holder == self.holder

    def is_for(self, hold: Hold) -> bool:
        """Tell whether a hold of the same browser keeps what is wished already."""
        is_same = (hold.offering_id, hold.span.start) == (self.offering_id, self.start)
        return self.is_of(hold) and is_same and self.adviser_id in (None, hold.adviser_id)


async def hold_slot(
    unit: BookingUnit, wish: HoldWish, *, now: datetime, caps: HoldCaps | None = None
) -> Hold:
    """Keep a slot for as long as the offering says.

    Where holds are counted, choosing the same time twice keeps it once, and what the same browser has left
    makes room for the new one. Raises NotFound for an offering that is not open, TooManyHolds past the
    caps, and what `take_slot` raises.
    """
    offering = await unit.offerings.get(wish.offering_id)
    if caps:
        held = await unit.holds.open_of(wish.holder, wish.address, now=now)
        same = next((one for one in held if wish.is_for(one)), None)
        if same:
            await unit.holds.set_until(same.id, same.expires_at)
            return same
        _check(await _without_left(unit, held, wish), wish, caps)
    wanted = Wanted(adviser_id=wish.adviser_id, language=wish.language)
    slot = await take_slot(unit, offering, wish.start, now=now, wanted=wanted)
    hold = Hold(
        id=uuid4(),
        offering_id=offering.id,
        adviser_id=slot.adviser_id,
        span=slot.span,
        busy=offering.busy(slot.span),
        held_at=now,
        expires_at=now + offering.hold,
        until=now + offering.hold,
        holder=wish.holder,
        address=wish.address,
    )
    await unit.holds.add(hold, now=now)
    return hold


async def leave(unit: BookingUnit, hold_id: UUID, *, now: datetime) -> None:
    """Keep it only a moment longer: its page was left, which a reload looks like too."""
    hold = await _open(unit, hold_id, now=now)
    await unit.holds.set_until(hold_id, min(hold.until, now + LEAVING))


async def stay(unit: BookingUnit, hold_id: UUID, *, now: datetime) -> Hold:
    """Keep it as long as was said at first: its page is open again. Raises HoldOver."""
    hold = await _open(unit, hold_id, now=now)
    await unit.holds.set_until(hold_id, hold.expires_at)
    return hold


async def give_back(unit: BookingUnit, hold_id: UUID) -> None:
    """Free it at once; one that is gone already stays gone."""
    await unit.holds.remove(hold_id)


async def _open(unit: BookingUnit, hold_id: UUID, *, now: datetime) -> Hold:
    try:
        hold = await unit.holds.get(hold_id)
    except NotFound:
        raise HoldOver(hold_id) from None
    if not hold.is_open(now):
        raise HoldOver(hold_id)
    return hold


async def _without_left(unit: BookingUnit, held: Sequence[Hold], wish: HoldWish) -> Sequence[Hold]:
    """Free what this browser chose before and went away from: who goes back chooses anew."""
    left = [one for one in held if wish.is_of(one) and one.is_left]
    for one in left:
        await unit.holds.remove(one.id)
    return [one for one in held if one not in left]


def _check(held: Sequence[Hold], wish: HoldWish, caps: HoldCaps) -> None:
    of_holder = [one.until for one in held if one.holder == wish.holder]
    of_address = [one.until for one in held if one.address == wish.address]
    for untils, most in ((of_holder, caps.of_holder), (of_address, caps.of_address)):
        if len(untils) >= most:
            raise TooManyHolds(min(untils))
