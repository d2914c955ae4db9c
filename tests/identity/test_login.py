"""A customer is identified: by the browser that began, once, and as the one who booked."""

from datetime import timedelta

import pytest

from identity.assurance import Assurance
from identity.door import CameIn, behind_the_door, come_in, identified_as
from identity.errors import AnotherPerson, AssuranceTooLow, AttemptExpired, AttemptUnknown
from identity.identification import Identified
from identity.login import Finished, begin_login, claim, finish_login
from identity.login_attempt import LoginAttempt, Purpose
from tests.identity.memory import MemoryUnit
from tests.identity.people import APPOINTMENT, NOW, OTHER_APPOINTMENT, aino, louhi


async def begin(unit: MemoryUnit, asked: Assurance = Assurance.SUBSTANTIAL) -> LoginAttempt:
    return await begin_login(
        unit,
        APPOINTMENT,
        provider="demo-bank",
        browser="ainos-browser",
        purpose=Purpose.DOOR,
        asked=asked,
        now=NOW,
    )


async def finish(
    unit: MemoryUnit,
    identified: Identified,
    *,
    booked_name: str = "Aino Virtanen",
    asked: Assurance = Assurance.SUBSTANTIAL,
    door: CameIn | None = None,
) -> Finished:
    return await finish_login(
        unit,
        await begin(unit, asked),
        identified,
        booked_name=booked_name,
        door_token=door.token if door else None,
        now=NOW,
    )


async def test_a_state_is_claimed_once(unit: MemoryUnit) -> None:
    attempt = await begin(unit)

    assert await claim(unit, attempt.state, now=NOW) == attempt
    with pytest.raises(AttemptUnknown):
        await claim(unit, attempt.state, now=NOW)


async def test_a_state_that_we_did_not_draw_is_unknown(unit: MemoryUnit) -> None:
    with pytest.raises(AttemptUnknown):
        await claim(unit, "made-up", now=NOW)


async def test_the_browser_that_began_may_end_it_within_ten_minutes(unit: MemoryUnit) -> None:
    attempt = await begin(unit)
    late = NOW + timedelta(minutes=10)

    attempt.check_browser(provider="demo-bank", browser="ainos-browser")
    attempt.check_time(now=late - timedelta(seconds=1))

    with pytest.raises(AttemptExpired):
        attempt.check_time(now=late)


@pytest.mark.parametrize(
    ("provider", "browser"),
    [
        ("demo-bank", "louhis-browser"),
        ("demo-bank", ""),
        ("another-bank", "ainos-browser"),
    ],
)
async def test_another_browser_or_provider_may_not_end_it(
    unit: MemoryUnit, provider: str, browser: str
) -> None:
    attempt = await begin(unit)

    with pytest.raises(AttemptUnknown):
        attempt.check_browser(provider=provider, browser=browser)


async def test_who_booked_is_identified_and_the_appointment_is_theirs(unit: MemoryUnit) -> None:
    finished = await finish(unit, aino())

    kept = await unit.identifications.get(finished.identification.id)
    assert (kept.name, kept.method) == ("Aino Maria Virtanen", "demo-bank")
    assert kept.assurance == Assurance.SUBSTANTIAL
    assert await unit.identifications.bound_key(APPOINTMENT) == b"aino's key"
    assert await unit.identifications.bound_key(OTHER_APPOINTMENT) is None


async def test_another_person_is_refused_and_nothing_is_bound(unit: MemoryUnit) -> None:
    with pytest.raises(AnotherPerson):
        await finish(unit, louhi())

    assert await unit.identifications.bound_key(APPOINTMENT) is None


async def test_a_namesake_is_refused_once_the_appointment_is_bound(unit: MemoryUnit) -> None:
    await finish(unit, aino())

    with pytest.raises(AnotherPerson):
        await finish(unit, aino(subject_key=b"another aino's key"))


async def test_who_is_bound_comes_again_also_under_a_new_name(unit: MemoryUnit) -> None:
    await finish(unit, aino())

    again = await finish(unit, aino(), booked_name="Aino Korhonen")

    assert again.identification.name == "Aino Maria Virtanen"


async def test_the_store_refuses_a_second_person_who_came_at_the_same_time(unit: MemoryUnit) -> None:
    first = (await finish(unit, aino())).identification
    other = first.__class__(
        id=OTHER_APPOINTMENT,
        appointment_id=APPOINTMENT,
        provider="demo-bank",
        method="demo-bank",
        assurance=Assurance.HIGH,
        subject_key=b"other",
        given_name="Aino",
        family_name="Virtanen",
        at=NOW,
    )

    with pytest.raises(AnotherPerson):
        await unit.identifications.add(other)


async def test_less_than_the_offering_asks_is_too_low(unit: MemoryUnit) -> None:
    with pytest.raises(AssuranceTooLow):
        await finish(unit, aino(assurance=Assurance.LOW))


async def test_identification_renews_the_cookie_and_keeps_the_participant(unit: MemoryUnit) -> None:
    door = await come_in(unit, APPOINTMENT, now=NOW)
    assert await identified_as(unit, door.session) is None

    finished = await finish(unit, aino(), door=door)

    assert finished.door_token is not None
    renewed = await behind_the_door(unit, finished.door_token, APPOINTMENT, now=NOW)
    assert renewed is not None
    assert renewed.participant_id == door.session.participant_id
    assert await identified_as(unit, renewed) == finished.identification
    assert await behind_the_door(unit, door.token, APPOINTMENT, now=NOW) is None


async def test_a_browser_that_never_came_in_gets_no_cookie_by_identification(unit: MemoryUnit) -> None:
    elsewhere = await come_in(unit, OTHER_APPOINTMENT, now=NOW)

    assert (await finish(unit, aino())).door_token is None
    assert (await finish(unit, aino(), door=elsewhere)).door_token is None


async def test_coming_in_again_keeps_the_participant(unit: MemoryUnit) -> None:
    first = await come_in(unit, APPOINTMENT, now=NOW)

    again = await come_in(unit, APPOINTMENT, token=first.token, now=NOW + timedelta(hours=1))
    next_day = await come_in(unit, APPOINTMENT, token=first.token, now=NOW + timedelta(hours=12))

    assert again == first
    assert next_day.session.participant_id != first.session.participant_id


async def test_a_door_opens_one_appointment_only(unit: MemoryUnit) -> None:
    door = await come_in(unit, APPOINTMENT, now=NOW)
    assert await behind_the_door(unit, door.token, APPOINTMENT, now=NOW) == door.session

    assert await behind_the_door(unit, door.token, OTHER_APPOINTMENT, now=NOW) is None
    assert await behind_the_door(unit, "made-up", APPOINTMENT, now=NOW) is None
