"""Aino's appointment with Ilmari, and the site that writes to her."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.adviser import Adviser
from booking.appointment import Appointment, Customer
from booking.letter import Channel, LetterDue, LetterKind
from booking.letter_text import Words
from booking.offer import Offer
from booking.revision import Revision
from booking.time_span import TimeSpan
from server.notify.compose import compose
from server.notify.letter import Letter
from server.notify.occasion import Occasion, Offered
from web.keeping import Keeping
from web.public_site import Site

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ILMARI = Adviser(id=UUID(int=3), name="Ilmari Seppä")
SITE = Site(
    organisation="Esimerkkipankki",
    phone="09 123 456",
    public_url="https://tapaa.example.org",
    zone=ZoneInfo("Europe/Helsinki"),
    is_demo=False,
    is_tls=True,
    keeping=Keeping(
        relays_all=False,
        has_relay=False,
        hides_private=True,
        persons=timedelta(days=731),
        letters=timedelta(days=90),
        messages=timedelta(days=7),
        notes=timedelta(days=90),
        afterwords=timedelta(days=90),
    ),
)


def appointment(
    language: str = "fi",
    name: str = "Aino Virtanen",
    *,
    email: str = "aino@example.org",
    phone: str = "+358401234567",
) -> Appointment:
    return Appointment(
        id=UUID(int=1),
        offering_id=UUID(int=2),
        adviser_id=ILMARI.id,
        span=TimeSpan(START, START + timedelta(minutes=45)),
        zone="Europe/Helsinki",
        wall_start="2026-11-24T14:00",
        customer=Customer(name=name, email=email, phone=phone, language=language),
        booked_at=START - timedelta(days=7),
    )


def offered(kind: LetterKind) -> Offered | None:
    """Return Aino's offer of the day before, for the letter that tells of it."""
    if kind is not LetterKind.OFFER:
        return None
    start = START - timedelta(days=1)
    offer = Offer(
        id=UUID(int=4),
        freed_id=UUID(int=5),
        appointment_id=UUID(int=1),
        adviser_id=ILMARI.id,
        span=TimeSpan(start, start + timedelta(minutes=45)),
        offered_at=start - timedelta(days=1),
        expires_at=start - timedelta(hours=23),
    )
    return Offered(offer, ILMARI, "o" * 22)


def letter(
    kind: LetterKind = LetterKind.BOOKED,
    language: str = "fi",
    name: str = "Aino Virtanen",
    *,
    channel: Channel = Channel.MAIL,
    email: str = "aino@example.org",
    phone: str = "+358401234567",
    now: datetime = START - timedelta(days=1),
    confirmed_at: datetime | None = None,
    own_words: Words | None = None,
    matters: Collection[str] = (),
) -> Letter:
    due = LetterDue(appointment_id=UUID(int=1), kind=kind, sequence=0, channel=channel)
    occasion = Occasion(
        due=due,
        appointment=replace(appointment(language, name, email=email, phone=phone), confirmed_at=confirmed_at),
        adviser=ILMARI,
        revision=Revision(0, START - timedelta(days=7)),
        token="t" * 22,
        message_id="<1@tapaa.example.org>",
        now=now,
        own_words=own_words,
        matters=matters,
        offered=offered(kind),
    )
    return compose(occasion, SITE)
