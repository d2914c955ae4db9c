"""A server that is killed while many book loses nothing that it acknowledged, and keeps nothing half made."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from aiohttp import ClientError, ClientSession

from tests.journeys.demo_process import Demo, kohtaamo, running_demo

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(900)]

KILLS = 20
CLIENTS = 16
"""They book some sixty times a second: a second of them in each round would use up the four weeks."""
HALF_MADE = """
SELECT count(*) FROM appointments a WHERE a.source <> 'demo' AND (
  (SELECT count(*) FROM facts f WHERE f.appointment_id = a.id AND f.kind = 'booked') <> 1
  OR (SELECT count(*) FROM outbox o WHERE o.appointment_id = a.id AND o.kind = 'booked') <> 1
  OR (SELECT count(*) FROM links l WHERE l.appointment_id = a.id) <> 1
  OR (SELECT count(*) FROM cells c WHERE c.appointment_id = a.id) <> 4)
"""
OVERLAPS = """
SELECT count(*) FROM appointments a JOIN appointments b ON a.adviser_id = b.adviser_id AND a.id < b.id
WHERE a.status IN ('booked', 'arrived') AND b.status IN ('booked', 'arrived')
  AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""


@dataclass(slots=True)
class Tally:
    """What the clients were told."""

    acknowledged: list[str] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)


async def test_twenty_kills_under_load_lose_no_acknowledged_booking(tmp_path: Path) -> None:
    chance, tally, key = Random(20), Tally(), ""
    for _ in range(KILLS):
        async with running_demo(tmp_path, smtp_url="") as demo:
            key = key or (await kohtaamo(demo, "api-key", "kills", "--scope", "booking")).split()[-1]
            async with ClientSession(headers={"Authorization": f"Bearer {key}"}) as session:
                booking = await _begin_to_book(session, demo, tally)
                await asyncio.sleep(chance.uniform(0.1, 0.6))  # at no moment that anybody chose
                demo.kill()
                await booking

    kept = _read(tmp_path / "data" / "kohtaamo.sqlite3", "SELECT id FROM appointments WHERE source <> 'demo'")
    lost = set(tally.acknowledged) - {_plain(row[0]) for row in kept}
    print(f"{KILLS} kills: {len(tally.acknowledged)} acknowledged, {len(kept)} kept, {len(lost)} lost")
    assert len(tally.acknowledged) > KILLS
    assert (lost, tally.wrong) == (set(), [])
    for question in (HALF_MADE, OVERLAPS):
        assert _read(tmp_path / "data" / "kohtaamo.sqlite3", question) == [(0,)]


async def _begin_to_book(session: ClientSession, demo: Demo, tally: Tally) -> asyncio.Future[list[None]]:
    """Let many book slots of the next weeks at random, until the server is gone."""
    offerings = await (await session.get(f"{demo.address}/api/v1/offerings")).json()
    offering = next(one["id"] for one in offerings["offerings"] if one["duration_minutes"] == 20)
    today = demo.now().date()
    period = {"from": str(today), "to": str(today + timedelta(days=27))}
    answer = await session.get(f"{demo.address}/api/v1/offerings/{offering}/slots", params=period)
    starts = [slot["start"] for slot in (await answer.json())["slots"]]
    chances = [Random(number) for number in range(CLIENTS)]
    return asyncio.gather(*(_client(session, demo, offering, starts, chance, tally) for chance in chances))


async def _client(
    session: ClientSession, demo: Demo, offering: str, starts: Sequence[str], chance: Random, tally: Tally
) -> None:
    """Book at random until the server is gone."""
    customer = {"name": "Aino Virtanen", "email": "aino@example.org"}
    while True:
        wish = {"offering_id": offering, "start": chance.choice(starts), "customer": customer}
        try:
            async with session.post(f"{demo.address}/api/v1/appointments", json=wish) as answer:
                body = await answer.json()
        except (ClientError, OSError, ValueError):
            return
        if answer.status == 201:
            tally.acknowledged.append(_plain(body["id"]))
        elif answer.status != 409:
            tally.wrong.append(answer.status)


def _plain(appointment_id: object) -> str:
    text = appointment_id.hex() if isinstance(appointment_id, bytes) else str(appointment_id)
    return text.replace("-", "")


def _read(database: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()
