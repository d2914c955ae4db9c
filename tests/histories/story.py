"""A whole story: a server as a user starts it, a crowd of clients, and what the checker says in the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from sqlalchemy import update

from server.database.engine import open_engines
from server.database.offerings import offerings
from tests.histories.call import Call
from tests.histories.checker import findings
from tests.histories.kept import Kept, read_kept
from tests.histories.load import crowd
from tests.journeys.demo_process import Demo, kohtaamo, running_demo

FIRST_DAY, DAYS = 6, 4
"""Far enough ahead that no reminder falls due, and so few days that everybody wants the same times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was called, what stands there, and what is wrong with it."""

    log: Sequence[Call]
    kept: Kept
    findings: Sequence[str]
    server_faults: Sequence[str]

    def line(self, clients: int, database: str) -> str:
        done = Counter(call.kind for call in self.log if call.is_ok)
        wrong = sum(call.status >= 500 for call in self.log)
        overlaps = sum("at once" in one for one in self.findings)
        verdict = "history clean" if not self.findings else f"{len(self.findings)} findings"
        return (
            f"{len(self.log)} attempts by {clients} clients on {database}: "
            f"{done['book']} booked, {done['move']} moved, {done['cancel']} cancelled, "
            f"{done['restore']} restored, "
            f"{done['hold']} held, {done['release']} released, {done['confirm']} confirmed, "
            f"{overlaps} overlaps, {wrong} answers ≥ 500, {verdict}"
        )


async def story(
    folder: Path, database_url: str, *, attempts: int, clients: int, program: str = "server.cli"
) -> Story:
    """Run it on a database of its own; an empty address means SQLite."""
    async with running_demo(
        folder, database_url=database_url, goes_by_our_clock=False, program=program
    ) as demo:
        url = database_url or f"sqlite:///{demo.data / 'kohtaamo.sqlite3'}"
        await _take_buffers(url)
        key = (await kohtaamo(demo, "api-key", "crowd", "--scope", "booking")).split()[-1]
        log = await crowd(demo.address, key, await slots(demo, key), attempts=attempts, clients=clients)
    kept = await read_kept(url)
    return Story(log=log, kept=kept, findings=findings(log, kept), server_faults=demo.faults)


async def _take_buffers(url: str) -> None:
    engines = open_engines(url)
    async with engines.writing.begin() as connection:
        await connection.execute(
            update(offerings).values(buffer_before=timedelta(minutes=5), buffer_after=timedelta(minutes=10))
        )
    await engines.close()


async def slots(demo: Demo, key: str, days: int = DAYS) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return what everybody is going to want, by offering."""
    first = (demo.now() + timedelta(days=FIRST_DAY)).date()
    period = {"from": str(first), "to": str(first + timedelta(days=days))}
    api = f"{demo.address}/api/v1/offerings"
    async with ClientSession(headers={"Authorization": f"Bearer {key}"}) as session:
        found = (await (await session.get(api)).json())["offerings"]
        return {
            one["id"]: (await (await session.get(f"{api}/{one['id']}/slots", params=period)).json())["slots"]
            for one in found
        }
