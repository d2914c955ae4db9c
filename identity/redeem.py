"""Let a ticket open one meeting, once."""

from datetime import datetime

from identity.ports import IdentityUnit
from identity.tickets import Signer, Ticket


async def redeem(unit: IdentityUnit, signer: Signer, token: str, *, now: datetime) -> Ticket:
    """Read a ticket and use it up. Raises TicketInvalid, TicketExpired or TicketUsed."""
    ticket = signer.read(token, now=now)
    await unit.tickets.use(ticket.jti, ticket.exp)
    return ticket
