"""Ready sentences for writing in the meeting, one press each: what is needed when sound or language fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from signalling.participant import Role
from web.i18n import N_, gettext

TALK: Mapping[Role, Sequence[str]] = MappingProxyType(
    {
        Role.ADVISER: (
            N_("Do you hear me?"),
            N_("I do not hear you. Your microphone may be muted."),
            N_("Shall we go on in writing?"),
            N_("One moment, please."),
            N_("I am showing you a paper now."),
            N_("Is that all right for you?"),
        ),
        Role.CUSTOMER: (
            N_("I do not hear you."),
            N_("Please write it to me."),
            N_("Please speak more slowly."),
            N_("I do not understand. Please say it in another way."),
            N_("One moment, please."),
            N_("Yes."),
            N_("No."),
            N_("Thank you."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class ReadySentence:
    """What its button shows, and what is written: the adviser's in the customer's language."""

    shown: str
    written: str


def ready_sentences(
    role: Role, language: str, *, to: str, own: Mapping[str, tuple[str, str]] = MappingProxyType({})
) -> Sequence[ReadySentence]:
    """Return those of the customer, or of our side; `own` are the organisation's, shown and written."""
    side = Role.CUSTOMER if role is Role.CUSTOMER else Role.ADVISER
    house = [ReadySentence(gettext(language, text), gettext(to, text)) for text in TALK[side]]
    return [*house, *(ReadySentence(*pair) for pair in own.values())]
