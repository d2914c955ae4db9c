"""An offered time on its page: taken with one button, kept with another, and kind to whoever comes late."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from booking.appointment import Appointment
from booking.cancel import cancel
from booking.fact import Actor
from booking.offer import Offer
from booking.reserve import Wish, reserve
from booking.wait import EarlierWish, wait
from server.demo_data import ILMARI, MORTGAGE
from server.workers.refill import Refill
from tests.contracts.waitlisted import customer
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW

EARLY, LATER = NOW + timedelta(days=4), NOW + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """Aino's own appointment, its link, and the offer of an earlier time with its link."""

    own: Appointment
    token: str
    offer: Offer
    home: str


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def asked(house: FaceHouse) -> Asked:
    """Aino, who waited until Kullervo gave up his time."""
    gone, _ = await house.books("Kullervo", start=EARLY)
    own, token = await house.books(start=LATER)
    async with house.units.write() as unit:
        await wait(unit, own.id, EarlierWish(), by=Actor.CUSTOMER, now=house.now)
        await cancel(unit, gone.id, by=Actor.CUSTOMER, now=house.now)
    await Refill(house.units, lambda: house.now).step()
    async with house.units.read() as unit:
        offer = await unit.offers.open_of(own.id)
        assert offer is not None
        return Asked(own, token, offer, f"/o/{await unit.offers.token(offer.id)}")


async def start_of(house: FaceHouse, appointment_id: UUID) -> object:
    return (await house.appointment(appointment_id)).span.start


async def test_looking_changes_nothing(house: FaceHouse, asked: Asked) -> None:
    before = await house.history(asked.own.id)

    pages = [await house.browser().opens(path) for path in (asked.home, f"{asked.home}/decline")]

    assert [page.status for page in pages] == [200, 200]
    assert await house.history(asked.own.id) == before
    assert await start_of(house, asked.own.id) == LATER


async def test_both_times_stand_side_by_side_with_the_deadline(house: FaceHouse, asked: Asked) -> None:
    page = await house.browser().opens(asked.home)

    assert "Friday 27 November 2026" in page.text
    assert "Monday 30 November 2026" in page.text
    assert "Please answer by Monday 23 November 2026 at 13:30." in page.text


async def test_an_offer_is_told_on_the_clock_of_who_was_asked(house: FaceHouse, asked: Asked) -> None:
    abroad = replace(await house.appointment(asked.own.id), zone="Asia/Tokyo")
    async with house.units.write() as unit:
        await unit.appointments.change(abroad, now=house.now)

    page = await house.browser().opens(asked.home)

    assert "at 19:30–20:15" in page.text  # 12.30 in Helsinki


async def test_one_button_takes_the_earlier_time_and_a_second_tap_says_so(
    house: FaceHouse, asked: Asked
) -> None:
    aino = house.browser()
    form = await aino.opens(asked.home)

    page = await aino.sends(form, asked.home)
    again = await aino.sends(form, asked.home)

    assert "The earlier time is yours" in page.text
    assert f'href="/a/{asked.token}"' in page.text
    assert await start_of(house, asked.own.id) == EARLY
    assert "You have taken this time before. Nothing has changed." in again.text
    assert (await house.kinds(asked.own.id)).count("moved") == 1


async def test_keeping_the_own_time_is_as_easy(house: FaceHouse, asked: Asked) -> None:
    aino = house.browser()

    page = await aino.sends(await aino.opens(f"{asked.home}/decline"), f"{asked.home}/decline")

    assert "You keep your own time" in page.text
    assert "We write to you again when another earlier time frees up." in page.text
    assert (await house.kinds(asked.own.id))[-1] == "offer_declined"


async def test_who_comes_late_is_told_kindly_what_holds(house: FaceHouse, asked: Asked) -> None:
    aino = house.browser()
    form = await aino.opens(asked.home)
    house.now = asked.offer.expires_at

    page = await aino.sends(form, asked.home)
    seen = await aino.opens(asked.home)

    assert (page.status, seen.status) == (409, 200)
    for text in (page.text, seen.text):
        assert "The time to answer is over" in text
        assert "Your own appointment stays as it was" in text
        assert "Monday 30 November 2026" in text
    assert await start_of(house, asked.own.id) == LATER


async def test_who_was_not_quick_enough_is_told_so(house: FaceHouse, asked: Asked) -> None:
    aino = house.browser()
    form = await aino.opens(asked.home)
    async with house.units.write() as unit:
        assert asked.offer.hold_id is not None
        await unit.holds.remove(asked.offer.hold_id)
        quick = Wish(offering_id=MORTGAGE, start=EARLY, customer=customer("Lemminkäinen"), adviser_id=ILMARI)
        await reserve(unit, quick, now=house.now)

    page = await aino.sends(form, asked.home)

    assert page.status == 409
    assert "Somebody else was quicker" in page.text
    assert await start_of(house, asked.own.id) == LATER


async def test_what_is_cancelled_cannot_be_moved_by_an_old_letter(house: FaceHouse, asked: Asked) -> None:
    aino = house.browser()
    form = await aino.opens(asked.home)
    async with house.units.write() as unit:
        await cancel(unit, asked.own.id, by=Actor.CUSTOMER, now=house.now)

    page = await aino.sends(form, asked.home)

    assert page.status == 409
    assert "This time is no longer offered" in page.text
    assert "Your own appointment no longer stands" in page.text


async def test_an_offer_leads_nowhere_once_the_appointments_link_is_revoked(
    house: FaceHouse, asked: Asked
) -> None:
    async with house.units.write() as unit:
        await unit.links.revoke(asked.own.id, at=house.now)

    statuses = {(await house.browser().opens(path)).status for path in (asked.home, f"{asked.home}/decline")}

    assert statuses == {404}


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Ota aikaisempi aika"), ("sv", "Ta den tidigare tiden")]
)
async def test_page_speaks_the_language_asked_for(
    house: FaceHouse, asked: Asked, language: str, word: str
) -> None:
    assert word in (await house.browser().opens(f"{asked.home}?lang={language}")).text


async def test_the_refill_rate_is_told_to_admins_and_programs_alike(house: FaceHouse, asked: Asked) -> None:
    aino = house.browser()
    await aino.sends(await aino.opens(asked.home), asked.home)
    house.now = EARLY + timedelta(days=1)
    days = "from=2026-11-23&to=2026-11-28"

    admin = await house.staff("admin")
    page = await admin.opens(f"/admin?{days}")
    program = await house.program("statistics")
    told = (await program.get(f"/statistics/refill?{days}")).body

    assert "Freed times that were used again" in page.text
    assert told["n"] == 1
    assert [row for row in told["rows"] if row["freed"]] == [
        {
            "key": "72-",
            "freed": 1,
            "offers": 1,
            "rebooked": 1,
            "refilled": 0,
            "rate": None,
            "low": None,
            "high": None,
        }
    ]
    assert re.search(r"over 72 hours</th>\s*<td class=\"number\">1</td>", page.text)
    assert "aino" not in json.dumps(told).lower()


async def test_who_waits_is_counted_by_offering_and_not_named(house: FaceHouse, asked: Asked) -> None:
    page = await (await house.staff("admin")).opens("/admin")

    counted = page.text[page.text.index("Waiting for an earlier time") :]
    assert re.search(r"<dt>Mortgage meeting</dt><dd>1</dd>", counted)
    assert asked.own.customer.name not in page.text
