"""What an offering has several of, questions and advice: the form of one, and the list that it stands in."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from booking.offering import Advice, Offering
from booking.question import Question, QuestionKind
from booking.texts import Texts, in_language
from web.i18n import LANGUAGES, N_
from web.languages import Line, LongProse, NeededLine, NeededProse, Prose, texts_in, texts_out

MOST = 20
"""Questions, or pieces of advice, of one offering; and choices of one question."""

KIND_NAMES: Mapping[QuestionKind, str] = MappingProxyType(
    {
        QuestionKind.TEXT: N_("Text"),
        QuestionKind.CHOICE: N_("Choice of one"),
        QuestionKind.NUMBER: N_("Number"),
        QuestionKind.DATE: N_("Date"),
        QuestionKind.FILE: N_("File"),
    }
)


def _choices(text: str, info: ValidationInfo) -> str:
    """Check the three lists of a choice: where there is one, it is as long as the others."""
    if info.data.get("kind") is not QuestionKind.CHOICE:
        return text
    lists = (text, info.data.get("choices_sv", ""), info.data.get("choices_en", ""))
    counts = {len(lines_of(one)) for one in lists if lines_of(one)}
    if len(counts) > 1:
        raise PydanticCustomError("alike", "not as many in each language")
    if not 2 <= max(counts, default=0) <= MOST:
        raise PydanticCustomError("few_choices", "too few choices, or too many")
    return text


def _web_address(text: str) -> str:
    """Let pass http and https alone: a link of `javascript:` would run in our own page."""
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        is_web = False
    if text and (not is_web or not text.isprintable() or " " in text):
        raise PydanticCustomError("web_address", "not a web address")
    return text


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


class Item(BaseModel):
    """One of a list; `seen` is the word for the whole list as the form showed it."""

    LIST: ClassVar[str]
    """The offering's field, and the word in the address."""
    TITLE: ClassVar[str]
    ADD: ClassVar[str]
    REMOVE: ClassVar[str]
    REMOVED: ClassVar[str]
    """The question before one is removed, and what comes of it."""
    LABELS: ClassVar[Mapping[str, str]]

    seen: str = Field(default="", max_length=40)

    @staticmethod
    @abstractmethod
    def of(item: Any) -> dict[str, Any]:
        """Return the fields as the item stands."""

    @staticmethod
    @abstractmethod
    def named(item: Any, language: str) -> str:
        """Name an item to the reader."""

    @abstractmethod
    def item(self, old: Any | None) -> Any:
        """Return what the form says, in the place of an old one or as a new one."""

    @classmethod
    def all_of(cls, offering: Offering) -> Sequence[Any]:
        items: Sequence[Any] = getattr(offering, cls.LIST)
        return items

    @classmethod
    def shown(cls, offering: Offering) -> list[dict[str, Any]]:
        """Return the whole list in plain values, as a fingerprint is made of it."""
        return [cls.of(item) for item in cls.all_of(offering)]

    @classmethod
    def with_all(cls, offering: Offering, items: Sequence[Any]) -> Offering:
        changed: dict[str, Any] = {cls.LIST: tuple(items)}
        return replace(offering, **changed)


class QuestionItem(Item):
    LIST = "questions"
    TITLE = N_("Questions")
    ADD = N_("Add a question")
    REMOVE = N_("Remove this question?")
    REMOVED = N_(
        "It is not asked any more when somebody books. Answers that were given stay with their appointments."
    )
    LABELS = MappingProxyType(
        {"kind": N_("Kind of answer"), "label": N_("Question"), "choices": N_("Choices")}
    )

    kind: QuestionKind
    label_en: Line = ""
    label_sv: Line = ""
    label_fi: NeededLine = Field(default="", validate_default=True)
    choices_en: LongProse = ""
    choices_sv: LongProse = ""
    choices_fi: Annotated[LongProse, AfterValidator(_choices)] = Field(default="", validate_default=True)
    is_required: Literal["", "1"] = ""

    @staticmethod
    def of(item: Question) -> dict[str, Any]:
        lists = {
            f"choices_{language}": "\n".join(choice.get(language, "") for choice in item.choices).strip()
            for language in LANGUAGES
        }
        about = {"kind": item.kind.value, "is_required": "1" if item.is_required else ""}
        return about | lists | texts_out("label", item.labels)

    @staticmethod
    def named(item: Question, language: str) -> str:
        return in_language(item.labels, language)

    def item(self, old: Question | None) -> Question:
        return Question(
            key=old.key if old else f"q{uuid4().hex[:12]}",
            kind=self.kind,
            labels=texts_in(self, "label"),
            is_required=bool(self.is_required),
            choices=self._choices() if self.kind is QuestionKind.CHOICE else (),
        )

    def _choices(self) -> tuple[Texts, ...]:
        lists = {language: lines_of(getattr(self, f"choices_{language}")) for language in LANGUAGES}
        told = {language: lines for language, lines in lists.items() if lines}
        return tuple(dict(zip(told, choice, strict=True)) for choice in zip(*told.values(), strict=True))


class AdviceItem(Item):
    LIST = "advice"
    TITLE = N_("You can do this yourself")
    ADD = N_("Add a piece of advice")
    REMOVE = N_("Remove this piece of advice?")
    REMOVED = N_("Customers are not shown it any more before they book. Nothing else changes.")
    LABELS = MappingProxyType({"title": N_("Title"), "text": N_("Text"), "url": N_("Web address")})

    title_en: Line = ""
    title_sv: Line = ""
    title_fi: NeededLine = Field(default="", validate_default=True)
    text_en: Prose = ""
    text_sv: Prose = ""
    text_fi: NeededProse = Field(default="", validate_default=True)
    url: Annotated[str, Field(max_length=500), AfterValidator(_web_address)] = ""

    @staticmethod
    def of(item: Advice) -> dict[str, Any]:
        return texts_out("title", item.titles) | texts_out("text", item.texts) | {"url": item.url}

    @staticmethod
    def named(item: Advice, language: str) -> str:
        return item.title(language)

    def item(self, old: Advice | None) -> Advice:
        return Advice(texts_in(self, "title"), texts_in(self, "text"), self.url)


ITEMS: Mapping[str, type[Item]] = MappingProxyType({item.LIST: item for item in (QuestionItem, AdviceItem)})
