"""Who is sent back to the waiting room waits on, and is present no more."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from booking.fact import Actor, Fact, FactKind
from booking.presence import present, waiting
from booking.progress import Stage, stage
from booking.time_span import TimeSpan

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ID = uuid4()


def fact(minute: int, kind: FactKind, by: Actor) -> Fact:
    return Fact(appointment_id=ID, at=NOON + minute * MINUTE, kind=kind, by=by)


SENT_BACK = [
    fact(0, FactKind.READY, Actor.CUSTOMER),
    fact(1, FactKind.ADMITTED, Actor.ADVISER),
    fact(2, FactKind.MEDIA_CONNECTED, Actor.CUSTOMER),
    fact(2, FactKind.MEDIA_CONNECTED, Actor.ADVISER),
    fact(5, FactKind.SENT_BACK, Actor.ADVISER),
]


def test_the_customer_is_no_more_present_and_waits_all_along() -> None:
    until = NOON + 9 * MINUTE

    assert present(SENT_BACK, Actor.CUSTOMER, until=until) == [TimeSpan(NOON + 2 * MINUTE, NOON + 5 * MINUTE)]
    assert present(SENT_BACK, Actor.ADVISER, until=until) == [TimeSpan(NOON + 2 * MINUTE, until)]
    assert waiting(SENT_BACK, until=until) == [TimeSpan(NOON, until)]


def test_the_desk_shows_them_waiting_again() -> None:
    assert stage(SENT_BACK) is Stage.WAITING
