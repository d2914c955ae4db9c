"""Who lost their link gets it by letter; nobody learns from the page whether there is an appointment."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from booking.letter import Channel, LetterKind
from server.workers.lost_links import LostLinks
from tests.web.face_house import FaceHouse, face_house
from tests.web.sign_in_house import Browser

PASSING = {"Date", "X-Request-ID"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@contextmanager
def statements(house: FaceHouse) -> Iterator[list[str]]:
    """Keep the statements that the database is asked meanwhile: the work that an answer costs."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engines = {id(one): one for one in (house.engines.writing, house.engines.reading)}.values()
    for engine in engines:
        event.listen(engine.sync_engine, "before_cursor_execute", listen)
    yield said
    for engine in engines:
        event.remove(engine.sync_engine, "before_cursor_execute", listen)


async def asks(browser: Browser, csrf: str, email: str) -> tuple[int, dict[str, str], bytes]:
    """Ask, and return all that the asker learns."""
    address = f"{browser.origin}/lost-link"
    form, headers = {"csrf": csrf, "email": email}, {"Origin": browser.origin, "Accept-Language": "en"}
    async with browser.client.post(address, data=form, headers=headers, allow_redirects=False) as answer:
        told = {name: value for name, value in answer.headers.items() if name not in PASSING}
        return answer.status, told, await answer.read()


async def csrf_of(browser: Browser) -> str:
    return (await browser.opens("/lost-link")).forms()[0]["csrf"]


async def test_front_page_leads_there(house: FaceHouse) -> None:
    assert 'href="/lost-link"' in (await house.browser().opens("/")).text


async def test_aino_asks_and_a_letter_with_her_link_is_due(house: FaceHouse) -> None:
    appointment, _ = await house.books()
    aino = house.browser()

    page = await aino.sends(await aino.opens("/lost-link"), "/lost-link", email="Aino@Example.com")
    await LostLinks(house.units, lambda: house.now).step()

    assert "Look into your e-mail" in page.text
    async with house.units.write() as unit:
        due = [one.letter for one in await unit.outbox.claim(Channel.MAIL, house.now, "test", 10)]
    assert LetterKind.LOST_LINK in {one.kind for one in due if one.appointment_id == appointment.id}


async def test_an_address_that_is_known_and_one_that_is_not_are_answered_alike(house: FaceHouse) -> None:
    await house.books()
    browser = house.browser()
    csrf = await csrf_of(browser)
    await asks(browser, csrf, "warm@example.com")

    with statements(house) as for_known:
        known = await asks(browser, csrf, "aino@example.com")
    with statements(house) as for_unknown:
        unknown = await asks(browser, csrf, "nobody@example.com")

    assert known == unknown
    assert known[0] == 303
    assert for_known == for_unknown
    assert [one for one in for_known if one.startswith("INSERT INTO link_requests")]
    assert not [one for one in for_known if "appointments" in one]


async def test_who_has_asked_too_often_is_answered_like_everybody(house: FaceHouse) -> None:
    await house.books()
    browser = house.browser()
    csrf = await csrf_of(browser)

    told = []
    for _ in range(5):
        told.append(await asks(browser, csrf, "aino@example.com"))
        await LostLinks(house.units, lambda: house.now).step()

    assert told == [told[0]] * 5


async def test_what_is_no_address_is_said_beside_the_field(house: FaceHouse) -> None:
    browser = house.browser()

    page = await browser.sends(await browser.opens("/lost-link"), "/lost-link", email="aino at home")

    assert page.status == 422
    assert 'id="error-email">Check the e-mail address.' in page.text


async def test_a_flood_from_one_network_is_stopped_whatever_it_asks(house: FaceHouse) -> None:
    browser = house.browser()
    csrf = await csrf_of(browser)

    statuses = [(await asks(browser, csrf, f"n{number}@example.com"))[0] for number in range(31)]

    assert statuses == [303] * 30 + [429]
