"""Every failure has a name, a text and help in each language; "something went wrong" is no text of ours."""

import re

import pytest

from signalling.failure import Failure
from tests.house.source import ROOT
from tests.house.texts import catalogs, marked
from web.device_help import WAYS, Picture
from web.failure_list import every, markdown
from web.failure_words import FAILURES, cause_of

NAMELESS = re.compile(
    r"something went wrong|an error (has )?occurred|unknown error|unexpected error"
    r"|jokin meni|jotain meni|jokin on vialla|tapahtui virhe|tuntematon virhe"
    r"|could not be finished|ei voitu tehdä loppuun|ei saatu valmiiksi|kunde inte slutföras"
    r"|något gick (fel|snett)|ett fel (har )?inträffa|okänt fel",
    re.IGNORECASE,
)
CAUGHT = re.compile(
    r"(?:catch(?: \([^)]*\))? \{(?P<block>[^{}]*)\}"
    r"|\.catch\(\(\) => (?:undefined|null|\{\})\))(?P<rest>[^\n]*)"
)
"""A fault that a script catches: what it does then, or nothing at all."""


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_failure_says_what_it_is_and_what_helps(language: str) -> None:
    silent = [one.name for one in every(language) if not one.text.strip() or not one.help.strip()]

    assert len(every(language)) > 50
    assert silent == []


def test_every_failure_of_the_meeting_is_in_the_words_and_nothing_else() -> None:
    assert set(FAILURES) == set(Failure)


def test_names_are_once_in_their_room() -> None:
    names = [(one.room, one.name) for one in every() if one.fact is not None]

    assert len(names) == len(set(names))


def test_every_cause_ends_in_a_way_for_any_browser_and_every_picture_is_drawn() -> None:
    causes = {cause_of(name) for name in FAILURES} - {""}
    for_all = {way.cause for way in WAYS if not way.systems and not way.browsers}
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (ROOT / "web/static/img/help.svg").read_text()))

    assert causes - for_all == set()
    assert {way.picture.value for way in WAYS} == {one.value for one in Picture} == drawn


def test_the_page_of_failures_is_printed_from_the_code() -> None:
    assert (ROOT / "docs/failures.md").read_text() == markdown(), (
        "print it anew: python -m docs.failures > docs/failures.md"
    )


@pytest.mark.parametrize("part", ["devices", "meeting", "practice", "precall", "coming"])
def test_a_script_that_swallows_a_fault_says_why(part: str) -> None:
    silent = []
    for script in (ROOT / "web/static/js" / part).glob("*.js"):
        for found in CAUGHT.finditer(script.read_text()):
            deed = (found["block"] or "").strip()
            is_silent = not deed or deed.startswith(("return null", "return false", "return true"))
            if is_silent and "//" not in found[0]:
                silent.append(f"{script.name}: {found[0].strip()}")

    assert silent == []


def test_no_text_says_that_something_went_wrong() -> None:
    texts = [text for one in marked() for text in one.ids]
    for language in ("fi", "sv"):
        for catalog in catalogs(language).values():
            texts += [str(message.string) for message in catalog]

    assert [text for text in texts if NAMELESS.search(text)] == []
