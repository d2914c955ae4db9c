"""The staff signs in, stays in for a working day, and cannot be guessed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from identity.errors import SessionOver, SignInRefused, TooManyAttempts
from identity.permission import Role
from identity.secret import kept
from identity.sign_in import begin_sign_in, open_session, recognise, sign_out
from tests.identity.memory import MemoryUnit
from tests.identity.people import ILMARI, ILMARIS_CREDENTIALS, NOW

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


async def test_a_login_is_found_however_it_is_typed(unit: MemoryUnit) -> None:
    assert await begin_sign_in(unit, " Ilmari ", HERE, now=NOW) == ILMARIS_CREDENTIALS


async def test_an_unknown_login_is_no_refusal_yet(unit: MemoryUnit) -> None:
    assert await begin_sign_in(unit, "antero", HERE, now=NOW) is None


async def test_the_eleventh_wrong_guess_waits_a_quarter_of_an_hour(unit: MemoryUnit) -> None:
    await guess(unit, 10)

    with pytest.raises(TooManyAttempts) as refused:
        await begin_sign_in(unit, "ilmari", HERE, now=NOW)

    assert refused.value.retry_after == timedelta(minutes=15)
    assert await begin_sign_in(unit, "ilmari", HERE, now=NOW + timedelta(minutes=16)) == ILMARIS_CREDENTIALS


async def test_guesses_of_unknown_logins_are_counted_alike(unit: MemoryUnit) -> None:
    await guess(unit, 10, login="antero")

    with pytest.raises(TooManyAttempts):
        await begin_sign_in(unit, "antero", HERE, now=NOW)


async def test_guesses_from_elsewhere_do_not_lock_an_adviser_out(unit: MemoryUnit) -> None:
    await guess(unit, 10, address=ELSEWHERE)

    assert await begin_sign_in(unit, "ilmari", HERE, now=NOW) == ILMARIS_CREDENTIALS


async def test_one_address_does_not_try_many_logins(unit: MemoryUnit) -> None:
    for number in range(50):
        await guess(unit, 1, login=f"name{number}")

    with pytest.raises(TooManyAttempts):
        await begin_sign_in(unit, "ilmari", HERE, now=NOW)


async def test_many_addresses_do_not_try_one_login(unit: MemoryUnit) -> None:
    for number in range(200):
        await guess(unit, 1, address=f"198.51.100.{number}")

    with pytest.raises(TooManyAttempts):
        await begin_sign_in(unit, "ilmari", HERE, now=NOW)


async def test_a_right_password_forgives_the_wrong_ones(unit: MemoryUnit) -> None:
    await guess(unit, 9)
    await open_session(unit, ILMARI, HERE, now=NOW)

    await guess(unit, 10)

    with pytest.raises(TooManyAttempts):
        await begin_sign_in(unit, "ilmari", HERE, now=NOW)


async def test_the_cookie_of_a_session_tells_who_it_is(unit: MemoryUnit) -> None:
    token = await open_session(unit, ILMARI, HERE, now=NOW)

    member, session = await recognise(unit, token, now=NOW)

    assert (member, session.staff_id, len(token)) == (ILMARI, ILMARI.id, 43)
    assert token.encode() not in session.token_hash


async def test_signing_in_ends_the_session_that_the_browser_had(unit: MemoryUnit) -> None:
    planted = await open_session(unit, ILMARI, HERE, now=NOW)
    assert (await recognise(unit, planted, now=NOW))[0] == ILMARI

    fresh = await open_session(unit, ILMARI, HERE, old_token=planted, now=NOW)

    assert fresh != planted
    with pytest.raises(SessionOver):
        await recognise(unit, planted, now=NOW)


@pytest.mark.parametrize(("role", "idle"), [(Role.ADVISER, 8), (Role.ADMIN, 2), (Role.OPERATOR, 1)])
async def test_a_session_ends_after_the_idle_hours_of_its_role(
    unit: MemoryUnit, role: Role, idle: int
) -> None:
    await unit.staff.change(replace(ILMARI, role=role))
    token = await open_session(unit, replace(ILMARI, role=role), HERE, now=NOW)
    just_before = NOW + timedelta(hours=idle, seconds=-1)
    assert (await recognise(unit, token, now=just_before))[0].id == ILMARI.id

    with pytest.raises(SessionOver):
        await recognise(unit, token, now=NOW + timedelta(hours=idle))


@pytest.mark.parametrize("role", Role)
async def test_a_session_that_is_never_idle_ends_after_12_hours(unit: MemoryUnit, role: Role) -> None:
    await unit.staff.change(replace(ILMARI, role=role))
    token = await open_session(unit, replace(ILMARI, role=role), HERE, now=NOW)
    for minutes in range(30, 12 * 60, 30):
        await come_back(unit, token, now=NOW + timedelta(minutes=minutes))

    with pytest.raises(SessionOver):
        await recognise(unit, token, now=NOW + timedelta(hours=12))


async def test_a_session_is_written_once_a_minute_only(unit: MemoryUnit) -> None:
    token = await open_session(unit, ILMARI, HERE, now=NOW)
    _, session = await recognise(unit, token, now=NOW)

    assert not session.is_due_for_touch(now=NOW + timedelta(seconds=59))
    assert session.is_due_for_touch(now=NOW + timedelta(seconds=60))


async def test_signing_out_ends_the_session(unit: MemoryUnit) -> None:
    token = await open_session(unit, ILMARI, HERE, now=NOW)

    await sign_out(unit, token)

    with pytest.raises(SessionOver):
        await recognise(unit, token, now=NOW)


async def test_all_sessions_of_one_person_can_be_revoked(unit: MemoryUnit) -> None:
    tokens = [await open_session(unit, ILMARI, HERE, now=NOW) for _ in range(2)]

    await unit.staff_sessions.remove_all_of(ILMARI.id)

    assert [await unit.staff_sessions.find(kept(token)) for token in tokens] == [None, None]


async def test_one_who_left_is_neither_signed_in_nor_kept_in(unit: MemoryUnit) -> None:
    token = await open_session(unit, ILMARI, HERE, now=NOW)
    gone = replace(ILMARI, is_active=False)
    await unit.staff.change(gone)

    with pytest.raises(SessionOver):
        await recognise(unit, token, now=NOW)
    with pytest.raises(SignInRefused):
        await open_session(unit, gone, HERE, now=NOW)


async def guess(unit: MemoryUnit, times: int, *, login: str = "ilmari", address: str = HERE) -> None:
    for _ in range(times):
        await begin_sign_in(unit, login, address, now=NOW)


async def come_back(unit: MemoryUnit, token: str, *, now: datetime) -> None:
    _, session = await recognise(unit, token, now=now)
    await unit.staff_sessions.touch(session.touched(now=now))
