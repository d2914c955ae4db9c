"""An offering as a row and back. Texts are pairs: PostgreSQL's JSONB forgets the order of an object,
in which the first language is the one that stands in for those missing."""

from datetime import timedelta
from typing import Any, TypeAlias

from sqlalchemy import Row

from booking.letter import LetterKind
from booking.offering import Advice, Offering
from booking.question import Question, QuestionKind
from booking.refill import RefillMode, RefillRules
from booking.reminder import ReminderPlan
from booking.rules import Rules
from booking.texts import Texts

_Pairs: TypeAlias = list[list[str]]

SAME = (
    "id", "team_id", "length", "assurance", "when_down", "zone", "notice", "horizon", "buffer_before",
    "buffer_after", "daily_cap", "step", "hold", "is_open",
    "shows_code", "drop_in", "media_way",
)  # fmt: skip
"""The fields that stand in the row as they are."""

TEXTS = ("names", "texts", "prices", "terms")


def offering_values(offering: Offering) -> dict[str, Any]:
    """Return an offering as a row, without its place in the list."""
    same = {name: getattr(offering, name) for name in SAME}
    texts = {name: pairs(getattr(offering, name)) for name in TEXTS}
    return same | texts | _rules(offering) | _lists(offering)


def offering_of(row: Row[Any]) -> Offering:
    same: dict[str, Any] = {name: getattr(row, name) for name in SAME}
    texts: dict[str, Any] = {name: dict(getattr(row, name)) for name in TEXTS}
    return Offering(
        **same,
        **texts,
        languages=tuple(row.languages),
        rules=Rules(
            grace=row.grace,
            late_limit=row.late_limit,
            door_opens=row.door_opens,
            version=row.rules_version,
        ),
        letters=ReminderPlan(
            tuple((LetterKind(kind), timedelta(seconds=ahead)) for kind, ahead in row.letters),
            calls_in=row.calls_in,
        ),
        refill=_refill_of(row.refill),
        questions=tuple(_question_of(one) for one in row.questions),
        advice=tuple(Advice(dict(one["titles"]), dict(one["texts"]), one["url"]) for one in row.advice),
    )


def pairs(texts: Texts) -> _Pairs:
    return [list(pair) for pair in texts.items()]


def _rules(offering: Offering) -> dict[str, Any]:
    return {
        "grace": offering.rules.grace,
        "late_limit": offering.rules.late_limit,
        "door_opens": offering.rules.door_opens,
        "rules_version": offering.rules.version,
        "refill": {
            "mode": offering.refill.mode,
            "answer_within": int(offering.refill.answer_within.total_seconds()),
            "notice": int(offering.refill.notice.total_seconds()),
        },
    }


def _lists(offering: Offering) -> dict[str, Any]:
    return {
        "languages": list(offering.languages),
        "letters": [[kind, int(ahead.total_seconds())] for kind, ahead in offering.letters.before],
        "calls_in": offering.letters.calls_in,
        "questions": [
            {
                "key": one.key,
                "kind": one.kind,
                "labels": pairs(one.labels),
                "is_required": one.is_required,
                "choices": [pairs(choice) for choice in one.choices],
            }
            for one in offering.questions
        ],
        "advice": [
            {"titles": pairs(one.titles), "texts": pairs(one.texts), "url": one.url}
            for one in offering.advice
        ],
    }


def _question_of(kept: dict[str, Any]) -> Question:
    return Question(
        key=kept["key"],
        kind=QuestionKind(kept["kind"]),
        labels=dict(kept["labels"]),
        is_required=kept["is_required"],
        choices=tuple(dict(choice) for choice in kept["choices"]),
    )


def _refill_of(kept: dict[str, Any]) -> RefillRules:
    """An offering from before refilling has the rules that a new one begins with."""
    if not kept:
        return RefillRules()
    return RefillRules(
        mode=RefillMode(kept["mode"]),
        answer_within=timedelta(seconds=kept["answer_within"]),
        notice=timedelta(seconds=kept["notice"]),
    )
