"""An adviser's calendar is told when, and never whom or what; its address can be taken away."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from booking.cancel import cancel
from booking.confirm import confirm
from booking.fact import Actor
from identity.secret import kept
from server.demo_data import AINIKKI, ILMARI
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page

TOMORROW = SOON + timedelta(days=1)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def makes(ilmari: Browser) -> tuple[Page, str]:
    """Make an address, and return the page that shows it and the path."""
    page = await ilmari.sends(await ilmari.opens("/desk/calendar"), "/desk/calendar")
    found = re.search(r"http://[^<\"]*(/calendar/[\w-]{22}\.ics)", page.text)
    assert found is not None
    return page, found[1]


async def fetched(house: FaceHouse, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    async with house.browser().client.get(house.origin + path, headers=given) as answer:
        return answer.status, answer.headers, await answer.read()


async def test_the_address_is_shown_once_and_holds_the_appointments(house: FaceHouse) -> None:
    appointment, _ = await house.books(start=TOMORROW)
    ilmari = await house.staff("ilmari")

    _, path = await makes(ilmari)
    _, _, content = await fetched(house, path)

    [event] = icalendar.Calendar.from_ical(content).events
    assert (event.start, event.end) == (appointment.span.start, appointment.span.end)
    assert str(event["UID"]) == str(appointment.id)
    assert path not in (await ilmari.opens("/desk/calendar")).text


async def test_two_libraries_read_the_same_appointments_in_it(house: FaceHouse) -> None:
    for number in range(3):
        await house.books(f"Customer {number}", start=TOMORROW + timedelta(hours=number))
    _, path = await makes(await house.staff("ilmari"))

    _, _, content = await fetched(house, path)

    by_one = icalendar.Calendar.from_ical(content).events
    by_another = IcsCalendarStream.calendar_from_ics(content.decode()).events
    told = [
        (str(one["UID"]), one.sequence, one.DTSTAMP, one.start, one.end, str(one["SUMMARY"]))
        for one in by_one
    ]
    assert len(told) == 3
    assert told == [
        (one.uid, one.sequence, one.dtstamp, one.start, one.end, one.summary) for one in by_another
    ]


async def test_nothing_of_the_customer_or_the_matter_is_in_it(house: FaceHouse) -> None:
    _, token = await house.books("Aino Virtanen", start=TOMORROW)
    _, path = await makes(await house.staff("ilmari"))

    _, headers, content = await fetched(house, path)

    text = content.decode().replace("\r\n ", "")
    words = ("Aino", "aino@", token, "Asunto", "Mortgage", "Ilmari", "ATTENDEE", "ORGANIZER")
    assert [word for word in words if word in text] == []
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"].startswith("private")


async def test_colleagues_appointments_and_cancelled_ones_are_left_out(house: FaceHouse) -> None:
    await house.books("Kullervo", start=TOMORROW, adviser_id=AINIKKI)
    gone, _ = await house.books(start=TOMORROW)
    async with house.units.write() as unit:
        await cancel(unit, gone.id, by=Actor.CUSTOMER, now=house.now)
    _, path = await makes(await house.staff("ilmari"))

    _, _, content = await fetched(house, path)

    assert icalendar.Calendar.from_ical(content).events == []


async def test_what_has_not_changed_is_not_sent_again_and_what_has_is(house: FaceHouse) -> None:
    appointment, _ = await house.books(start=TOMORROW)
    _, path = await makes(await house.staff("ilmari"))
    _, headers, _ = await fetched(house, path)

    house.now += timedelta(minutes=10)
    again = await fetched(house, path, If_None_Match=headers["ETag"])
    async with house.units.write() as unit:
        await confirm(unit, appointment.id, by=Actor.CUSTOMER, now=house.now)
    changed = await fetched(house, path, If_None_Match=headers["ETag"])

    assert (again[0], again[1]["ETag"], again[2]) == (304, headers["ETag"], b"")
    assert changed[0] == 200
    assert changed[1]["ETag"] != headers["ETag"]


async def test_a_new_address_ends_the_old_one(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")
    _, old = await makes(ilmari)

    _, new = await makes(ilmari)

    assert (await fetched(house, old))[0] == 404
    assert (await fetched(house, new))[0] == 200


async def test_what_was_taken_away_looks_like_what_never_was(house: FaceHouse) -> None:
    ilmari = await house.staff("ilmari")
    page, path = await makes(ilmari)

    await ilmari.sends(page, "/desk/calendar/revoke")

    unknown = f"/calendar/{'A' * 22}.ics"
    gone, never = await fetched(house, path), await fetched(house, unknown)
    assert gone[0] == never[0] == 404
    assert gone[2].replace(path.encode(), b"") == never[2].replace(unknown.encode(), b"")
    assert "has no address yet" in (await ilmari.opens("/desk/calendar")).text


async def test_the_database_keeps_only_a_hash_of_it(house: FaceHouse, tmp_path: Path) -> None:
    _, path = await makes(await house.staff("ilmari"))

    async with house.units.read() as unit:
        assert await unit.calendar_feeds.find(kept(path[10:32])) == ILMARI
    assert path[10:32].encode() not in b"".join(await asyncio.to_thread(_files, tmp_path))


async def test_an_admin_has_no_calendar_of_their_own(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    assert (await admin.opens("/desk/calendar")).status == 403


def _files(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.glob("kohtaamo.sqlite3*")]
