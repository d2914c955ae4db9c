"""Make a link that leads somebody to one booking, and take it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from booking.errors import BadPeriod, NotFound
from booking.invitation import LONGEST, SHORTEST, USUAL, HandedOver, Invitation
from booking.ports import BookingUnit
from booking.source import is_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWish:
    """What the link is to lead to; without an adviser, to anybody of the offering."""

    offering_id: UUID
    by: UUID
    adviser_id: UUID | None = None
    lasts: timedelta = USUAL
    source: str = ""

    def __post_init__(self) -> None:
        if self.source and not is_tag(self.source):
            raise ValueError("a source is a tag of few letters")


async def invite(unit: BookingUnit, wish: InvitationWish, *, now: datetime) -> HandedOver:
    """Make the link.

    Raises NotFound for an offering that there is not, or an adviser who does not meet its customers, and
    BadPeriod for less than a day or more than ninety.
    """
    if not SHORTEST <= wish.lasts <= LONGEST:
        raise BadPeriod(wish.lasts)
    offering = await unit.offerings.get(wish.offering_id)
    advisers = await unit.advisers.ids_of_offering(offering.id)
    if wish.adviser_id and wish.adviser_id not in advisers:
        raise NotFound(wish.adviser_id)
    invitation = Invitation(
        id=uuid4(),
        offering_id=offering.id,
        adviser_id=wish.adviser_id,
        made_by=wish.by,
        made_at=now,
        expires_at=now + wish.lasts,
        source=wish.source,
    )
    return HandedOver(invitation, await unit.invitations.make(invitation))


async def revoke_invitation(unit: BookingUnit, invitation_id: UUID, *, now: datetime) -> None:
    """Close the link; one that is over already stays what it was. Raises NotFound."""
    invitation = await unit.invitations.get(invitation_id)
    if invitation.is_open(now):
        await unit.invitations.revoke(invitation.id, at=now)
