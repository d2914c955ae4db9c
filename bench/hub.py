"""Seats pairs in meetings of the running product, through its own API, tickets and sockets."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from aiohttp import ClientSession

from bench.client.guest import Guest
from identity.tickets import Signer
from server.key_files import ticket_key
from signalling.participant import Role
from tests.journeys.demo_process import Demo, kohtaamo

WITHIN_SECONDS = 60
AT_ONCE = 10
DAYS_AHEAD = 55


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment, and the adviser whose it is: nobody else lets its customer in."""

    id: UUID
    adviser_id: UUID


async def booked(demo: Demo, session: ClientSession, wanted: int) -> Sequence[Booked]:
    """Book one slot after the other."""
    key = (await kohtaamo(demo, "api-key", "bench", "--scope", "booking")).split()[-1]
    api, headers = f"{demo.address}/api/v1", {"Authorization": f"Bearer {key}"}
    async with session.get(f"{api}/offerings", headers=headers) as answer:
        offerings = (await answer.json())["offerings"]
    offering = min(offerings, key=lambda each: int(each["duration_minutes"]))["id"]
    days = {"from": demo.now(), "to": demo.now() + timedelta(days=DAYS_AHEAD)}
    params = {name: moment.isoformat() for name, moment in days.items()}
    async with session.get(f"{api}/offerings/{offering}/slots", headers=headers, params=params) as answer:
        slots = (await answer.json())["slots"]
    made: list[Booked] = []
    for slot in slots:
        customer = {"name": "Aino Virtanen", "email": f"aino{len(made)}@example.org"}
        body = {"offering_id": offering, "customer": customer}
        body |= {"start": slot["start"], "adviser_id": slot["adviser_id"]}
        async with session.post(f"{api}/appointments", headers=headers, json=body) as answer:
            if answer.status == 201:
                made.append(Booked(UUID((await answer.json())["id"]), UUID(slot["adviser_id"])))
        if len(made) == wanted:
            return made
    raise AssertionError(f"only {len(made)} of {wanted} appointments could be booked")


async def until_letters_have_left(demo: Demo, session: ClientSession, least: int) -> None:
    """Wait for the background work, which would be measured too."""
    async with asyncio.timeout(WITHIN_SECONDS):
        while True:
            async with session.get(f"{demo.address}/demo/outbox.json") as answer:
                if len(await answer.json()) >= least:
                    return
            await asyncio.sleep(0.5)


async def seated(
    demo: Demo, session: ClientSession, appointments: Sequence[Booked]
) -> list[tuple[Guest, Guest]]:
    """Bring the customer and the adviser of each appointment to its table, some at a time.

    The tickets are signed here with the demo's key: the way through the door is not what is measured.
    """
    signer, pairs = Signer(ticket_key(demo.data)), []
    for first in range(0, len(appointments), AT_ONCE):
        some = appointments[first : first + AT_ONCE]
        pairs += await asyncio.gather(*(_at_the_table(demo, session, signer, each) for each in some))
    return pairs


async def _at_the_table(
    demo: Demo, session: ClientSession, signer: Signer, appointment: Booked
) -> tuple[Guest, Guest]:
    adviser = guest(demo, session, signer, appointment, appointment.adviser_id, Role.ADVISER)
    await adviser.joins()
    await adviser.hears("admitted")
    customer = guest(demo, session, signer, appointment, uuid4(), Role.CUSTOMER)
    await customer.joins()
    await adviser.admits()
    for each in (adviser, customer):
        await each.hears("peer")
    return adviser, customer


def guest(
    demo: Demo, session: ClientSession, signer: Signer, appointment: Booked, who: UUID, role: Role
) -> Guest:
    """Make one who can join an appointment's meeting at once, as whoever and whatever they are."""
    ticket, _ = signer.issue(
        appointment_id=appointment.id, participant_id=who, role=role.value, name=role.value, now=demo.now()
    )
    page = {"socket": f"/ws/meetings/{appointment.id}", "entry": ticket}
    return Guest(session, demo.address, page, has_media=False)
