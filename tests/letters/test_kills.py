"""A worker that is killed at any step loses no letter, and doubles at most the one that it was sending.

`make slow` prints a line for each database: `1,000 reminders, 20 kills on …`.
"""

import asyncio
from asyncio.subprocess import Process
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from booking.cancel import cancel
from booking.fact import Actor
from server.database.outbox_table import Delivery
from server.database.senders import LEASE
from tests.letters.recorder import Recorder, recorder
from tests.letters.town import NOON, Town, ended, town

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

LETTERS, KILLS = 1000, 20
IN_FLIGHT = timedelta(seconds=1)
"""A letter that was on the wire when the cancellation was acknowledged."""


class Killer:
    """Kills the worker at the n-th copy: before the mail server has the letter, or before it says so."""

    def __init__(self, mail: Recorder, chance: Random) -> None:
        self._mail = mail
        self._chance = chance
        self.struck = asyncio.Event()

    def await_the(self, worker: Process) -> None:
        """Be ready for this worker, a few letters from now."""
        self.struck.clear()
        at = len(self._mail.copies) + self._chance.randint(3, LETTERS // KILLS)
        step = self._chance.choice(("begun", "taken"))

        def strike(number: int, now: str) -> None:
            if number >= at and now == step and not self.struck.is_set():
                worker.kill()
                self.struck.set()

        self._mail.strike = strike


async def cancel_some(house: Town, ids: list[UUID], chance: Random) -> dict[str, datetime]:
    """Cancel two appointments, and say when that was acknowledged, by the address of the customer."""
    told: dict[str, datetime] = {}
    for _ in range(2):
        appointment_id = ids.pop(chance.randrange(len(ids)))
        now = house.now()
        async with house.units.read() as unit:
            appointment = await unit.appointments.get(appointment_id)

        async with house.units.write() as unit:
            await cancel(unit, appointment_id, by=Actor.CUSTOMER, now=now)
        told[appointment.customer.email] = datetime.now(UTC)
    return told


async def drained(house: Town) -> None:
    """Work in peace until nothing waits, turning the clock where letters are in doubt."""
    worker = await house.start_work()
    try:
        async with asyncio.timeout(300):
            while (await open_letters(house)) > 0:
                house.turn_clock(timedelta(seconds=30))
                await asyncio.sleep(0.5)  # the worker's pace is what is waited for
    finally:
        await ended(worker)


async def open_letters(house: Town) -> int:
    states = await house.states()
    return sum(states.get(one, 0) for one in (Delivery.WAITING, Delivery.CLAIMED, Delivery.IN_DOUBT))


async def test_a_thousand_reminders_survive_twenty_kills(database_url: str, tmp_path: Path) -> None:
    chance, cancelled = Random(4), dict[str, datetime]()
    async with (
        recorder() as mail,
        town(tmp_path, database_url, KOHTAAMO_SMTP_URL=mail.url, KOHTAAMO_MAIL_A_MINUTE="60000") as house,
    ):
        due_at = NOON + timedelta(minutes=1)
        ids = list(await house.remind(LETTERS, due_at=due_at))
        house.turn_clock_to(due_at)
        killer = Killer(mail, chance)
        for _ in range(KILLS):
            worker = await house.start_work()
            killer.await_the(worker)
            try:
                cancelled |= await cancel_some(house, ids, chance)
                await asyncio.wait_for(killer.struck.wait(), timeout=120)
            finally:
                await ended(worker)
            house.turn_clock(LEASE)
        await drained(house)
        async with house.units.read() as unit:
            kept = len(await unit.demo_letters.all())

    reminders = [one for one in mail.copies if not one.is_cancellation]
    everybody = {f"c{number}@example.org" for number in range(LETTERS)}
    lost = everybody - {one.to for one in reminders} - set(cancelled)
    too_late = [one for one in reminders if one.at > cancelled.get(one.to, one.at) + IN_FLIGHT]
    copies = mail.by_key
    repeats = copies.total() - len(copies)
    kind = database_url.partition(":")[0]
    print(
        f"{LETTERS:,} reminders, {KILLS} kills on {kind}: {len(lost)} lost, at most "
        f"{max(copies.values())} copies, {repeats} repeats, {len(copies) - kept} to a gateway that honours "
        f"keys, {len(too_late)} after {len(cancelled)} acknowledged cancellations"
    )
    assert (lost, too_late) == (set(), [])
    assert max(copies.values()) <= 2
    assert repeats <= KILLS
    assert kept == len(copies)
