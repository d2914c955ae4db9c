"""Turn what is due and the live appointment into a letter in the customer's language."""

from zoneinfo import ZoneInfo

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.letter import LetterDue, LetterKind
from booking.revision import Revision
from server.notify.letter import Letter, Link
from server.notify.wording import WORDINGS
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
) -> Letter:
    """Compose one letter; it tells when, with whom and what can be done, never the matter.

    `said` is what an admin has written to those whom a disruption concerns.
    """
    customer, wording = appointment.customer, WORDINGS[due.kind]
    reader = Reader(customer.language, ZoneInfo(appointment.zone))
    day, time = reader.date(appointment.span.start), reader.time(appointment.span.start)
    subject = gettext(customer.language, wording.subject) % {"day": day, "time": time}
    own = f"{site.public_url}/a/{token}"
    links = tuple(Link(gettext(customer.language, one.label), own + one.path) for one in wording.actions)
    words = {
        "site": site,
        "subject": subject,
        "customer": customer.name,
        "lead": wording.lead,
        "said": said.splitlines(),
        "closing": wording.closing,
        "span": appointment.span,
        "adviser": adviser.name,
        "links": links,
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
        render(f"letters/letter.{kind}", customer.language, reader.zone, **words) for kind in ("txt", "html")
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
