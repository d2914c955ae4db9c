"""The words that an admin has written for a letter, with what it speaks of written in."""

from collections.abc import Mapping

import structlog

from booking.letter_text import Part, Words
from booking.name_shown import name_shown
from server.notify.letter import Link
from server.notify.moments import moments
from server.notify.occasion import Occasion
from web.format import Reader
from web.letter_rules import IN_PARTS, matter_named
from web.letter_template import BadTemplate, filled_in, taken_apart
from web.public_site import Site

_log = structlog.get_logger()


def own_words(occasion: Occasion, site: Site, reader: Reader, links: tuple[Link, ...]) -> Words:
    """Return the parts as they will be read; none where nobody wrote any.

    A letter goes out in the house's words rather than not at all when a release no longer knows a variable;
    so it does when the offering has got a name meanwhile that they tell where strangers read along.
    """
    if not occasion.own_words:
        return {}
    values = values_of(occasion, site, reader, links)
    try:
        found = {
            part: filled_in(taken_apart(text, IN_PARTS[part]), values)
            for part, text in occasion.own_words.items()
        }
    except (BadTemplate, KeyError) as error:
        _log.warning("words of a letter cannot be read", kind=occasion.kind.value, why=type(error).__name__)
        return {}
    if matter_named(found, occasion.matters):
        _log.warning("words of a letter name the offering", kind=occasion.kind.value)
        return {}
    return {part: " ".join(text.split()) if part is Part.SUBJECT else text for part, text in found.items()}


def values_of(occasion: Occasion, site: Site, reader: Reader, links: tuple[Link, ...]) -> Mapping[str, str]:
    """Return what stands for each variable in a letter."""
    span = (occasion.offered.offer if occasion.offered else occasion.appointment).span
    return {
        **moments(occasion, reader),
        "length": reader.duration(span.end - span.start),
        "adviser": (occasion.offered or occasion).adviser.name,
        "name": name_shown(occasion.appointment.customer.name),
        "organisation": site.organisation,
        "phone": site.phone,
        "link": links[0].url if links else "",
    }
