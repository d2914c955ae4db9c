"""An offering in plain values: what the log of set-up compares, and shows as old and new."""

from collections.abc import Mapping
from datetime import timedelta

from booking.change import Told
from booking.offering import Offering
from booking.texts import Texts

TEXTS = ("names", "texts", "prices", "terms")
LENGTHS = ("length", "step", "buffer_before", "buffer_after", "notice", "horizon", "hold")
LISTS = ("questions", "advice")
SECONDS = " s"
"""Lengths of time end in this; whoever shows them writes them in the reader's words."""


def offering_standing(offering: Offering) -> dict[str, Told]:
    """Return each text by its language, and lists as a whole, which are compared and not shown."""
    texts = {name: getattr(offering, name) for name in TEXTS}
    lengths = {name: getattr(offering, name) for name in LENGTHS}
    lengths |= {f"letters.{kind}": ahead for kind, ahead in offering.letters.before}
    rules, refill = offering.rules, offering.refill
    lengths |= {"door_opens": rules.door_opens, "grace": rules.grace, "late_limit": rules.late_limit}
    lengths |= {"answer_within": refill.answer_within, "refill_notice": refill.notice}
    return {
        **{name: told for field, value in texts.items() for name, told in _texts(field, value)},
        **{name: Told(_seconds(value)) for name, value in lengths.items()},
        **{name: Told(repr(getattr(offering, name)), is_shown=False) for name in LISTS},
        "daily_cap": Told(str(offering.daily_cap or "")),
        "zone": Told(offering.zone),
        "languages": Told(", ".join(offering.languages)),
        "assurance": Told(offering.assurance),
        "when_down": Told(offering.when_down),
        "shows_code": Told("yes" if offering.shows_code else "no"),
        "media_way": Told(offering.media_way),
        "refill_mode": Told(offering.refill.mode.value),
        "calls_in": Told("yes" if offering.letters.calls_in else "no"),
        "drop_in": Told("yes" if offering.drop_in else "no"),
        "is_open": Told("yes" if offering.is_open else "no"),
    }


def span_told(value: str) -> timedelta | None:
    """Read a length of time as it was told, None where it is none."""
    number = value.removesuffix(SECONDS)
    return timedelta(seconds=int(number)) if value.endswith(SECONDS) and number.isdecimal() else None


def _texts(field: str, texts: Texts) -> list[tuple[str, Told]]:
    told: Mapping[str, str] = texts
    return [(f"{field}.{language}", Told(text)) for language, text in told.items()]


def _seconds(span: timedelta) -> str:
    return f"{int(span.total_seconds())}{SECONDS}"
