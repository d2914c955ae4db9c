"""What is written around the start, while somebody waits: whom to call in, and whom to tell of a delay."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.appointment import Appointment
from booking.at_desk import LONGEST_WAIT
from booking.fact import Fact, FactKind, since_timed
from booking.lateness import NEARLY_OVER, expected_minutes, goes_on, lateness
from booking.presence import adviser_is_there
from booking.progress import Stage, stage
from booking.time_span import TimeSpan

CALLED_IN_AFTER = timedelta(minutes=3)
CALLED_IN_UNTIL = timedelta(minutes=8)
TOLD_BEFORE = timedelta(minutes=3)
TOLD_UNTIL = timedelta(minutes=13)
LONGEST_MEETING = timedelta(hours=8)

_SEEN_TO = frozenset({FactKind.ADMITTED, FactKind.BOOKED_AGAIN})

Histories = Mapping[UUID, Sequence[Fact]]


def around(now: datetime) -> TimeSpan:
    """Return when those begin that can matter now: some go on still, some are waited for already."""
    return TimeSpan(now - LONGEST_MEETING, now + LONGEST_WAIT)


def is_missing(facts: Sequence[Fact]) -> bool:
    """Tell whether the adviser is there and the customer has not come, not even to the door."""
    is_seen_to = any(fact.kind in _SEEN_TO for fact in since_timed(facts))
    return adviser_is_there(facts) and not is_seen_to and stage(facts) in (Stage.NOT_HERE, Stage.LEFT)


def to_call_in(appointment: Appointment, facts: Sequence[Fact], *, now: datetime) -> bool:
    """Tell whether a customer is to be told that somebody waits for them; once for each time."""
    since = now - appointment.span.start
    was_told = any(fact.kind is FactKind.WAITED_FOR for fact in since_timed(facts))
    is_time = CALLED_IN_AFTER <= since < CALLED_IN_UNTIL
    return is_time and appointment.is_live and not was_told and is_missing(facts)


def delayed(
    appointments: Sequence[Appointment], histories: Histories, *, now: datetime
) -> Iterator[tuple[UUID, int]]:
    """Yield whose adviser is still in the meeting before, and how many minutes late they will be.

    The meeting before counts once its own time is nearly over: most end when they should.
    """
    for one in appointments:
        facts = histories.get(one.id, ())
        is_near = -TOLD_BEFORE <= now - one.span.start < TOLD_UNTIL
        if not (one.is_live and is_near) or adviser_is_there(facts):
            continue
        minutes = expected_minutes(one.span.start, now=now)
        is_news = timedelta(minutes=minutes) > lateness(facts)
        if is_news and any(_holds_up(before, one, histories, now=now) for before in appointments):
            yield one.id, minutes


def _holds_up(before: Appointment, one: Appointment, histories: Histories, *, now: datetime) -> bool:
    is_earlier = before.adviser_id == one.adviser_id and before.span.start < one.span.start
    is_nearly_over = now >= before.span.end - NEARLY_OVER
    return is_earlier and is_nearly_over and before.is_live and goes_on(histories.get(before.id, ()))
