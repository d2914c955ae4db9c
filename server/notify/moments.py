"""The moments that a letter speaks of, in its reader's words and on their clock."""

from collections.abc import Mapping
from datetime import datetime

from server.notify.occasion import Occasion
from web.format import Reader
from web.i18n import N_, gettext, ngettext

TODAY = N_("today")
TOMORROW = N_("tomorrow")


def moments(occasion: Occasion, reader: Reader) -> Mapping[str, str]:
    """Return what a letter's words may name: the day, the time, how far ahead, the door, a delay."""
    span = occasion.offered.offer.span if occasion.offered else occasion.appointment.span
    return {
        "day": reader.date(span.start),
        "time": reader.time(span.start),
        "when": when(span.start, occasion.now, reader),
        "delay": reader.duration(occasion.late),
        "door": reader.time(span.start - occasion.door_opens),
    }


def when(start: datetime, now: datetime, reader: Reader) -> str:
    """Say how many days ahead a moment is, by the reader's calendar; what has begun is today."""
    days = (start.astimezone(reader.zone).date() - now.astimezone(reader.zone).date()).days
    if days <= 0:
        return gettext(reader.language, TODAY)
    if days == 1:
        return gettext(reader.language, TOMORROW)
    return ngettext(reader.language, "in %(num)s day", "in %(num)s days", days) % {"num": days}
