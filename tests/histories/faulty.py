"""The server with a fault put in, for the checker to find: `python -m tests.histories.faulty FAULT demo`."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from booking.appointment import Appointment
from booking.fact import Fact, FactKind
from server.cli import main
from server.database import appointments as appointments_module
from server.database.appointments import SqlAppointments
from server.database.facts import SqlFacts
from server.database.outbox import SqlOutbox
from server.database.reminders import SqlReminders


def no_cells() -> None:
    """Let an appointment take no time of its adviser's."""

    async def nothing(*_: Any, **__: Any) -> bool:
        return True

    vars(appointments_module)["take_cells"] = nothing


def no_fact_of_moves() -> None:
    """Forget to write down that an appointment was moved."""
    append = SqlFacts.append

    async def forgetful(self: SqlFacts, fact: Fact) -> None:
        if fact.kind is not FactKind.MOVED:
            await append(self, fact)

    SqlFacts.append = forgetful  # type: ignore[method-assign]


def old_reminders_stay() -> None:
    """Leave the reminders of a time that was given up."""

    async def nothing(self: SqlReminders, appointment_id: object) -> None:
        del self, appointment_id

    SqlReminders.drop = nothing  # type: ignore[method-assign]


def letters_twice() -> None:
    """Put each letter of a cancellation into the outbox twice."""
    put = SqlOutbox.put

    async def eager(self: SqlOutbox, letter: Any, *, at: Any) -> None:
        for _ in range(2 if letter.kind == "cancelled" else 1):
            await put(self, letter, at=at)

    SqlOutbox.put = eager  # type: ignore[method-assign]


def moves_are_lost() -> None:
    """Answer that a move was done, and keep the old time."""
    change = SqlAppointments.change

    async def lossy(self: SqlAppointments, appointment: Appointment, *, now: Any) -> None:
        before = self._locks.held(appointment.id)
        if before is None or before.span == appointment.span:
            await change(self, appointment, now=now)

    SqlAppointments.change = lossy  # type: ignore[method-assign]


FAULTS: Mapping[str, Callable[[], None]] = {
    fault.__name__: fault
    for fault in (no_cells, no_fact_of_moves, old_reminders_stay, letters_twice, moves_are_lost)
}

if __name__ == "__main__":
    FAULTS[sys.argv.pop(1)]()
    main()
