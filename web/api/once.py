"""Do a call once: an Idempotency-Key makes a second sending harmless."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel

from booking.errors import CommitUnknown, Contended, Refusal
from web.api.answers import JSON
from web.api.ports import ApiKey
from web.body import read_json_bytes, validated
from web.json_text import parse_json_object
from web.keys import CLOCK, UNITS
from web.ports import Unit
from web.problems import answered
from web.receive import check_kind
from web.refusal import BadBody, IdempotencyKeyReused, StillUnderWay

HEADER = "Idempotency-Key"
LONGEST_KEY = 255
PROBLEM = "application/problem+json"

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a call answers, and what is kept of it for a day."""

    status: int
    text: str

    @property
    def response(self) -> web.Response:
        kind = JSON if self.status < 400 else PROBLEM
        return web.Response(body=self.text.encode(), status=self.status, content_type=kind)


Work = Callable[[Unit], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A call's Idempotency-Key with the hash of what came with it."""

    api_key: ApiKey
    key_hash: bytes
    body_hash: bytes


async def once(
    request: web.Request, key: ApiKey, model: type[ModelT], work: Callable[[ModelT], Work]
) -> web.Response:
    """Read the body, do the work in a unit, and answer; with a key, answer again what was answered.

    Raises what reading a body raises, what the work raises, IdempotencyKeyReused and StillUnderWay.
    """
    content = await read_json_bytes(request)
    if content:
        check_kind(request, JSON)
    body = validated(model, parse_json_object(content) if content else {})
    if HEADER not in request.headers:
        return (await request.app[UNITS].do(work(body))).response
    sent = _sent(request, key, content)
    before = await _before(request, sent)
    return before.response if before else await _first(request, sent, work(body))


def _sent(request: web.Request, key: ApiKey, content: bytes) -> _Sent:
    name = request.headers[HEADER]
    if not 0 < len(name) <= LONGEST_KEY:
        raise BadBody("idempotency key")
    what = b"\n".join((request.method.encode(), request.path.encode(), content))
    return _Sent(
        api_key=key,
        key_hash=sha256(name.encode("utf-8", "surrogateescape")).digest(),
        body_hash=sha256(what).digest(),
    )


async def _before(request: web.Request, sent: _Sent) -> Reply | None:
    """Return what was answered before, or None and have begun. Begun is kept, whatever follows."""
    async with request.app[UNITS].write() as unit:
        kept = await unit.idempotency.begin(
            sent.api_key.id, sent.key_hash, sent.body_hash, now=request.app[CLOCK]()
        )
    if kept is None:
        return None
    if kept.body_hash != sent.body_hash:
        raise IdempotencyKeyReused
    if kept.status is None or kept.answer is None:
        raise StillUnderWay
    return Reply(kept.status, kept.answer)


async def _first(request: web.Request, sent: _Sent, work: Work) -> web.Response:
    """Work and keep the answer in one unit; a refusal is an answer too, a fault is forgotten."""
    is_kept = False
    try:
        reply = await _worked(request, sent, work)
        is_kept = True
    except CommitUnknown:
        is_kept = True  # if it was, so was its answer; if not, the key is free in a while
        raise
    finally:
        if not is_kept:
            async with request.app[UNITS].write() as unit:
                await unit.idempotency.forget(sent.api_key.id, sent.key_hash)
    return reply


async def _worked(request: web.Request, sent: _Sent, work: Work) -> web.Response:
    async def whole(unit: Unit) -> Reply:
        reply = await work(unit)
        await _keep(unit, sent, reply)
        return reply

    try:
        return (await request.app[UNITS].do(whole)).response
    except Contended:
        raise
    except Refusal as refusal:
        response = answered(request, refusal)
        if response is None:
            raise
        async with request.app[UNITS].write() as unit:
            await _keep(unit, sent, Reply(response.status, response.text or ""))
        return response


async def _keep(unit: Unit, sent: _Sent, reply: Reply) -> None:
    await unit.idempotency.finish(sent.api_key.id, sent.key_hash, status=reply.status, answer=reply.text)
