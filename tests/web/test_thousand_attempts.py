"""A thousand ways to be taken for Aino with what is not hers: none of them ends as her."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter

import pytest

from identity.tickets import Ticket
from tests.web.bound_house import FINGERPRINT, BoundHouse, Guest, bound_house
from web.keys import SIGNER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

OF_EACH = 334


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(tmp_path) as made:
        yield made


async def identified(house: BoundHouse) -> Guest:
    aino = house.customer(await house.books())
    await aino.comes_in()
    await aino.identifies()
    return aino


def fresh(house: BoundHouse, hers: Ticket) -> str:
    """Issue what `POST …/ticket` would give to her cookie; that call is limited to fewer a minute."""
    token, _ = house.face.app[SIGNER].issue(
        appointment_id=hers.appointment_id,
        participant_id=hers.participant_id,
        role=hers.role,
        name=hers.name,
        assurance=hers.assurance,
        provider=hers.provider,
        method=hers.method,
        identified_at=hers.identified_at,
        identified_for=hers.identified_for,
        fingerprint=bytes.fromhex(FINGERPRINT),
        now=house.face.now,
    )
    return token


def another_certificate() -> str:
    return ":".join(secrets.token_hex(1).upper() for _ in range(32))


async def test_media_of_another_certificate_are_never_taken_for_aino(house: BoundHouse) -> None:
    aino = await identified(house)
    ilmari = await house.meets((aino.appointment, ""), aino)
    hers = house.claims(await aino.ticket())
    ilmaris_id = str(house.claims(await ilmari.ticket()).participant_id)
    await aino.line.socket.close()
    taken_for_aino, slowest = 0, 0.0

    for attempt in range(OF_EACH):  # with her cookie and a fresh ticket, and without her browser's key
        await aino.says_hello(fresh(house, hers), visit=f"stolen {attempt}")
        await aino.line.hears_until("peer")
        head = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
        offer = {"type": "offer", "sdp": f"{head}a=fingerprint:sha-256 {another_certificate()}\r\n"}
        began = perf_counter()
        await aino.line.says("description", to=ilmaris_id, description=offer)
        told = await ilmari.line.hears_until("proof")
        slowest = max(slowest, perf_counter() - began)
        taken_for_aino += told["proof"]["lost"] != "description"
        await aino.line.socket.close()

    print(f"{OF_EACH} other certificates: {taken_for_aino} taken for Aino, slowest {slowest * 1000:.0f} ms")
    assert taken_for_aino == 0
    assert slowest < 1
    lost = [kind for kind in await house.face.kinds(aino.appointment.id) if kind == "identification_lost"]
    assert len(lost) == OF_EACH


async def test_replayed_callbacks_let_nobody_in(house: BoundHouse) -> None:
    booked = await house.books()
    aino, louhi = house.customer(booked), house.customer(booked)
    await louhi.comes_in()
    await aino.comes_in()
    callback = await aino.is_sent_back(await aino.goes_to_the_bank())
    assert (await aino.browser.opens(callback)).status == 200
    await louhi.goes_to_the_bank()  # so that she has a cookie of an attempt of her own

    replayed = [(await louhi.browser.opens(callback)).status for _ in range(OF_EACH)]
    status, _ = await louhi.asks_for_ticket()

    print(f"{OF_EACH} replayed callbacks: {sum(one < 400 for one in replayed)} let in")
    assert set(replayed) == {409}
    assert status == 403


async def test_used_tickets_of_another_open_no_line(house: BoundHouse) -> None:
    aino = await identified(house)
    used = await aino.ticket()
    await aino.says_hello(used)
    await aino.line.hears_until("waiting")
    louhi = house.customer((aino.appointment, aino.home.removeprefix("/a/")))

    reasons = []
    for _ in range(OF_EACH):
        await louhi.says_hello(used)
        reasons.append((await louhi.line.hears_until("bye"))["reason"])
        await louhi.line.socket.close()

    print(f"{OF_EACH} tickets of another: {sum(one != 'ticket' for one in reasons)} let in")
    assert set(reasons) == {"ticket"}
