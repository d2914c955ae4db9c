"""When the customer is reminded: rows made with the appointment, from the offering's plan."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.appointment import Appointment
from booking.letter import CAN_WAIT, LetterKind
from booking.quiet_hours import awake

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One letter that falls due at a moment, unless the appointment has changed by then."""

    appointment_id: UUID
    kind: LetterKind
    due_at: datetime
    sequence: int


DEFAULT = (
    (LetterKind.THREE_DAYS, timedelta(days=3)),
    (LetterKind.ONE_DAY, timedelta(days=1)),
    (LetterKind.FIFTEEN_MINUTES, timedelta(minutes=15)),
)


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """Which letters go out how long before the start, and whether who has not come is called in."""

    before: tuple[tuple[LetterKind, timedelta], ...] = DEFAULT
    calls_in: bool = True

    def reminders(self, appointment: Appointment, *, now: datetime) -> tuple[Reminder, ...]:
        """Return the reminders still ahead; one whose moment has passed is never sent late."""
        return tuple(
            Reminder(appointment_id=appointment.id, kind=kind, due_at=due_at, sequence=appointment.sequence)
            for kind, ahead in self.before
            if now < (due_at := due(kind, ahead, appointment.span.start, appointment.zone))
        )


def due(kind: LetterKind, ahead: timedelta, start: datetime, zone: str) -> datetime:
    """Return when a reminder falls due: days are days of the customer's calendar, hours are hours.

    What can wait stays on its day, and keeps out of the night.
    """
    days, rest = divmod(ahead, DAY)
    local = start.astimezone(ZoneInfo(zone)) - days * DAY
    moment = local.astimezone(UTC) - rest
    polite = awake(moment, zone) if kind in CAN_WAIT else moment
    return polite if polite < start else moment


def leave_by(kind: LetterKind, due_at: datetime, start: datetime) -> datetime:
    """Return when a reminder is no longer of use: the way in at the start, any other halfway there."""
    return start if kind is LetterKind.FIFTEEN_MINUTES else due_at + (start - due_at) / 2
