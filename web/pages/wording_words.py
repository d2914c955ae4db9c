"""What the two lists of the organisation's words are called and say of themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from booking.wording import WordingKind
from web.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingWords:
    """`home` is the list's address, the rest are message ids."""

    home: str
    title: str
    about: str
    none: str
    new: str
    add: str
    change: str
    hint: str
    withdrawn: str


WORDS: Mapping[WordingKind, WordingWords] = MappingProxyType(
    {
        WordingKind.SENTENCE: WordingWords(
            home="/admin/sentences",
            title=N_("Ready sentences"),
            about=N_(
                "What advisers tell somebody who waits, in one tap. The customer reads it in their own "
                "language. Write nothing about a single customer or matter."
            ),
            none=N_("No sentences of your own yet. Advisers pick from the ready ones below."),
            new=N_("New sentence"),
            add=N_("Add the sentence"),
            change=N_("Change the sentence"),
            hint=N_("120 characters at most. Where a language is missing, another one is shown."),
            withdrawn=N_("Advisers pick these no more. Who was told one goes on reading it."),
        ),
        WordingKind.TAG: WordingWords(
            home="/admin/tags",
            title=N_("Tags"),
            about=N_(
                "What advisers tick when they look back at a meeting, for example “needs documents”. "
                "The statistics count them. Customers never see them."
            ),
            none=N_("No tags yet. Without any, looking back at a meeting asks for none."),
            new=N_("New tag"),
            add=N_("Add the tag"),
            change=N_("Change the tag"),
            hint=N_("40 characters at most. Where a language is missing, another one is shown."),
            withdrawn=N_("Advisers tick these no more. Meetings that have one keep it, and stay counted."),
        ),
    }
)
