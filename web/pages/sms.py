"""Where a gateway for text messages calls: what became of each, and what customers write."""

from datetime import datetime
from uuid import UUID

import structlog
from aiohttp import web
from pydantic import BaseModel, Field

from booking.attend import record
from booking.errors import NotFound
from booking.fact import Actor, FactKind
from booking.letter import REMINDERS, Channel
from booking.message import Meaning
from booking.not_reminded import NotReminded, not_reminded
from web.body import validated
from web.incoming import taken_in
from web.json_text import parse_json_object
from web.keys import CLOCK, UNITS
from web.pages.letter_words import LOST
from web.ports import OutgoingLetter, Unit
from web.signed import signed_body

_log = structlog.get_logger()


class Status(BaseModel):
    """What became of a message; `key` is what it was sent with. What is neither end leads to nothing."""

    key: UUID
    status: str = Field(max_length=40)


class Incoming(BaseModel):
    """A message as it came in; `id` is the gateway's own."""

    id: str = Field(min_length=1, max_length=200)
    sender: str = Field(alias="from", min_length=1, max_length=40)
    text: str = Field(max_length=4000)


async def status(request: web.Request) -> web.Response:
    told = validated(Status, parse_json_object(await signed_body(request)))
    now = request.app[CLOCK]()
    await request.app[UNITS].do(lambda unit: _noted(unit, told, now))
    return web.Response(status=204)


async def incoming(request: web.Request) -> web.Response:
    """Answer the same whoever wrote and whatever came of it."""
    message = validated(Incoming, parse_json_object(await signed_body(request)))
    now = request.app[CLOCK]()
    taken = await request.app[UNITS].do(
        lambda unit: taken_in(unit, key=message.id, sender=message.sender, text=message.text, now=now)
    )
    if taken.meaning is Meaning.NOBODYS:
        _log.info("text message that leads to nothing")
    return web.Response(status=204)


async def _noted(unit: Unit, told: Status, now: datetime) -> None:
    try:
        outgoing = await unit.outbox.get(told.key)
    except NotFound:
        return
    if outgoing.letter.channel is not Channel.SMS:
        return
    if told.status == "delivered":
        await _delivered(unit, outgoing, now)
    elif told.status in LOST and await unit.outbox.mark_failed(outgoing.id, told.status):
        await not_reminded(unit, outgoing.letter, NotReminded.CAME_BACK, now=now)


async def _delivered(unit: Unit, outgoing: OutgoingLetter, now: datetime) -> None:
    """Note it; a message in doubt, or told of before we were answered, has been sent, too."""
    due = outgoing.letter
    if await unit.outbox.mark_sent(outgoing.id, at=now) and due.kind in REMINDERS:
        detail = {"letter": due.kind.value, "channel": due.channel.value}
        await record(unit, due.appointment_id, FactKind.REMINDED, by=Actor.SYSTEM, now=now, detail=detail)
    await unit.outbox.mark_delivered(outgoing.id, at=now)


ROUTES: tuple[web.RouteDef, ...] = (
    web.post("/channels/sms/status", status),
    web.post("/channels/sms/incoming", incoming),
)
