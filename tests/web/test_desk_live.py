"""Whose desk hears that something changed, and that it hears no more."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import ClientWebSocketResponse, WSServerHandshakeError

from booking.cancel import cancel
from booking.confirm import confirm
from booking.fact import Actor, Fact, FactKind
from booking.reassign import reassign
from booking.waiting_room import WaitingCustomer
from server.demo_data import AINIKKI, ILMARI, LOUHI, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from web import keys
from web.incoming import taken_in
from web.ports import Unit

TUESDAY = SOON + timedelta(days=1)
CHANGED = {"type": "changed"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def listens(house: FaceHouse, login: str) -> ClientWebSocketResponse:
    browser = house.browser()
    await browser.sends(await browser.opens("/sign-in"), "/sign-in", login=login, password=login)
    return await browser.client.ws_connect(f"{house.origin}/ws/desk")


async def hears(socket: ClientWebSocketResponse) -> object:
    try:
        return await socket.receive_json(timeout=10)
    except TimeoutError:
        pytest.fail("nothing was heard")


async def cancels(house: FaceHouse, appointment_id: UUID) -> None:
    await house.units.do(lambda unit: cancel(unit, appointment_id, by=Actor.CUSTOMER, now=house.now))


async def test_an_adviser_hears_of_a_booking_and_of_its_end(house: FaceHouse) -> None:
    ilmari = await listens(house, "ilmari")

    appointment, _ = await house.books()
    booked = await hears(ilmari)
    await cancels(house, appointment.id)
    cancelled = await hears(ilmari)

    assert (booked, cancelled) == (CHANGED, CHANGED)


async def test_all_who_may_take_a_customer_hear_of_their_coming(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ainikki = await listens(house, "ainikki")
    comes = WaitingCustomer(appointment_id=appointment.id, came_at=house.now, beat_at=house.now)

    await house.units.do(lambda unit: unit.waiting.keep(comes))

    assert await hears(ainikki) == CHANGED


async def test_what_a_customer_does_is_heard_though_the_appointment_stays_as_it_is(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari = await listens(house, "ilmari")

    async def comes(unit: Unit) -> None:
        fact = Fact(appointment_id=appointment.id, at=house.now, kind=FactKind.DOOR_OPENED, by=Actor.CUSTOMER)
        await unit.facts.append(fact)

    await house.units.do(comes)

    assert await hears(ilmari) == CHANGED


@pytest.mark.parametrize("text", ["I am late", "OK", "STOP", "START"])
async def test_an_adviser_hears_of_what_a_customer_writes(house: FaceHouse, text: str) -> None:
    number = "+358401234567"
    await house.books(phone=number)
    ilmari = await listens(house, "ilmari")

    async def writes(unit: Unit) -> None:
        await taken_in(unit, key="1", sender=number, text=text, now=house.now)

    await house.units.do(writes)

    assert await hears(ilmari) == CHANGED


async def test_both_hear_of_an_appointment_that_goes_from_one_to_the_other(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    ilmari, ainikki = await listens(house, "ilmari"), await listens(house, "ainikki")

    await house.units.do(
        lambda unit: reassign(unit, appointment.id, AINIKKI, by=Actor.ADVISER, now=house.now)
    )

    assert [await hears(each) for each in (ilmari, ainikki)] == [CHANGED, CHANGED]


async def test_an_admin_hears_of_the_whole_team(house: FaceHouse) -> None:
    admin = await listens(house, "admin")

    await house.books()

    assert await hears(admin) == CHANGED


async def test_nobody_is_woken_by_another_teams_day(house: FaceHouse) -> None:
    with house.app[keys.DESK_NEWS].listening([ILMARI, AINIKKI]) as news:
        await house.books("Kullervo", offering_id=NURSE, adviser_id=LOUHI, start=TUESDAY)
        of_louhis = news.is_set()
        await house.books("Kullervo")

        assert (of_louhis, news.is_set()) == (False, True)


async def test_nobody_is_woken_by_what_was_not_kept(house: FaceHouse) -> None:
    appointment, _ = await house.books()

    async def fails(unit: Unit) -> None:
        await confirm(unit, appointment.id, by=Actor.CUSTOMER, now=house.now)
        raise ZeroDivisionError

    with house.app[keys.DESK_NEWS].listening([ILMARI]) as news:
        with pytest.raises(ZeroDivisionError):
            await house.units.do(fails)
        of_nothing = news.is_set()
        await cancels(house, appointment.id)

        assert (of_nothing, news.is_set()) == (False, True)


async def test_who_talks_to_the_desks_socket_is_hung_up_on(house: FaceHouse) -> None:
    ilmari = await listens(house, "ilmari")

    await ilmari.send_json({"type": "hello"})

    assert (await ilmari.receive(timeout=10)).data == 1000


async def test_a_stranger_and_a_foreign_page_get_no_socket(house: FaceHouse) -> None:
    stranger, ilmari = house.browser(), await house.staff("ilmari")
    address = f"{house.origin}/ws/desk"

    with pytest.raises(WSServerHandshakeError):
        await stranger.client.ws_connect(address)
    with pytest.raises(WSServerHandshakeError) as foreign:
        await ilmari.client.ws_connect(address, headers={"Origin": "https://paha.example"})

    assert foreign.value.status == 403
