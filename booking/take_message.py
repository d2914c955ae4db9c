"""Take a text message from a customer, and say what is to come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from booking.appointment import Appointment, Customer
from booking.asked_last import Talk, asked_last
from booking.contact import dialled
from booking.letter import Channel, LetterDue, LetterKind
from booking.message import MOST_AN_HOUR, MOST_QUESTIONS, Meaning, Message
from booking.ports import BookingUnit
from booking.reply import Reply, understood

HOUR = timedelta(hours=1)
ON_THE_DESK = frozenset({Meaning.FOR_STAFF, Meaning.STOPPED, Meaning.STARTED})
"""What the staff see there, besides a cancellation and a yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a message; the appointment, if any, is what it is about."""

    meaning: Meaning
    appointment_id: UUID | None = None


AGAIN = Taken(meaning=Meaning.NOBODYS)


async def take_message(unit: BookingUnit, *, key: str, sender: str, text: str, now: datetime) -> Taken:
    """Understand a message and keep it; whoever calls cancels or confirms as it says, in the same unit.

    Of several appointments of a number the one that was asked about last is meant, else the nearest. To
    cancel it asks back once, naming the time; writing so a second time is a yes. What a number writes that
    nobody knows, or a name instead of a number, or that the gateway hands over again, leads to nothing.
    """
    phone_key = "" if any(map(str.isalpha, sender)) else dialled(sender)
    message = Message(id=uuid4(), key=key, at=now, meaning=Meaning.NOBODYS)
    if not phone_key or not await unit.messages.add(message):
        return AGAIN
    reply = understood(text)
    mine = await _ahead(unit, phone_key, now=now)
    if reply in (Reply.STOP, Reply.START):
        return await _stop_or_start(unit, message, reply, phone_key, mine)
    if not mine:
        return AGAIN
    appointment, is_asked = await _meant(unit, mine, reply, now=now)
    meaning = await _meaning(unit, reply, appointment, is_asked=is_asked, now=now)
    return await _keep(unit, message, meaning, appointment, text)


async def _ahead(unit: BookingUnit, phone_key: str, *, now: datetime) -> Sequence[Appointment]:
    nobody = Customer(name="", email="", phone=f"+{phone_key}")
    return await unit.appointments.all_ahead_of(nobody, now=now)


async def _meant(
    unit: BookingUnit, mine: Sequence[Appointment], reply: Reply, *, now: datetime
) -> tuple[Appointment, bool]:
    """Return what a message is about, and whether it answers the question whether to cancel."""
    talks = [Talk(one, await unit.facts.of(one.id), await unit.messages.of(one.id)) for one in mine]
    asked = asked_last(talks, now=now)
    if asked is None or (reply is Reply.OTHER and not asked.is_to_cancel):
        return mine[0], False
    return asked.appointment, asked.is_to_cancel


async def _meaning(
    unit: BookingUnit, reply: Reply, appointment: Appointment, *, is_asked: bool, now: datetime
) -> Meaning:
    can_cancel = now < appointment.span.start
    match reply:
        case Reply.CANCEL | Reply.YES if is_asked:
            return Meaning.CANCELLED if can_cancel else Meaning.FOR_STAFF
        case Reply.NO if is_asked:
            return Meaning.KEPT
        case Reply.YES:
            return Meaning.CONFIRMED
        case Reply.CANCEL if can_cancel and await _may_ask(unit, appointment):
            await _ask(unit, appointment, now=now)
            return Meaning.ASKED_BACK
        case _:
            return Meaning.FOR_STAFF


async def _may_ask(unit: BookingUnit, appointment: Appointment) -> bool:
    """Tell whether a question would reach them: not after a STOP, and not for ever anew."""
    asked = [one for one in await unit.messages.of(appointment.id) if one.meaning is Meaning.ASKED_BACK]
    key = appointment.customer.phone_key
    return len(asked) < MOST_QUESTIONS and not await unit.stopped_numbers.among([key])


async def _ask(unit: BookingUnit, appointment: Appointment, *, now: datetime) -> None:
    """Ask back by the way by which they wrote, however they are written to otherwise."""
    letter = LetterDue(
        appointment_id=appointment.id,
        kind=LetterKind.CANCEL_ASKED,
        sequence=appointment.sequence,
        channel=Channel.SMS,
        leave_by=min(now + HOUR, appointment.span.start),
    )
    await unit.outbox.put(letter, at=now)


async def _stop_or_start(
    unit: BookingUnit, message: Message, reply: Reply, phone_key: str, mine: Sequence[Appointment]
) -> Taken:
    if reply is Reply.STOP:
        await unit.stopped_numbers.add(phone_key, since=message.at)
    else:
        await unit.stopped_numbers.remove(phone_key)
    meaning = Meaning.STOPPED if reply is Reply.STOP else Meaning.STARTED
    return await _keep(unit, message, meaning, mine[0] if mine else None, "")


async def _keep(
    unit: BookingUnit, message: Message, meaning: Meaning, appointment: Appointment | None, text: str
) -> Taken:
    if appointment and meaning is Meaning.FOR_STAFF and await _too_many(unit, appointment, message):
        return AGAIN
    if appointment and meaning in ON_THE_DESK:
        await unit.appointments.locked(appointment.id)  # what a unit may change, the desk looks at again
    kept = replace(
        message,
        meaning=meaning,
        appointment_id=appointment.id if appointment else None,
        sequence=appointment.sequence if appointment else 0,
        text=text if meaning is Meaning.FOR_STAFF else "",
    )
    await unit.messages.set_meaning(kept)
    return Taken(meaning=meaning, appointment_id=kept.appointment_id)


async def _too_many(unit: BookingUnit, appointment: Appointment, message: Message) -> bool:
    of_late = [one for one in await unit.messages.of(appointment.id) if one.at > message.at - HOUR]
    return len(of_late) >= MOST_AN_HOUR
