"""Compose a text message: who writes, what and when, the one link, and how to answer, in few parts."""

from booking.letter import REMINDERS, LetterKind
from server.notify.channel import DeliveryFailed
from server.notify.letter import Link
from server.notify.moments import moments
from server.notify.occasion import Occasion
from server.notify.segments import segments, simplified
from server.notify.sms_wording import ANSWERS, CANCEL_ONLY, SHORT
from server.notify.wording import WORDINGS
from web.format import Reader
from web.i18n import gettext
from web.public_site import Site

LONGEST_NAME = 30
HOME = REMINDERS - {LetterKind.FIFTEEN_MINUTES}
"""The letters whose one link leads to the page from which everything can be done."""


def sms_text(occasion: Occasion, site: Site, reader: Reader, links: tuple[Link, ...]) -> str:
    """Return the words of a text message. Raises DeliveryFailed where no shortening is enough."""
    link = links[0].url if links else ""
    name = f"{short_name(site.organisation)}:"
    said = _said(occasion, reader)
    return fitted(said, name=name, link=link, closing=_closing(occasion, site), most=site.sms_segments)


def sms_links(occasion: Occasion, site: Site, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the one link of a text message; a question whether to cancel has none."""
    if occasion.kind is LetterKind.CANCEL_ASKED:
        return ()
    if occasion.kind in HOME:
        label = gettext(occasion.language, WORDINGS[LetterKind.BOOKED].actions[0].label)
        return (Link(label, f"{site.public_url}/a/{occasion.token}"),)
    return links[:1]


def fitted(said: str, *, name: str = "", link: str = "", closing: str = "", most: int) -> str:
    """Return the text in `most` parts: too long, its closing goes first, then the name, never the link.

    Raises DeliveryFailed when that is not enough: half a sentence is sent to nobody.
    """
    for parts in ((name, said, link, closing), (name, said, link), (said, link)):
        text = simplified(" ".join(part for part in parts if part))
        if segments(text) <= most:
            return text
    raise DeliveryFailed(f"longer than {most} text messages", permanent=True)


def short_name(organisation: str) -> str:
    """Return the organisation's name, cut between two words where it is long."""
    if len(organisation) <= LONGEST_NAME:
        return organisation
    cut = organisation[: LONGEST_NAME + 1].rsplit(" ", 1)[0]
    return cut[:LONGEST_NAME].rstrip(" ,-–&")


def _said(occasion: Occasion, reader: Reader) -> str:
    words = SHORT.get(occasion.kind) or WORDINGS[occasion.kind].subject
    start = (occasion.offered.offer if occasion.offered else occasion.appointment).span.start
    time = f"{reader.time(start)} {reader.zone_note()}".rstrip()
    known = {**moments(occasion, reader), "day": reader.short_date(start), "time": time}
    return gettext(reader.language, words) % known


def _closing(occasion: Occasion, site: Site) -> str:
    if occasion.kind not in HOME or not site.reads_sms:
        return ""
    return gettext(occasion.language, CANCEL_ONLY if occasion.appointment.confirmed_at else ANSWERS)
