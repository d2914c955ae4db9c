"""Why there is no slot, in plain words: a sentence for the first stage that leaves nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.explain import Explained, Why
from booking.find_slots import Stage
from booking.offering import Offering
from web.format import Reader
from web.i18n import N_, gettext, ngettext
from web.pages.closure_words import closure_words

STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.HOURS: N_("in the hours"),
        Stage.OPEN: N_("not closed"),
        Stage.IN_TIME: N_("in time"),
        Stage.FREE: N_("not taken"),
        Stage.WITHIN_CAP: N_("within the day's most"),
    }
)
SENTENCES: Mapping[Why, str] = MappingProxyType(
    {
        Why.NOT_OFFERED: N_("The offering is closed: nobody can book it."),
        Why.NO_HOURS: N_("There are no hours on this day."),
        Why.HOURS_TOO_SHORT: N_("The hours are too short: the appointment takes %(length)s."),
        Why.CLOSED: N_("The hours are closed: %(closures)s."),
        Why.TOO_SOON: N_("It is too late to book this day. Times are booked this long before: %(notice)s."),
        Why.TOO_FAR: N_("It is too early to book this day: times open %(horizon)s days ahead."),
        Why.TAKEN: N_(
            "Every time is taken: by appointments, by times kept for who is booking, or by breaks."
        ),
        Why.CAP: N_("The most for one day has been reached: %(cap)s."),
    }
)

PASSED = N_("The times of this day have passed.")


def sentence(explained: Explained, offering: Offering, reader: Reader) -> str:
    """Say why nothing is left of a day, or how many times are."""
    if explained.why is None:
        free = explained.left[Stage.WITHIN_CAP]
        text = ngettext(reader.language, "%(num)s time can be booked.", "%(num)s times can be booked.", free)
        return text % {"num": free}
    is_past = explained.why is Why.TOO_SOON and not offering.notice
    return gettext(
        reader.language,
        PASSED if is_past else SENTENCES[explained.why],
        length=reader.duration(offering.length),
        notice=reader.duration(offering.notice),
        horizon=offering.horizon.days,
        cap=offering.daily_cap,
        closures=", ".join(closure_words(one, reader) for one in explained.closures),
    )
