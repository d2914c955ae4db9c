"""Turn what is due and the live appointment into a letter in the customer's language."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from booking.letter import Channel, LetterKind
from booking.letter_text import Part
from booking.name_shown import name_shown
from server.notify.letter import Letter, Link
from server.notify.moments import moments
from server.notify.occasion import Occasion
from server.notify.own_words import own_words
from server.notify.segments import segments, simplified
from server.notify.sms_text import sms_links, sms_text
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


def compose(occasion: Occasion, site: Site) -> Letter:
    """Compose one letter; it tells when, with whom and what can be done, never the matter."""
    reader = Reader(occasion.language, ZoneInfo(occasion.appointment.zone))
    wording = WORDINGS[occasion.kind]
    is_short, links = occasion.due.channel is Channel.SMS, _links(wording, occasion, site)
    links = sms_links(occasion, site, links) if is_short else links
    own = own_words(occasion, site, reader, links)
    subject = own.get(Part.SUBJECT) or gettext(reader.language, wording.subject) % moments(occasion, reader)
    if is_short:
        return _text_message(occasion, site, subject, links, own.get(Part.TEXT, ""))
    words: dict[str, object] = {
        "subject": subject,
        "customer": name_shown(occasion.appointment.customer.name),
        "lead": _lead(wording, occasion, reader, own.get(Part.OPENING, "")),
        "said": occasion.said,
        "closing": own[Part.CLOSING] if own else _closing(wording, reader),
        "adviser": (occasion.offered or occasion).adviser.name,
        "links": links,
        **_times(occasion),
    }
    text, html = (
        render(f"letters/letter.{kind}", reader.language, reader.zone, site=site, **words)
        for kind in ("txt", "html")
    )
    method: Method = "CANCEL" if occasion.kind is LetterKind.CANCELLED else "REQUEST"
    invitation = calendar(_entry(occasion, site), reader.language, method) if occasion.kind in NEWS else b""
    return _letter(occasion, subject, links, text=text, html=html, calendar=invitation, method=method)


def _letter(
    occasion: Occasion,
    subject: str,
    links: tuple[Link, ...],
    *,
    text: str,
    html: str = "",
    calendar: bytes = b"",
    method: str = "REQUEST",
) -> Letter:
    return Letter(
        to=occasion.to,
        name=name_shown(occasion.appointment.customer.name),
        subject=subject,
        text=text,
        html=html,
        message_id=occasion.message_id,
        language=occasion.language,
        links=links,
        calendar=calendar,
        method=method,
    )


def _text_message(occasion: Occasion, site: Site, subject: str, links: tuple[Link, ...], own: str) -> Letter:
    """Say it in a text message: in an admin's words where those are short enough, else in the house's."""
    if own and segments(simplified(own)) <= site.sms_segments:
        return _letter(occasion, subject, links, text=simplified(own))
    reader = Reader(occasion.language, ZoneInfo(occasion.appointment.zone), site.zone)
    return _letter(occasion, subject, links, text=sms_text(occasion, site, reader, links))


def _entry(occasion: Occasion, site: Site) -> Entry:
    own = _own(occasion, site)
    return Entry(
        appointment=occasion.appointment,
        revision=occasion.revision,
        organisation=site.organisation,
        manage_url=own,
        door_url=f"{own}/door",
        sender=site.sender,
        recipient=occasion.to,
    )


def _lead(wording: Wording, occasion: Occasion, reader: Reader, own: str) -> str:
    """Return the own words, or the house's; who has confirmed is not asked again by either."""
    if own and not (wording.confirmed_lead and _is_confirmed(occasion)):
        return own
    lead = wording.lead_for(is_confirmed=_is_confirmed(occasion))
    return gettext(reader.language, lead) % moments(occasion, reader)


def _closing(wording: Wording, reader: Reader) -> str:
    return gettext(reader.language, wording.closing) if wording.closing else ""


def _is_confirmed(occasion: Occasion) -> bool:
    return occasion.appointment.confirmed_at is not None


def _times(occasion: Occasion) -> Mapping[str, object]:
    """Return the time that a letter is about; with an offer also the own one, and until when to answer."""
    own = occasion.appointment.span
    if occasion.offered is None:
        return {"span": own, "own_span": None, "answer_by": None}
    offer = occasion.offered.offer
    return {"span": offer.span, "own_span": own, "answer_by": offer.expires_at}


def _own(occasion: Occasion, site: Site) -> str:
    return f"{site.public_url}/a/{occasion.token}"


def _links(wording: Wording, occasion: Occasion, site: Site) -> tuple[Link, ...]:
    offered = occasion.offered
    home = f"{site.public_url}/o/{offered.token}" if offered else _own(occasion, site)
    actions = wording.actions_for(is_confirmed=_is_confirmed(occasion))
    return tuple(Link(gettext(occasion.language, one.label), home + one.path) for one in actions)
