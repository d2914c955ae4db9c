"""Tell a customer that the adviser will be late."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.lateness import lateness, written_lateness
from booking.letter import LetterKind
from booking.ports import BookingUnit
from booking.progress import Stage, stage
from booking.tell import tell


async def say_late(
    unit: BookingUnit, appointment_id: UUID, minutes: int, *, by: Actor, now: datetime
) -> bool:
    """Keep how late the adviser will be, and write when no letter has said so much; tell whether it is news.

    What is said back and forth writes nothing new: a time gets a letter for each choice at most. What the
    house finds by itself writes once, however long it takes, and takes nothing back. Raises WrongStatus
    when the appointment is not live, and TooLate once it has ended.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.end:
        raise TooLate(appointment.span.end)
    facts = await unit.facts.of(appointment_id)
    told, late = lateness(facts), timedelta(minutes=minutes)
    is_own_finding = by is Actor.SYSTEM
    if late == told or (is_own_finding and late < told) or stage(facts) is Stage.IN_MEETING:
        return False
    detail = {"minutes": minutes}
    await unit.facts.append(
        Fact(appointment_id=appointment_id, at=now, kind=FactKind.RUNNING_LATE, by=by, detail=detail)
    )
    if late > written_lateness(facts) and not (is_own_finding and told):
        last = max(now, appointment.span.start) + late
        await tell(unit, appointment, LetterKind.RUNNING_LATE, at=now, leave_by=last)
    return True
