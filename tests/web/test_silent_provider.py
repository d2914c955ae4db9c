"""A provider that falls silent while somebody confirms: the other ways stand there, and the event goes on."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.prompting_scene import BEGUN, DONE, Scene, failed, prompting_scene

SILENT = "<strong>The identification service does not answer just now.</strong>"


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with prompting_scene(tmp_path) as scene:
        yield scene


async def test_when_the_provider_falls_silent_the_other_ways_stand_there_at_once(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.is_down = True

    silent = await scene.presses(waiting)

    assert silent.address == f"{scene.home}/waiting?still=1"
    assert SILENT in silent.text
    assert {"demo-bank", "village-app"} <= {form.get("provider") for form in silent.forms()}
    assert (await scene.history())[-1] == BEGUN


async def test_the_script_is_told_of_the_silence_and_of_its_end(scene: Scene) -> None:
    waiting = await scene.asks()
    told = []
    for is_down in (False, True, True, False):
        scene.village.is_down = is_down
        scene.house.now += timedelta(seconds=6)
        told.append((await scene.polls(scene.aino, waiting))["is_silent"])

    assert told == [False, True, True, False]


async def test_the_other_ways_go_when_the_provider_answers_again(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.is_down = True
    silent = await scene.presses(waiting)
    scene.village.is_down = False

    again = await scene.presses(silent)

    assert (SILENT in again.text, again.address) == (False, f"{scene.home}/waiting?still=1")
    assert "provider" not in {name for form in again.forms() for name in form}


async def test_who_had_confirmed_is_identified_however_often_a_question_was_lost(scene: Scene) -> None:
    page = await scene.asks()
    scene.village.is_down = True
    for _ in range(6):
        page = await scene.presses(page)
    scene.village.is_down = False
    scene.village.answers("yes")

    landed = await scene.presses(page)

    assert landed.address == f"/a/{scene.token}?identified=1"
    assert (await scene.history())[-2:] == [BEGUN, DONE]


async def test_who_waits_for_a_silent_provider_until_the_time_is_over_was_not_late(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.is_down = True
    silent = await scene.presses(waiting)

    chooses = await scene.presses(silent, after=180)

    assert (chooses.address, "does not answer" in chooses.text) == (scene.home, True)
    assert (await scene.history())[-1] == failed("bank_unavailable")


async def test_who_takes_another_way_meanwhile_waits_no_more_and_was_not_at_fault(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.is_down = True
    silent = await scene.presses(waiting)
    form = next(one for one in silent.forms() if one.get("provider") == "demo-bank")

    bank = await scene.aino.posts(scene.home, form)

    assert "/demo/bank/authorize" in bank.address
    assert (await scene.history())[-2:] == [
        failed("bank_unavailable"),
        ("identification_begun", {"provider": "demo-bank", "purpose": "booking"}),
    ]
    assert (await scene.presses(waiting)).status == 409


async def test_who_cancels_while_the_provider_is_silent_found_it_down(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.is_down = True
    silent = await scene.presses(waiting)

    await scene.aino.sends(silent, f"{scene.home}/waiting/cancel")

    assert (await scene.history())[-1] == failed("bank_unavailable")


async def test_somebody_elses_silence_opens_nothing(scene: Scene) -> None:
    waiting = await scene.asks()
    scene.village.is_down = True
    await scene.presses(waiting)
    louhi = scene.house.browser()

    page = await louhi.opens(scene.home)
    await louhi.posts(scene.home, next(one for one in page.forms() if one.get("provider") == "demo-bank"))

    kinds = [kind for kind, _ in await scene.history()]
    assert kinds.count("identification_failed") == 0
