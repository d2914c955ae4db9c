"""An admin narrows the access log, sees whether it is whole, and which looks somebody should ask about."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from identity.look import Look, Thing, Viewer
from server.demo_data import ILMARI, LOUHI
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from tests.web.sign_in_house import Browser

HOME = "/admin/access-log"
AINOS, KULLERVOS, PERSON = uuid4(), uuid4(), uuid4()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(tmp_path) as house:
        yield house


def look(appointment_id: UUID, **values: object) -> Look:
    given: dict[str, object] = {
        "at": NOW,
        "viewer": Viewer.STAFF,
        "by": ILMARI,
        "thing": Thing.APPOINTMENT,
        "thing_id": appointment_id,
        "purpose": "GET /desk",
        "appointment_id": appointment_id,
    }
    return Look(**(given | values))  # type: ignore[arg-type]  # of the right types above


async def looked(house: FaceHouse, *looks: Look) -> None:
    async with house.units.write() as unit:
        await unit.access_log.add(looks)


async def reasons(admin: Browser, question: str) -> set[str]:
    """Return the reasons of the looks that the page shows."""
    shown = await admin.opens(f"{HOME}?{question}")
    assert shown.status == 200
    return set(re.findall(r"Reason: (\w+)", shown.text))


async def test_the_log_is_narrowed_by_whose_it_is_by_kind_and_by_days(house: FaceHouse) -> None:
    await looked(
        house,
        look(AINOS, reason="first", person_id=PERSON, at=NOW - timedelta(days=3)),
        look(AINOS, reason="paper", thing=Thing.DOCUMENT),
        look(KULLERVOS, reason="other", by=LOUHI),
    )
    admin, day = await house.staff("admin"), (NOW - timedelta(days=3)).date()

    assert await reasons(admin, "") == {"first", "paper", "other"}
    assert await reasons(admin, f"appointment={AINOS}") == {"first", "paper"}
    assert await reasons(admin, f"person={PERSON}") == {"first"}
    assert await reasons(admin, f"member={LOUHI}") == {"other"}
    assert await reasons(admin, "thing=document") == {"paper"}
    assert await reasons(admin, f"from={day}&to={day}") == {"first"}
    assert await reasons(admin, f"from={day + timedelta(days=1)}") == {"paper", "other"}
    assert await reasons(admin, f"thing=appointment&appointment={AINOS}&from=&to=") == {"first"}


async def test_each_look_leads_to_the_others_at_its_appointment_and_its_customer(house: FaceHouse) -> None:
    await looked(house, look(AINOS, person_id=PERSON))
    admin = await house.staff("admin")

    shown = await admin.opens(HOME)

    assert f'href="{HOME}?appointment={AINOS}"' in shown.text
    assert f'href="{HOME}?person={PERSON}"' in shown.text


async def test_a_whole_log_is_told_so_with_the_end_of_its_chain(house: FaceHouse) -> None:
    await looked(house, look(AINOS), look(KULLERVOS))
    await house.units.do(lambda unit: unit.access_chain.go_on())
    admin = await house.staff("admin")

    told = await admin.sends(await admin.opens(HOME), f"{HOME}/verify")

    async with house.units.read() as unit:
        head = await unit.access_chain.head()
    assert "Yes, it is whole" in told.text
    assert str(head) in told.text


async def test_a_log_that_somebody_changed_names_the_place(house: FaceHouse) -> None:
    await looked(house, look(AINOS), look(KULLERVOS))
    await house.units.do(lambda unit: unit.access_chain.go_on())
    async with house.units.write() as unit:
        execute = unit.access_log._connection.execute
        await execute(text("DROP TRIGGER looks_stay_as_they_are"))
        await execute(text("UPDATE access_log SET purpose = 'GET /else' WHERE place = 2"))
    admin = await house.staff("admin")

    told = await admin.sends(await admin.opens(HOME), f"{HOME}/verify")

    assert "The look at place 2 is not what was written." in told.text
    assert "Yes, it is whole" not in told.text


async def test_an_unusual_look_stands_under_its_rule_in_its_week(house: FaceHouse) -> None:
    night = NOW.replace(hour=1)
    await looked(house, look(AINOS, at=night, reason="sleepless"), look(KULLERVOS, at=NOW.replace(hour=8)))
    admin = await house.staff("admin")

    shown = await admin.opens(f"{HOME}/unusual")
    before = await admin.opens(f"{HOME}/unusual?last={(NOW - timedelta(days=7)).date()}")

    entries = re.findall(r'<li class="entry">(.*?)</li>', shown.text, re.DOTALL)
    assert len(entries) == 1
    assert "Between nine in the evening and six in the morning" in entries[0]
    assert "sleepless" in entries[0]
    assert f"{HOME}?appointment={AINOS}" in entries[0]
    assert "sleepless" not in before.text
