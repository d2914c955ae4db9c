"""A letter that a real mail server returns is given up, and the appointment's history says so."""

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from booking.fact import Fact, FactKind
from booking.letter import Channel
from booking.reserve import Wish, reserve
from booking.undelivered import last_not_reminded
from server.channels import return_address
from server.database.outbox_table import Delivery
from server.database.units import SqlUnits
from server.notify.channel import ChannelContext
from server.notify.smtp import create
from server.settings import CHECKOUT, Mode, Settings
from server.workers.deliveries import Deliveries
from tests.contracts.world import AINO, NOW, TEN, World
from tests.instances.exim import Exim
from tests.server.notify.ainos import SITE

SECRET = "only for tests: 32 bytes or more."
BOUNCE_TO = "bounces@kohtaamo.test"


@dataclass(frozen=True, slots=True)
class Ended:
    """How the command ended, and what it said."""

    status: int
    said: str


@dataclass(frozen=True, slots=True)
class Bank:
    """An installation that sends by a mail server and reads what comes back."""

    world: World
    units: SqlUnits
    database_url: str
    folder: Path
    exim: Exim

    @property
    def settings(self) -> Settings:
        return Settings(mode=Mode.DEMO, secret=SECRET, bounce_to=BOUNCE_TO)

    async def writes_to(self, address: str) -> UUID:
        """Book for a customer, and send the letter that tells of it; return the appointment's id."""
        wish = Wish(
            offering_id=self.world.talk,
            start=TEN,
            customer=replace(AINO, email=address),
            adviser_id=self.world.ilmari,
        )
        async with self.units.write() as unit:
            appointment = (await reserve(unit, wish, now=NOW)).appointment
        with self._deliveries() as deliveries:
            await deliveries.step()
        assert await self.states() == {Delivery.SENT: 1}
        return appointment.id

    @contextmanager
    def _deliveries(self) -> Iterator[Deliveries]:
        context = ChannelContext(
            smtp_url=self.exim.here,
            sender="no-reply@kohtaamo.test",
            sender_name="Bank",
            returns=return_address(self.settings),
        )
        sender = create(context)
        assert sender is not None
        yield Deliveries(self.units, lambda: NOW, sender, site=SITE, worker="test")
        sender.close()

    async def states(self) -> dict[str, int]:
        async with self.units.read() as unit:
            return dict(await unit.outbox.counts())

    async def history(self, appointment_id: UUID) -> Sequence[Fact]:
        async with self.units.read() as unit:
            return await unit.facts.of(appointment_id)

    async def bounce(self, mail: bytes, *words: str, **environment: str) -> Ended:
        """Run `kohtaamo bounce` on a mail, as the pipe of a mail server does."""
        ours = {
            "PYTHONPATH": str(CHECKOUT),
            "KOHTAAMO_MODE": "production",
            "KOHTAAMO_PUBLIC_URL": "https://meet.kohtaamo.test",
            "KOHTAAMO_PHONE": "09 123 456",
            "KOHTAAMO_SECRET": SECRET,
            "KOHTAAMO_DATA": str(self.folder),
            "KOHTAAMO_DATABASE_URL": self.database_url,
            "KOHTAAMO_BOUNCE_TO": BOUNCE_TO,
        }
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "server.cli", "bounce", *words),
            env={**os.environ, **ours, **environment},
            cwd=self.folder,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )
        said, complained = await process.communicate(mail)
        assert process.returncode is not None
        return Ended(process.returncode, (said + complained).decode())


@pytest.fixture
async def bank(world: World, sql_units: SqlUnits, database_url: str, tmp_path: Path, exim: Exim) -> Bank:
    """An installation with nothing booked."""
    return Bank(world, sql_units, database_url, tmp_path, exim)


async def test_letter_that_comes_back_is_written_into_the_history_once(bank: Bank) -> None:
    appointment_id = await bank.writes_to("closed@customers.test")
    [mail] = await bank.exim.until_piped()

    ended = [await bank.bounce(mail) for _ in range(2)]

    assert ended == [Ended(0, "")] * 2
    assert await bank.states() == {Delivery.FAILED: 1}
    history = await bank.history(appointment_id)
    assert [fact.kind for fact in history].count(FactKind.NOT_REMINDED) == 1
    missed = last_not_reminded(history)
    assert missed is not None
    assert missed.detail == {"letter": "booked", "channel": Channel.MAIL, "why": "came_back"}


async def test_answer_from_somebody_who_is_away_changes_nothing_and_is_not_answered(bank: Bank) -> None:
    appointment_id = await bank.writes_to("away@customers.test")
    [mail] = await bank.exim.until_piped()
    before = bank.exim.log()

    ended = await bank.bounce(mail)

    assert b"auto-replied" in mail
    assert ended == Ended(0, "")
    assert await bank.states() == {Delivery.SENT: 1}
    assert last_not_reminded(await bank.history(appointment_id)) is None
    assert "<= " not in bank.exim.log().removeprefix(before)


async def test_bounce_for_another_installation_changes_nothing(bank: Bank) -> None:
    await bank.writes_to("closed@customers.test")
    [mail] = await bank.exim.until_piped()

    ended = await bank.bounce(mail, KOHTAAMO_SECRET="of another installation, as long as ours is.")

    assert ended == Ended(0, "")
    assert await bank.states() == {Delivery.SENT: 1}


async def test_mail_server_is_asked_to_come_again_when_the_database_is_away(bank: Bank) -> None:
    ended = await bank.bounce(b"", KOHTAAMO_DATABASE_URL=f"sqlite:///{bank.folder}/none/kohtaamo.sqlite3")

    assert ended.status == os.EX_TEMPFAIL
    assert ended.said.startswith("kohtaamo: the database")


async def test_command_without_a_mailbox_for_bounces_says_what_to_set(bank: Bank) -> None:
    ended = await bank.bounce(b"", KOHTAAMO_BOUNCE_TO="")

    assert ended == Ended(
        os.EX_TEMPFAIL,
        "kohtaamo: KOHTAAMO_BOUNCE_TO is not set: no letter names itself when it comes back.\n",
    )
