"""Let customers say how they are reached from now on: e-mail address, phone, language."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment, Customer, ReachedBy
from booking.errors import TooLate, TooManyChanges, WrongStatus
from booking.fact import Actor, Detail, Fact, FactKind
from booking.letter import LetterKind
from booking.ports import BookingUnit
from booking.tell import tell

MOST_ADDRESSES = 5
WINDOW = timedelta(days=1)
"""Each new address is written to, so that one link could otherwise write to the whole world."""

TOLD = ("email", "phone", "language", "reached_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What is new; None leaves a thing as it is, and an empty phone takes it away."""

    email: str | None = None
    phone: str | None = None
    language: str | None = None
    reached_by: ReachedBy | None = None


async def change_contact(
    unit: BookingUnit, appointment_id: UUID, contact: Contact, *, by: Actor, now: datetime
) -> Appointment:
    """Keep what is new; the old address is told that it was changed, the new one gets the link.

    What is the same already changes nothing. Raises WrongStatus when the appointment is no longer live,
    TooLate once it has ended, TooManyChanges, and OwnOverlap when somebody of that name and new address
    has another appointment at the same time.
    """
    appointment = await unit.appointments.locked(appointment_id)
    if not appointment.is_live:
        raise WrongStatus(appointment.status)
    if now >= appointment.span.end:
        raise TooLate(appointment.span.end)
    before = appointment.customer
    after = _customer(before, contact)
    if after == before:
        return appointment
    if after.email != before.email:
        await _check(unit, appointment_id, now=now)
    changed = replace(appointment, customer=after)
    await unit.appointments.change(changed, now=now)
    await unit.facts.append(
        Fact(
            appointment_id=changed.id,
            at=now,
            kind=FactKind.CONTACT_CHANGED,
            by=by,
            detail=_detail(before, after),
        )
    )
    if after.email != before.email:
        await _write_to_both(unit, changed, before.email, now=now)
    return changed


def _customer(before: Customer, contact: Contact) -> Customer:
    email = before.email if contact.email is None else contact.email
    return replace(
        before,
        email=before.email if email.casefold() == before.email.casefold() else email,
        phone=before.phone if contact.phone is None else contact.phone,
        language=contact.language or before.language,
        reached_by=contact.reached_by or before.reached_by,
    )


def _detail(before: Customer, after: Customer) -> Detail:
    """Tell which things changed, and never what they are."""
    return {name: getattr(before, name) != getattr(after, name) for name in TOLD}


async def _check(unit: BookingUnit, appointment_id: UUID, *, now: datetime) -> None:
    history = await unit.facts.of(appointment_id)
    changes = [
        fact.at
        for fact in history
        if fact.kind is FactKind.CONTACT_CHANGED and fact.detail.get("email") and fact.at > now - WINDOW
    ]
    if len(changes) >= MOST_ADDRESSES:
        raise TooManyChanges(min(changes) + WINDOW)


async def _write_to_both(
    unit: BookingUnit, appointment: Appointment, old_email: str, *, now: datetime
) -> None:
    await tell(unit, appointment, LetterKind.NEW_ADDRESS, at=now)
    if old_email:
        await tell(unit, appointment, LetterKind.OLD_ADDRESS, at=now, to=old_email)
