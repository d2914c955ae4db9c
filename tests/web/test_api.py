"""Version 1 of the API, as its contract says."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from booking.attend import record
from booking.fact import Actor, FactKind
from server.demo_data import ILMARI, LOUHI, MORTGAGE, NURSE
from tests.web.face_house import SOON, FaceHouse, Program, face_house
from web.moments import moment_json

LATER = moment_json(SOON + timedelta(hours=5))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


@pytest.fixture
async def portal(house: FaceHouse) -> Program:
    return await house.program("booking")


def wish(**changes: Any) -> dict[str, Any]:
    customer = {"name": "Aino Virtanen", "email": "aino@example.com"}
    return {
        "offering_id": str(MORTGAGE),
        "start": moment_json(SOON),
        "adviser_id": str(ILMARI),
        "customer": customer,
    } | changes


async def test_offerings_are_told_as_the_contract_says(portal: Program) -> None:
    answer = await portal.get("/offerings", Accept_Language="en")

    assert answer.status == 200
    assert answer.body["offerings"][0] == {
        "id": str(MORTGAGE),
        "name": "Mortgage meeting",
        "duration_minutes": 45,
        "assurance": "substantial",
        "languages": ["fi", "sv", "en"],
    }


async def test_slots_are_one_row_per_adviser_and_start(portal: Program) -> None:
    answer = await portal.get(f"/offerings/{NURSE}/slots?from=2026-11-23&to=2026-11-24")

    rows = answer.body["slots"]
    at_two = [row["adviser_id"] for row in rows if row["start"] == "2026-11-23T12:00:00Z"]
    assert sorted(at_two) == sorted([str(ILMARI), str(LOUHI)])
    assert rows[0]["start"] == "2026-11-23T10:30:00Z"
    assert rows[-1]["start"] < "2026-11-23T22:00:00Z"  # the day ends at midnight in Helsinki


async def test_slots_of_one_adviser_are_that_ones_alone(portal: Program) -> None:
    answer = await portal.get(f"/offerings/{NURSE}/slots?from=2026-11-23&to=2026-11-25&adviser={LOUHI}")

    assert {row["adviser_id"] for row in answer.body["slots"]} == {str(LOUHI)}


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("from=2026-09-01&to=2026-11-02", 200, None),  # 62 days, one hour more for the clocks
        ("from=2026-09-01&to=2026-11-03", 422, "/problems/bad-period"),
        ("from=2026-11-25&to=2026-11-24", 422, "/problems/bad-period"),
        ("from=2026-11-24T00:00:00&to=2026-11-25", 422, "/problems/invalid"),
        ("from=2026-11-24T00:00:00%2B02:00&to=2026-11-25T00:00:00Z", 200, None),
        ("from=yesterday&to=2026-11-25", 422, "/problems/invalid"),
        ("adviser=nobody", 422, "/problems/invalid"),
        ("unknown=1", 422, "/problems/invalid"),
    ],
)
async def test_period_is_moments_or_days_and_62_days_at_most(
    portal: Program, query: str, status: int, kind: str | None
) -> None:
    answer = await portal.get(f"/offerings/{MORTGAGE}/slots?{query}")

    assert (answer.status, answer.body.get("type")) == (status, kind)


async def test_portal_books_and_gets_the_three_links(house: FaceHouse, portal: Program) -> None:
    answer = await portal.post("/appointments", wish())

    assert answer.status == 201
    links = answer.body.pop("links")
    manage = links["manage"]
    assert links == {"manage": manage, "join": f"{manage}/door", "ics": f"{manage}/calendar.ics"}
    assert (await house.browser().opens(manage.removeprefix(house.origin))).status == 200
    assert answer.body == {
        "id": answer.body["id"],
        "offering_id": str(MORTGAGE),
        "adviser_id": str(ILMARI),
        "start": moment_json(SOON),
        "end": moment_json(SOON + timedelta(minutes=45)),
        "status": "booked",
    }


async def test_a_taken_time_is_refused_with_others_to_choose(portal: Program) -> None:
    await portal.post("/appointments", wish())

    answer = await portal.post("/appointments", wish())

    assert (answer.status, answer.kind) == (409, "application/problem+json")
    assert answer.body["type"] == "/problems/slot-taken"
    assert [sorted(one) for one in answer.body["alternatives"]] == [["adviser_id", "end", "start"]] * 3


async def test_reading_tells_the_same_and_the_outcome_once_there_is_one(portal: Program) -> None:
    booked = (await portal.post("/appointments", wish())).body

    read = (await portal.get(f"/appointments/{booked['id']}")).body
    cancelled = (await portal.post(f"/appointments/{booked['id']}/cancel", {"reason": "not_needed"})).body

    assert read == booked
    assert cancelled == booked | {"status": "cancelled", "outcome": "late_cancellation"}


async def test_a_second_cancellation_answers_the_same(portal: Program) -> None:
    place = f"/appointments/{(await portal.post('/appointments', wish())).body['id']}"
    first = await portal.post(f"{place}/cancel")

    second = await portal.post(f"{place}/cancel", {"reason": "Aino called from +358 40 123"})

    assert (second.status, second.body) == (200, first.body)
    facts = (await portal.get(f"{place}/facts")).body["facts"]
    assert [(fact["kind"], fact["by"]) for fact in facts] == [
        ("booked", "api"),
        ("cancelled", "customer"),
        ("freed", "customer"),
    ]


async def test_what_the_house_cancels_is_its_own(portal: Program) -> None:
    place = f"/appointments/{(await portal.post('/appointments', wish())).body['id']}"

    answer = await portal.post(f"{place}/cancel", {"by": "us", "reason": "the adviser fell ill"})

    assert answer.body["outcome"] == "cancelled_by_us"
    fact = (await portal.get(f"{place}/facts")).body["facts"][-2]
    assert (fact["by"], fact["detail"]) == ("api", {"reason": "other"})


async def test_a_move_keeps_the_links(portal: Program) -> None:
    booked = (await portal.post("/appointments", wish())).body

    moved = await portal.post(f"/appointments/{booked['id']}/move", {"start": LATER})

    assert moved.status == 200
    assert (moved.body["start"], moved.body["links"]) == (LATER, booked["links"])


async def test_what_is_over_cannot_be_moved_or_confirmed(portal: Program) -> None:
    place = f"/appointments/{(await portal.post('/appointments', wish())).body['id']}"
    await portal.post(f"{place}/cancel")

    answers = [await portal.post(f"{place}/move", {"start": LATER}), await portal.post(f"{place}/confirm")]

    assert [(one.status, one.body["type"]) for one in answers] == [(409, "/problems/wrong-status")] * 2


async def test_facts_come_in_order_with_moments_in_utc(house: FaceHouse, portal: Program) -> None:
    appointment, _ = await house.books()
    async with house.units.write() as unit:
        await record(unit, appointment.id, FactKind.DOOR_OPENED, by=Actor.CUSTOMER, now=SOON)

    facts = (await portal.get(f"/appointments/{appointment.id}/facts")).body["facts"]

    assert [(fact["seq"], fact["kind"]) for fact in facts] == [(1, "booked"), (2, "door_opened")]
    assert facts[1] == {
        "seq": 2,
        "at": moment_json(SOON),
        "kind": "door_opened",
        "by": "customer",
        "detail": {},
    }


async def test_same_key_and_body_give_the_same_answer_and_one_appointment(
    house: FaceHouse, portal: Program
) -> None:
    first = await portal.post("/appointments", wish(), Idempotency_Key="k1")

    again = await portal.post("/appointments", wish(), Idempotency_Key="k1")

    assert (again.status, again.body) == (first.status, first.body)
    assert len(await house.booked()) == 1


async def test_same_key_with_another_body_is_refused(portal: Program) -> None:
    await portal.post("/appointments", wish(), Idempotency_Key="k1")

    answer = await portal.post("/appointments", wish(start=LATER), Idempotency_Key="k1")

    assert (answer.status, answer.body["type"]) == (422, "/problems/idempotency-key-reused")


async def test_a_refusal_is_an_answer_too_and_is_given_again(portal: Program) -> None:
    await portal.post("/appointments", wish())
    first = await portal.post("/appointments", wish(), Idempotency_Key="k2")

    again = await portal.post("/appointments", wish(), Idempotency_Key="k2")

    assert (first.status, first.kind) == (409, "application/problem+json")
    assert (again.status, again.kind, again.body) == (first.status, first.kind, first.body)


async def test_another_callers_key_of_the_same_name_is_another_key(house: FaceHouse, portal: Program) -> None:
    other = await house.program("booking")
    await portal.post("/appointments", wish(), Idempotency_Key="k1")

    answer = await other.post("/appointments", wish(start=LATER), Idempotency_Key="k1")

    assert answer.status == 201


async def test_a_call_under_way_makes_the_second_wait(house: FaceHouse, portal: Program) -> None:
    await portal.post("/appointments", wish(), Idempotency_Key="k1")
    await house.forget_answers()

    answer = await portal.post("/appointments", wish(), Idempotency_Key="k1")

    assert (answer.status, answer.body["type"]) == (409, "/problems/still-under-way")


@pytest.mark.parametrize(
    ("scopes", "path", "status", "kind"),
    [
        ((), "/offerings", 401, "/problems/key-needed"),
        (("statistics",), "/offerings", 403, "/problems/scope-missing"),
        (("booking",), "/statistics/attendance", 403, "/problems/scope-missing"),
        (("all",), "/statistics/attendance", 200, None),
        (("all",), "/offerings", 200, None),
    ],
)
async def test_each_call_asks_for_a_key_with_its_scope(
    house: FaceHouse, scopes: tuple[str, ...], path: str, status: int, kind: str | None
) -> None:
    answer = await (await house.program(*scopes)).get(path)

    assert (answer.status, answer.body.get("type")) == (status, kind)


async def test_a_revoked_key_opens_nothing(house: FaceHouse, portal: Program) -> None:
    async with house.units.write() as unit:
        for key in await unit.api_keys.all():
            await unit.api_keys.revoke(key.id, at=house.now)

    assert (await portal.get("/offerings")).status == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "2026-11-23T13:00:00"},
        {"start": 5},
        {"offering_id": "nothing"},
        {"customer": {"name": "", "email": "aino@example.com"}},
        {"customer": {"name": "Aino", "email": "aino"}},
        {"customer": {"name": "Aino\nBcc: x", "email": "aino@example.com"}},
        {"surprise": True},
    ],
)
async def test_a_wrong_body_is_refused_by_field_and_not_repeated(
    house: FaceHouse, portal: Program, changes: dict[str, Any]
) -> None:
    answer = await portal.post("/appointments", wish(**changes))

    assert (answer.status, answer.body["type"]) == (422, "/problems/invalid")
    assert answer.body["errors"][0]["field"].startswith(next(iter(changes)))
    assert await house.booked() == []


@pytest.mark.parametrize("place", ["", "/facts"])
@pytest.mark.parametrize("which", [str(UUID(int=7)), "nothing"])
async def test_an_unknown_appointment_is_not_found(portal: Program, which: str, place: str) -> None:
    answer = await portal.get(f"/appointments/{which}{place}")

    assert (answer.status, answer.body["type"]) == (404, "/problems/not-found")


async def test_statistics_tell_counts_and_no_rate_for_few(house: FaceHouse) -> None:
    program = await house.program("statistics")
    await house.books()

    answer = await program.get("/statistics/attendance?by=week&from=2026-11-01&to=2026-12-01")

    assert answer.body == {
        "n": 0,
        "rows": [],
        "excluded": {"cancelled_by_customer": 0, "cancelled_by_us": 0, "not_closed": 1, "drop_in": 0},
    }


async def test_twenty_who_want_the_same_time_at_once_get_one_appointment(
    house: FaceHouse, portal: Program
) -> None:
    answers = await asyncio.gather(*(portal.post("/appointments", wish()) for _ in range(20)))

    assert sorted(one.status for one in answers) == [201] + [409] * 19
    assert len(await house.booked()) == 1


async def test_the_same_call_sent_five_times_at_once_is_done_once(house: FaceHouse, portal: Program) -> None:
    sent = (portal.post("/appointments", wish(), Idempotency_Key="k1") for _ in range(5))

    answers = await asyncio.gather(*sent)

    assert {one.status for one in answers} <= {201, 409}
    assert {one.body["type"] for one in answers if one.status == 409} <= {"/problems/still-under-way"}
    assert len({one.body["id"] for one in answers if one.status == 201}) == 1
    assert len(await house.booked()) == 1
