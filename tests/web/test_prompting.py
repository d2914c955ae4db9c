"""A customer proves who they are on another device; our page waits, by a button or by its script."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from server.database.prompts import prompts
from tests.web.prompting_scene import BEGUN, DONE, PROVEN, Scene, failed, prompting_scene


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with prompting_scene(tmp_path) as scene:
        yield scene


async def test_the_choice_leads_to_the_questions_and_they_to_the_code_to_compare(scene: Scene) -> None:
    choice = await scene.aino.opens(scene.home)
    form = next(one for one in choice.forms() if one.get("provider") == "village-app")
    asked = await scene.aino.posts(scene.home, form)
    waiting = await scene.aino.sends(asked, f"{scene.home}/with/village-app", member="12345")

    assert asked.address == f"{scene.home}/with/village-app"
    assert "Member number" in asked.text
    assert waiting.address == f"{scene.home}/waiting"
    assert scene.village.phones[0]["shows"] in waiting.text
    assert "the same code before typing your PIN" in waiting.text
    assert (await scene.history())[-1] == BEGUN


async def test_who_confirms_and_presses_the_button_comes_back_to_the_appointment(scene: Scene) -> None:
    waiting = await scene.asks()
    early = await scene.presses(waiting)
    scene.village.answers("yes")

    landed = await scene.presses(early)

    assert early.address == f"{scene.home}/waiting?still=1"
    assert "Nothing has come from your phone yet" in early.text
    assert landed.address == f"/a/{scene.token}?identified=1"
    assert (await scene.history())[-2:] == [BEGUN, DONE]


async def test_it_is_bound_to_the_certificate_that_the_form_brought_along(scene: Scene) -> None:
    await scene.comes_in()
    page = await scene.aino.opens(f"{scene.home}/with/village-app?reason=meeting&level=substantial")
    waiting = await scene.aino.sends(
        page, f"{scene.home}/with/village-app", member="12345", fingerprint="ab" * 32
    )
    scene.village.answers("yes")

    landed = await scene.presses(waiting)

    assert landed.address == f"/a/{scene.token}/identified"
    told = {**PROVEN, "purpose": "meeting", "is_bound": True}
    assert (await scene.history())[-1] == ("identification_done", told)


async def test_what_an_adviser_asked_for_goes_along_without_javascript(scene: Scene) -> None:
    await scene.comes_in()
    wanted = "?reason=meeting&level=substantial"
    choice = await scene.aino.opens(f"{scene.home}{wanted}")
    form = next(one for one in choice.forms() if one.get("provider") == "village-app")
    asked = await scene.aino.posts(scene.home, form)
    beside = await scene.aino.sends(asked, f"{scene.home}/with/village-app", member="12")
    waiting = await scene.aino.sends(beside, f"{scene.home}/with/village-app", member="12345")
    scene.village.answers("no")

    chooses = await scene.presses(waiting)

    assert asked.address == f"{scene.home}/with/village-app{wanted}"
    assert f'href="{scene.home}{wanted.replace("&", "&amp;")}"' in asked.text
    assert beside.status == 422
    assert chooses.address == f"{scene.home}{wanted}"
    high = await scene.aino.opens(f"{scene.home}/with/village-app?level=high")
    assert high.status == 404


async def test_the_script_is_told_where_to_go(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.house.now += timedelta(seconds=6)
    before = await scene.polls(scene.aino, waiting)
    scene.village.answers("yes")
    scene.house.now += timedelta(seconds=6)

    after = await scene.polls(scene.aino, waiting)

    assert before == {"goes_to": None, "seconds": 174, "is_silent": False}
    assert after["goes_to"] == f"/a/{scene.token}?identified=1"
    assert (await scene.history())[-1] == DONE


async def test_however_many_tabs_ask_the_provider_is_asked_at_its_own_pace(scene: Scene) -> None:
    waiting = await scene.asks()
    await asyncio.gather(*(scene.polls(scene.aino, waiting) for _ in range(5)))
    assert scene.village.asked == 0

    scene.house.now += timedelta(seconds=6)
    await asyncio.gather(*(scene.polls(scene.aino, waiting) for _ in range(20)))
    assert scene.village.asked == 1

    scene.house.now += timedelta(seconds=6)
    await asyncio.gather(*(scene.polls(scene.aino, waiting) for _ in range(20)))
    assert scene.village.asked == 2


async def test_of_many_tabs_that_hear_the_answer_one_ends_it_and_nobody_fails(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.answers("yes")
    scene.house.now += timedelta(seconds=6)

    told = await asyncio.gather(*(scene.polls(scene.aino, waiting) for _ in range(8)))

    assert f"/a/{scene.token}?identified=1" in {each["goes_to"] for each in told}
    assert [kind for kind, _ in await scene.history()].count("identification_done") == 1
    assert [kind for kind, _ in await scene.history()].count("identification_failed") == 0


async def test_who_turns_it_down_is_told_so_and_chooses_anew(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.answers("no")

    chooses = await scene.presses(waiting)

    assert (chooses.address, chooses.status) == (scene.home, 200)
    assert "The identification was interrupted" in chooses.text
    assert "village-app" in {form.get("provider") for form in chooses.forms()}
    assert (await scene.history())[-1] == failed("cancelled")


async def test_who_cancels_on_the_page_waits_no_more_whatever_the_phone_says(scene: Scene) -> None:
    waiting = await scene.asks()
    chooses = await scene.aino.sends(waiting, f"{scene.home}/waiting/cancel")
    scene.village.answers("yes")

    late = await scene.presses(waiting)

    assert chooses.address == scene.home
    assert (late.status, "already used" in late.text) == (409, True)
    assert (await scene.history())[-1] == failed("cancelled")
    assert (await scene.polls(scene.aino, waiting))["goes_to"] == scene.home


async def test_when_the_time_is_over_nobody_is_asked_any_more(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.answers("yes")

    chooses = await scene.presses(waiting, after=180)

    assert "took too long" in chooses.text
    assert scene.village.asked == 0
    assert (await scene.history())[-1] == failed("expired")


async def test_another_persons_phone_does_not_open_the_door(scene: Scene) -> None:
    waiting = await scene.asks(member="54321")
    scene.village.answers("yes")

    chooses = await scene.presses(waiting)

    assert "The names differ" in chooses.text
    assert (await scene.history())[-1] == failed("another_person")


async def test_who_mistyped_is_told_so_and_mends_it_where_it_was_typed(scene: Scene) -> None:
    beside = await scene.asks(member="99999")

    waiting = await scene.aino.sends(beside, f"{scene.home}/with/village-app", member="12345")

    assert (beside.status, "no mobile certificate" in beside.text) == (422, True)
    assert 'value="99999"' in beside.text
    assert (await scene.history())[-3:] == [BEGUN, failed("not_enrolled"), BEGUN]
    assert waiting.address == f"{scene.home}/waiting"


async def test_when_the_other_side_does_not_answer_the_other_ways_are_shown(scene: Scene) -> None:
    scene.village.is_down = True

    chooses = await scene.asks()

    assert (chooses.address, "does not answer" in chooses.text) == (scene.home, True)
    assert (await scene.history())[-2:] == [BEGUN, failed("bank_unavailable")]


@pytest.mark.parametrize("typed", ["", "12", "<script>", "1" * 500])
async def test_an_answer_that_will_not_do_is_refused_beside_its_field(scene: Scene, typed: str) -> None:
    again = await scene.asks(member=typed)

    assert again.status == 422
    assert 'id="error-member"' in again.text
    assert 'aria-invalid="true"' in again.text
    assert "<script>" not in again.text.replace("<script type", "")
    assert "identification_begun" not in dict(await scene.history())
    assert scene.village.phones == []


async def test_nobody_else_can_look_or_cancel_in_ainos_place(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.answers("yes")
    scene.house.now += timedelta(seconds=6)
    louhi = scene.house.browser()
    page = await louhi.opens(f"{scene.home}/with/village-app")

    looked = await scene.polls(louhi, page)
    forms = {"csrf": page.forms()[0]["csrf"]}
    tried = [await louhi.posts(f"{scene.home}/waiting{what}", forms) for what in ("", "/cancel")]

    assert looked == {"goes_to": scene.home, "seconds": 0, "is_silent": False}
    assert [each.status for each in tried] == [409, 409]
    assert (await louhi.opens(f"{scene.home}/waiting")).address == scene.home
    assert scene.village.asked == 0
    assert (await scene.presses(waiting, after=0)).address == f"/a/{scene.token}?identified=1"


async def test_the_cookie_of_one_appointment_does_not_serve_at_another(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.answers("yes")
    scene.house.now += timedelta(seconds=6)
    _, other = await scene.house.books("Louhi Pohjola", email="louhi@example.com", hours=1)

    told = await scene.polls(scene.aino, waiting, address=f"/a/{other}/identify")

    assert told == {"goes_to": f"/a/{other}/identify", "seconds": 0, "is_silent": False}
    assert scene.village.asked == 0


async def test_one_number_rings_twice_a_minute_at_most(scene: Scene) -> None:
    answers = [await scene.asks(member=f"1 {2345}") for _ in range(4)]

    assert [each.status for each in answers] == [200, 200, 429, 429]
    assert "Wait a minute and try again" in answers[-1].text
    assert 'value="1 2345"' in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(scene.village.phones) == 2


async def test_one_link_rings_a_dozen_phones_an_hour_at_most(scene: Scene) -> None:
    statuses = [(await scene.asks(member=str(70000 + each))).status for each in range(14)]

    assert statuses == [422] * 12 + [429] * 2


async def test_what_the_table_keeps_tells_neither_the_number_nor_the_state(scene: Scene) -> None:
    await scene.asks()

    async with scene.house.engines.reading.begin() as connection:
        row = (await connection.execute(select(prompts))).one()

    assert b"12345" not in row.sealed
    assert scene.village.phones[0]["nonce"] not in repr(row)


async def test_a_provider_that_redirects_has_no_questions(scene: Scene) -> None:
    for name in ("demo-bank", "no-such-app"):
        assert (await scene.aino.opens(f"{scene.home}/with/{name}")).status == 404
