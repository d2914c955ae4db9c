"""Two workers on one house: each letter goes out once, and a copy more at most of what a killed one held."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.letters.recorder import Recorder, recorder
from tests.letters.town import NOON, Town, ended, town

pytestmark = pytest.mark.timeout(120)

LETTERS = 12


@pytest.mark.parametrize(("step", "repeats"), [("begun", 0), ("taken", 1)])
async def test_a_second_worker_takes_over_and_doubles_only_what_nobody_could_know(
    database_url: str, tmp_path: Path, step: str, repeats: int
) -> None:
    async with (
        recorder() as mail,
        town(tmp_path, database_url, KOHTAAMO_SMTP_URL=mail.url, KOHTAAMO_MAIL_A_MINUTE="600") as house,
    ):
        await house.remind(LETTERS, due_at=NOON)
        first = await house.start_work()
        await mail.until(2, within=60)
        second = await house.start_work()
        struck = asyncio.Event()

        def kill(number: int, now: str) -> None:
            if number >= LETTERS // 2 and now == step and not struck.is_set():
                first.kill()
                struck.set()

        mail.strike = kill
        try:
            await asyncio.wait_for(struck.wait(), timeout=60)
            sent_by_first = len(mail.copies)
            await until_all_came(house, mail, LETTERS + repeats)
            house.turn_clock(timedelta(hours=1))
            await settled(mail)
        finally:
            await ended(first)
            await ended(second)

    assert sent_by_first <= LETTERS // 2 + 1
    assert {one.to for one in mail.copies} == {f"c{number}@example.org" for number in range(LETTERS)}
    assert mail.by_key.total() - len(mail.by_key) == repeats
    assert len(mail.by_key) == LETTERS


async def until_all_came(house: Town, mail: Recorder, count: int) -> None:
    """Let minutes pass until so many copies have come: a lease runs out, and what was in doubt is tried."""
    async with asyncio.timeout(60):
        while len(mail.copies) < count:
            house.turn_clock(timedelta(minutes=1))
            with suppress(TimeoutError):
                await mail.until(len(mail.copies) + 1, within=1)


async def settled(mail: Recorder) -> None:
    """Wait until nothing has come for two seconds: then the worker has done what it can."""
    while True:
        before = len(mail.copies)
        try:
            await mail.until(before + 1, within=2)
        except TimeoutError:
            return
