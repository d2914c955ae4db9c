"""Slots that programs keep, and what they are told when a customer has no time: version 1 of the API."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from server.demo_data import ILMARI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, Program, face_house
from web.moments import moment_json

HELD: dict[str, Any] = {
    "offering_id": str(MORTGAGE),
    "start": moment_json(SOON),
    "adviser_id": str(ILMARI),
}
AINO = {"name": "Aino Virtanen", "email": "aino@example.com"}
VAINO = {"name": "Väinö Vanha", "email": "vaino@example.com"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def portal(house: FaceHouse) -> Program:
    return await house.program("booking")


async def test_held_slot_is_told_with_its_end(house: FaceHouse, portal: Program) -> None:
    answer = await portal.post("/holds", HELD)

    assert answer.status == 201
    assert answer.body == HELD | {
        "id": str(UUID(answer.body["id"])),
        "end": moment_json(SOON + timedelta(minutes=45)),
        "expires_at": moment_json(house.now + timedelta(minutes=10)),
    }


async def test_held_slot_is_booked_by_its_hold_alone(portal: Program) -> None:
    hold_id = (await portal.post("/holds", HELD)).body["id"]

    without = await portal.post("/appointments", HELD | {"customer": VAINO})
    by_hold = await portal.post("/appointments", HELD | {"customer": AINO, "hold_id": hold_id})

    assert (without.status, without.body["type"]) == (409, "/problems/slot-taken")
    assert (by_hold.status, by_hold.body["adviser_id"]) == (201, str(ILMARI))


async def test_a_hold_decides_which_adviser_it_is(portal: Program) -> None:
    held = (await portal.post("/holds", HELD)).body
    anybody = {"offering_id": held["offering_id"], "start": held["start"], "hold_id": held["id"]}

    answer = await portal.post("/appointments", anybody | {"customer": AINO})

    assert (answer.status, answer.body["adviser_id"]) == (201, held["adviser_id"])


async def test_released_slot_is_free_and_can_be_released_twice(portal: Program) -> None:
    hold_id = (await portal.post("/holds", HELD)).body["id"]

    answers = [await portal.post(f"/holds/{hold_id}/release") for _ in range(2)]

    assert [(one.status, one.body) for one in answers] == [(200, {"id": hold_id})] * 2
    assert (await portal.post("/holds", HELD)).status == 201


async def test_hold_that_was_not_booked_in_time_holds_nothing(house: FaceHouse, portal: Program) -> None:
    await portal.post("/holds", HELD)
    house.now += timedelta(minutes=10)

    assert (await portal.post("/appointments", HELD | {"customer": VAINO})).status == 201


async def test_programs_may_hold_more_than_people(portal: Program) -> None:
    starts = [moment_json(SOON + timedelta(hours=number)) for number in range(12)]

    answers = [await portal.post("/holds", HELD | {"start": start}) for start in starts]

    assert {one.status for one in answers} == {201}


async def test_customer_without_time_is_told_which_appointment_and_what_is_free(portal: Program) -> None:
    first = (await portal.post("/appointments", HELD | {"customer": AINO})).body
    elsewhere = {"offering_id": str(NURSE), "start": moment_json(SOON + timedelta(minutes=15))}

    answer = await portal.post("/appointments", elsewhere | {"customer": AINO})

    assert (answer.status, answer.body["type"]) == (409, "/problems/own-overlap")
    assert answer.body["appointment_id"] == first["id"]
    assert [one["start"] >= first["end"] for one in answer.body["alternatives"]] == [True] * 3


async def test_cancelled_appointment_is_restored_with_its_links(portal: Program) -> None:
    booked = (await portal.post("/appointments", HELD | {"customer": AINO})).body
    place = f"/appointments/{booked['id']}"
    await portal.post(f"{place}/cancel")

    restored = await portal.post(f"{place}/restore")

    assert (restored.status, restored.body) == (200, booked)
    facts = (await portal.get(f"{place}/facts")).body["facts"]
    assert [fact["kind"] for fact in facts] == ["booked", "cancelled", "freed", "restored"]


async def test_appointment_whose_time_was_given_away_stays_cancelled(portal: Program) -> None:
    booked = (await portal.post("/appointments", HELD | {"customer": AINO})).body
    place = f"/appointments/{booked['id']}"
    await portal.post(f"{place}/cancel")
    await portal.post("/appointments", HELD | {"customer": VAINO})

    refused = await portal.post(f"{place}/restore")

    assert (refused.status, refused.body["type"]) == (409, "/problems/slot-taken")
    assert len(refused.body["alternatives"]) == 3
    assert (await portal.get(place)).body["status"] == "cancelled"


async def test_the_same_hold_sent_twice_with_a_key_is_one_hold(portal: Program) -> None:
    first = await portal.post("/holds", HELD, Idempotency_Key="h1")

    again = await portal.post("/holds", HELD, Idempotency_Key="h1")

    assert (again.status, again.body) == (201, first.body)


@pytest.mark.parametrize("hold_id", ["nothing", str(UUID(int=9))])
async def test_unknown_hold_changes_nothing_and_a_wrong_one_is_refused(portal: Program, hold_id: str) -> None:
    answer = await portal.post("/appointments", HELD | {"customer": AINO, "hold_id": hold_id})

    assert answer.status == (422 if hold_id == "nothing" else 201)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("0001-01-01T00:00:00+01:01", "/problems/too-late"),
        ("0001-01-01T00:00:00Z", "/problems/too-late"),
        ("9999-12-31T23:59:59Z", "/problems/slot-not-offered"),
        ("9999-12-31T23:59:59-01:00", "/problems/slot-not-offered"),
    ],
)
async def test_the_ends_of_the_calendar_are_no_fault(portal: Program, start: str, kind: str) -> None:
    booked = (await portal.post("/appointments", HELD | {"customer": AINO})).body

    answers = [
        await portal.post("/holds", HELD | {"start": start}),
        await portal.post("/appointments", HELD | {"start": start, "customer": VAINO}),
        await portal.post(f"/appointments/{booked['id']}/move", {"start": start}),
    ]

    assert [(one.status, one.body["type"]) for one in answers] == [(409, kind)] * 3
