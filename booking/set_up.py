"""Set up what can be booked: change an offering, say who meets its customers, and in which order it stands.

Nothing of this touches an appointment that was booked.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from booking.errors import NotFound
from booking.offering import Offering
from booking.ports import BookingUnit


async def change_offering(
    unit: BookingUnit, offering_id: UUID, change: Callable[[Offering], Offering]
) -> Offering:
    """Keep what `change` makes of the offering as it stands now, while nobody else can change it.

    Other rules get the next version, since outcomes are kept with the version that they were computed by.
    Raises NotFound, and whatever `change` refuses.
    """
    current = await unit.catalogue.locked_offering(offering_id)
    changed = change(current)
    if changed.rules != current.rules:
        changed = replace(changed, rules=replace(changed.rules, version=current.rules.version + 1))
    if changed != current:
        await unit.catalogue.change_offering(changed)
    return changed


async def say_who_meets(
    unit: BookingUnit,
    offering_id: UUID,
    wanted: Collection[UUID],
    check: Callable[[Collection[UUID]], None],
) -> None:
    """Let these of the active advisers meet customers of an offering, and no others of them.

    `check` is told who meets them now. Raises NotFound, and whatever `check` refuses.
    """
    await unit.catalogue.locked_offering(offering_id)
    meeting = set(await unit.advisers.ids_of_offering(offering_id))
    check(meeting)
    able = {one.id for one in await unit.advisers.all()}
    for adviser_id in (able & set(wanted)) - meeting:
        await unit.catalogue.link(adviser_id, offering_id)
    for adviser_id in meeting - set(wanted):
        await unit.catalogue.unlink(adviser_id, offering_id)


async def say_what_is_met(
    unit: BookingUnit,
    adviser_id: UUID,
    wanted: Collection[UUID],
    check: Callable[[Collection[UUID]], None],
) -> None:
    """Let an adviser meet customers of these offerings, and of no others; see `say_who_meets`."""
    await unit.calendar.lock([adviser_id])
    met = set(await unit.hours.offered_by(adviser_id))
    check(met)
    offered = {one.id for one in await unit.offerings.all()}
    for offering_id in (offered & set(wanted)) - met:
        await unit.catalogue.link(adviser_id, offering_id)
    for offering_id in met - set(wanted):
        await unit.catalogue.unlink(adviser_id, offering_id)


async def shift_offering(unit: BookingUnit, offering_id: UUID, by: int) -> None:
    """Show an offering so many places later, or earlier; at an end it stays there. Raises NotFound."""
    order = [one.id for one in await unit.offerings.all()]
    if offering_id not in order:
        raise NotFound(offering_id)
    place = order.index(offering_id)
    order.remove(offering_id)
    order.insert(max(0, place + by), offering_id)
    await unit.catalogue.order(order)
