"""Days at the ends of the calendar are refused beside their field; no arithmetic runs over the end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW

LATER = NOW + timedelta(days=7)
ENDS = ("0001-01-01", "9999-12-31")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.mark.parametrize("day", ENDS)
async def test_nobody_waits_from_an_end_of_the_calendar_on(house: FaceHouse, day: str) -> None:
    _, token = await house.books(start=LATER)
    aino = house.browser()

    page = await aino.sends(await aino.opens(f"/a/{token}/waitlist"), f"/a/{token}/waitlist", not_before=day)

    status = page.status
    assert status == 422


@pytest.mark.parametrize("day", ENDS)
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/days", ("day",)),
        ("/days/remove", ("day",)),
        ("/time-off", ("first",)),
        ("/time-off", ("first", "last")),
    ],
)
async def test_hours_know_no_end_of_the_calendar(
    house: FaceHouse, day: str, path: str, fields: tuple[str, ...]
) -> None:
    louhi = await house.staff("louhi")
    csrf = (await louhi.opens("/desk/hours")).forms()[0]["csrf"]
    typed = {"first": "2026-11-26"} | dict.fromkeys(fields, day)

    page = await louhi.posts(f"/desk/hours{path}", {"csrf": csrf, "away": "1", **typed})

    status = page.status
    assert status == 422


@pytest.mark.parametrize("day", ENDS)
async def test_time_off_ends_at_no_end_of_the_calendar(house: FaceHouse, day: str) -> None:
    louhi = await house.staff("louhi")
    csrf = (await louhi.opens("/desk/hours")).forms()[0]["csrf"]

    page = await louhi.posts("/desk/hours/time-off", {"csrf": csrf, "first": "2026-11-26", "last": day})

    status = page.status
    assert status == 422


@pytest.mark.parametrize("day", ENDS)
async def test_figures_are_of_no_end_of_the_calendar(house: FaceHouse, day: str) -> None:
    admin = await house.staff("admin")

    statuses = [
        (await admin.opens(f"{path}?from={day}&to={day}")).status
        for path in ("/admin", "/admin/attendance.csv")
    ]

    assert statuses == [422, 422]
