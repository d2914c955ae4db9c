"""Turn what is due and the live appointment into a letter in the customer's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.letter import LetterDue, LetterKind
from booking.offer import Offer
from booking.revision import Revision
from booking.time_span import TimeSpan
from server.notify.letter import Letter, Link
from server.notify.wording import WORDINGS, Wording
from web.format import Reader
from web.i18n import gettext
from web.ics import Entry, Method, calendar
from web.public_site import Site
from web.render import render

NEWS = frozenset(
    {
        LetterKind.BOOKED,
        LetterKind.MOVED,
        LetterKind.RESTORED,
        LetterKind.REASSIGNED,
        LetterKind.CANCELLED,
        LetterKind.NEW_ADDRESS,
    }
)
"""The letters that carry the appointment for the calendar: it has changed, or the calendar has."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An earlier time that a letter offers, with whom, and the token of the offer's link."""

    offer: Offer
    adviser: Adviser
    token: str


def compose(
    due: LetterDue,
    appointment: Appointment,
    adviser: Adviser,
    *,
    revision: Revision,
    site: Site,
    token: str,
    message_id: str,
    said: str = "",
    offered: Offered | None = None,
) -> Letter:
    """Compose one letter; it tells when, with whom and what can be done, never the matter.

    `said` is what an admin has written to those whom a disruption concerns. A letter that offers a time is
    about that one, and its links lead to the offer.
    """
    customer, wording = appointment.customer, WORDINGS[due.kind]
    reader = Reader(customer.language, ZoneInfo(appointment.zone))
    subject = _subject(wording, reader, offered.offer.span if offered else appointment.span)
    own = f"{site.public_url}/a/{token}"
    links = _links(wording, customer.language, f"{site.public_url}/o/{offered.token}" if offered else own)
    words: dict[str, object] = {
        "subject": subject,
        "customer": customer.name,
        "lead": wording.lead,
        "said": said.splitlines(),
        "closing": wording.closing,
        "adviser": (offered.adviser if offered else adviser).name,
        "links": links,
        **_times(appointment, offered),
    }
    method: Method = "CANCEL" if due.kind is LetterKind.CANCELLED else "REQUEST"
    to = due.to or customer.email
    entry = Entry(
        appointment=appointment,
        revision=revision,
        organisation=site.organisation,
        manage_url=own,
        door_url=f"{own}/door",
        sender=site.sender,
        recipient=to,
    )
    text, html = (
        render(f"letters/letter.{kind}", customer.language, reader.zone, site=site, **words)
        for kind in ("txt", "html")
    )
    return Letter(
        to=to,
        name=customer.name,
        subject=subject,
        text=text,
        html=html,
        message_id=message_id,
        language=customer.language,
        links=links,
        calendar=calendar(entry, customer.language, method) if due.kind in NEWS else b"",
        method=method,
    )


def _subject(wording: Wording, reader: Reader, span: TimeSpan) -> str:
    moment = {"day": reader.date(span.start), "time": reader.time(span.start)}
    return gettext(reader.language, wording.subject) % moment


def _times(appointment: Appointment, offered: Offered | None) -> Mapping[str, object]:
    """Return the time that a letter is about; with an offer also the own one, and until when to answer."""
    if offered is None:
        return {"span": appointment.span, "own_span": None, "answer_by": None}
    offer = offered.offer
    return {"span": offer.span, "own_span": appointment.span, "answer_by": offer.expires_at}


def _links(wording: Wording, language: str, home: str) -> tuple[Link, ...]:
    return tuple(Link(gettext(language, one.label), home + one.path) for one in wording.actions)
