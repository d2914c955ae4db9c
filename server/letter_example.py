"""An occasion to show a letter by: the next appointment with nobody's name in it, or one made up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from booking.adviser import Adviser
from booking.appointment import Appointment, Customer, wall_time
from booking.letter import LetterDue, LetterKind
from booking.letter_text import TextPlace, Words
from booking.offer import Offer
from booking.offering import Offering
from booking.reminder import DEFAULT
from booking.revision import Revision
from booking.time_span import TimeSpan
from server.notify.moments import when
from server.notify.occasion import Occasion, Offered
from web.format import Reader
from web.ports import Unit
from web.public_site import Site

NOBODY = UUID(int=0)
CUSTOMER = "Aino Esimerkki"
ADVISER = Adviser(id=NOBODY, name="Ilmari Esimerkki")
NO_LINK = "esimerkki-exempel-link"
"""As long as a real one, and nobody's."""

LONG_LENGTH = timedelta(hours=1, minutes=45)
LONG_NAME = "Nimi Onpitkähkö-Sukunimellinen"
FAR = timedelta(days=60)
USUAL_DOOR = timedelta(minutes=15)
DELAY = timedelta(minutes=10)


async def example(
    unit: Unit, place: TextPlace, words: Words | None, site: Site, *, now: datetime
) -> tuple[Occasion, bool]:
    """Return an occasion for a letter of that place, and whether its appointment is a real one that is ahead.

    Of a real one the time and the adviser are told; who comes is made up, and so is the link.
    """
    found = await unit.catalogue.next_ahead(now, offering_id=place.offering_id)
    appointment = await unit.appointments.get(found) if found else await _made_up(unit, place, site, now)
    offering = await _offering(unit, appointment.offering_id)
    adviser = await unit.advisers.get(appointment.adviser_id) if found else await _anybody(unit, offering)
    customer = Customer(name=CUSTOMER, email="", language=place.language)
    occasion = Occasion(
        due=LetterDue(appointment_id=appointment.id, kind=place.kind, sequence=0, channel=place.channel),
        appointment=replace(appointment, customer=customer, confirmed_at=None),
        adviser=adviser,
        revision=Revision(0, now),
        token=NO_LINK,
        message_id="",
        now=_sent_at(place.kind, appointment, now),
        door_opens=offering.rules.door_opens if offering else USUAL_DOOR,
        own_words=words,
        matters=tuple(offering.names.values()) if offering else (),
        late=DELAY if place.kind is LetterKind.RUNNING_LATE else timedelta(0),
        offered=_offered(appointment, adviser, now) if place.kind is LetterKind.OFFER else None,
    )
    return occasion, found is not None


@cache
def _longest_day(language: str, site: Site) -> tuple[str, str, str]:
    """Return the longest date, time and count of days that there may be to say in a year."""
    reader = Reader(language, site.zone)
    moments = [datetime(2026, 1, 1, 22, 30, tzinfo=site.zone) + timedelta(days=day) for day in range(366)]
    days = max((reader.date(moment) for moment in moments), key=len)
    return days, reader.time(moments[0]), when(moments[0] + FAR, moments[0], reader)


def longest_values(reader: Reader, site: Site) -> Mapping[str, str]:
    """Return long values that a letter may well have to say."""
    day, time, ahead = _longest_day(reader.language, site)
    return {
        "day": day,
        "time": time,
        "when": ahead,
        "door": time,
        "delay": reader.duration(LONG_LENGTH),
        "length": reader.duration(LONG_LENGTH),
        "adviser": LONG_NAME,
        "name": LONG_NAME,
        "organisation": site.organisation,
        "phone": site.phone,
        "link": f"{site.public_url}/a/{NO_LINK}/connection-test",
    }


def _sent_at(kind: LetterKind, appointment: Appointment, now: datetime) -> datetime:
    ahead = dict(DEFAULT).get(kind)
    return appointment.span.start - ahead if ahead else now


async def _made_up(unit: Unit, place: TextPlace, site: Site, now: datetime) -> Appointment:
    """Return an appointment at ten o'clock in a few days, of the offering or of any."""
    offering = await _offering(unit, place.offering_id)
    day = (now + timedelta(days=4)).astimezone(site.zone)
    start = day.replace(hour=10, minute=0, second=0, microsecond=0).astimezone(UTC)
    length = offering.length if offering else timedelta(minutes=45)
    return Appointment(
        id=NOBODY,
        offering_id=offering.id if offering else NOBODY,
        adviser_id=NOBODY,
        span=TimeSpan(start, start + length),
        zone=site.zone.key,
        wall_start=wall_time(start, site.zone.key),
        customer=Customer(name=CUSTOMER, email=""),
        booked_at=now,
    )


async def _offering(unit: Unit, offering_id: UUID | None) -> Offering | None:
    """Return the offering, or the first there is when none is named."""
    offerings = await unit.offerings.all()
    return next((one for one in offerings if offering_id in (None, one.id)), None)


async def _anybody(unit: Unit, offering: Offering | None) -> Adviser:
    meeting = await unit.advisers.of_offering(offering.id) if offering else []
    return next(iter(meeting), ADVISER)


def _offered(appointment: Appointment, adviser: Adviser, now: datetime) -> Offered:
    """Return an offer of two hours earlier."""
    earlier = timedelta(hours=2)
    span = TimeSpan(appointment.span.start - earlier, appointment.span.end - earlier)
    offer = Offer(
        id=NOBODY,
        freed_id=NOBODY,
        appointment_id=appointment.id,
        adviser_id=adviser.id,
        span=span,
        offered_at=now,
        expires_at=now + timedelta(hours=1),
    )
    return Offered(offer, adviser, NO_LINK)
