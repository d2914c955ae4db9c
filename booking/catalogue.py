"""The store in which admins set up what can be booked; `ports.py` has the others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking.offering import Offering
from booking.team import Team
from booking.texts import Texts


class Catalogue(Protocol):
    """What admins set up."""

    async def teams(self) -> Sequence[Team]:
        """Return all, by name."""
        ...

    async def add_team(self, team_id: UUID, name: str) -> None: ...

    async def rename_team(self, team_id: UUID, name: str, *, was: str) -> bool:
        """Rename a team that is called so; return whether there was one."""
        ...

    async def add_offering(self, offering: Offering) -> None:
        """Keep a new offering, shown after those that there are."""
        ...

    async def locked_offering(self, offering_id: UUID) -> Offering:
        """Return it, and keep everybody else from changing it until the unit ends. Raise NotFound."""
        ...

    async def change_offering(self, offering: Offering) -> None:
        """Keep all of an offering anew, in its old place."""
        ...

    async def order(self, offering_ids: Sequence[UUID]) -> None:
        """Show the offerings in this order."""
        ...

    async def link(self, adviser_id: UUID, offering_id: UUID) -> None:
        """Let an adviser meet customers of an offering; again changes nothing."""
        ...

    async def unlink(self, adviser_id: UUID, offering_id: UUID) -> None:
        """Let an adviser be found for an offering no more; what is booked stays theirs."""
        ...

    async def introduce(self, adviser_id: UUID, texts: Texts) -> None:
        """Keep what an adviser says of themselves."""
        ...

    async def picture(self, adviser_id: UUID, photo_id: UUID | None) -> UUID | None:
        """Keep which picture shows an adviser, and return which did before."""
        ...

    async def next_ahead(self, now: datetime, *, offering_id: UUID | None = None) -> UUID | None:
        """Return the id of the live appointment that begins next, if there is one."""
        ...

    async def ahead(
        self, now: datetime, *, offering_id: UUID | None = None, adviser_id: UUID | None = None
    ) -> int:
        """Count the live appointments that have not ended, of an offering or an adviser."""
        ...
