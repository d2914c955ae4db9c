"""Who comes with a personal identity code is a person, and the same one at every appointment."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from identity.assurance import Assurance
from identity.errors import AnotherPerson
from identity.identification import Identification, Identified
from identity.login import begin_login, finish_login
from identity.login_attempt import Purpose
from identity.personal_code import personal_code
from server.person_keys import PersonKeys, make_key
from server.vault import Vault
from tests.identity.memory import MemoryUnit
from tests.identity.people import APPOINTMENT, NOW, OTHER_APPOINTMENT, aino
from tests.memory.persons import MemoryPersons

SECRET = b"only for tests: 32 bytes or more."
CODE = personal_code("010170-999R", today=date(2026, 11, 23))
NAMESAKE = personal_code("100190-999P", today=date(2026, 11, 23))
NAMESAKE_OF_2023 = personal_code("100190Y999P", today=date(2026, 11, 23))


async def identify(
    unit: MemoryUnit, identified: Identified, appointment_id: UUID = APPOINTMENT
) -> Identification:
    attempt = await begin_login(
        unit,
        appointment_id,
        provider="demo-bank",
        browser="ainos-browser",
        purpose=Purpose.DOOR,
        asked=Assurance.LOW,
        now=NOW,
    )
    finished = await finish_login(
        unit, attempt, identified, booked_name="Aino Virtanen Seppä", door_token=None, now=NOW
    )
    return finished.identification


async def test_the_same_code_is_the_same_person_at_another_appointment(unit: MemoryUnit) -> None:
    first = await identify(unit, replace(aino(), code=CODE))

    second = await identify(unit, replace(aino(), code=CODE, family_name="Virtanen-Seppä"), OTHER_APPOINTMENT)

    assert first.person_id == second.person_id is not None
    assert (await unit.persons.get(second.person_id)).name == "Aino Maria Virtanen-Seppä"
    assert await unit.persons.code(second.person_id) == CODE


async def test_codes_that_differ_by_the_sign_alone_are_two_people(unit: MemoryUnit) -> None:
    first = await identify(unit, replace(aino(), code=NAMESAKE))
    second = await identify(unit, replace(aino(), code=NAMESAKE_OF_2023), OTHER_APPOINTMENT)

    assert first.person_id != second.person_id

    with pytest.raises(AnotherPerson):
        await identify(unit, replace(aino(), code=NAMESAKE_OF_2023))


async def test_who_is_known_without_a_code_is_no_person(unit: MemoryUnit) -> None:
    by_name = await identify(unit, replace(aino(assurance=Assurance.LOW), subject_key=None))

    assert by_name.person_id is None


async def test_another_person_is_refused_and_leaves_no_person(unit: MemoryUnit) -> None:
    await identify(unit, replace(aino(), code=CODE))
    stranger = replace(aino(), code=NAMESAKE)

    with pytest.raises(AnotherPerson):
        await identify(unit, stranger)

    known = await unit.persons.met(NAMESAKE, given_name="A", family_name="B", at=NOW.replace(hour=12))
    assert known.since == NOW.replace(hour=12)  # nobody had been there before


async def test_an_appointment_bound_under_the_old_key_is_theirs_under_the_new_one(tmp_path: Path) -> None:
    vault = Vault(PersonKeys(SECRET, tmp_path))
    unit = MemoryUnit(persons=MemoryPersons({}, vault))
    before = await identify(unit, replace(aino(), code=CODE))
    make_key(tmp_path)

    after = await identify(unit, replace(aino(), code=CODE))
    elsewhere = await identify(unit, replace(aino(), code=NAMESAKE), OTHER_APPOINTMENT)

    assert after.person_id == before.person_id
    assert after.subject_key == before.subject_key == vault.subject_keys(CODE)[1]
    assert elsewhere.subject_key is not None
    assert elsewhere.subject_key[0] == 2


def test_nothing_about_a_person_tells_the_code(unit: MemoryUnit) -> None:
    assert CODE.masked == "010170-****"
    assert "999R" not in repr(replace(aino(), code=CODE))
    assert "1970" not in repr(CODE)
