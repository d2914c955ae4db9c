"""Write down that an appointment gave up its time, so that somebody else can have it."""

from datetime import datetime, timedelta
from uuid import uuid4

from booking.appointment import Appointment
from booking.fact import Actor, Detail, Fact, FactKind, timed
from booking.freed_slot import FreedSlot
from booking.ports import BookingUnit


async def free(
    unit: BookingUnit, before: Appointment, after: Appointment, *, by: Actor, now: datetime
) -> FreedSlot | None:
    """Keep the time that an appointment had `before` as freed, unless it has any of it `after` still.

    What has started or is disrupted is nobody's any more, and a cancelled appointment has no time to give
    up: None then.
    """
    if not before.is_live or now >= before.span.start or _keeps(before, after):
        return None
    if await _is_disrupted(unit, before, now=now):
        return None
    freed = FreedSlot(
        id=uuid4(),
        offering_id=before.offering_id,
        adviser_id=before.adviser_id,
        appointment_id=before.id,
        span=before.span,
        freed_at=now,
        look_at=now,
    )
    await unit.freed_slots.add(freed)
    detail: Detail = {
        **timed(freed.span),
        "freed": str(freed.id),
        "adviser": str(freed.adviser_id),
        "notice_minutes": freed.notice // timedelta(minutes=1),
    }
    await unit.facts.append(Fact(appointment_id=before.id, at=now, kind=FactKind.FREED, by=by, detail=detail))
    return freed


async def _is_disrupted(unit: BookingUnit, before: Appointment, *, now: datetime) -> bool:
    standing = [one for one in await unit.disruptions.standing(now) if one.span.overlaps(before.span)]
    if not standing:
        return False
    adviser = await unit.advisers.get(before.adviser_id)
    return any(
        one.scope.concerns(adviser_id=adviser.id, team_id=adviser.team_id, offering_id=before.offering_id)
        for one in standing
    )


def _keeps(before: Appointment, after: Appointment) -> bool:
    return after.is_live and after.adviser_id == before.adviser_id and after.busy.overlaps(before.span)
