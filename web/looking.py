"""What a page shows of customers is written into the access log, by one middleware, before the answer leaves.

A handler declares it: `@looks_at(Thing.APPOINTMENT)` for what stands in its address, `saw(…)` for whatever
else it found. Customers who look at their own are nobody's business, and are not written down.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from aiohttp import web

from identity.look import SAME_FOR, Look, Thing, Viewer
from web.keys import CLOCK, UNITS
from web.middleware.journal import route_of
from web.path import path_id
from web.ports import Unit

HandlerT = TypeVar("HandlerT", bound=Callable[[web.Request], Awaitable[web.StreamResponse]])

_VIEWER = web.RequestKey("viewer", tuple[Viewer, UUID])
_SEEN = web.RequestKey("seen", list[Look])
_DECLARED: "WeakKeyDictionary[object, frozenset[Thing]]" = WeakKeyDictionary()
_IN_ADDRESS = {Thing.APPOINTMENT: "appointment_id", Thing.DOCUMENT: "document_id"}


def looks_at(*things: Thing) -> Callable[[HandlerT], HandlerT]:
    """Declare what a handler shows of a customer: an appointment or a document by the id in its address.

    Of other things it tells by `saw` which ones they were.
    """

    def declare(handler: HandlerT) -> HandlerT:
        _DECLARED[handler] = frozenset(things)
        return handler

    return declare


def declared(handler: object) -> frozenset[Thing]:
    """Return what a handler has declared to show."""
    return _DECLARED.get(handler, frozenset())


def viewed_by(request: web.Request, viewer: Viewer, id: UUID) -> None:
    """Remember who looks; the guards say so."""
    request[_VIEWER] = (viewer, id)


def saw(
    request: web.Request,
    thing: Thing,
    thing_id: UUID | None,
    *,
    appointment_id: UUID | None = None,
    person_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Say what the answer shows, whose it is, and what was typed as the reason."""
    viewer, by = request[_VIEWER]
    look = Look(
        at=request.app[CLOCK](),
        viewer=viewer,
        by=by,
        thing=thing,
        thing_id=thing_id,
        purpose=f"{request.method} {route_of(request)}",
        reason=reason,
        appointment_id=appointment_id,
        person_id=person_id,
    )
    request.setdefault(_SEEN, []).append(look)


async def write_looks(request: web.Request) -> None:
    """Write what was seen; what the same viewer saw minutes ago for the same purpose is no new look."""
    if _VIEWER not in request:
        return
    for thing in sorted(declared(request.match_info.handler) & _IN_ADDRESS.keys()):
        appointment_id = path_id(request, "appointment_id")
        saw(request, thing, path_id(request, _IN_ADDRESS[thing]), appointment_id=appointment_id)
    looks = list(dict.fromkeys(request.get(_SEEN, ())))
    if not looks:
        return
    since = request.app[CLOCK]() - SAME_FOR
    async with request.app[UNITS].read() as unit:
        new = await unit.access_log.unwritten(looks, since=since)

    async def work(unit: Unit) -> None:
        await unit.access_log.add(new)

    if new:
        await request.app[UNITS].do(work)
