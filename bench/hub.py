"""Seats pairs in meetings of the running product, through its own API, tickets and sockets."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from aiohttp import ClientSession, ClientWebSocketResponse

from bench.frames import Frames
from bench.traffic import End
from identity.tickets import Signer
from server.key_files import ticket_key
from signalling.participant import Role
from signalling.request import VERSION
from tests.journeys.demo_process import Demo, kohtaamo

WITHIN_SECONDS = 20


async def seated(demo: Demo, session: ClientSession, pairs: int) -> list[End]:
    """Book as many appointments as pairs, and bring a customer and an adviser to each one's table.

    The tickets are signed here with the demo's key: the way through the door is not what is measured.
    """
    signer = Signer(ticket_key(demo.data))
    ends: list[End] = []
    for appointment_id in await _booked(demo, session, pairs):
        ends += await _at_the_table(demo, session, signer, appointment_id)
    return ends


async def _booked(demo: Demo, session: ClientSession, wanted: int) -> list[UUID]:
    """Book one slot after the other, and wait until the letters about them have left."""
    key = (await kohtaamo(demo, "api-key", "bench", "--scope", "booking")).split()[-1]
    api, headers = f"{demo.address}/api/v1", {"Authorization": f"Bearer {key}"}
    async with session.get(f"{api}/offerings", headers=headers) as answer:
        offerings = (await answer.json())["offerings"]
    offering = min(offerings, key=lambda each: int(each["duration_minutes"]))["id"]
    days = {"from": demo.now().isoformat(), "to": (demo.now() + timedelta(days=5)).isoformat()}
    async with session.get(f"{api}/offerings/{offering}/slots", headers=headers, params=days) as answer:
        slots = (await answer.json())["slots"]
    booked: list[UUID] = []
    for slot in slots:
        customer = {"name": "Aino Virtanen", "email": f"aino{len(booked)}@example.org"}
        body = {"offering_id": offering, "customer": customer}
        body |= {"start": slot["start"], "adviser_id": slot["adviser_id"]}
        async with session.post(f"{api}/appointments", headers=headers, json=body) as answer:
            if answer.status == 201:
                booked.append(UUID((await answer.json())["id"]))
        if len(booked) == wanted:
            await _until_letters_have_left(demo, session, wanted)
            return booked
    raise AssertionError(f"only {len(booked)} of {wanted} appointments could be booked")


async def _until_letters_have_left(demo: Demo, session: ClientSession, least: int) -> None:
    async with asyncio.timeout(WITHIN_SECONDS):
        while True:
            async with session.get(f"{demo.address}/demo/outbox.json") as answer:
                if len(await answer.json()) >= least:
                    return
            await asyncio.sleep(0.2)


async def _at_the_table(
    demo: Demo, session: ClientSession, signer: Signer, appointment_id: UUID
) -> Sequence[End]:
    adviser_id, customer_id = uuid4(), uuid4()
    sockets: list[ClientWebSocketResponse] = []
    for who, role in ((adviser_id, Role.ADVISER), (customer_id, Role.CUSTOMER)):
        ticket, _ = signer.issue(
            appointment_id=appointment_id,
            participant_id=who,
            role=role.value,
            name=role.value,
            now=demo.now(),
        )
        socket = await session.ws_connect(f"{demo.address}/ws/meetings/{appointment_id}")
        await socket.send_json({"type": "hello", "version": VERSION, "ticket": ticket, "visit": "bench"})
        sockets.append(socket)
    adviser, customer = sockets
    await _heard(adviser, "knock")
    await adviser.send_json({"type": "admit", "participant": str(customer_id)})
    for socket in sockets:
        await _heard(socket, "peer")
    return End(adviser, Frames(str(customer_id)).next), End(customer, Frames(str(adviser_id)).next)


async def _heard(socket: ClientWebSocketResponse, wanted: str) -> None:
    """Read until a message of a type has come."""
    async with asyncio.timeout(WITHIN_SECONDS):
        while json.loads(await socket.receive_str())["type"] != wanted:
            pass
