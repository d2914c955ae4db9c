"""Somebody who lost their link asks for it: noted by whoever answers them, looked up by whoever writes."""

from datetime import datetime, timedelta

from booking.letter import LetterKind
from booking.link_request import LinkRequest
from booking.ports import BookingUnit
from booking.tell import tell

WINDOW = timedelta(hours=1)
MOST_OF_EMAIL = 3
MOST_OF_ADDRESS = 30
"""So many requests of an e-mail address, and of a network, are answered within the window."""

MOST_LETTERS = 10


async def ask_for_links(unit: BookingUnit, email: str, address: bytes, *, now: datetime) -> None:
    """Note the wish, and look nothing up: whether there is an appointment must not show in any answer."""
    await unit.link_requests.add(LinkRequest(email=email.lower(), address=address, at=now))


async def send_links(unit: BookingUnit, *, now: datetime, limit: int = 50) -> int:
    """Handle the wishes that have come in, and put the letters into the outbox; return how many wishes."""
    taken = await unit.link_requests.take(limit=limit, now=now)
    for request in taken:
        if await _is_within_limits(unit, request):
            await unit.link_requests.mark_answered(request.id)
            await _write(unit, request.email, now=now)
    return len(taken)


async def _is_within_limits(unit: BookingUnit, request: LinkRequest) -> bool:
    """Count the answered ones only, so that wishes that came to nothing keep nobody from their link."""
    since = request.at - WINDOW
    of_email = await unit.link_requests.count_answered(email=request.email, since=since)
    of_address = await unit.link_requests.count_answered(address=request.address, since=since)
    return of_email < MOST_OF_EMAIL and of_address < MOST_OF_ADDRESS


async def _write(unit: BookingUnit, email: str, *, now: datetime) -> None:
    for appointment in (await unit.appointments.ahead_of(email, now=now))[:MOST_LETTERS]:
        await tell(unit, appointment, LetterKind.LOST_LINK, at=now)
