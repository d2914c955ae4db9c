"""The stores of what customers hold themselves: a delivered code, a passkey."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from identity.customer_passkey import CustomerPasskey
from identity.delivered_code import DeliveredCode


class DeliveredCodeStore(Protocol):
    """At most one code an appointment."""

    async def put(self, code: DeliveredCode) -> None:
        """Keep it, instead of the one before."""
        ...

    async def find(self, appointment_id: UUID) -> DeliveredCode | None:
        """Return it also when it is used up or over."""
        ...

    async def count_try(self, appointment_id: UUID, *, most: int, now: datetime) -> DeliveredCode | None:
        """Count one more try by one statement, and return the code as it is then.

        None when there is none, or when it is used, expired, or was tried `most` times.
        """
        ...

    async def use(self, appointment_id: UUID, *, now: datetime) -> None:
        """Use it up."""
        ...


class CustomerPasskeyStore(Protocol):
    async def add(self, passkey: CustomerPasskey) -> None:
        """Raises PasskeyRefused for one that is known."""
        ...

    async def find(self, passkey_id: bytes) -> CustomerPasskey | None:
        """Return it also when it has expired."""
        ...

    async def of(self, person_id: UUID, *, now: datetime) -> Sequence[CustomerPasskey]:
        """Return a person's that have not expired, the oldest first."""
        ...

    async def used(self, passkey_id: bytes, *, sign_count: int, expires_at: datetime) -> None: ...

    async def remove(self, person_id: UUID, passkey_id: bytes) -> None:
        """Take one of a person's own away; another's stays."""
        ...
