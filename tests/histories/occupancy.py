"""Who had which time from when to when, as far as calls and facts tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from uuid import UUID

from booking.appointment import Appointment
from booking.fact import Fact, told_span
from booking.time_span import TimeSpan
from tests.histories.call import Call

CALLED = {
    "booked": "book",
    "moved": "move",
    "cancelled": "cancel",
    "restored": "restore",
    "confirmed": "confirm",
}
SLACK = 0.002
"""Two clocks of one machine, read one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """A stretch of an adviser's time: surely had from its answer until its end was asked for."""

    owner: str
    adviser_id: UUID
    span: TimeSpan
    busy: TimeSpan
    begun: Call
    ended: Call | None = None
    expires: float = inf

    def surely_lasted_through(self, call: Call) -> bool:
        until = min(self.ended.sent if self.ended else inf, self.expires - SLACK)
        return self.begun.answered < call.sent and call.answered < until

    def may_have_met(self, call: Call) -> bool:
        until = min(self.ended.answered if self.ended else inf, self.expires + SLACK)
        return self.begun.sent <= call.answered and call.sent <= until


def matched(facts: Sequence[Fact], calls: Sequence[Call]) -> Mapping[int, Call]:
    """Give each fact a call of its own that may have made it: number of the fact → call (Kuhn's method)."""
    taken: dict[int, Fact] = {}

    def find(fact: Fact, tried: set[int]) -> bool:
        for number, call in enumerate(calls):
            if number in tried or not _may_have_made(call, fact):
                continue
            tried.add(number)
            if number not in taken or find(taken[number], tried):
                taken[number] = fact
                return True
        return False

    for fact in facts:
        if fact.kind in CALLED:
            find(fact, set())
    return {fact.seq: calls[number] for number, fact in taken.items()}


def _may_have_made(call: Call, fact: Fact) -> bool:
    if call.kind != CALLED.get(fact.kind) or call.refusal:
        return False
    is_then = call.sent - SLACK <= fact.at.timestamp() <= call.answered + SLACK
    start = (call.body if call.is_ok else call.sends).get("start")
    same = start is None or "start" not in fact.detail or _moment(start) == _moment(str(fact.detail["start"]))
    return is_then and same


def occupancies(
    appointment: Appointment, facts: Sequence[Fact], made_by: Mapping[int, Call]
) -> Iterator[Occupancy]:
    """Yield the stretches that an appointment had one after the other."""
    steps = [
        fact for fact in facts if fact.kind in CALLED and fact.kind != "confirmed" and fact.seq in made_by
    ]
    for fact, following in zip(steps, [*steps[1:], None], strict=True):
        if fact.kind == "cancelled":
            continue
        begun = made_by[fact.seq]
        span = told_span(fact)
        yield Occupancy(
            owner=str(appointment.id),
            adviser_id=UUID(str(begun.body.get("adviser_id") or appointment.adviser_id)),
            span=span,
            busy=TimeSpan(span.start - appointment.buffer_before, span.end + appointment.buffer_after),
            begun=begun,
            ended=made_by[following.seq] if following else None,
        )


def held(call: Call, buffers: tuple[timedelta, timedelta], endings: Mapping[str, Call]) -> Occupancy:
    """Return what a hold kept, until it was released, booked, or ran out."""
    span = TimeSpan(_moment(call.body["start"]), _moment(call.body["end"]))
    return Occupancy(
        owner=call.about,
        adviser_id=UUID(call.body["adviser_id"]),
        span=span,
        busy=TimeSpan(span.start - buffers[0], span.end + buffers[1]),
        begun=call,
        ended=endings.get(call.about),
        expires=_moment(call.body["expires_at"]).timestamp(),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
