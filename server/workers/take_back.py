"""Take back a letter that a mail server has returned, and write down that it did not arrive."""

from booking.errors import NotFound
from booking.letter import Channel
from booking.not_reminded import NotReminded
from server.clock import Clock
from server.database.unit import SqlUnit
from server.database.units import SqlUnits
from server.notify.returned import Returned
from server.workers.give_up import give_up


async def take_back(units: SqlUnits, returned: Returned, clock: Clock) -> bool:
    """Give the letter up, once however often it comes back; return whether there is such a letter."""
    now = clock()

    async def work(unit: SqlUnit) -> bool:
        try:
            outgoing = await unit.outbox.get(returned.letter_id)
        except NotFound:
            return False
        if outgoing.letter.channel is not Channel.MAIL:
            return False
        why, said = NotReminded.CAME_BACK, f"came back: {returned.code}"
        await give_up(unit, outgoing.id, outgoing.letter, why, now=now, reason=said)
        return True

    return await units.do(work)
