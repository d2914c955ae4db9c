"""The letters of a made-up appointment: when each left, what came back, and what its customer answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from booking.appointment import Appointment, Customer, Status
from booking.fact import TIMED, Actor, Detail, Fact, FactKind, told_span
from booking.letter import REMINDERS, Channel, LetterDue, LetterKind
from booking.not_reminded import NotReminded
from booking.outcome import Outcome
from booking.reminder import ReminderPlan
from booking.rules import Rules
from booking.tell import by_each_way
from server.database.demo_letters import PastLetter
from server.database.outbox_table import Delivery
from server.demo_data import demo_id

WITH_PHONE = Customer(name="Demo", email="demo@example.org", phone="+358 40 000 0000", reached_by="both")
HAS_PHONE, IS_NOBODYS, COMES_BACK, LOST, CONFIRMS = 0.4, 0.04, 0.02, 0.05, 0.45
PLAN, GRACE = ReminderPlan(), Rules().grace
NEWS = {
    FactKind.BOOKED: LetterKind.BOOKED,
    FactKind.OFFERED: LetterKind.OFFER,
    FactKind.MOVED: LetterKind.MOVED,
    FactKind.CANCELLED: LetterKind.CANCELLED,
    FactKind.WAITED_FOR: LetterKind.WAITING_FOR_YOU,
}
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Posted:
    """An appointment with its letters, and the history in which they stand."""

    appointment: Appointment
    facts: Sequence[Fact]
    letters: Sequence[PastLetter]


def posted(appointment: Appointment, facts: Sequence[Fact], chance: Random) -> Posted:
    """Send what such an appointment's life calls for; by chance some of it does not arrive."""
    if chance.random() < HAS_PHONE:
        appointment = replace(appointment, customer=WITH_PHONE)
    is_nobodys = chance.random() < IS_NOBODYS
    letters, told = [], list(facts)
    for at, about in sorted(_due(appointment, facts), key=lambda one: one[0]):
        for due in by_each_way(appointment, about):
            letter = _sent(due, at, chance, is_nobodys=is_nobodys)
            letters.append(letter)
            told += _told(letter)
            if appointment.confirmed_at is None and _is_confirmed(appointment, letter, chance):
                answered_at = at + chance.randrange(3, 600) * MINUTE
                appointment = replace(appointment, confirmed_at=answered_at)
                told.append(_fact(appointment.id, answered_at, FactKind.CONFIRMED, Actor.CUSTOMER))
    return Posted(appointment, sorted(told, key=lambda fact: fact.at), letters)


def _due(appointment: Appointment, facts: Sequence[Fact]) -> Iterator[tuple[datetime, LetterDue]]:
    """Yield each letter with its moment: news by the facts, reminders of each time until it was given up."""
    timed = [fact for fact in facts if fact.kind in TIMED]
    given_up = [fact.at for fact in facts if fact.kind is FactKind.CANCELLED]
    for fact in facts:
        if fact.kind in NEWS:
            sequence = sum(one.at <= fact.at for one in timed) - 1
            offer = fact.detail.get("offer") if fact.kind is FactKind.OFFERED else None
            about = _about(appointment, NEWS[fact.kind], sequence)
            yield fact.at, replace(about, offer_id=UUID(str(offer)) if offer else None)
    for sequence, fact in enumerate(timed):
        until = min([one.at for one in timed[sequence + 1 :]] + given_up, default=None)
        then = replace(appointment, span=told_span(fact), sequence=sequence)
        for one in PLAN.reminders(then, now=fact.at):
            if until is None or one.due_at < until:
                yield one.due_at, _about(appointment, one.kind, sequence)
    if appointment.outcome is Outcome.CUSTOMER_NO_SHOW:
        yield appointment.span.end + GRACE, _about(appointment, LetterKind.NO_SHOW, appointment.sequence)


def _about(appointment: Appointment, kind: LetterKind, sequence: int) -> LetterDue:
    return LetterDue(appointment_id=appointment.id, kind=kind, sequence=sequence)


def _sent(due: LetterDue, at: datetime, chance: Random, *, is_nobodys: bool) -> PastLetter:
    sent_at = at + chance.randrange(1, 40) * SECOND
    fate, is_mail = chance.random(), due.channel is Channel.MAIL
    letter = PastLetter(
        id=demo_id(f"letter {due.appointment_id} {due.kind} {due.sequence} {due.channel}"),
        letter=due,
        put_at=at,
        state=Delivery.SENT,
        sent_at=sent_at,
        delivered_at=None if is_mail else sent_at + chance.randrange(2, 30) * SECOND,
    )
    if is_mail and is_nobodys:
        return replace(letter, state=Delivery.FAILED, sent_at=None, reason="recipient refused: 550 5.1.1")
    if is_mail and fate < COMES_BACK:
        return replace(letter, state=Delivery.FAILED, reason="came back: 5.2.2")
    if not is_mail and fate < LOST:
        return replace(letter, state=Delivery.FAILED, delivered_at=None, reason="undelivered")
    return letter


def _told(letter: PastLetter) -> Iterator[Fact]:
    """Yield what the history says of a letter: that a reminder left, or that one did not arrive."""
    due, moment = letter.letter, letter.sent_at or letter.put_at + SECOND
    detail: Detail = {"letter": due.kind.value, "channel": due.channel.value}
    if letter.sent_at and due.kind in REMINDERS:
        yield _fact(due.appointment_id, moment, FactKind.REMINDED, Actor.SYSTEM, detail)
    if letter.state is Delivery.FAILED:
        why = NotReminded.CAME_BACK if letter.sent_at else NotReminded.REFUSED
        later = moment + (MINUTE if letter.sent_at else SECOND)
        kind = FactKind.NOT_REMINDED
        yield _fact(due.appointment_id, later, kind, Actor.SYSTEM, {**detail, "why": why.value})


def _is_confirmed(appointment: Appointment, letter: PastLetter, chance: Random) -> bool:
    """Tell whether a customer who comes in the end says so after a reminder that arrived."""
    asks = letter.letter.kind in (LetterKind.THREE_DAYS, LetterKind.ONE_DAY)
    is_last = letter.letter.sequence == appointment.sequence
    comes = appointment.status is Status.CLOSED and appointment.outcome is not Outcome.CUSTOMER_NO_SHOW
    return asks and is_last and comes and letter.state is Delivery.SENT and chance.random() < CONFIRMS


def _fact(whose: UUID, at: datetime, kind: FactKind, by: Actor, detail: Detail | None = None) -> Fact:
    return Fact(appointment_id=whose, at=at, kind=kind, by=by, detail=detail or {})
