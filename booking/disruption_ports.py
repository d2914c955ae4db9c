"""What booking asks of the house about disruptions, and whom they concern."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.appointment import Appointment
from booking.closure import Closure
from booking.disruption import Concerned, Disruption, Scope
from booking.time_span import TimeSpan


class Disruptions(Protocol):
    async def add(self, disruption: Disruption, closures: Sequence[Closure]) -> None:
        """Keep a new one and close its time; one that is there already stays as it is."""
        ...

    async def get(self, disruption_id: UUID) -> Disruption:
        """Raise NotFound when there is none."""
        ...

    async def locked(self, disruption_id: UUID) -> Disruption:
        """Return it, and keep everybody else from changing it until the unit ends."""
        ...

    async def change(self, disruption: Disruption) -> None:
        """Keep when its reminder was asked for and when it was ended; ended, its time is open again."""
        ...

    async def newest(self, *, limit: int) -> Sequence[Disruption]:
        """Return those declared last, the newest first."""
        ...

    async def standing(self, now: datetime) -> Sequence[Disruption]:
        """Return those that have neither passed nor been ended, in the order in which they begin."""
        ...

    async def touched(self, scope: Scope, span: TimeSpan) -> Sequence[Appointment]:
        """Return the live appointments of a scope that touch a span, the earliest first."""
        ...

    async def unreached(self, disruption: Disruption, *, limit: int) -> Sequence[UUID]:
        """Return whom it touches, live or closed without a meeting, and has not by that time yet."""
        ...

    async def add_concerned(self, disruption_id: UUID, appointment: Appointment, *, at: datetime) -> bool:
        """Write that it concerns an appointment; False when that was written of the time that it has."""
        ...

    async def concerned(self, disruption_id: UUID) -> Sequence[Concerned]:
        """Return everybody whom it concerns, by the time that they had, the earliest first."""
        ...

    async def unreminded(self, disruption: Disruption, *, limit: int) -> Sequence[Concerned]:
        """Return some who were told before its reminder was asked for, and have not had it."""
        ...

    async def mark_reminded(self, concerned: Concerned, *, at: datetime) -> None: ...

    async def unreleased(self, *, limit: int) -> Sequence[Concerned]:
        """Return some of ended disruptions that nobody has seen to since."""
        ...

    async def mark_released(self, concerned: Concerned, *, at: datetime) -> None: ...
