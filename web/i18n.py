"""Texts in Finnish, Swedish and English: message ids are the English text, the rest stands in locale/."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from aiohttp import web
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from web.cookies import cookie

LANGUAGES = ("fi", "sv", "en")
DEFAULT = "fi"
NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
LOCALE = Path(__file__).parent / "locale"
COOKIE = "lang"


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a text for translation where the language is not known yet."""
    return message


def gettext(language: str, message: str, **values: object) -> str:
    """Translate; with values, `%(name)s` in the text is filled in."""
    text = translations(language).gettext(message)
    return text % values if values else text


def ngettext(language: str, singular: str, plural: str, n: int) -> str:
    """Translate in the form that fits `n`; Jinja fills it in, for which the text names it `%(num)s`."""
    return translations(language).ngettext(singular, plural, n)


def language_of(request: web.Request) -> str:
    """Choose a language: `?lang=`, what was chosen before, what the browser asks for, Finnish."""
    for chosen in (request.query.get("lang"), cookie(request, COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    return _accepted(request.headers.get("Accept-Language", ""))


def _accepted(header: str) -> str:
    weighed = []
    for place, part in enumerate(header[:200].split(",")):
        name, _, parameter = part.strip().partition(";")
        language = name.strip().lower()[:2]
        if language in LANGUAGES:
            weighed.append((-_quality(parameter), place, language))
    return min(weighed)[2] if weighed else DEFAULT


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


@cache
def translations(language: str) -> NullTranslations:
    """Merge the `.po` files of all areas; compiled in memory, so that no binary file is kept."""
    if language == "en":
        return NullTranslations()
    merged = Catalog(locale=language)
    for path in sorted((LOCALE / language).glob("*.po")):
        for message in catalog(path, language):
            if message.id and message.string:
                merged.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalog(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)
