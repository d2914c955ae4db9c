"""What was answered at an earlier booking, as answers to what is asked now."""

from collections.abc import Mapping, Sequence

from booking.question import Answer, Question, QuestionKind


def answered_before(questions: Sequence[Question], answers: Sequence[Answer]) -> Mapping[str, str]:
    """Return by question key what holds still: the question is worded as it was, the choice is there."""
    kept = {one.key: one for one in answers}
    found = {
        one.key: _as_given(one, kept[one.key])
        for one in questions
        if one.key in kept and kept[one.key].label in one.labels.values()
    }
    return {key: given for key, given in found.items() if given}


def _as_given(question: Question, answer: Answer) -> str:
    """Return an answer as a form sends it: a choice by its place, in whichever language it was made."""
    if question.kind is not QuestionKind.CHOICE:
        return answer.value
    places = [place for place, texts in enumerate(question.choices) if answer.value in texts.values()]
    return str(places[0]) if len(places) == 1 else ""
