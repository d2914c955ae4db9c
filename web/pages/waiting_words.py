"""What the page that waits for another device says aloud, by the names that its script knows."""

from collections.abc import Mapping
from types import MappingProxyType

from web.i18n import N_

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "minute": N_("One minute left."),
        "over": N_("The time is over."),
        "done": N_("We have the answer of your phone."),
        "away": N_("The connection to us is lost. We try again by ourselves."),
        "silent": N_("The identification service does not answer just now. We go on asking."),
        "waiting": N_("Waiting for your phone."),
    }
)
