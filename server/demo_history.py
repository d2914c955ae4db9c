"""Six weeks of made-up appointments, so that the demo's statistics have something to tell.

Every line is a history of facts, and its outcome is decided from them as for any other appointment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.appointment import Appointment, Status, wall_time
from booking.fact import Actor, Fact, FactKind, timed
from booking.letter import LetterKind
from booking.offering import Offering
from booking.outcome import decide
from booking.time_span import TimeSpan
from server.database.demo_letters import PastLetter
from server.database.outbox_table import Delivery
from server.database.unit import SqlUnit
from server.demo_data import AINIKKI, LOUHI, OFFERINGS, ZONE, demo_id
from server.demo_events import events
from server.demo_post import posted
from server.demo_refill import NOBODY, give_on

DAYS = 42
STARTS = tuple(time(hour) for hour in (9, 10, 12, 13, 14))
CHANCES = (
    ("met", 0.80),
    ("no_show", 0.88),
    ("cancelled", 0.93),
    ("late_cancellation", 0.96),
    ("adviser_absent", 0.98),
    ("media_failed", 1.0),
)


async def load_history(unit: SqlUnit, *, now: datetime) -> None:
    """Add closed appointments of the last weeks up to yesterday; the same every time but for the days."""
    chance = Random(2026)  # noqa: S311  made-up history needs to be the same each time, not secret
    refills, post = Random(11), Random(5)  # noqa: S311  the same: their own, so that who came stays as it was
    letters: list[PastLetter] = []
    for appointment, facts in _appointments(chance, now):
        told = posted(appointment, facts, post)
        await unit.appointments.add(told.appointment, now=appointment.booked_at)
        letters += told.letters
        for fact in told.facts:
            await unit.facts.append(fact)
            if fact.kind is FactKind.CANCELLED:
                letters += await give_on(unit, appointment, fact.at, refills, post)
    await unit.demo_letters.add_past(await _one_in_doubt(unit, letters))


async def _one_in_doubt(unit: SqlUnit, letters: Sequence[PastLetter]) -> Sequence[PastLetter]:
    """Leave the last news of a cancellation for a person to decide about; it can be sent again."""
    arrived = [one for one in letters if one.state is Delivery.SENT]
    last = max(
        (one for one in arrived if one.letter.kind is LetterKind.CANCELLED), key=lambda one: one.put_at
    )
    await unit.links.make(last.letter.appointment_id)
    doubted = replace(last, state=Delivery.IN_DOUBT, sent_at=None, delivered_at=None, reason="no answer")
    return [doubted if one is last else one for one in letters]


def _appointments(chance: Random, now: datetime) -> Iterator[tuple[Appointment, Sequence[Fact]]]:
    zone = ZoneInfo(ZONE)
    today = now.astimezone(zone).date()
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        if day.weekday() > 4:
            continue
        for offering, adviser_id in zip(OFFERINGS, (AINIKKI, LOUHI), strict=True):
            for wall in chance.sample(STARTS, 2):
                start = datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)
                yield _one(chance, offering, adviser_id, start)


def _one(
    chance: Random, offering: Offering, adviser_id: UUID, start: datetime
) -> tuple[Appointment, Sequence[Fact]]:
    span = offering.span_at(start)
    appointment_id = demo_id(f"{adviser_id} {start.isoformat()}")
    booked_at = start - timedelta(days=chance.choice((2, 3, 5, 9, 16)), minutes=chance.randrange(600))
    drawn = chance.random()
    case = next(name for name, limit in CHANCES if drawn <= limit)
    facts = list(_facts(case, appointment_id, span, booked_at))
    is_cancelled = any(fact.kind is FactKind.CANCELLED for fact in facts)
    appointment = Appointment(
        id=appointment_id,
        offering_id=offering.id,
        adviser_id=adviser_id,
        span=span,
        zone=ZONE,
        wall_start=wall_time(start, ZONE),
        customer=NOBODY,
        booked_at=booked_at,
        status=Status.CANCELLED if is_cancelled else Status.CLOSED,
        source="demo",
        outcome=decide(facts, offering.rules, until=span.end),
    )
    return appointment, facts


def _facts(case: str, appointment_id: UUID, span: TimeSpan, booked_at: datetime) -> Iterator[Fact]:
    yield Fact(
        appointment_id=appointment_id,
        at=booked_at,
        kind=FactKind.BOOKED,
        by=Actor.CUSTOMER,
        detail=timed(span),
    )
    yield from events(case, appointment_id, span)
