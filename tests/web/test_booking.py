"""Aino books at plain pages, without JavaScript."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from server.demo_data import ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, face_house
from tests.web.house import NOW
from tests.web.sign_in_house import Browser, Page
from web.moments import moment_json

SLOTS = f"/book/{MORTGAGE}"
HOLD = f"/book/{MORTGAGE}/hold"
AINO = {"name": "Aino Virtanen", "email": "aino@example.com", "phone": "", "language": "fi"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def links(text: str, pattern: str) -> list[str]:
    return re.findall(rf'href="({pattern}[^"]*)"', text)


async def test_front_page_tells_each_offering_and_how_soon_it_can_be_had(house: FaceHouse) -> None:
    page = await house.browser().opens("/")

    assert page.status == 200
    assert "Mortgage meeting" in page.text
    assert ">Today</strong>" in page.text
    assert "at 12:30" in page.text
    assert links(page.text, "/book/") == [f"/book/{MORTGAGE}", f"/book/{NURSE}", f"/book/{NURSE}/now"]


async def test_times_stand_in_order_the_earliest_first(house: FaceHouse) -> None:
    page = await house.browser().opens(SLOTS)

    assert starts(page)[0] == moment_json(NOW)
    assert "Monday 23 November 2026" in page.text
    assert page.text.index("Monday 23") < page.text.index("Tuesday 24")


async def test_evenings_alone_are_shown_when_asked_for(house: FaceHouse) -> None:
    page = await house.browser().opens(f"{SLOTS}?evenings=1")

    times = re.findall(r'<button class="button" name="start" value="[^"]*">(\d+):\d\d</button>', page.text)
    assert times != []
    assert min(int(hour) for hour in times) == 16


async def test_what_was_looked_for_goes_along_to_the_form_and_back(house: FaceHouse) -> None:
    aino = house.browser()
    page = await aino.opens(f"/book/{NURSE}?adviser={LOUHI}&source=leaflet")
    form = await aino.sends(page, f"/book/{NURSE}/hold?adviser={LOUHI}&source=leaflet", start=starts(page)[0])
    back = await aino.sends(form, action(form, "/release"))

    assert "Louhi Pohjola" in form.text
    assert form.address.endswith(f"?adviser={LOUHI}&source=leaflet")
    assert back.address == f"/book/{NURSE}?adviser={LOUHI}&source=leaflet&given_back=1"


async def test_a_week_without_times_leads_to_the_next_that_has_some(house: FaceHouse) -> None:
    async with house.units.write() as unit:
        general = (await unit.hours.openings(LOUHI, since=house.now)).weekly
        await unit.hours.replace_week(LOUHI, None, [line for line in general if line.start_minute < 900])

    page = await house.browser().opens(f"/book/{NURSE}?adviser={LOUHI}&evenings=1")

    assert "No free times on these days." in page.text


async def test_choosing_a_time_keeps_it_from_everybody_else(house: FaceHouse) -> None:
    aino, kullervo = house.browser(), house.browser()

    form = await chooses(aino, adviser=ILMARI)
    others = await kullervo.opens(f"{SLOTS}?adviser={ILMARI}")
    taken = await kullervo.sends(others, f"{HOLD}?adviser={ILMARI}", start=moment_json(SOON))

    assert "Kept for you until 12:40" in form.text
    assert moment_json(SOON) not in starts(others)
    assert taken.status == 409
    assert "This time is no longer free" in taken.text


async def test_looking_at_a_kept_time_keeps_it_no_longer(house: FaceHouse) -> None:
    aino = house.browser()
    form = await chooses(aino)
    house.now += timedelta(minutes=9)

    again = await aino.opens(form.address)
    house.now += timedelta(minutes=1)

    assert "Kept for you until 12:40" in again.text
    assert moment_json(SOON) in starts(await house.browser().opens(SLOTS))


async def test_aino_books_and_lands_on_her_own_page(house: FaceHouse) -> None:
    aino = house.browser()
    form = await chooses(aino, adviser=ILMARI)

    page = await books(aino, form)

    assert re.fullmatch(r"/a/[\w-]{22}\?booked=1", page.address)
    assert "Your appointment is booked." in page.text
    assert [one.span.start for one in await house.booked()] == [SOON]


async def test_a_time_given_back_is_free_at_once(house: FaceHouse) -> None:
    aino = house.browser()
    form = await chooses(aino, adviser=ILMARI)

    back = await aino.sends(form, action(form, "/release"))

    assert "The time is free again." in back.text
    assert moment_json(SOON) in starts(back)


async def test_a_left_page_keeps_its_time_for_a_moment_and_coming_back_for_as_long_as_was_said(
    house: FaceHouse,
) -> None:
    aino, kullervo = house.browser(), house.browser()
    form = await chooses(aino, adviser=ILMARI)
    secret, here = form.forms()[0]["csrf"], form.address.partition("?")[0]
    others = f"{SLOTS}?adviser={ILMARI}"

    left = await aino.posts(f"{here}/leave", {"csrf": secret})
    house.now += timedelta(seconds=10)
    back = await aino.posts(f"{here}/stay", {"csrf": secret})
    house.now += timedelta(minutes=5)
    assert moment_json(SOON) not in starts(await kullervo.opens(others))
    await aino.posts(f"{here}/leave", {"csrf": secret})
    house.now += timedelta(seconds=20)
    too_late = await aino.posts(f"{here}/stay", {"csrf": secret})

    assert (left.status, back.status, back.text, too_late.status) == (204, 200, '{"seconds": 590}', 409)
    assert moment_json(SOON) in starts(await kullervo.opens(others))


async def test_a_time_that_ran_out_is_still_booked_while_it_is_free(house: FaceHouse) -> None:
    aino = house.browser()
    form = await chooses(aino)
    house.now += timedelta(minutes=11)

    wrong = await books(aino, form, name="")
    page = await books(aino, wrong)

    assert 'data-state="over"' in wrong.text
    assert "Your appointment is booked." in page.text


async def test_a_time_that_ran_out_and_was_taken_leads_to_others_that_keep_what_was_typed(
    house: FaceHouse,
) -> None:
    aino = house.browser()
    form = await chooses(aino, adviser=ILMARI)
    house.now += timedelta(minutes=11)
    await house.books("Kullervo")

    taken = await books(aino, form)
    page = await aino.sends(taken, action(taken, form.address.partition("?")[0]), start=starts(taken)[0])

    assert taken.status == 409
    assert "what you filled in is kept" in taken.text
    assert "Your appointment is booked." in page.text


async def test_a_form_whose_time_is_long_forgotten_says_so(house: FaceHouse) -> None:
    aino = house.browser()
    form = await chooses(aino)
    await aino.sends(form, action(form, "/release"))

    page = await aino.opens(form.address)

    assert page.status == 409
    assert "The time is no longer kept for you" in page.text


async def test_pressing_a_time_twice_keeps_it_once(house: FaceHouse) -> None:
    aino = house.browser()
    page = await aino.opens(f"{SLOTS}?adviser={ILMARI}")

    first = await aino.sends(page, f"{HOLD}?adviser={ILMARI}", start=moment_json(SOON))
    second = await aino.sends(page, f"{HOLD}?adviser={ILMARI}", start=moment_json(SOON))

    assert (second.status, second.address) == (200, first.address)


async def test_a_browser_keeps_two_times_and_is_shown_them_when_it_wants_a_third(house: FaceHouse) -> None:
    aino = house.browser()
    for hours in (0, 1):
        await chooses(aino, start=SOON + timedelta(hours=hours))
    house.now += timedelta(minutes=4)

    refused = await chooses(aino, start=SOON + timedelta(hours=2))
    await aino.sends(refused, action(refused, "/release"))
    third = await chooses(aino, start=SOON + timedelta(hours=2))

    assert refused.status == 429
    assert refused.headers["Retry-After"] == "360"
    assert refused.text.count("Go on with this") == 2
    assert "Kept for you until" in third.text


async def test_going_back_from_a_form_and_choosing_anew_never_uses_up_what_one_may_keep(
    house: FaceHouse,
) -> None:
    aino = house.browser()
    for hours in range(5):
        form = await chooses(aino, start=SOON + timedelta(hours=hours))
        assert form.status == 200
        await aino.posts(f"{form.address}/leave", {"csrf": form.forms()[0]["csrf"]})


async def test_an_address_keeps_twenty_times_whatever_browsers_it_has(house: FaceHouse) -> None:
    told = [await chooses(house.browser(), start=SOON + n * timedelta(hours=1)) for n in range(21)]

    assert [page.status for page in told] == [200] * 20 + [429]


async def test_one_address_of_mail_has_so_many_appointments_ahead_and_no_more(house: FaceHouse) -> None:
    for n in range(5):
        await house.books(start=SOON + n * timedelta(hours=1))
    aino = house.browser()

    page = await books(aino, await chooses(aino, start=SOON + timedelta(hours=8)))

    assert page.status == 429
    assert page.headers["Retry-After"] == "3600"
    assert "You have as many appointments as can be booked here" in page.text


async def test_errors_stand_next_to_their_fields_and_what_was_typed_stays(house: FaceHouse) -> None:
    aino = house.browser()

    page = await books(aino, await chooses(aino), name="", email="aino")

    assert page.status == 422
    assert 'id="error-name"' in page.text
    assert 'href="#field-email"' in page.text
    assert 'value="aino"' in page.text
    assert await house.booked() == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/book/{UUID(int=7)}", 404),
        ("/book/nothing", 404),
        (f"{SLOTS}?week=-1", 422),
        (f"{SLOTS}?week=99", 422),
        (f"/book/holds/{UUID(int=7)}", 409),
        ("/book/holds/nothing", 404),
    ],
)
async def test_an_address_that_makes_no_sense_is_refused(house: FaceHouse, path: str, status: int) -> None:
    assert (await house.browser().opens(path)).status == status


@pytest.mark.parametrize("start", ["", "yesterday", "2026-11-23T12:00"])
async def test_a_time_that_makes_no_sense_is_not_kept(house: FaceHouse, start: str) -> None:
    aino = house.browser()

    page = await aino.sends(await aino.opens(SLOTS), HOLD, start=start)

    assert page.status == 422


@pytest.mark.parametrize("path", [HOLD, f"/book/holds/{UUID(int=7)}"])
async def test_a_form_without_its_secret_changes_nothing(house: FaceHouse, path: str) -> None:
    form = {**AINO, "offering_id": str(MORTGAGE), "start": SOON.isoformat()}

    page = await house.browser().posts(path, form)

    assert page.status == 403
    assert await house.booked() == []


def starts(page: Page) -> list[str]:
    return re.findall(r'name="start" value="([^"]+)"', page.text)


def action(page: Page, ending: str) -> str:
    """Return where the first form leads whose address ends so, whatever is asked behind it."""
    return next(form["action"] for form in page.forms() if form["action"].partition("?")[0].endswith(ending))


async def chooses(browser: Browser, *, start: datetime = SOON, adviser: UUID | None = None) -> Page:
    """Choose a time, which leads to the form."""
    asked = f"?adviser={adviser}" if adviser else ""
    return await browser.sends(await browser.opens(SLOTS + asked), HOLD + asked, start=moment_json(start))


async def books(browser: Browser, form: Page, **changes: str) -> Page:
    """Send a form for a kept time, filled in as Aino does."""
    return await browser.sends(form, _booking(form), **{**AINO, **changes})


def _booking(form: Page) -> str:
    return next(each["action"] for each in form.forms() if "adviser_id" in each)
