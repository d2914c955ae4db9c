"""Every failure that can keep somebody from coming in, of all rooms, by reference: name, text, help, fact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from booking.fact import FactKind
from identity.failure import Failure as Unidentified
from signalling.failure import Failure
from signalling.precall import verdict as precall
from web.answer import problem_type
from web.errors import ANSWERS
from web.failure_words import DEVICES, FAILURES, device_of
from web.i18n import gettext
from web.pages.identify_words import FAILED
from web.pages.precall_text import ADVICE, VERDICTS
from web.what_failed import WHAT_FAILED

AT_THE_TABLE = frozenset({Failure.MEDIA_NOT_CONNECTED, Failure.MEDIA_LOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFailure:
    """One failure; the fact is None for a refusal, which changes nothing and is told on the spot."""

    room: str
    name: str
    text: str
    help: str
    fact: FactKind | None


def every(language: str = "en") -> Sequence[NamedFailure]:
    """Return the closed list, in a language."""
    return [
        *_of_devices(language),
        *_of_practice(language),
        *_of_identification(language),
        *_of_meetings(language),
        *_refusals(language),
    ]


def failure_text(name: str, language: str, *, is_identification: bool) -> str:
    """Return what a fact's failure is called; a name that no release knows is shown as it is."""
    if is_identification:
        return gettext(language, FAILED[name]).partition(". ")[0] if name in FAILED else name
    said = next((words for what, words in WHAT_FAILED.items() if what == name), None)
    text = FAILURES[name][0] if name in FAILURES else said[0] if said else ""
    return gettext(language, text) if text else name


def _of_devices(language: str) -> Iterator[NamedFailure]:
    for name in Failure:
        text, advice = FAILURES[name]
        device = device_of(name)
        yield NamedFailure(
            room="meeting",
            name=name,
            text=gettext(language, text),
            help=gettext(language, advice).replace(
                "%(device)s", gettext(language, DEVICES[device]) if device else ""
            ),
            fact=_fact(name),
        )


def _fact(name: Failure) -> FactKind:
    """A server that cannot be reached hears of it by the line that is gone."""
    if name is Failure.SERVER_UNREACHABLE:
        return FactKind.LEFT
    return FactKind.MEDIA_FAILED if name in AT_THE_TABLE else FactKind.HINDERED


def _of_practice(language: str) -> Iterator[NamedFailure]:
    for name in precall.Failure:
        found = precall.judge(precall.Measures(failure=name))
        yield NamedFailure(
            room="practice",
            name=name,
            text=gettext(language, VERDICTS[found.kind]),
            help=gettext(language, ADVICE[found.advice]),
            fact=FactKind.CONNECTION_TESTED,
        )


def _of_identification(language: str) -> Iterator[NamedFailure]:
    for name in Unidentified:
        text, _, advice = gettext(language, FAILED[name]).partition(". ")
        yield NamedFailure(
            room="identification", name=name, text=text, help=advice, fact=FactKind.IDENTIFICATION_FAILED
        )


def _of_meetings(language: str) -> Iterator[NamedFailure]:
    """Yield what people say themselves, afterwards or when they give up."""
    for name, (text, advice) in WHAT_FAILED.items():
        yield NamedFailure(
            room="booking",
            name=name,
            text=gettext(language, text),
            help=gettext(language, advice),
            fact=FactKind.MEETING_FAILED,
        )


def _refusals(language: str) -> Iterator[NamedFailure]:
    for kind, answer in ANSWERS.items():
        yield NamedFailure(
            room=kind.__module__.partition(".")[0],
            name=problem_type(kind).rpartition("/")[2],
            text=gettext(language, answer.title),
            help=gettext(language, answer.advice),
            fact=None,
        )


def markdown() -> str:
    """Return the list as docs/failures.md holds it."""
    rows = [
        f"| {one.room} | `{one.name}` | {one.text} | {one.help} | {_written(one.fact)} |" for one in every()
    ]
    return "\n".join([HEAD, *rows, ""])


def _written(fact: FactKind | None) -> str:
    return f"`{fact}`" if fact else "none"


HEAD = """# Every failure has a name

What can keep somebody from coming in, or from what they came for: what is said, what helps, and the fact
that is written into the appointment's history. The admin's statistics count by name how many of those
who came to the door met a failure with a fact, and how many of these were never let in. A refusal
changes nothing, is told at once with a way on, and writes no fact. Where a browser is known, the
meeting's page says its own way (`web/device_help.py`) and shows a picture. This page is printed from the
code by `python -m docs.failures`, and a test compares it.

| room | name | text | help | fact |
|---|---|---|---|---|"""
