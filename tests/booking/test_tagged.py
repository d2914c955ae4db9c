"""Tags are read from the facts, and each meeting counts once for each of them."""

from datetime import UTC, datetime
from uuid import UUID

from booking.fact import Actor, Fact, FactKind
from booking.tagged import TagCount, tag_figures, tags_of, tags_told

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MET, CALLED, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
PAPERS, PHONE = UUID(int=11), UUID(int=12)


def wrapped(appointment_id: UUID, *tags: UUID) -> Fact:
    detail = {"computed": "met", "said": "met"} | ({"tags": tags_told(tags)} if tags else {})
    kind = FactKind.WRAPPED_UP
    return Fact(appointment_id=appointment_id, at=NOW, kind=kind, by=Actor.ADVISER, detail=detail)


def test_tags_are_counted_by_meeting_the_most_frequent_first() -> None:
    found = tag_figures([wrapped(MET, PHONE, PAPERS), wrapped(CALLED, PAPERS, PAPERS), wrapped(THIRD)])

    assert (found.n, found.tagged) == (3, 2)
    assert found.rows == [TagCount(PAPERS, 2), TagCount(PHONE, 1)]


def test_nothing_that_was_looked_back_at_is_nothing_counted() -> None:
    found = tag_figures([])

    assert (found.n, found.tagged, found.rows) == (0, 0, [])


def test_an_appointment_has_the_tags_of_its_present_time_alone() -> None:
    moved = Fact(appointment_id=MET, at=NOW, kind=FactKind.MOVED, by=Actor.CUSTOMER)
    before = [wrapped(MET, PHONE)]

    assert list(tags_of(before)) == [PHONE]
    assert list(tags_of([*before, moved])) == []
    assert list(tags_of([*before, moved, wrapped(MET, PAPERS)])) == [PAPERS]
