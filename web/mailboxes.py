"""How often letters are written for whoever asks: who types an address need not be its owner."""

from uuid import UUID

from aiohttp import web

from booking.contact import dialled
from web.keys import ADDRESS, ALLOWANCE, RATES


async def count_named(request: web.Request, email: str, phone: str = "") -> None:
    """Count a letter to what was just typed: by who asks, by mailbox in any capitals, and by number.

    Raises TooManyRequests.
    """
    allowed, rates = request.app[ALLOWANCE], request.app[RATES]
    await rates.a_minute(allowed.bookings_a_minute, "booking", request[ADDRESS])
    if email:
        await rates.an_hour(allowed.letters_an_hour, "letters", email.casefold())
    if phone:
        await rates.an_hour(allowed.letters_an_hour, "text messages", dialled(phone))


async def count_change(request: web.Request, appointment_id: UUID) -> None:
    """Count a change of time by a link, which writes to the address of its appointment.

    Raises TooManyRequests.
    """
    await request.app[RATES].an_hour(request.app[ALLOWANCE].letters_an_hour, "changes", str(appointment_id))
