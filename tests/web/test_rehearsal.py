"""Admins read what is to come, a day at a time, and what a silence would change."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.letter import Channel, LetterDue, LetterKind
from server.demo_data import AINIKKI, ILMARI, MORTGAGE, NURSE
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from web.pages import rehearsal

TOMORROW = (NOW + timedelta(days=2)).replace(hour=10, minute=0)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        await house.books(start=TOMORROW)
        yield house


def told(text: str) -> list[tuple[str, str]]:
    """Return the time and the words of each line."""
    found = re.findall(r'class="coming__time"[^>]*>([^<]+)<.*?<strong>([^<]+)<', text, re.DOTALL)
    return [(time.strip(), words.strip()) for time, words in found]


async def test_tomorrow_is_shown_first_in_the_order_of_the_clock(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    page = await admin.opens("/admin/rehearsal")

    assert page.status == 200
    assert told(page.text) == [("12:00", "Reminder one day before")]
    assert "Aino Virtanen" in page.text


async def test_the_day_after_is_one_link_away_and_has_letters_door_and_closing(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    page = await admin.opens("/admin/rehearsal?days=2")
    [after] = re.findall(r'rel="next" href="([^"]+)"', page.text)

    page = await admin.opens(after.replace("&amp;", "&"))

    assert told(page.text) == [
        ("11:45", "The door opens"),
        ("11:45", "Reminder a quarter of an hour before"),
        ("12:55", "The appointment is closed"),
    ]
    assert 'rel="next"' not in page.text


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        (f"offering={MORTGAGE}", 1),
        (f"offering={NURSE}", 0),
        (f"adviser={ILMARI}", 1),
        (f"adviser={AINIKKI}", 0),
    ],
)
async def test_one_offering_or_adviser_alone(house: FaceHouse, query: str, lines: int) -> None:
    admin = await house.staff("admin")

    page = await admin.opens(f"/admin/rehearsal?{query}")

    assert len(told(page.text)) == lines


async def test_a_silence_says_what_leaves_late_and_what_not_at_all(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    tomorrow = (TOMORROW - timedelta(days=1)).date()

    late = await admin.opens(f"/admin/rehearsal?still={tomorrow}&since=11:30&until=14:00")
    lost = await admin.opens(f"/admin/rehearsal?days=2&still={tomorrow}&since=11:30&until=11:29")

    assert told(late.text) == [("14:00", "Reminder one day before")]
    assert re.search(r"Late: planned for Tuesday 24 November 2026 at 12:00", late.text)
    assert "Is not sent" in lost.text


async def test_a_silence_that_is_half_said_is_told_beside_its_fields(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    page = await admin.opens("/admin/rehearsal?still=2026-11-24&since=11:30&until=")

    assert (page.status, "Tell the day and both times" in page.text) == (422, True)
    assert 'value="11:30"' in page.text


async def beats(house: FaceHouse) -> None:
    async with house.units.write() as unit:
        await unit.heartbeats.beat("mail", at=house.now)


async def test_letters_that_nobody_sends_are_told_of_until_somebody_does(house: FaceHouse) -> None:
    admin = await house.staff("admin")

    before = await admin.opens("/admin/rehearsal")
    await beats(house)
    at_work = await admin.opens("/admin/rehearsal")
    house.now += timedelta(minutes=2)
    after = await admin.opens("/admin/rehearsal")

    told = "The sending of e-mail has"
    assert f"{told} not been started" in before.text
    assert "2 letters of these days wait for it." in before.text
    assert told not in at_work.text
    assert f"{told} stood still since Monday 23 November" in after.text


async def test_a_rate_that_is_too_low_is_told_with_how_many_leave_too_late(tmp_path: Path) -> None:
    async with face_house(tmp_path, a_minute={Channel.MAIL: 1}) as slow:
        appointment, _ = await slow.books(start=TOMORROW)
        at = slow.now + timedelta(hours=23)
        about = LetterDue(
            appointment_id=appointment.id,
            kind=LetterKind.LOST_LINK,
            sequence=0,
            leave_by=at + timedelta(minutes=10),
        )
        async with slow.units.write() as unit:
            for _ in range(12):
                await unit.outbox.put(about, at=at)
        await beats(slow)

        page = await (await slow.staff("admin")).opens("/admin/rehearsal")

    assert "2 letters by e-mail would leave too late." in page.text
    assert "Only 1 leaves in a minute:" in page.text


@pytest.mark.parametrize("query", ["days=0", "days=31", "days=x", "still=soon", "since=25:00", "part=0"])
async def test_what_nobody_can_choose_is_refused(house: FaceHouse, query: str) -> None:
    admin = await house.staff("admin")

    assert (await admin.opens(f"/admin/rehearsal?{query}")).status == 422


async def test_a_full_day_comes_in_parts(house: FaceHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "SHOWN", 2)
    admin = await house.staff("admin")
    day = TOMORROW.date()

    first = await admin.opens(f"/admin/rehearsal?days=2&day={day}")
    second = await admin.opens(f"/admin/rehearsal?days=2&day={day}&part=2")

    assert (len(told(first.text)), len(told(second.text))) == (2, 1)
    assert ("Later on this day" in first.text, "Earlier on this day" in second.text) == (True, True)


async def test_looking_changes_nothing(house: FaceHouse) -> None:
    admin = await house.staff("admin")
    async with house.units.read() as unit:
        before = dict(await unit.outbox.counts())

    await admin.opens("/admin/rehearsal?days=30")

    async with house.units.read() as unit:
        assert dict(await unit.outbox.counts()) == before
