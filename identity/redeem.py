"""Let a ticket open one meeting, once."""

from datetime import datetime

from identity.errors import TicketInvalid
from identity.ports import IdentityUnit
from identity.tickets import Signer, Ticket


async def redeem(unit: IdentityUnit, signer: Signer, token: str, *, now: datetime) -> Ticket:
    """Read a ticket and use it up.

    Raises TicketExpired, TicketUsed, and TicketInvalid, also when the session that asked for it has ended
    since: a minute is long for somebody who was shown out.
    """
    ticket = signer.read(token, now=now)
    await unit.tickets.use(ticket.jti, ticket.exp)
    if ticket.session is not None and not await unit.staff_sessions.living({ticket.session}, now=now):
        raise TicketInvalid
    return ticket
