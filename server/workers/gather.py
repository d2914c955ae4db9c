"""Gather what a letter is composed from, as it stands at the moment of sending."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from booking.appointment import Appointment
from booking.booked_again import has_booked_again
from booking.disruption import Disruption, open_disruption
from booking.errors import NotFound
from booking.fact import Fact
from booking.lateness import shown_lateness
from booking.letter import ABOUT_DISRUPTION, Channel, LetterDue, LetterKind
from booking.letter_text import TextPlace, Words
from booking.revision import revision_of
from booking.still_holds import has_missed, still_holds
from server.database.outbox_table import OutgoingLetter
from server.database.unit import SqlUnit
from server.notify.occasion import Occasion, Offered


class Unsent(StrEnum):
    """Why a letter is not sent after all."""

    NO_LONGER = "no longer holds"
    TOO_LATE = "too late"
    NO_ADDRESS = "no address"
    STOPPED = "number stopped"


async def gather(unit: SqlUnit, outgoing: OutgoingLetter, host: str, *, now: datetime) -> Occasion | Unsent:
    """Return what a letter speaks of, or why it is not sent: above all that it is no longer true."""
    due = outgoing.letter
    try:
        appointment = await unit.appointments.get(due.appointment_id)
        token = await unit.links.token(due.appointment_id)
        offered = await _offered(unit, due)
    except NotFound:
        return Unsent.NO_LONGER
    history = await unit.facts.of(appointment.id)
    disruption = await _disruption(unit, history)
    holds = still_holds(
        due,
        appointment,
        now=now,
        disruption=disruption,
        offer=offered.offer if offered else None,
        history=history,
        has_booked_again=due.kind is LetterKind.NO_SHOW
        and await has_booked_again(unit, appointment, now=now),
    )
    if not holds:
        missed = has_missed(due, appointment, now=now, disruption=disruption)
        return Unsent.TOO_LATE if missed else Unsent.NO_LONGER
    offering = await unit.offerings.get(appointment.offering_id)
    occasion = Occasion(
        due=due,
        appointment=appointment,
        adviser=await unit.advisers.get(appointment.adviser_id),
        revision=revision_of(appointment, history),
        token=token,
        message_id=f"<{outgoing.id}@{host}>",
        now=now,
        door_opens=offering.rules.door_opens,
        late=shown_lateness(history),
        said=disruption.text(appointment.customer.language)
        if disruption and due.kind in ABOUT_DISRUPTION
        else "",
        own_words=await _own_words(unit, due, appointment),
        matters=tuple(offering.names.values()),
        offered=offered,
    )
    if due.channel is Channel.SMS and await unit.stopped_numbers.among([appointment.customer.phone_key]):
        return Unsent.STOPPED
    return occasion if occasion.to else Unsent.NO_ADDRESS


async def _own_words(unit: SqlUnit, due: LetterDue, appointment: Appointment) -> Words | None:
    place = TextPlace(
        kind=due.kind,
        language=appointment.customer.language,
        channel=due.channel,
        offering_id=appointment.offering_id,
    )
    return await unit.letter_texts.standing_for(place)


async def _disruption(unit: SqlUnit, history: Sequence[Fact]) -> Disruption | None:
    """Return the disruption that stands over an appointment's time, if one does."""
    disruption_id = open_disruption(history)
    return await unit.disruptions.get(disruption_id) if disruption_id else None


async def _offered(unit: SqlUnit, due: LetterDue) -> Offered | None:
    """Return what a letter offers, if it is an offer's. Raises NotFound when it is gone."""
    if due.offer_id is None:
        return None
    offer = await unit.offers.get(due.offer_id)
    adviser = await unit.advisers.get(offer.adviser_id)
    return Offered(offer, adviser, await unit.offers.token(offer.id))
