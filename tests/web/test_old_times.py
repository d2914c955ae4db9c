"""No letter goes out about a time that was given up, by whatever route and however late."""

import ast
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.appointment import Customer
from booking.letter import Channel, LetterKind
from booking.reserve import Wish, reserve
from server.demo_data import ILMARI, MORTGAGE
from tests.house.source import Module, modules
from tests.web.face_house import face_house
from tests.web.given_up import (
    DAY,
    LATER,
    NUMBER,
    SECOND,
    START,
    WAYS,
    Booked,
    Way,
    disrupts_the_day,
)
from web.moments import moment_json

DUE = START - DAY
"""When the letter of the day before is due."""
AINO = Customer(
    name="Aino Virtanen", email="aino@example.com", phone=NUMBER, language="en", reached_by="both"
)


@pytest.fixture
async def booked(tmp_path: Path) -> AsyncIterator[Booked]:
    async with face_house(tmp_path) as house:
        wish = Wish(offering_id=MORTGAGE, start=START, customer=AINO, adviser_id=ILMARI)
        async with house.units.write() as unit:
            reserved = await reserve(unit, wish, now=house.now)
        one = Booked(house, reserved.appointment, reserved.token)
        await one.send()
        yield one


@pytest.mark.parametrize("is_in_outbox", [False, True], ids=["before it is due", "before it is sent"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
async def test_no_letter_about_the_old_time_leaves_when_it_is_given_up_a_second_before(
    booked: Booked, way: Way, is_in_outbox: bool
) -> None:
    if is_in_outbox:
        booked.house.now = DUE
        await booked.fall_due()
    booked.house.now = DUE - SECOND + 2 * SECOND * is_in_outbox
    before = len(booked.taken)

    await way.walk(booked, way.act)
    await booked.live_until(LATER)

    changed = await booked.house.appointment(booked.appointment.id)
    reminded = [one for channel in Channel for one in await booked.reminded(channel)]
    assert (changed.is_live, changed.span.start != START) == ((way.act == "move",) * 2)
    assert [one for one in reminded if one[1] < changed.sequence or way.act == "cancel"] == []
    assert len(booked.taken) > before  # the news of it


def test_every_way_to_give_a_time_up_is_walked() -> None:
    verbs = {each.name for each in modules("booking") if _gives_up(each)}

    doors = {each.name for each in modules("web", "server") if verbs & set(_verbs_of(each))}

    assert verbs >= {"booking.cancel", "booking.move"}
    assert doors == {way.through for way in WAYS}


async def test_a_bulk_disruption_a_second_before_rests_every_reminder(booked: Booked) -> None:
    booked.house.now = DUE - SECOND
    await disrupts_the_day(booked)

    await booked.live_until(START)

    assert [await booked.reminded(channel) for channel in Channel] == [[], []]


async def test_five_moves_leave_one_set_of_letters_all_for_the_last_time(booked: Booked) -> None:
    portal = await booked.house.program("booking")
    starts = [START + number * timedelta(minutes=15) for number in (1, 2, 3, 2)] + [LATER]
    for start in starts:
        booked.house.now += timedelta(minutes=1)
        answer = await portal.post(
            f"/appointments/{booked.appointment.id}/move", {"start": moment_json(start)}
        )
        assert answer.status == 200
    before = [len(post.taken) for post in booked.posts]
    booked.house.now = booked.house.now.replace(minute=0)

    await booked.live_until(LATER + DAY)

    last = len(starts)
    for channel in Channel:
        assert await booked.reminded(channel) == [
            (LetterKind.ONE_DAY, last),
            (LetterKind.FIFTEEN_MINUTES, last),
        ]
    mails, texts = (post.taken[sent:] for post, sent in zip(booked.posts, before, strict=True))
    assert [one.text for one in mails if "Thursday 26 November 2026" not in one.text] == []
    assert [one.text for one in texts if "Thu 26 Nov" not in one.text and "/door" not in one.text] == []


def _gives_up(module: Module) -> bool:
    """Tell whether a module writes down that a time was given up."""
    return any(
        isinstance(node, ast.keyword)
        and node.arg == "kind"
        and ast.unparse(node.value) in ("FactKind.CANCELLED", "FactKind.MOVED")
        for node in ast.walk(module.tree)
    )


def _verbs_of(module: Module) -> Iterator[str]:
    """Name the modules whose verb, which is called like its module, is imported."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module for one in node.names if one.name == node.module.rpartition(".")[2])
