"""Thousands of mutated bodies over every POST route: no fault, no traceback, and a refusal changes nothing.

`make slow` prints `20000 mutated bodies over … POST routes: 0 × ≥ 500, 0 tracebacks, 0 refusals that changed
anything`.
"""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from structlog.testing import capture_logs

from tests.contracts.databases import migrated
from tests.web.rights.askers import Asker
from tests.web.rights.house import RightsHouse, rights_house
from tests.web.rights.mutants import mutant
from tests.web.rights.row import Row
from tests.web.rights.table import TABLE

FEW, MANY = 3, 20_000
POSTS = {address: row for (method, address), row in TABLE.items() if method == "POST"}
# Those who may do most, so that bodies are read and not only askers refused.
ORDER = (Asker.ADMIN, Asker.ILMARI, Asker.LOUHI, Asker.AINO_KNOWN, Asker.KEY_ALL, Asker.NOBODY)
COUNTED = frozenset({"/sign-in", "/sign-in/code", "/sign-in/enrol", "/desk/access/app", "/desk/password"})
"""A wrong password or code is counted, which is what a refusal is meant to change."""


@pytest.fixture
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RightsHouse]:
    async with migrated("sqlite", request, tmp_path) as url, rights_house(tmp_path, url) as made:
        yield made


async def test_a_few_mutants_of_each_body_are_no_fault(house: RightsHouse, tmp_path: Path) -> None:
    assert await found_wrong(house, tmp_path, FEW * len(POSTS)) == Counter()


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_thousands_of_mutants_are_no_fault(house: RightsHouse, tmp_path: Path) -> None:
    wrong = await found_wrong(house, tmp_path, MANY)

    faults, changed = (sum(n for one, n in wrong.items() if word in one) for word in ("answered", "changed"))
    print(
        f"{MANY} mutated bodies over {len(POSTS)} POST routes: {faults} × ≥ 500, "
        f"{wrong['traceback']} tracebacks, {changed} refusals that changed anything"
    )
    assert wrong == Counter()


async def found_wrong(house: RightsHouse, folder: Path, times: int) -> Counter[str]:
    """Send so many mutants, spread over all routes; count what should not be."""
    wrong: Counter[str] = Counter()
    dice, addresses = Random(2026), list(POSTS)
    watch = sqlite3.connect(folder / "k.sqlite3")
    with capture_logs() as told:
        for number in range(times):
            address = addresses[number % len(addresses)]
            before = _version(watch)
            status = await _send(house, address, POSTS[address], dice)
            is_changed = _version(watch) != before
            if status >= 500 and status not in POSTS[address].expected.values():
                wrong[f"POST {address} answered {status}"] += 1
            if is_changed and status >= 400 and address not in COUNTED:
                wrong[f"POST {address} changed something and answered {status}"] += 1
            if is_changed:
                await house.replant()
    watch.close()
    wrong["traceback"] = sum(
        "exc_info" in line or line.get("log_level") in ("error", "critical") for line in told
    )
    return +wrong


async def _send(house: RightsHouse, address: str, row: Row, dice: Random) -> int:
    asker = next((one for one in ORDER if row.expected[one] < 400), Asker.NOBODY)
    sent = mutant(row.sort, house.filled_in(row.sends or {}), dice)
    return (await house.is_sent(asker, address, row.sort, row.paper, sent)).status


def _version(watch: sqlite3.Connection) -> int:
    """Return a number that changes with every change that another connection commits."""
    found: int = watch.execute("PRAGMA data_version").fetchone()[0]
    return found
