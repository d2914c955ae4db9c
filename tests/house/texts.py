"""Every text that a person may see: as code and templates mark it, and as the catalogs translate it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2 import Environment

from tests.house.source import ROOMS, ROOT, files

# Where the text stands in a call: `gettext(language, text)`, `ngettext(language, one, many, n)`.
IN_PYTHON: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "gettext": (2,), "ngettext": (2, 3)}
IN_TEMPLATES: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {
    "extensions": "jinja2.ext.i18n",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
TEMPLATES = ROOT / "web" / "templates"
LOCALE = ROOT / "web" / "locale"
FIELD = re.compile(r"%\((\w+)\)|\{(\w+)\}")
"""What is filled in at run time."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text marked for translation, and one place where it stands."""

    ids: tuple[str, ...]
    place: str
    is_in_template: bool


@cache
def marked() -> tuple[Marked, ...]:
    """Collect all marked texts of the product."""
    return (*marked_in_python(), *marked_in_templates())


def marked_in_python() -> Iterator[Marked]:
    """Collect from the rooms; a text that is no literal is marked by `N_` where it stands."""
    for path in files(*ROOMS):
        with path.open("rb") as file:
            for line, ids, _, _ in extract("python", file, keywords=IN_PYTHON):
                yield Marked(as_ids(ids), f"{path.relative_to(ROOT)}:{line}", is_in_template=False)


def marked_in_templates() -> Iterator[Marked]:
    """Collect from the pages and the letters."""
    for path in files("web/templates", suffixes=(".html", ".txt", ".svg", ".xml")):
        with path.open("rb") as file:
            for line, ids, _, _ in extract("jinja2", file, keywords=IN_TEMPLATES, options=OPTIONS):
                yield Marked(as_ids(ids), f"{path.relative_to(ROOT)}:{line}", is_in_template=True)


def as_ids(ids: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Give a text the shape of a tuple: one form, or two where a number decides."""
    return (ids,) if isinstance(ids, str) else tuple(ids)


@cache
def catalogs(language: str) -> dict[str, Catalog]:
    """Read the catalogs of a language, one for each area."""
    read = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            read[path.relative_to(ROOT).as_posix()] = read_po(file, locale=language, abort_invalid=True)
    return read


def translated(language: str) -> Iterator[tuple[str, Message]]:
    """List every message of every catalog of a language, with the file that it stands in."""
    for place, catalog in catalogs(language).items():
        yield from ((place, message) for message in catalog if message.id)


def fields(text: str) -> set[str]:
    """Name what is filled into a text."""
    return {first or second for first, second in FIELD.findall(text)}


def bare_texts(source: str) -> list[str]:
    """Find words of a template that stand outside every mark and every `<code>`, shown or read aloud."""
    source = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", source, flags=re.DOTALL)
    source = re.sub(
        r"\{% block \w*class %\}.*?\{% endblock", "{% endblock", source
    )  # names for the style sheet
    source = "".join(
        text if kind == "data" else "\0" if kind in {"variable_end", "block_end"} else ""
        for _, kind, text in Environment().lex(source)
    )
    source = re.sub(r"<!--.*?-->|<(script|style|code)\b.*?</\1>", "", source, flags=re.DOTALL)
    spoken = re.findall(r'\b(?:alt|title|placeholder|aria-label|aria-description)="([^"]*)"', source)
    between = re.sub(r"<[^>]*>|&\w+;|\0", "\n", source).splitlines()
    texts = (text.replace("\0", " ").strip() for text in [*spoken, *between])
    return [text for text in texts if re.search(r"[^\W\d_]{2}", text)]
