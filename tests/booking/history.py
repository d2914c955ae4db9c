"""Short ways to write down what happened to an appointment."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from booking.fact import Actor, Fact, FactKind, timed
from booking.time_span import TimeSpan

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SPAN = TimeSpan(START, START + timedelta(minutes=45))
APPOINTMENT = UUID(int=1)

CUSTOMER, ADVISER, SYSTEM, ADMIN = Actor.CUSTOMER, Actor.ADVISER, Actor.SYSTEM, Actor.ADMIN


def at(minutes: float) -> datetime:
    """Return the moment so many minutes after the start."""
    return START + timedelta(minutes=minutes)


def fact(kind: FactKind, minutes: float, by: Actor = CUSTOMER) -> Fact:
    return Fact(appointment_id=APPOINTMENT, at=at(minutes), kind=kind, by=by)


def late(told: int, minutes: float, by: Actor = ADVISER) -> Fact:
    """Return that an adviser was said to be so many minutes late."""
    kind, detail = FactKind.RUNNING_LATE, {"minutes": told}
    return Fact(appointment_id=APPOINTMENT, at=at(minutes), kind=kind, by=by, detail=detail)


def booked(minutes: float = -60 * 24 * 7, span: TimeSpan = SPAN) -> Fact:
    return Fact(
        appointment_id=APPOINTMENT, at=at(minutes), kind=FactKind.BOOKED, by=CUSTOMER, detail=timed(span)
    )


def moved(minutes: float, span: TimeSpan) -> Fact:
    return Fact(
        appointment_id=APPOINTMENT, at=at(minutes), kind=FactKind.MOVED, by=CUSTOMER, detail=timed(span)
    )
