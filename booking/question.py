"""What an offering asks of who books it, and whether an answer is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from booking.errors import BadAnswers
from booking.texts import Texts, in_language

LONGEST_ANSWER = 2000


class QuestionKind(StrEnum):
    """A file is handed in after booking: a lost upload costs nobody their slot."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"


class AnswerFault(StrEnum):
    """Why an answer is none."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`key` stays while labels change; `choices` are labels too, known by their place."""

    key: str
    kind: QuestionKind
    labels: Texts
    is_required: bool = False
    choices: tuple[Texts, ...] = field(default=())

    def label(self, language: str) -> str:
        return in_language(self.labels, language)

    def choice_labels(self, language: str) -> list[str]:
        return [in_language(choice, language) for choice in self.choices]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the question as it was asked then; a choice is kept in words."""

    key: str
    label: str
    value: str


def answers_to(questions: Sequence[Question], given: Mapping[str, str], language: str) -> tuple[Answer, ...]:
    """Return what was answered, in the order of the questions; what was left empty is left out.

    A choice comes as its place ("0", "1", …), a date as ISO 8601. Raises BadAnswers, which names a fault
    for each question that has one.
    """
    faults: dict[str, str] = {}
    answers: list[Answer] = []
    for question in questions:
        if question.kind is QuestionKind.FILE:
            continue
        text = given.get(question.key, "").strip()
        fault = _fault(question, text)
        if fault:
            faults[question.key] = fault
        elif text:
            label = question.label(language)
            answers.append(Answer(question.key, label, _in_words(question, text, language)))
    if faults:
        raise BadAnswers(faults)
    return tuple(answers)


def _fault(question: Question, text: str) -> AnswerFault | None:
    if not text:
        return AnswerFault.MISSING if question.is_required else None
    if len(text) > LONGEST_ANSWER:
        return AnswerFault.TOO_LONG
    match question.kind:
        case QuestionKind.CHOICE if text not in map(str, range(len(question.choices))):
            return AnswerFault.NOT_A_CHOICE
        case QuestionKind.NUMBER if not _is_number(text):
            return AnswerFault.NOT_A_NUMBER
        case QuestionKind.DATE if not _is_date(text):
            return AnswerFault.NOT_A_DATE
    return None


def _in_words(question: Question, text: str, language: str) -> str:
    if question.kind is QuestionKind.CHOICE:
        return in_language(question.choices[int(text)], language)
    return text


def _is_number(text: str) -> bool:
    """Tell whether somebody wrote a number as Finns, Swedes or English do: 1 200,50 or 1200.50."""
    digits = text.removeprefix("-").replace(" ", "").replace("\u00a0", "").replace(",", ".", 1)
    whole, _, part = digits.partition(".")
    return whole.isascii() and whole.isdigit() and (not part or (part.isascii() and part.isdigit()))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
