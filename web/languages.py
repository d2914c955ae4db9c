"""Texts in three languages as a form asks for them: `name_fi`, `name_sv`, `name_en`."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from booking.texts import Texts
from web.i18n import LANGUAGES


def _printable(text: str) -> str:
    if text and not text.isprintable():
        raise PydanticCustomError("wrong", "not a line of text")
    return text


def _lines(text: object) -> object:
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


def _one_language(text: str, info: ValidationInfo) -> str:
    """Check the Finnish one, which therefore stands last in the model: one of the three is filled in."""
    name = (info.field_name or "").removesuffix("fi")
    if not text and not any(info.data.get(f"{name}{language}") for language in LANGUAGES):
        raise PydanticCustomError("one_language", "in no language")
    return text


Line = Annotated[str, Field(max_length=120), AfterValidator(_printable)]
NeededLine = Annotated[Line, AfterValidator(_one_language)]
Prose = Annotated[str, Field(max_length=1000), BeforeValidator(_lines)]
NeededProse = Annotated[Prose, AfterValidator(_one_language)]
LongProse = Annotated[str, Field(max_length=4000), BeforeValidator(_lines)]


def texts_in(form: BaseModel, name: str) -> Texts:
    """Return what is filled in, by language; the first of them stands in for those missing."""
    found = {language: getattr(form, f"{name}_{language}") for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def texts_out(name: str, texts: Texts) -> dict[str, str]:
    """Return the fields of a form."""
    return {f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}
