"""What a browser gets keeps to the strict policy: nothing inline, evaluated, or from elsewhere."""

import re

from tests.house.source import ROOT, files

# One script may: web/first_script.py says which, and the policy allows it by its hash.
INLINE = (
    (
        re.compile(r"<script\b(?!>{{ first }}<)(?![^>]*\b(?:src|type=\"application/json\"))", re.IGNORECASE),
        "an inline script",
    ),
    (re.compile(r"<style\b", re.IGNORECASE), "an inline style"),
    (re.compile(r"<[^>]*\sstyle=", re.IGNORECASE), "a style attribute"),
    (re.compile(r"<[^>]*\son[a-z]+=", re.IGNORECASE), "an event attribute"),
    (re.compile(r"href=\"javascript:", re.IGNORECASE), "a script address"),
)
EVALUATED = re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b")
ELSEWHERE = re.compile(r"(?:src|import|from|url)\s*[=(]?\s*[\"'(](?:https?:)?//", re.IGNORECASE)


def test_templates_hold_nothing_inline() -> None:
    # Letters are read in mail programs, which know of no style sheet.
    read = [path for path in files("web/templates", suffixes=(".html",)) if path.parent.name != "letters"]

    wrong = [
        f"{path.relative_to(ROOT)} has {what}"
        for path in read
        for pattern, what in INLINE
        if pattern.search(path.read_text())
    ]

    assert read != []
    assert wrong == []


def test_every_script_is_checked_for_types() -> None:
    read = files("web/static", suffixes=(".js",))

    assert read != []
    assert [
        str(path.relative_to(ROOT)) for path in read if "// @ts-check" not in path.read_text()[:300]
    ] == []


def test_no_script_makes_markup_or_code_from_text() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files("web/static", suffixes=(".js",))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if EVALUATED.search(line.partition("//")[0])
    ]

    assert wrong == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in files("web/templates", "web/static", suffixes=(".html", ".js", ".css"))
        if ELSEWHERE.search(path.read_text())
    ]

    assert wrong == []
