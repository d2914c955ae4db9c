"""The demo's past has letters: some failed, one is in doubt, and the histories tell the same."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from booking.fact import FactKind
from booking.letter import REMINDERS, Channel
from booking.letter_figures import LetterFigures
from server.database.appointments_table import appointments
from server.database.engine import Engines, open_engines
from server.database.outbox_table import Delivery, outbox
from server.database.units import SqlUnits
from server.demo_history import load_history
from server.sealing import Sealer
from tests.web.demo_database import demo_database

SECRET = b"only for tests, 32 bytes or more"
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Past:
    """The demo with its past, and how to look into its tables."""

    units: SqlUnits
    engines: Engines

    async def rows(self) -> Sequence[Row[Any]]:
        """Return the letters, each with where its appointment stands."""
        joined = select(outbox, appointments.c.status, appointments.c.starts_at).join(appointments)
        async with self.engines.reading.connect() as connection:
            return (await connection.execute(joined.order_by(outbox.c.id))).all()


@pytest.fixture
async def past(tmp_path: Path) -> AsyncIterator[Past]:
    past = await loaded(tmp_path / "kohtaamo.sqlite3")
    yield past
    await past.units.close()


async def loaded(file: Path) -> Past:
    file.write_bytes(await asyncio.to_thread(demo_database, SECRET))  # noqa: ASYNC240 (a test's own file)
    engines = open_engines(f"sqlite+aiosqlite:///{file}")
    units = SqlUnits(engines, Sealer(SECRET))
    async with units.write() as unit:
        await load_history(unit, now=NOW)
    return Past(units, engines)


async def test_two_weeks_of_letters_show_everything_that_can_become_of_one(past: Past) -> None:
    async with past.units.read() as unit:
        [all_of_them] = await unit.letters.figures([NOW - 14 * DAY, NOW])
        [texts] = await unit.letters.figures([NOW - 14 * DAY, NOW], channel=Channel.SMS)

    assert all_of_them.planned == all_of_them.sent + all_of_them.failed + all_of_them.in_doubt > 100
    assert min(all_of_them.failed, all_of_them.answered, all_of_them.in_doubt) > 0
    assert all_of_them.failed < all_of_them.sent / 8
    assert 0 < texts.delivered == all_of_them.delivered <= texts.sent


async def test_every_working_day_has_some(past: Past) -> None:
    bounds = [NOW - number * DAY for number in range(14, -1, -1)]
    async with past.units.read() as unit:
        found = await unit.letters.figures(bounds)

    working = [figures for start, figures in zip(bounds, found, strict=False) if start.weekday() < 5]
    assert len(working) == 10
    assert LetterFigures() not in working


async def test_the_histories_tell_what_the_letters_tell(past: Past) -> None:
    async with past.units.read() as unit:
        counts = await unit.outbox.counts()
        letters = {row.appointment_id for row in await past.rows()}
        histories = await unit.facts.of_many(letters)
    told = Counter(fact.kind for facts in histories.values() for fact in facts)

    assert told[FactKind.NOT_REMINDED] == counts[Delivery.FAILED]
    assert told[FactKind.REMINDED] > 100
    assert all(facts == sorted(facts, key=lambda fact: fact.at) for facts in map(list, histories.values()))


async def test_no_letter_is_older_than_its_booking_and_no_reminder_younger_than_a_cancellation(
    past: Past,
) -> None:
    whose = {row.appointment_id for row in await past.rows()}
    async with past.units.read() as unit:
        histories = await unit.facts.of_many(whose)

    for row in await past.rows():
        facts = histories[row.appointment_id]
        cancelled = [one.at for one in facts if one.kind is FactKind.CANCELLED]
        assert row.put_at >= facts[0].at
        assert not (row.kind in REMINDERS and cancelled and row.put_at > cancelled[0])


async def test_the_letter_in_doubt_waits_for_a_person_and_can_be_sent_again(past: Past) -> None:
    async with past.units.read() as unit:
        [found] = await unit.letters.in_doubt(channel=None, limit=9)

    async with past.units.write() as unit:
        is_sent_again = await unit.letters.send_again(found.id, NOW)
        token = await unit.links.token(found.appointment_id)

    assert (found.is_open, is_sent_again, len(token)) == (True, True, 22)


async def test_the_past_is_the_same_each_time(past: Past, tmp_path: Path) -> None:
    again = await loaded(tmp_path / "again.sqlite3")

    assert await past.rows() == await again.rows()
    await again.units.close()
