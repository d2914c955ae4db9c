"""A customer in a disruption chooses with one press; who comes later is proposed something else, kindly."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from booking.appointment import Appointment
from booking.disrupt import declare, end, reach
from booking.disruption import Disruption, Scope
from booking.fact import Actor
from booking.outcome import Outcome
from booking.time_span import TimeSpan
from server.demo_data import ADMIN, ILMARI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.house import NOW

MINUTE = timedelta(minutes=1)
WORDS = {"fi": "Pankkitunnistus ei toimi.", "en": "The bank's identification\nis <b>down</b>."}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


async def disrupted(house: FaceHouse, **values: object) -> Disruption:
    """Disrupt the whole house for half a day, unless something else is said."""
    given: dict[str, object] = {
        "id": uuid4(),
        "scope": Scope(),
        "span": TimeSpan(NOW, NOW + timedelta(hours=12)),
        "texts": WORDS,
        "made_by": ADMIN,
        "made_at": NOW,
    }
    one = Disruption(**(given | values))  # type: ignore[arg-type]  # of the right types above
    async with house.units.write() as unit:
        await declare(unit, one, now=house.now)
        await reach(unit, one, now=house.now)
    return one


async def test_three_times_are_proposed_and_one_press_takes_one(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await disrupted(house)
    aino = house.browser()

    page = await aino.opens(f"/a/{token}/other-times")
    choices = [form for form in page.forms() if form["action"].endswith("/other-times")]
    after = await aino.posts(f"/a/{token}/other-times", choices[1])

    assert len(choices) == 3
    assert after.address == f"/a/{token}?moved=1"
    moved = await house.appointment(appointment.id)
    assert moved.span.start.isoformat() == choices[1]["start"]
    assert await house.kinds(appointment.id) == ["booked", "fault_opened", "moved"]


async def test_looking_changes_nothing(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await disrupted(house)
    before = await house.history(appointment.id)

    for _ in range(2):
        assert (await house.browser().opens(f"/a/{token}/other-times")).status == 200

    assert await house.history(appointment.id) == before
    assert (await house.appointment(appointment.id)).sequence == 0


async def test_a_time_that_somebody_else_took_is_refused_kindly_with_new_ones(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await disrupted(house)
    aino = house.browser()
    page = await aino.opens(f"/a/{token}/other-times")
    choice = next(form for form in page.forms() if form["action"].endswith("/other-times"))
    await take_away(house, choice)

    late = await aino.posts(f"/a/{token}/other-times", choice)

    assert late.status == 409
    assert "Somebody was a moment faster" in late.text
    new = [form["start"] + form["adviser"] for form in late.forms() if "start" in form]
    assert len(new) == 3
    assert choice["start"] + choice["adviser"] not in new
    assert (await house.appointment(appointment.id)).span == appointment.span


async def take_away(house: FaceHouse, choice: dict[str, str]) -> Appointment:
    start = SOON.fromisoformat(choice["start"]).astimezone(NOW.tzinfo)
    adviser_id = type(ILMARI)(choice["adviser"])
    return (await house.books("Kullervo", start=start, adviser_id=adviser_id))[0]


async def test_words_are_shown_as_they_were_written_and_never_as_markup(house: FaceHouse) -> None:
    _, token = await house.books()
    await disrupted(house)

    for path in (f"/a/{token}", f"/a/{token}/other-times", "/"):
        page = await house.browser().opens(path)
        assert "The bank&#39;s identification\nis &lt;b&gt;down&lt;/b&gt;." in page.text


async def test_keeping_the_time_is_one_press_too(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await disrupted(house)
    aino = house.browser()

    await aino.sends(await aino.opens(f"/a/{token}/other-times"), f"/a/{token}/confirm")

    page = await aino.opens(f"/a/{token}/other-times")
    assert "You keep your time" in page.text
    assert (await house.appointment(appointment.id)).confirmed_at is not None


async def test_cancelling_works_after_the_start_and_is_ours(house: FaceHouse) -> None:
    appointment, token = await house.books()
    await disrupted(house)
    house.now = SOON + 3 * MINUTE
    aino = house.browser()

    page = await aino.opens(f"/a/{token}/cancel")
    await aino.posts(f"/a/{token}/cancel", {"csrf": page.forms()[0]["csrf"]})

    assert "nothing of this counts against you" in page.text
    assert (await house.appointment(appointment.id)).outcome is Outcome.CANCELLED_BY_US
    assert (await house.history(appointment.id))[-1].by is Actor.SYSTEM


async def test_without_moves_the_page_leads_to_all_free_times(house: FaceHouse) -> None:
    _, token = await house.books()
    await disrupted(house, offers_moves=False)

    page = await house.browser().opens(f"/a/{token}/other-times")

    assert [form for form in page.forms() if "start" in form] == []
    assert f'href="/a/{token}/move"' in page.text


async def test_without_a_disruption_there_is_nothing_to_choose(house: FaceHouse) -> None:
    _, token = await house.books()

    page = await house.browser().opens(f"/a/{token}/other-times")

    assert page.address == f"/a/{token}"


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), {"front", "mortgage", "nurse", "ainos"}),
        (Scope(offering_id=NURSE), {"nurse"}),
        (Scope(offering_id=MORTGAGE), {"mortgage"}),
        (Scope(adviser_id=ILMARI), set()),
    ],
)
async def test_banner_stands_only_where_it_concerns(house: FaceHouse, scope: Scope, seen: set[str]) -> None:
    _, token = await house.books(start=NOW + timedelta(days=2))
    await disrupted(house, scope=scope)
    pages = {"front": "/", "mortgage": f"/book/{MORTGAGE}", "nurse": f"/book/{NURSE}", "ainos": f"/a/{token}"}

    opened = {name: await house.browser().opens(path) for name, path in pages.items()}

    assert {name for name, page in opened.items() if 'class="banner"' in page.text} == seen


async def test_banner_goes_when_the_disruption_is_over_or_was_not_to_have_one(house: FaceHouse) -> None:
    one = await disrupted(house)
    before = 'class="banner"' in (await house.browser().opens("/")).text
    async with house.units.write() as unit:
        await end(unit, one.id, now=NOW)
    ended = 'class="banner"' in (await house.browser().opens("/")).text
    await disrupted(house, has_banner=False)
    silent = 'class="banner"' in (await house.browser().opens("/")).text
    await disrupted(house, span=TimeSpan(NOW, NOW + 10 * MINUTE))
    house.now = NOW + 10 * MINUTE
    passed = 'class="banner"' in (await house.browser().opens("/")).text

    assert (before, ended, silent, passed) == (True, False, False, False)


async def test_banner_of_an_adviser_stands_over_the_times_that_it_touches(house: FaceHouse) -> None:
    _, token = await house.books(start=NOW + timedelta(days=1))
    span = TimeSpan(NOW, NOW + timedelta(days=2))
    for scope in (Scope(adviser_id=ILMARI), Scope(offering_id=MORTGAGE)):
        await disrupted(house, span=span, scope=scope)

    page = await house.browser().opens(f"/a/{token}/door")

    assert page.text.count('class="banner"') == 1  # the page itself is about the other one
