"""The table of refusals: a row for each, and names that integrations may rely on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from booking import errors as booking
from booking.slot import Slot
from booking.time_span import TimeSpan
from identity import errors as identity
from signalling import errors as signalling
from signalling.documents import errors as documents
from signalling.precall import errors as precall
from web import refusal as edge
from web.answer import problem_type
from web.errors import ANSWERS, answer_for
from web.problems import details

ROOTS = (booking.Refusal, identity.Refusal, signalling.Refusal, edge.EdgeRefusal)
FAMILIES = {
    identity.TicketRefused,
    identity.IdentificationFailed,
    signalling.MeetingRefusal,
    documents.DocumentRefused,
    precall.ConnectionTestRefusal,
}
START = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def descendants(root: type[Exception]) -> Iterator[type[Exception]]:
    for child in root.__subclasses__():
        yield child
        yield from descendants(child)


@pytest.mark.parametrize("root", ROOTS)
def test_each_refusal_has_a_row(root: type[Exception]) -> None:
    refusals = set(descendants(root)) - FAMILIES

    assert len(refusals) > 5
    assert {refusal.__name__ for refusal in refusals if ANSWERS.keys().isdisjoint(refusal.__mro__)} == set()


def test_each_row_is_an_answer_of_ours_or_of_who_asked() -> None:
    assert {answer.status for answer in ANSWERS.values()} <= {
        400,
        401,
        403,
        404,
        405,
        408,
        409,
        413,
        415,
        421,
        422,
        429,
        502,
        503,
    }


def test_a_fault_has_no_row() -> None:
    assert answer_for(ZeroDivisionError()) is None


@pytest.mark.parametrize(
    ("refusal", "name"),
    [
        (booking.SlotTaken, "/problems/slot-taken"),
        (booking.TooLate, "/problems/too-late"),
        (booking.NotFound, "/problems/not-found"),
        (edge.TooManyRequests, "/problems/too-many-requests"),
    ],
)
def test_a_problem_bears_the_name_of_its_refusal(refusal: type[Exception], name: str) -> None:
    assert problem_type(refusal) == name


def test_a_taken_slot_tells_what_is_free() -> None:
    adviser = UUID(int=7)
    free = Slot(adviser_id=adviser, span=TimeSpan(START, START + timedelta(minutes=45)))

    told = details(booking.SlotTaken(START, [free]))

    assert told == {
        "alternatives": [
            {"start": "2026-11-23T10:30:00Z", "end": "2026-11-23T11:15:00Z", "adviser_id": str(adviser)},
        ]
    }


def test_a_wrong_field_is_named_and_nothing_else() -> None:
    assert details(edge.Invalid({"email": "email"})) == {"errors": [{"field": "email", "kind": "email"}]}
