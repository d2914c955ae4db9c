"""Returned letters are fetched from a real mailbox, in which nothing else changes."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from booking.letter import Channel
from booking.reserve import Wish, reserve
from server.bounces import fetch_bounces, watched
from server.channels import return_address
from server.database.outbox_table import Delivery
from server.database.units import SqlUnits
from server.house import open_house
from server.notify.bounce_box import BATCH, BounceBox, BoxAway
from server.notify.encryption import authorities
from server.settings import Mode, Settings
from server.workers.heartbeat import BOUNCES
from server.workers.returns import Returns
from tests.contracts.world import AINO, NOW, TEN, World
from tests.instances.dovecot import Mailbox
from tests.instances.exim import until
from tests.server.notify.test_returned import RETURNS, plain, report

FAILED = "Action: failed\nStatus: 5.1.1"


def bounce_box(url: str, ca: Path | str) -> BounceBox:
    return BounceBox(urlsplit(url), RETURNS.mailbox, authorities(str(ca)))


async def read(box: BounceBox) -> list[bytes]:
    """Read the mailbox, and return the mails that were handed over."""
    taken: list[bytes] = []
    await asyncio.to_thread(box.read, taken.append)
    return taken


async def sent_letter(world: World, units: SqlUnits) -> UUID:
    wish = Wish(offering_id=world.talk, start=TEN, customer=AINO, adviser_id=world.ilmari)
    async with units.write() as unit:
        await reserve(unit, wish, now=NOW)
        [letter] = await unit.outbox.claim(Channel.MAIL, NOW, "test", 1)
        await unit.outbox.mark_sent(letter.id, at=NOW)
    return letter.id


async def test_returned_letter_is_given_up_and_its_mail_marked_as_read(
    world: World, sql_units: SqlUnits, imap_box: Mailbox
) -> None:
    letter_id = await sent_letter(world, sql_units)
    imap_box.put(report(FAILED, to=RETURNS.of(letter_id)), "bounce")
    imap_box.put(plain("I am away.", sender="aino@example.com", to=RETURNS.of(letter_id)), "away")
    imap_box.put(plain("Hei!", sender="aino@example.com", to="bounces@example.org"), "person")
    box = bounce_box(imap_box.url(), imap_box.ca)

    await Returns(sql_units, lambda: NOW, box, RETURNS).step()

    async with sql_units.read() as unit:
        assert await unit.outbox.counts() == {Delivery.FAILED: 1}
    assert imap_box.marks() == {"bounce": "S", "away": "S", "person": ""}


async def test_installation_whose_settings_name_a_mailbox_fetches_by_itself(
    world: World, sql_units: SqlUnits, database_url: str, imap_box: Mailbox, tmp_path: Path
) -> None:
    settings = Settings(
        mode=Mode.DEMO,
        secret="only for tests: 32 bytes or more.",
        data=tmp_path,
        database_url=database_url,
        bounce_to=RETURNS.mailbox,
        bounce_imap_url=imap_box.url(),
        smtp_ca=str(imap_box.ca),
    )
    house, returns, stop = open_house(settings), return_address(settings), asyncio.Event()
    assert returns is not None
    letter_id = await sent_letter(world, sql_units)
    imap_box.put(report(FAILED, to=returns.of(letter_id)), "bounce")

    fetching = asyncio.create_task(fetch_bounces(house, stop))
    await until(lambda: [mark for mark in imap_box.marks().values() if mark == "S"], 1)
    stop.set()
    await fetching

    async with house.units.read() as unit:
        assert await unit.outbox.counts() == {Delivery.FAILED: 1}
        assert list(await unit.heartbeats.ages(now=house.clock())) == [BOUNCES]
    assert BOUNCES in watched(settings)
    await house.units.close()


async def test_mailbox_that_is_away_is_looked_at_again_a_minute_later(
    world: World, sql_units: SqlUnits, imap_box: Mailbox
) -> None:
    box = bounce_box(imap_box.url("another"), imap_box.ca)
    returns = Returns(sql_units, lambda: NOW, box, RETURNS)

    assert [await returns.step(), await returns.step()] == [False, False]


async def test_mail_that_could_not_be_taken_is_brought_again(imap_box: Mailbox) -> None:
    imap_box.put(report(FAILED), "bounce")
    box = bounce_box(imap_box.url(), imap_box.ca)

    def fail(_: bytes) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await asyncio.to_thread(box.read, fail)

    assert len(await read(box)) == 1
    assert await read(box) == []


async def test_many_mails_come_in_several_looks(imap_box: Mailbox) -> None:
    for number in range(BATCH + 1):
        imap_box.put(report(FAILED), f"bounce-{number}")
    box = bounce_box(imap_box.url(), imap_box.ca)

    assert [len(await read(box)) for _ in range(3)] == [BATCH, 1, 0]


async def test_mailbox_on_the_same_machine_is_read_without_encryption(imap_box: Mailbox) -> None:
    imap_box.put(report(FAILED), "bounce")

    assert len(await read(bounce_box(imap_box.clear, ""))) == 1


async def test_mailbox_says_why_it_cannot_be_read(imap_box: Mailbox) -> None:
    for url, ca, why in (
        (imap_box.url("another"), imap_box.ca, "login refused"),
        (imap_box.url(), "", "certificate not trusted: unable to get local issuer certificate"),
        (imap_box.clear.replace("127.0.0.1", "127.0.0.2"), "", "ConnectionRefusedError"),
    ):
        with pytest.raises(BoxAway) as away:
            await read(bounce_box(url, ca))
        assert str(away.value) == why
