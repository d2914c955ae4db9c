"""Say how it went: a customer's answers, and a word that goes sooner than they do."""

from datetime import datetime
from uuid import UUID

from booking.afterwards import came_to
from booking.afterword import Afterword
from booking.errors import TooLate, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.feedback import CHANGEABLE_FOR, HELD, Feedback, feedback_of, told_feedback
from booking.ports import BookingUnit


async def give_feedback(
    unit: BookingUnit, appointment_id: UUID, feedback: Feedback, *, word: str, now: datetime
) -> None:
    """Keep the answers in place of those before; the same ones again change nothing.

    Raises WrongStatus where there was no meeting, and TooLate two weeks after its end.
    """
    appointment = await unit.appointments.locked(appointment_id)
    facts = await unit.facts.of(appointment_id)
    rules = (await unit.offerings.get(appointment.offering_id)).rules
    if came_to(appointment, facts, rules, now=now) not in HELD:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.end + CHANGEABLE_FOR:
        raise TooLate(appointment.span.end)
    if feedback != (feedback_of(facts) or Feedback()):
        detail = told_feedback(feedback)
        kind, by = FactKind.FEEDBACK_GIVEN, Actor.CUSTOMER
        await unit.facts.append(Fact(appointment_id=appointment_id, at=now, kind=kind, by=by, detail=detail))
    before = await unit.afterwords.of(appointment_id, Actor.CUSTOMER)
    if word != (before.text if before else ""):
        revision = (before.revision if before else 0) + 1
        said = Afterword(
            appointment_id=appointment_id, side=Actor.CUSTOMER, text=word, revision=revision, at=now
        )
        await unit.afterwords.keep(said)
