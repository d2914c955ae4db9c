"""Every text is there in Finnish and Swedish, whole, and no translation is left over."""

import re
from collections import defaultdict

import pytest

from tests.house.source import files
from tests.house.texts import TEMPLATES, bare_texts, fields, marked, translated
from web.api.openapi import CALLS

LANGUAGES = ("fi", "sv")
BY_NUMBER = {"n", "num", "count"}
"""A form for one may leave the number away: "in an hour"."""

# Not words of ours: names.
UNTRANSLATED = frozenset({"Kohtaamo", "openapi.json", "(OpenAPI 3.1)"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    known = {
        message.id if isinstance(message.id, str) else message.id[0] for _, message in translated(language)
    }

    missing = sorted({f"{text.ids[0]!r} ({text.place})" for text in marked() if text.ids[0] not in known})

    assert len(marked()) > 50
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_or_guessed(language: str) -> None:
    wrong = [
        f"{place}: {message.id!r}"
        for place, message in translated(language)
        if message.fuzzy or not all(strings(message.string))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_the_same_in_every_language(language: str) -> None:
    wrong = []
    for place, message in translated(language):
        wanted = {name for text in strings(message.id) for name in fields(text)}
        for text in strings(message.string):
            left_out = wanted - fields(text) - (BY_NUMBER if message.pluralizable else set())
            if left_out or fields(text) - wanted:
                wrong.append(f"{place}: {text!r} fills in {sorted(fields(text))}, not {sorted(wanted)}")

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language: str) -> None:
    used = {text.ids[0] for text in marked()}

    unused = [
        f"{place}: {message.id!r}"
        for place, message in translated(language)
        if strings(message.id)[0] not in used
    ]

    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_text_is_translated_alike_everywhere(language: str) -> None:
    seen: dict[str, set[tuple[str, ...]]] = defaultdict(set)

    for _, message in translated(language):
        seen[strings(message.id)[0]].add(strings(message.string))

    assert {text: forms for text, forms in seen.items() if len(forms) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_percent_signs_of_templates_are_doubled(language: str) -> None:
    in_templates = {text.ids[0] for text in marked() if text.is_in_template}
    texts = [form for text in marked() if text.is_in_template for form in text.ids]
    texts += [
        form
        for _, message in translated(language)
        if strings(message.id)[0] in in_templates
        for form in strings(message.string)
    ]

    assert [text for text in texts if re.search(r"%(?!\()", text.replace("%%", ""))] == []


def test_no_word_of_a_template_escapes_translation() -> None:
    read = files("web/templates", suffixes=(".html", ".txt"))

    wrong = [
        f"{path.relative_to(TEMPLATES).as_posix()}: {text}"
        for path in read
        for text in bare_texts(path.read_text())
        if text not in UNTRANSLATED
    ]

    assert read != []
    assert wrong == []


def test_every_call_of_the_api_is_described_by_a_marked_text() -> None:
    texts = {text.ids[0] for text in marked()}

    unmarked = [f"{call.method} {call.path}: {call.summary!r}" for call in CALLS if call.summary not in texts]

    assert CALLS
    assert unmarked == []


def strings(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Give a text of one form or several the shape of a tuple."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)
