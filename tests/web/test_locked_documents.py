"""A locked document: nothing of it leaves the server before its level is proven for who is here."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.demo_data import NURSE
from signalling.documents.document import Document
from tests.web.bound_house import FINGERPRINT, BoundHouse, Guest, bound_house

MEETING = {"reason": "meeting", "level": "substantial"}
OPEN = (200, "no-store")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[BoundHouse]:
    async with bound_house(tmp_path) as made:
        yield made


async def shown(house: BoundHouse, lock: str = "substantial") -> tuple[Guest, Guest, Document]:
    """Bring Aino, of whom nothing is known, to the table, where Ilmari shows a locked paper."""
    booked = await house.books(offering_id=NURSE)
    aino = house.customer(booked)
    await aino.comes_in()
    ilmari = await house.meets(booked, aino)
    await aino.line.hears_until("peer")
    paper = await house.prepares(booked[0])
    await ilmari.line.says("document", document=str(paper.id), lock=lock)
    return aino, ilmari, paper


async def proves(aino: Guest) -> None:
    await aino.identifies(**MEETING)
    await aino.line.says("prove", ticket=await aino.ticket())


async def is_closed(aino: Guest, paper: Document) -> bool:
    status, _ = await aino.opens_page(paper)
    return status == 404 and await aino.documents() == []


async def test_locked_document_is_nowhere_until_it_is_proven_who_looks_and_then_opens(
    house: BoundHouse,
) -> None:
    aino, ilmari, paper = await shown(house)
    locked = await aino.line.hears_until("document")
    assert await is_closed(aino, paper)
    assert await ilmari.opens_page(paper) == OPEN

    await proves(aino)
    opened = await aino.line.hears_until("document")

    assert (locked["name"], locked["pages"], locked["lock"]) == ("", 0, "substantial")
    assert (opened["name"], opened["pages"]) == ("offer.pdf", 1)
    assert await aino.opens_page(paper) == OPEN
    assert await aino.documents() == ["offer.pdf"]


async def test_identified_browser_that_did_not_prove_it_in_the_meeting_sees_nothing(
    house: BoundHouse,
) -> None:
    aino, _, paper = await shown(house)

    await aino.identifies(**MEETING)

    assert await is_closed(aino, paper)


async def test_document_closes_when_the_connection_is_anothers(house: BoundHouse) -> None:
    aino, ilmari, paper = await shown(house)
    await proves(aino)
    await aino.line.hears_until("proof_asked")
    assert (await aino.opens_page(paper))[0] == 200
    ilmaris_id = str(house.claims(await ilmari.ticket()).participant_id)
    head = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
    sdp = head + "a=fingerprint:sha-256 " + ":".join(["A5"] * 32) + "\r\n"

    await aino.line.says("description", to=ilmaris_id, description={"type": "offer", "sdp": sdp})
    await ilmari.line.hears_until("description")

    assert await is_closed(aino, paper)
    assert (await ilmari.opens_page(paper))[0] == 200


async def test_document_closes_when_the_meeting_is_over(house: BoundHouse) -> None:
    aino, ilmari, paper = await shown(house)
    await proves(aino)
    await aino.line.hears_until("proof_asked")
    assert (await aino.opens_page(paper))[0] == 200

    await ilmari.line.says("end")
    await aino.line.hears_until("bye")

    assert await is_closed(aino, paper)


async def test_higher_lock_than_what_is_proven_stays_shut(house: BoundHouse) -> None:
    aino, _, paper = await shown(house, "high")

    await proves(aino)
    await aino.line.hears_until("proof_asked")

    assert await is_closed(aino, paper)


async def test_second_browser_of_the_same_link_gets_nothing_by_the_firsts_proof(house: BoundHouse) -> None:
    aino, _, paper = await shown(house)
    await proves(aino)
    await aino.line.hears_until("proof_asked")
    louhi = house.customer((aino.appointment, aino.home.removeprefix("/a/")))
    await louhi.comes_in()

    assert await is_closed(louhi, paper)
    await louhi.identifies("a5" * 32)
    assert await is_closed(louhi, paper)
    assert FINGERPRINT != "a5" * 32


async def test_unlocked_document_opens_to_whoever_is_in_the_meeting(house: BoundHouse) -> None:
    aino, _, paper = await shown(house, "none")
    await aino.line.hears_until("document")

    assert (await aino.opens_page(paper))[0] == 200
