"""An offering says whether picture and sound go by the relay alone, and its meetings and tests do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from booking.offering import MediaWay
from booking.set_up import change_offering
from server.demo_data import MORTGAGE
from server.meeting_log import UnitMeetingLog
from tests.web.face_house import FaceHouse, face_house
from web.keys import SITE

ADDRESS = f"/admin/offerings/{MORTGAGE}/meeting"
KEPT = {"languages": "fi", "assurance": "substantial", "when_down": "nothing"}


@asynccontextmanager
async def house_with_relay(folder: Path) -> AsyncIterator[FaceHouse]:
    def furnish(house: FaceHouse) -> None:
        site = house.app[SITE]
        house.app[SITE] = replace(site, keeping=replace(site.keeping, has_relay=True))

    async with face_house(folder, furnish=furnish) as house:
        yield house


async def way_of(house: FaceHouse) -> MediaWay:
    async with house.units.read() as unit:
        return (await unit.offerings.get(MORTGAGE)).media_way


async def test_an_admin_has_an_offerings_meetings_go_by_the_relay_alone(tmp_path: Path) -> None:
    async with house_with_relay(tmp_path) as house:
        admin = await house.staff("admin")
        form = await admin.opens(ADDRESS)
        assert "This service has no relay" not in form.text

        await admin.sends(form, ADDRESS, **KEPT, media_way="relay")

        assert await way_of(house) == "relay"
        overview = (await admin.opens(f"/admin/offerings/{MORTGAGE}")).text
        assert "Picture and sound go by the relay: neither side learns" in overview
        assert "by the relay alone" in (await admin.opens("/admin/changes")).text


async def test_without_a_relay_it_is_refused_and_said_why(tmp_path: Path) -> None:
    async with face_house(tmp_path) as house:
        admin = await house.staff("admin")
        form = await admin.opens(ADDRESS)
        assert "This service has no relay" in form.text

        refused = await admin.sends(form, ADDRESS, **KEPT, media_way="relay")

        assert "Ask whoever runs it to set one up first" in refused.text
        assert await way_of(house) == "as_set"


@pytest.mark.parametrize(("way", "is_relayed"), [("as_set", None), ("relay", True), ("direct", False)])
async def test_a_meeting_is_told_what_its_offering_says(
    tmp_path: Path, way: MediaWay, is_relayed: bool | None
) -> None:
    async with face_house(tmp_path) as house:
        async with house.units.write() as unit:
            await change_offering(unit, MORTGAGE, lambda one: replace(one, media_way=way))
        appointment, _ = await house.books()

        assert await UnitMeetingLog(house.units).relays(appointment.id) is is_relayed
