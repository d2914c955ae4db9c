"""Say what comes of how things stand now, by the functions that the work itself asks when it comes to it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from booking.appointment import Appointment, Customer, Status
from booking.coming import Coming, Happening
from booking.hold import Hold
from booking.letter import Channel, LetterDue, LetterKind
from booking.missed import HOLDS, WRITTEN_WITHIN
from booking.offer import Offer
from booking.outcome import decide
from booking.over import is_over
from booking.scene import Scene
from booking.still_holds import rests_until, still_holds
from booking.tell import by_each_way
from booking.time_span import TimeSpan

When = Callable[[TimeSpan | None], datetime | None]
"""The moment of a thing, by when nobody works; None when it does not happen."""


def foretell(scene: Scene, until: datetime, *, silent: TimeSpan | None = None) -> list[Coming]:
    """Return what comes before a moment, in order; what `silent` changes says so."""
    found = (_judged(coming, when, silent) for coming, when in _things(scene))
    return sorted(
        (one for one in found if one and scene.now <= (one.planned_at or one.at) < until),
        key=lambda one: (one.at, one.happening, one.start, one.adviser_id, one.channel or ""),
    )


def _judged(coming: Coming, when: When, silent: TimeSpan | None) -> Coming | None:
    planned = when(None)
    if planned is None:
        return None
    moment = when(silent) if silent else planned
    if moment is None:
        return replace(coming, at=planned, planned_at=planned, is_lost=True)
    return replace(coming, at=moment, planned_at=None if moment == planned else planned)


def _things(scene: Scene) -> Iterator[tuple[Coming, When]]:
    yield from (
        _letter(scene, at, letter) for at, letter in scene.due if letter.appointment_id in scene.appointments
    )
    for appointment in scene.appointments.values():
        if appointment.is_live:
            yield _door(scene, appointment)
            yield _closing(scene, appointment)
            yield from _missed(scene, appointment)
    yield from (_hold(one) for one in scene.holds)
    yield from (
        _offer(scene, one) for one in scene.offers.values() if one.appointment_id in scene.appointments
    )


def _letter(scene: Scene, at: datetime, letter: LetterDue) -> tuple[Coming, When]:
    appointment = scene.appointments[letter.appointment_id]
    return _told(appointment, letter), lambda silent: _leaves(scene, max(at, scene.now), letter, silent)


def _told(appointment: Appointment, letter: LetterDue) -> Coming:
    about = _about(appointment, Happening.LETTER)
    return replace(about, letter=letter.kind, channel=letter.channel, leave_by=letter.leave_by)


def _leaves(scene: Scene, at: datetime, letter: LetterDue, silent: TimeSpan | None) -> datetime | None:
    """Return when a letter leaves: not while nobody works, not at night, and not once it no longer holds."""
    appointment = scene.appointments[letter.appointment_id]
    if not _has_way(scene, appointment.customer, letter):
        return None
    offer = scene.offers.get(letter.offer_id) if letter.offer_id else None
    disruption = scene.disrupted.get(appointment.id)
    moment: datetime | None = at
    while moment:
        at = _heard(moment, silent)
        holds = still_holds(
            letter,
            _as_of(scene, appointment, letter, at, silent),
            now=at,
            disruption=disruption,
            offer=offer,
            history=scene.histories.get(appointment.id, ()),
            has_booked_again=appointment.id in scene.booked_again,
        )
        if not holds:
            return None
        moment = rests_until(letter.kind, appointment.zone, now=at)
    return at


def _has_way(scene: Scene, customer: Customer, letter: LetterDue) -> bool:
    """Tell whether a letter would arrive anywhere: a number may have been stopped while it waited."""
    is_stopped = letter.channel is Channel.SMS and customer.phone_key in scene.stopped
    return bool(letter.to or customer.address(letter.channel)) and not is_stopped


def _as_of(
    scene: Scene, appointment: Appointment, letter: LetterDue, at: datetime, silent: TimeSpan | None
) -> Appointment:
    """Return how it stands when a letter is sent; the letter to who did not come follows the closing."""
    closes_at = _heard(_over_at(scene, appointment), silent)
    if not appointment.is_live or (at <= closes_at and letter.kind is not LetterKind.NO_SHOW):
        return appointment
    return _closed(scene, appointment, closes_at)


def _closed(scene: Scene, appointment: Appointment, at: datetime) -> Appointment:
    history, rules = scene.histories.get(appointment.id), scene.offerings[appointment.offering_id].rules
    outcome = decide(history, rules, until=at) if history else None
    return replace(appointment, status=Status.CLOSED, outcome=outcome)


def _missed(scene: Scene, appointment: Appointment) -> Iterator[tuple[Coming, When]]:
    """Yield the letters to who does not come, where their adviser is there already."""
    about = LetterDue(
        appointment_id=appointment.id,
        kind=LetterKind.NO_SHOW,
        sequence=appointment.sequence,
        leave_by=appointment.span.end + HOLDS,
    )
    if appointment.id not in scene.histories:
        return
    is_stopped = appointment.customer.phone_key in scene.stopped
    for letter in by_each_way(appointment, about, is_stopped=is_stopped):
        yield _told(appointment, letter), partial(_after_closing, scene, letter)


def _after_closing(scene: Scene, letter: LetterDue, silent: TimeSpan | None) -> datetime | None:
    appointment = scene.appointments[letter.appointment_id]
    closes_at = _heard(_over_at(scene, appointment), silent)
    if closes_at >= appointment.span.end + WRITTEN_WITHIN:
        return None
    return _leaves(scene, closes_at, letter, silent)


def _door(scene: Scene, appointment: Appointment) -> tuple[Coming, When]:
    rules = scene.offerings[appointment.offering_id].rules
    opens_at = appointment.door_opens_at(rules.door_opens)
    opens = opens_at if opens_at < _over_at(scene, appointment) else None
    return _about(appointment, Happening.DOOR), lambda _: opens


def _closing(scene: Scene, appointment: Appointment) -> tuple[Coming, When]:
    over_at = _over_at(scene, appointment)
    return _about(appointment, Happening.CLOSING), lambda silent: _heard(over_at, silent)


def _over_at(scene: Scene, appointment: Appointment) -> datetime:
    """Return the first moment, from now on, at which nothing more can come of it."""
    span, rules = appointment.span, scene.offerings[appointment.offering_id].rules
    history = scene.histories.get(appointment.id, ())
    last = max(scene.now, span.end + rules.grace)
    earlier = (one for one in (scene.now, span.start + rules.grace) if scene.now <= one < last)
    return next((one for one in earlier if is_over(span, history, rules, now=one)), last)


def _hold(hold: Hold) -> tuple[Coming, When]:
    """A hold ends by itself: nobody need work for it."""
    coming = Coming(
        at=hold.until,
        happening=Happening.HOLD_ENDS,
        offering_id=hold.offering_id,
        adviser_id=hold.adviser_id,
        start=hold.span.start,
    )
    return coming, lambda _: hold.until


def _offer(scene: Scene, offer: Offer) -> tuple[Coming, When]:
    about = _about(scene.appointments[offer.appointment_id], Happening.OFFER_ENDS)
    coming = replace(about, adviser_id=offer.adviser_id, start=offer.span.start)
    return coming, lambda silent: _heard(max(offer.expires_at, scene.now), silent)


def _about(appointment: Appointment, happening: Happening) -> Coming:
    return Coming(
        at=appointment.span.start,
        happening=happening,
        offering_id=appointment.offering_id,
        adviser_id=appointment.adviser_id,
        start=appointment.span.start,
        appointment=appointment,
    )


def _heard(moment: datetime, silent: TimeSpan | None) -> datetime:
    """Return when somebody who is silent for a while sees to what falls due at a moment."""
    return silent.end if silent and silent.start <= moment < silent.end else moment
