"""However many want one free slot through the API at once, one gets it and the others are told what is free.

`make slow` prints `64 clients on one free slot, 50 rounds on sqlite: 50 × 201, 3150 × 409 with alternatives`.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector

from tests.histories.story import slots
from tests.journeys.demo_process import kohtaamo, running_demo

ROUNDS, CLIENTS = 50, 64


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_each_round_has_one_winner(tmp_path: Path, database: tuple[str, str]) -> None:
    rounds: list[Counter[str]] = []
    async with running_demo(tmp_path, database_url=database[1], goes_by_our_clock=False) as demo:
        key = (await kohtaamo(demo, "api-key", "race", "--scope", "booking")).split()[-1]
        offered = await slots(demo, key)
        free = [{**slot, "offering_id": offering} for offering, found in offered.items() for slot in found]
        headers = {"Authorization": f"Bearer {key}"}
        async with ClientSession(demo.address, headers=headers, connector=TCPConnector(limit=0)) as session:
            for slot in _apart(free, ROUNDS):
                answers = await asyncio.gather(*(_wants(session, slot, number) for number in range(CLIENTS)))
                rounds.append(Counter(answers))

    told = sum(rounds, Counter[str]())
    print(f"{CLIENTS} clients on one free slot, {ROUNDS} rounds on {database[0]}: ", end="")
    print(", ".join(f"{times} × {answer}" for answer, times in sorted(told.items())))
    assert rounds == [Counter({"201": 1, "409 with alternatives": CLIENTS - 1})] * ROUNDS


def _apart(free: Sequence[Mapping[str, str]], most: int) -> list[Mapping[str, str]]:
    """Choose slots of one adviser and offering that do not touch each other."""
    whose = (free[0]["offering_id"], free[0]["adviser_id"])
    chosen: list[Mapping[str, str]] = []
    for slot in free:
        is_theirs = (slot["offering_id"], slot["adviser_id"]) == whose
        if is_theirs and (not chosen or slot["start"] >= chosen[-1]["end"]):
            chosen.append(slot)
    assert len(chosen) >= most
    return chosen[:most]


async def _wants(session: ClientSession, slot: Mapping[str, str], number: int) -> str:
    customer = {"name": f"Asiakas {number}", "email": f"asiakas{number}@example.org"}
    wish = {name: slot[name] for name in ("offering_id", "adviser_id", "start")} | {"customer": customer}
    async with session.post("/api/v1/appointments", json=wish) as answer:
        body = await answer.json()
    is_told = body.get("type") == "/problems/slot-taken" and len(body["alternatives"]) == 3
    return f"{answer.status} with alternatives" if is_told else str(answer.status)
