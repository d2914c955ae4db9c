"""Set up the words that advisers pick from: add, change, order, withdraw and take back into use."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from booking.errors import NotFound, TooManyWordings
from booking.ports import BookingUnit
from booking.texts import Texts
from booking.wording import MOST, Wording, WordingKind, found_among, in_use


async def add_wording(unit: BookingUnit, wording: Wording) -> None:
    """Raises TooManyWordings."""
    _require_room(await unit.wordings.locked(wording.kind), wording.kind)
    await unit.wordings.add(wording)


async def change_wording(unit: BookingUnit, kind: WordingKind, wording_id: UUID, texts: Texts) -> None:
    """Raises NotFound."""
    found = _found(await unit.wordings.locked(kind), wording_id)
    await unit.wordings.change(replace(found, texts=texts))


async def withdraw_wording(
    unit: BookingUnit, kind: WordingKind, wording_id: UUID, *, is_withdrawn: bool
) -> None:
    """Let it be picked no more, or again. Raises NotFound, and TooManyWordings for one too many again."""
    wordings = await unit.wordings.locked(kind)
    found = _found(wordings, wording_id)
    if found.is_withdrawn == is_withdrawn:
        return
    if not is_withdrawn:
        _require_room(wordings, kind)
    await unit.wordings.change(replace(found, is_withdrawn=is_withdrawn))


async def shift_wording(unit: BookingUnit, kind: WordingKind, wording_id: UUID, by: int) -> None:
    """Let it stand so many places later, or earlier, among those in use. Raises NotFound."""
    wordings = await unit.wordings.locked(kind)
    _found(wordings, wording_id)
    order = [one.id for one in in_use(wordings)]
    if wording_id not in order:
        return
    place = order.index(wording_id)
    order.remove(wording_id)
    order.insert(max(0, place + by), wording_id)
    await unit.wordings.order(order + [one.id for one in wordings if one.is_withdrawn])


def _found(wordings: Sequence[Wording], wording_id: UUID) -> Wording:
    found = found_among(wordings, wording_id)
    if found is None:
        raise NotFound(wording_id)
    return found


def _require_room(wordings: Sequence[Wording], kind: WordingKind) -> None:
    if len(in_use(wordings)) >= MOST[kind]:
        raise TooManyWordings(MOST[kind])
