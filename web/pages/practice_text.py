"""What the practice adviser says: at each step, while somebody waits, and at the end."""

from collections.abc import Mapping
from types import MappingProxyType

from signalling.precall.verdict import Advice, Kind, Verdict
from web.i18n import N_, gettext
from web.pages.precall_text import ADVICE, ASKING, UNREACHABLE

STEPS: tuple[tuple[str, str], ...] = (
    ("greeting", N_("Greeting")),
    ("page", N_("A page")),
    ("mute", N_("Microphone off")),
    ("unmute", N_("Microphone on")),
    ("measure", N_("Connection")),
)

VERDICTS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.GOOD: N_("You are ready"),
        Kind.USABLE: N_("You are ready. One thing would make it better"),
        Kind.POOR: N_("One thing to mend"),
    }
)

HEARD_NOTHING = N_("The practice adviser did not hear you: switch the microphone on, and practise again.")

PAGE_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "start": N_("Start practising"),
        "again": N_("Practise again"),
        **ASKING,
        "connecting": N_("The practice adviser is coming…"),
        "greeting": N_("Hello! I am the practice adviser. Do you see me wave, and did you hear a chime?"),
        "greeting_yes": N_("Yes, I see and hear"),
        "greeting_no": N_("I see or hear nothing"),
        "page": N_("I put a page before us. In a meeting we both see the same page. Do you see it?"),
        "page_yes": N_("Yes, I see the page"),
        "page_no": N_("I see no page"),
        "mute": N_("Now mute your microphone: then I cannot hear what happens around you."),
        "mute_yes": N_("Mute the microphone"),
        "muting": N_("I am listening whether it is quiet…"),
        "unmute": N_("Turn your microphone on again, and say hello to me."),
        "unmute_yes": N_("Turn the microphone on"),
        "unmuting": N_("Say hello aloud. I am listening…"),
        "measure": N_("Thank you. I am still measuring the connection for a moment."),
        "unreachable": UNREACHABLE,
    }
)


def advice_of(verdict: Verdict) -> str:
    """Return the sentence for what to do; in practice a quiet microphone has one of its own."""
    return HEARD_NOTHING if verdict.advice is Advice.CHECK_MICROPHONE else ADVICE[verdict.advice]


def wait_in_words(seconds: int, language: str) -> str:
    """Say how long somebody waits for a place; nothing when they do not."""
    if seconds <= 0:
        return ""
    if seconds <= 40:
        return gettext(
            language,
            N_("Others are practising. It is your turn in about half a minute: the page starts by itself."),
        )
    if seconds <= 90:
        return gettext(
            language,
            N_("Others are practising. It is your turn in about a minute: the page starts by itself."),
        )
    words = N_(
        "Others are practising. It is your turn in about %(minutes)s minutes: the page starts by itself."
    )
    return gettext(language, words) % {"minutes": round(seconds / 60)}
