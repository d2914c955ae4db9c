"""A guest looks on at the documents: the page that lies on the table while they sit there, and no other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from booking.guest_link import InvitedGuest
from server.demo_data import NURSE
from signalling.documents.document import Document
from signalling.documents.share import show, withdraw
from signalling.participant import Role
from tests.web.bound_house import BoundHouse, Guest, bound_house
from tests.web.face_house import SOON

OPEN = (200, "no-store")
SHUT = 404


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(tmp_path) as made:
        yield made


@dataclass
class Scene:
    """Aino and Ilmari at the table, where Maija, an interpreter, is invited."""

    house: BoundHouse
    aino: Guest
    ilmari: Guest
    maija: Guest
    maijas_id: str

    async def shows(self, lock: str = "none") -> Document:
        """Lay a paper of Ilmari's before everybody."""
        paper = await self.house.prepares(self.aino.appointment)
        await self.ilmari.line.says("document", document=str(paper.id), lock=lock)
        await self.aino.line.hears_until("document")
        return paper

    async def is_let_in(self) -> None:
        """Bring Maija to the table, with the customer's consent."""
        await self.aino.line.says("consent", guest=self.maijas_id, yes=True)
        await self.maija.says_hello()
        knock = await self.ilmari.line.hears_until("knock")
        await self.ilmari.line.says("admit", participant=knock["participant"]["id"])
        await self.maija.line.hears_until("admitted")

    async def sees(self, paper: Document) -> int:
        return (await self.maija.opens_page(paper))[0]


async def meets(house: BoundHouse) -> Scene:
    booked = await house.books(offering_id=NURSE)
    aino = house.customer(booked)
    await aino.comes_in()
    ilmari = await house.meets(booked, aino)
    await aino.line.hears_until("peer")
    await ilmari.line.says("invite", role="interpreter", name="Maija Mäkelä", reason="Sámi")
    link = await ilmari.line.hears_until("guest_link")
    token = link["link"].rpartition("/")[2]
    return Scene(house, aino, ilmari, house.guest(booked[0], token), link["id"])


async def test_a_guest_sees_the_page_once_let_in_and_no_more_once_sent_away(house: BoundHouse) -> None:
    scene = await meets(house)
    paper = await scene.shows()
    assert await scene.sees(paper) == SHUT

    await scene.is_let_in()
    assert await scene.maija.opens_page(paper) == OPEN
    await scene.aino.line.says("consent", guest=scene.maijas_id, yes=False)
    await scene.maija.line.hears_until("refused")

    assert await scene.sees(paper) == SHUT


async def test_who_has_consent_and_waits_at_the_door_sees_nothing(house: BoundHouse) -> None:
    scene = await meets(house)
    paper = await scene.shows()

    await scene.aino.line.says("consent", guest=scene.maijas_id, yes=True)
    await scene.maija.says_hello()
    await scene.maija.line.hears_until("waiting")

    assert await scene.sees(paper) == SHUT


async def test_only_what_lies_there_now_is_seen(house: BoundHouse) -> None:
    scene = await meets(house)
    await scene.is_let_in()
    first = await scene.shows()
    second = await scene.shows()

    assert (await scene.sees(first), await scene.sees(second)) == (SHUT, 200)
    await scene.ilmari.line.says("document", document=None)
    await scene.aino.line.hears_until("document")
    assert await scene.sees(second) == SHUT


async def test_what_is_taken_back_or_locked_is_not_seen(house: BoundHouse) -> None:
    scene = await meets(house)
    await scene.is_let_in()
    paper, appointment = await scene.shows(), scene.aino.appointment.id
    assert await scene.sees(paper) == 200

    async with house.face.units.write() as unit:
        await withdraw(unit, paper.id, Role.ADVISER, appointment_id=appointment)

    assert await scene.sees(paper) == SHUT
    assert await scene.sees(await scene.shows("low")) == SHUT


async def test_a_guest_of_one_meeting_sees_nothing_of_another(house: BoundHouse) -> None:
    other = (await house.books(name="Louhi Pohjola", offering_id=NURSE, start=SOON + timedelta(days=1)))[0]
    vellamo = InvitedGuest(id=uuid4(), appointment_id=other.id, role="expert", name="Vellamo Virta")
    scene, theirs = await meets(house), await house.prepares(other)
    async with house.face.units.write() as unit:
        token = await unit.guest_links.make(vellamo, at=house.face.now)
        await show(unit, theirs.id, Role.ADVISER, appointment_id=other.id, now=house.face.now)
    await scene.is_let_in()
    paper = await scene.shows()

    assert (await scene.sees(paper), await scene.sees(theirs)) == (200, SHUT)
    assert (await house.guest(other, token).opens_page(paper))[0] == SHUT


@pytest.mark.parametrize("who_ends", ["adviser", "guest", "line"])
async def test_it_ends_with_the_meeting_and_with_the_guests_line(house: BoundHouse, who_ends: str) -> None:
    scene = await meets(house)
    await scene.is_let_in()
    paper = await scene.shows()
    assert await scene.sees(paper) == 200

    if who_ends == "adviser":
        await scene.ilmari.line.says("end")
        await scene.aino.line.hears_until("bye")
    elif who_ends == "guest":
        await scene.maija.line.says("leave")
        await scene.aino.line.hears_until("gone")
    else:
        await scene.maija.line.socket.close()
        await scene.aino.line.hears_until("away")

    assert await scene.sees(paper) == SHUT


async def test_a_guest_neither_shows_nor_turns_nor_hands_in(house: BoundHouse) -> None:
    scene = await meets(house)
    await scene.is_let_in()
    paper = await scene.shows()

    await scene.maija.line.says("document", document=None)
    refused = await scene.maija.line.hears_until("error")
    await scene.maija.line.says("page", document=str(paper.id), page=1)

    assert refused["error"] == "not-for-role"
    assert (await scene.maija.line.hears_until("error"))["error"] == "not-for-role"
    assert await scene.sees(paper) == 200
    for below in ("", f"/{paper.id}/withdraw"):
        url = f"{scene.maija.browser.origin}{scene.maija.home}/documents{below}"
        async with scene.maija.browser.client.post(url, data={}) as answer:
            assert answer.status in {404, 405}
