"""When the customer is reminded: rows made with the appointment, from the offering's plan."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.letter import LetterKind
from booking.time_span import TimeSpan


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
    """Which letters go out how long before the start."""

    before: tuple[tuple[LetterKind, timedelta], ...] = DEFAULT

    def reminders(
        self, appointment_id: UUID, span: TimeSpan, *, sequence: int, now: datetime
    ) -> tuple[Reminder, ...]:
        """Return the reminders still ahead; one whose moment has passed is never sent late."""
        return tuple(
            Reminder(appointment_id=appointment_id, kind=kind, due_at=due_at, sequence=sequence)
            for kind, ahead in self.before
            if (due_at := span.start - ahead) > now
        )
