"""What staff read in the log of set-up: things, fields and values in words."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from booking.change import Thing
from booking.letter import LetterKind
from booking.letter_text import Part
from web.format import Reader
from web.i18n import N_, NAMES, gettext
from web.moments import midnight
from web.offering_standing import span_told
from web.pages.letter_text_forms import LABELS
from web.pages.letter_words import LETTERS, OTHER_LETTER
from web.pages.offering_forms import LettersSection

THINGS: Mapping[Thing, str] = MappingProxyType(
    {
        Thing.OFFERING: N_("Offering"),
        Thing.PERSON: N_("Person"),
        Thing.HOURS: N_("Hours"),
        Thing.TEAM: N_("Team"),
        Thing.CLOSED_DAYS: N_("Closed days"),
        Thing.DISRUPTION: N_("Disruption"),
        Thing.LETTER: N_("Letter"),
        Thing.WEBHOOK: N_("Webhook"),
        Thing.LETTER_TEXT: N_("Words of the letters"),
        Thing.SENTENCE: N_("Ready sentence"),
        Thing.TAG: N_("Tag"),
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "names": N_("Name"),
        "texts": N_("Description"),
        "prices": N_("Price"),
        "terms": N_("Terms"),
        "length": N_("Length"),
        "step": N_("Starts every"),
        "buffer_before": N_("Buffer before"),
        "buffer_after": N_("Buffer after"),
        "notice": N_("Notice"),
        "horizon": N_("Horizon"),
        "hold": N_("Time kept for the form"),
        "door_opens": N_("The door opens before the start"),
        "grace": N_("Grace after the start"),
        "late_limit": N_("A late cancellation is one within"),
        "answer_within": N_("An offer stands for"),
        "refill_notice": N_("Not offered when the start is nearer than"),
        "refill_mode": N_("Who is offered a freed time"),
        "daily_cap": N_("At most a day"),
        "zone": N_("Time zone"),
        "languages": N_("Languages"),
        "assurance": N_("Identification"),
        "when_down": N_("When strong identification is down"),
        "shows_code": N_("Advisers see the personal identity code"),
        "media_way": N_("How picture and sound go"),
        "is_open": N_("Open"),
        "drop_in": N_("Meet now"),
        "calls_in": N_("Three minutes after the start: we are waiting for you"),
        "place": N_("Place in the list"),
        "advisers": N_("Advisers"),
        "questions": N_("Questions"),
        "advice": N_("You can do this yourself"),
        "name": N_("Name"),
        "wording": N_("Words"),
        "in_use": N_("In use"),
        "role": N_("Role"),
        "team": N_("Team"),
        "is_active": N_("Active"),
        "introduction": N_("About themselves"),
        "photo": N_("Picture"),
        "offerings": N_("Offerings"),
        "password": N_("Password"),
        "second_factor": N_("Second factor"),
        "week": N_("The week"),
        "days": N_("Single days"),
        "time_off": N_("Time off"),
        "reminder": N_("Reminder"),
        "end": N_("It is over"),
        "letter": N_("In doubt"),
        "address": N_("Address"),
        "format": N_("Format"),
        "language": N_("Language of the text"),
        "kinds": N_("Events"),
        "state": N_("State"),
        "secret": N_("Secret"),
        "email": N_("E-mail address"),
        "phone": N_("Phone number"),
    }
)
VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "is_open": {"yes": N_("yes"), "no": N_("no")},
        "in_use": {"yes": N_("yes"), "no": N_("no")},
        "drop_in": {"yes": N_("yes"), "no": N_("no")},
        "shows_code": {"yes": N_("yes"), "no": N_("no")},
        "media_way": {
            "as_set": N_("as the service is set up"),
            "relay": N_("by the relay alone"),
            "direct": N_("straight where the networks let them"),
        },
        "calls_in": {"yes": N_("yes"), "no": N_("no")},
        "assurance": {
            "none": N_("none needed"),
            "low": N_("low"),
            "substantial": N_("substantial"),
            "high": N_("high"),
        },
        "when_down": {
            "nothing": N_("nobody is let in"),
            "code": N_("let in with a delivered code or a passkey"),
            "questions": N_("let in when the adviser asks questions"),
        },
        "letter": {"in_doubt": N_("In doubt"), "waiting": N_("Send again"), "dropped": N_("Leave it")},
        "format": {
            "standard": N_("For programs"),
            "chat": N_("For a team's chat"),
            "ticket": N_("For a ticket system"),
        },
        "language": NAMES,
        "state": {"active": N_("In use"), "paused": N_("Paused"), "stopped": N_("Stopped")},
        "refill_mode": {
            "off": N_("Nobody"),
            "one_by_one": N_("One after another"),
            "to_all": N_("All at once"),
        },
    }
)


def field_words(name: str, reader: Reader) -> str:
    """Name a field: `Name (svenska)`, `Second reminder: try your connection`, a day by its date."""
    base, _, part = name.partition(".")
    if base == "letter_text":
        return _letter_text_words(part, reader)
    if base == "letters" and part in LettersSection.KINDS:
        return gettext(reader.language, LettersSection.KINDS[part])
    if base in FIELDS:
        word = gettext(reader.language, FIELDS[base])
        return f"{word} ({NAMES.get(part, part)})" if part else word
    try:
        return reader.date(midnight(date.fromisoformat(name), reader.zone))
    except ValueError:
        return name


def _letter_text_words(place: str, reader: Reader) -> str:
    """Name a part of a letter's words: `Booked, Subject (svenska)`."""
    kind, language, part = place.split(".")
    words = (LETTERS.get(LetterKind(kind), OTHER_LETTER), LABELS[Part(part)])
    return f"{', '.join(gettext(reader.language, word) for word in words)} ({NAMES[language]})"


def value_words(name: str, value: str, reader: Reader) -> str:
    """Write a value as the reader expects it; nothing is a dash."""
    span = span_told(value)
    if span is not None:
        return reader.length(span)
    if value in VALUES.get(name, {}):
        return gettext(reader.language, VALUES[name][value])
    return value or "–"
