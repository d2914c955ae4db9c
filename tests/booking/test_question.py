"""What an offering asks is answered as asked, or refused with what is wrong."""

import pytest

from booking.errors import BadAnswers
from booking.question import LONGEST_ANSWER, Answer, AnswerFault, Question, QuestionKind, answers_to

LABELS = {"fi": "Kysymys", "sv": "Fråga"}
CHOICE = Question(
    key="how",
    kind=QuestionKind.CHOICE,
    labels={"fi": "Miten?", "sv": "Hur?"},
    choices=({"fi": "Näin", "sv": "Så"}, {"fi": "Noin", "sv": "Si"}),
)


def asked(kind: QuestionKind, *, is_required: bool = False) -> Question:
    return Question(key="it", kind=kind, labels=LABELS, is_required=is_required)


def fault(question: Question, text: str) -> str:
    with pytest.raises(BadAnswers) as refused:
        answers_to([question], {question.key: text}, "fi")
    return refused.value.faults[question.key]


def test_answers_are_kept_in_the_words_and_the_order_in_which_they_were_asked() -> None:
    questions = [CHOICE, asked(QuestionKind.TEXT)]

    found = answers_to(questions, {"it": " Lainasta ", "how": "1", "unknown": "x"}, "sv")

    assert found == (Answer("how", "Hur?", "Si"), Answer("it", "Fråga", "Lainasta"))


def test_what_need_not_be_answered_may_be_left_out() -> None:
    assert answers_to([CHOICE, asked(QuestionKind.DATE)], {"it": "  "}, "fi") == ()


@pytest.mark.parametrize(
    "text", ["0", "-5", "1200", "1 200,50", "1200.5", "1\u00a0200"], ids=lambda text: ascii(text)
)
def test_a_number_may_be_written_as_people_write_it(text: str) -> None:
    assert [one.value for one in answers_to([asked(QuestionKind.NUMBER)], {"it": text}, "fi")] == [text]


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "--1", "1e9", "¹", "½", ".", "NaN"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert fault(asked(QuestionKind.NUMBER, is_required=True), text) in {
        AnswerFault.MISSING,
        AnswerFault.NOT_A_NUMBER,
    }


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (asked(QuestionKind.TEXT, is_required=True), "  ", AnswerFault.MISSING),
        (asked(QuestionKind.TEXT), "x" * (LONGEST_ANSWER + 1), AnswerFault.TOO_LONG),
        (CHOICE, "2", AnswerFault.NOT_A_CHOICE),
        (CHOICE, "-1", AnswerFault.NOT_A_CHOICE),
        (CHOICE, "Näin", AnswerFault.NOT_A_CHOICE),
        (asked(QuestionKind.DATE), "31.12.2026", AnswerFault.NOT_A_DATE),
        (asked(QuestionKind.DATE), "2026-02-30", AnswerFault.NOT_A_DATE),
    ],
)
def test_what_is_no_answer_is_refused_with_its_fault(
    question: Question, text: str, expected: AnswerFault
) -> None:
    assert fault(question, text) == expected


def test_every_fault_is_told_at_once() -> None:
    required = [asked(QuestionKind.TEXT, is_required=True), CHOICE]

    with pytest.raises(BadAnswers) as refused:
        answers_to(required, {"how": "7"}, "fi")

    assert refused.value.faults == {"it": AnswerFault.MISSING, "how": AnswerFault.NOT_A_CHOICE}


def test_a_file_is_not_asked_for_when_booking() -> None:
    assert answers_to([asked(QuestionKind.FILE, is_required=True)], {}, "fi") == ()
