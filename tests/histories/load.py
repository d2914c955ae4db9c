"""Clients that book, hold, move, cancel, restore, release and confirm at once, and write down every call."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from random import Random
from typing import Any

from aiohttp import ClientError, ClientSession, TCPConnector

from tests.histories.call import Call

LATEST = 150
"""So many of the last appointments are moved and cancelled: the fewer, the more meet at one."""
TURNS = {
    "book": 30,
    "hold": 9,
    "book_held": 7,
    "release": 4,
    "move": 20,
    "cancel": 15,
    "restore": 9,
    "confirm": 6,
}
CUSTOMERS = 80
Slot = Mapping[str, str]


@dataclass(slots=True)
class Crowd:
    """What the clients share: slots to choose from by offering, what exists, and the log of all calls."""

    session: ClientSession
    origin: str
    slots: Mapping[str, Sequence[Slot]]
    left: int
    log: list[Call] = field(default_factory=list)
    appointments: list[Mapping[str, Any]] = field(default_factory=list)
    holds: list[Mapping[str, Any]] = field(default_factory=list)


async def crowd(
    origin: str, key: str, slots: Mapping[str, Sequence[Slot]], *, attempts: int, clients: int, seed: int = 64
) -> list[Call]:
    """Let many clients make so many attempts between them; return the log."""
    headers = {"Authorization": f"Bearer {key}"}
    async with ClientSession(headers=headers, connector=TCPConnector(limit=0)) as session:
        shared = Crowd(session, origin, slots, attempts)
        await asyncio.gather(*(_client(shared, Random(seed * 1000 + number)) for number in range(clients)))
    return shared.log


async def _client(shared: Crowd, dice: Random) -> None:
    kinds, weights = list(TURNS), list(TURNS.values())
    while shared.left > 0:
        shared.left -= 1
        await _attempt(shared, dice, dice.choices(kinds, weights)[0])


async def _attempt(shared: Crowd, dice: Random, kind: str) -> None:
    if kind == "hold":
        await _hold(shared, dice)
    elif kind in ("book_held", "release") and shared.holds:
        held = shared.holds.pop(dice.randrange(len(shared.holds)))
        if kind == "release":
            await ask(shared, "release", f"/holds/{held['id']}/release", subject=held["id"])
        else:
            await _book(shared, dice, held["offering_id"], held, hold_id=held["id"])
    elif kind == "book" or not shared.appointments:
        offering = dice.choice(list(shared.slots))
        await _book(shared, dice, offering, dice.choice(shared.slots[offering]))
    else:
        await _change(shared, dice, kind)


async def _hold(shared: Crowd, dice: Random) -> None:
    offering = dice.choice(list(shared.slots))
    wish = _wish(dice, offering, dice.choice(shared.slots[offering]))
    call = await ask(shared, "hold", "/holds", wish)
    if call.is_ok:
        shared.holds.append(call.body)


async def _book(shared: Crowd, dice: Random, offering: str, slot: Slot, **more: str) -> None:
    number = dice.randrange(CUSTOMERS)
    customer = {"name": f"Asiakas {number}", "email": f"asiakas{number}@example.org"}
    wish = _wish(dice, offering, slot) | {"customer": customer} | more
    call = await ask(shared, "book", "/appointments", wish)
    if call.is_ok:
        shared.appointments.append(call.body)


async def _change(shared: Crowd, dice: Random, kind: str) -> None:
    appointment = dice.choice(shared.appointments[-LATEST:])
    subject, body = appointment["id"], {}
    if kind == "move":
        slot = dice.choice(shared.slots[appointment["offering_id"]])
        body = {
            name: slot[name] for name in ("start", "adviser_id") if name == "start" or dice.random() < 0.6
        }
    await ask(shared, kind, f"/appointments/{subject}/{kind}", body, subject=subject)


def _wish(dice: Random, offering: str, slot: Slot) -> dict[str, Any]:
    whose = {"adviser_id": slot["adviser_id"]} if dice.random() < 0.75 else {}
    return {"offering_id": offering, "start": slot["start"], **whose}


async def ask(
    shared: Crowd, kind: str, path: str, sends: Mapping[str, Any] | None = None, *, subject: str = ""
) -> Call:
    """Make one call and write it down, whatever comes of it."""
    sent, answered, status, body = time.time(), inf, 0, {}
    try:
        async with shared.session.post(f"{shared.origin}/api/v1{path}", json=sends or {}) as answer:
            body = await answer.json(content_type=None)
            status, answered = answer.status, time.time()
    except (ClientError, OSError, ValueError, TimeoutError):
        pass
    call = Call(
        kind=kind, sent=sent, subject=subject, sends=sends or {}, answered=answered, status=status, body=body
    )
    shared.log.append(call)
    return call
