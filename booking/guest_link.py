"""The own link of whoever comes to a meeting under way beside its two, such as an interpreter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedGuest:
    """`id` is who they are in the meeting, `role` as what they sit there, in the words of its protocol.

    `browser` is the SHA-256 of the cookie of the one browser that may come; None: any may.
    """

    id: UUID
    appointment_id: UUID
    role: str
    name: str
    browser: bytes | None = None


class GuestLinks(Protocol):
    """The store: a row for each who is invited, under a hash of the link's token."""

    async def make(self, guest: InvitedGuest, *, at: datetime) -> str:
        """Keep the guest, and return the token, which nobody can read again; one of before leads nowhere."""
        ...

    async def by_token(self, token: str) -> InvitedGuest:
        """Raises NotFound for a link that was taken back, or never was."""
        ...

    async def bind(self, token: str, browser: bytes, *, since: datetime) -> InvitedGuest:
        """Let one browser alone come by a link from now on: the first that asks for it, if it was made since.

        Raises NotFound to every other one.
        """
        ...

    async def keep_only(self, appointment_id: UUID, guest_ids: Collection[UUID]) -> None:
        """Take back the links of all others who were invited there."""
        ...
