"""The body of a notice in the format that its subscriber takes; none of them names anybody."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from booking.fact import told
from booking.notice import About
from booking.subscriber import Format
from server.webhooks.parcel import Happened, Parcel
from web.fact_words import fact_words
from web.format import Reader
from web.i18n import N_, gettext
from web.public_site import Site

TRIAL = N_("Test message from %(organisation)s: the line works")


def body_of(parcel: Parcel, site: Site) -> bytes:
    """Write the body; the same notice has the same body at every try."""
    content = BODIES[parcel.subscriber.format](parcel, site)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _standard(parcel: Parcel, site: Site) -> Mapping[str, object]:
    """The shape that Standard Webhooks advises: type, timestamp, data."""
    del site
    notice, happened = parcel.notice, parcel.happened
    if notice.about is None or happened is None:
        return {"type": "webhook.test", "timestamp": told(notice.at), "data": {}}
    return {
        "type": f"appointment.{notice.about.kind.value}",
        "timestamp": told(notice.at),
        "data": _data(notice.about, happened),
    }


def _data(about: About, happened: Happened) -> Mapping[str, object]:
    fact = happened.fact
    return {
        "appointment_id": str(about.appointment_id),
        "offering_id": str(about.offering_id),
        "adviser_id": str(about.adviser_id),
        "seq": fact.seq,
        "at": told(fact.at),
        "kind": fact.kind.value,
        "by": fact.by.value,
        "detail": dict(fact.detail),
    }


def _chat(parcel: Parcel, site: Site) -> Mapping[str, object]:
    """One line of text with a link, as channels of chat programs take it."""
    if parcel.happened is None:
        return {"text": _trial(parcel, site)}
    what, when = _words(parcel, parcel.happened, site)
    return {"text": f"{what}: {when}\n{site.public_url}/desk"}


def _ticket(parcel: Parcel, site: Site) -> Mapping[str, object]:
    """Title, body, and the appointment's id, by which a ticket system finds what belongs together."""
    if parcel.notice.about is None or parcel.happened is None:
        return {"title": _trial(parcel, site), "body": site.public_url, "reference": ""}
    what, when = _words(parcel, parcel.happened, site)
    return {
        "title": what,
        "body": f"{when}\n{site.public_url}/desk",
        "reference": str(parcel.notice.about.appointment_id),
    }


def _words(parcel: Parcel, happened: Happened, site: Site) -> tuple[str, str]:
    """Say what happened to an appointment of when: `ti 24.11. klo 14.00, 45 minuuttia`."""
    language, span = parcel.subscriber.language, happened.span
    reader = Reader(language, happened.zone, home=site.zone)
    day = reader.manner.moment.format(date=reader.short_date(span.start), time=reader.time(span.start))
    when = f"{day} {reader.zone_note()}".rstrip()
    what = fact_words(happened.fact.kind, language)
    return what, f"{when}, {reader.duration(span.end - span.start)}"


def _trial(parcel: Parcel, site: Site) -> str:
    return gettext(parcel.subscriber.language, TRIAL, organisation=site.organisation)


BODIES: Mapping[Format, Callable[[Parcel, Site], Mapping[str, object]]] = MappingProxyType(
    {Format.STANDARD: _standard, Format.CHAT: _chat, Format.TICKET: _ticket}
)
