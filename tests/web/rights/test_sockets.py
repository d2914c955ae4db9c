"""Sockets by who asks and by what they name: before the upgrade, in the first frame, and in a meeting."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiohttp import WSServerHandshakeError

from bench.client.guest import hello
from booking.appointment import Appointment
from server.demo_data import AINIKKI, LOUHI
from signalling.documents.share import Paper, hand_in
from signalling.participant import Role
from tests.contracts.databases import DATABASES, migrated
from tests.web.house import NOW
from tests.web.meeting_house import Browser, MeetingHouse, meeting_house
from tests.web.rights.askers import Asker
from tests.web.rights.house import RightsHouse, cookies, rights_house
from tests.web.rights.relation import is_let_in
from web.rights import needs_of

NOBODYS = UUID(int=7, version=4)
LIVE = "/ws/desk"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[MeetingHouse]:
    async with meeting_house(tmp_path) as made:
        yield made


@pytest.fixture(params=DATABASES)
async def desks(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RightsHouse]:
    async with migrated(request.param, request, tmp_path) as url, rights_house(tmp_path, url) as made:
        yield made


async def test_the_desks_socket_opens_for_those_alone_who_may_see_the_desk(desks: RightsHouse) -> None:
    told = {asker for asker in Asker if await _opens(desks, asker)}

    assert told == {asker for asker in Asker if is_let_in(asker, needs_of("GET", LIVE))}


async def _opens(desks: RightsHouse, asker: Asker) -> bool:
    """Tell whether there is a socket; if there is none, the answer came before the upgrade."""
    headers = {"Cookie": cookies(asker), "Origin": desks.origin}
    try:
        async with desks.client.ws_connect(f"{desks.origin}{LIVE}", headers=headers):
            return True
    except WSServerHandshakeError:
        return False


@pytest.mark.parametrize("who", [Role.CUSTOMER, Role.ADVISER])
async def test_a_ticket_opens_no_other_meeting_and_tells_not_whether_there_is_one(
    house: MeetingHouse, who: Role
) -> None:
    own, teams, others = await house.books(), await house.books(by=AINIKKI), await house.books(by=LOUHI)
    told = []

    for named in (teams[0].id, others[0].id, NOBODYS):
        browser = await (house.customer(own) if who is Role.CUSTOMER else house.adviser(own))
        told.append(await _refusal(browser, named, await browser.ticket()))

    assert told == [({"type": "bye", "reason": "ticket"}, told[0][1])] * 3
    assert [await house.facts(one) for one in (teams, others)] == [[], []]


async def test_without_a_ticket_every_meeting_looks_like_none(house: MeetingHouse) -> None:
    own, others = await house.books(), await house.books(by=LOUHI)
    browser = await house.customer(own)

    told = [await _refusal(browser, named, "no.ticket.atall") for named in (own[0].id, others[0].id, NOBODYS)]

    assert told == [({"type": "bye", "reason": "ticket"}, told[0][1])] * 3


async def _refusal(browser: Browser, named: UUID, ticket: str) -> tuple[dict[str, object], int | None]:
    browser.socket_path = f"/ws/meetings/{named}"
    await browser.connects(*hello(ticket, "page"))
    return await browser.hears(), await browser.is_closed_with()


async def test_a_document_of_another_meeting_is_laid_like_one_that_there_is_not(house: MeetingHouse) -> None:
    own, teams, others = await house.books(), await house.books(by=AINIKKI), await house.books(by=LOUHI)
    papers = [await _paper(house, one) for one in (own, teams, others)]
    aino, ilmari = await house.meets(own)

    told = []
    for browser in (aino, ilmari):
        for named in (*papers[1:], NOBODYS):
            await browser.says("document", document=str(named))
            told.append(await browser.hears_until("error"))

    await ilmari.says("document", document=str(papers[0]))
    assert (await ilmari.hears_until("document"))["document"] == str(papers[0])  # it could have been laid
    assert [told[0]] * 3 + [told[3]] * 3 == told


@pytest.mark.parametrize(
    ("message", "more"),
    [
        ("admit", {}),
        ("refuse", {"reason": "not_now"}),
        ("unbound", {"reason": "certificate"}),
        ("ask_proof", {"assurance": "substantial"}),
    ],
)
async def test_a_participant_of_another_meeting_is_like_one_that_there_is_not(
    house: MeetingHouse, message: str, more: dict[str, object]
) -> None:
    own, others = await house.books(), await house.books(by=LOUHI)
    aino, louhi = await house.customer(others), await house.adviser(others, LOUHI)
    await louhi.comes()
    await aino.comes()
    theirs = (await louhi.hears_until("knock"))["participant"]["id"]
    ilmari = await house.adviser(own)
    await ilmari.comes()
    await ilmari.hears_until("admitted")

    told = []
    for named in (theirs, str(uuid4())):
        await ilmari.says(message, participant=named, **more)
        told.append(await ilmari.hears_until("error"))

    assert told == [{"type": "error", "error": "participant-unknown", "field": None}] * 2


async def _paper(house: MeetingHouse, booked: tuple[Appointment, str]) -> UUID:
    paper = uuid4()
    async with house.units.write() as unit:
        await hand_in(
            unit,
            Paper(
                id=paper,
                appointment_id=booked[0].id,
                by=Role.ADVISER,
                name="a.pdf",
                pages=1,
                size_bytes=9,
            ),
            now=NOW,
        )
    return paper
