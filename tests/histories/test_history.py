"""Whatever a crowd does at once through the API, its history is one that could have happened one by one.

`make slow` prints a line for each database: `20000 attempts by 64 clients on sqlite: … booked, … moved, …,
0 overlaps, 0 answers ≥ 500, history clean`.
"""

from pathlib import Path

import pytest

from tests.histories.faulty import FAULTS
from tests.histories.story import story

FEW, A_FEW_CLIENTS = 300, 16
MANY, CLIENTS = 20_000, 64
SAYS = {
    "no_cells": "at once",
    "no_fact_of_moves": "time and status",
    "old_reminders_stay": "reminders",
    "letters_twice": "letters",
    "moves_are_lost": "no order explains",
}


async def test_a_small_crowd_leaves_a_clean_history(tmp_path: Path, database: tuple[str, str]) -> None:
    told = await story(tmp_path, database[1], attempts=FEW, clients=A_FEW_CLIENTS)

    assert (told.findings, told.server_faults) == ([], [])
    assert {call.kind for call in told.log if call.is_ok} >= {"book", "hold", "move", "cancel", "restore"}


@pytest.mark.parametrize(
    "fault", [name if name == "no_cells" else pytest.param(name, marks=pytest.mark.slow) for name in FAULTS]
)
async def test_checker_finds_a_fault_that_is_put_in(tmp_path: Path, fault: str) -> None:
    program = f"tests.histories.faulty {fault}"

    told = await story(tmp_path, "", attempts=FEW, clients=A_FEW_CLIENTS, program=program)

    assert any(SAYS[fault] in one for one in told.findings), told.findings[:9]


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_a_large_crowd_leaves_a_clean_history(tmp_path: Path, database: tuple[str, str]) -> None:
    told = await story(tmp_path, database[1], attempts=MANY, clients=CLIENTS)

    print(told.line(CLIENTS, database[0]))
    assert (told.findings[:20], told.server_faults) == ([], [])
