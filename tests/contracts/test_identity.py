"""Sessions can be revoked, attempts and tickets are used once, and the first identification binds."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from identity.assurance import Assurance
from identity.door_session import DoorSession
from identity.errors import AnotherPerson, AttemptUnknown, NotFound, NotOnStaff, PasskeyRefused, TicketUsed
from identity.half_sign_in import HalfSignIn
from identity.identification import Identification
from identity.login_attempt import Purpose, begun
from identity.one_time_code import new_authenticator
from identity.passkey import Passkey, PasskeyChallenge
from identity.permission import Role
from identity.session import open_for
from identity.staff_issuer.trip import set_out
from tests.contracts.world import NOW, World

HOUR = timedelta(hours=1)
AINO_KEY, LOUHI_KEY = b"a" * 33, b"l" * 33


def identification(
    appointment_id: UUID, key: bytes | None = AINO_KEY, *, person_id: UUID | None = None
) -> Identification:
    return Identification(
        id=uuid4(),
        appointment_id=appointment_id,
        provider="demo-bank",
        method="bank",
        assurance=Assurance.SUBSTANTIAL,
        subject_key=key,
        given_name="Aino Maria",
        family_name="Virtanen",
        at=NOW,
        purpose=Purpose.MEETING,
        fingerprint=b"f" * 32,
        person_id=person_id,
    )


async def test_a_staff_session_is_found_touched_and_revoked(world: World) -> None:
    session = open_for(world.ilmari, Role.ADVISER, b"h" * 32, now=NOW)
    touched = session.touched(now=NOW + HOUR)
    async with world.units.write() as unit:
        await unit.staff_sessions.add(session)
        assert await unit.staff_sessions.find(session.token_hash) == session
        await unit.staff_sessions.touch(touched)
        assert await unit.staff_sessions.find(session.token_hash) == touched

    async with world.units.write() as unit:
        await unit.staff_sessions.remove(session.token_hash)
        await unit.staff_sessions.remove(session.token_hash)
        await unit.staff_sessions.touch(touched)

        assert await unit.staff_sessions.find(session.token_hash) is None


async def test_all_sessions_of_one_member_are_revoked_and_nobody_elses(world: World) -> None:
    sessions = [
        open_for(who, Role.ADVISER, bytes([number]) * 32, now=NOW)
        for number, who in enumerate((world.ilmari, world.ilmari, world.louhi))
    ]
    async with world.units.write() as unit:
        for session in sessions:
            await unit.staff_sessions.add(session)
        await unit.staff_sessions.remove_all_of(world.ilmari)

    async with world.units.read() as unit:
        found = [await unit.staff_sessions.find(one.token_hash) for one in sessions]
    assert found == [None, None, sessions[2]]


async def test_only_living_sessions_of_an_active_member_are_listed_and_said_to_live(world: World) -> None:
    fresh = replace(open_for(world.ilmari, Role.ADVISER, b"a" * 32, now=NOW), browser="Firefox, Windows")
    over = replace(open_for(world.ilmari, Role.ADVISER, b"b" * 32, now=NOW), expires_at=NOW + HOUR)
    idle = replace(open_for(world.ilmari, Role.ADVISER, b"c" * 32, now=NOW), idle_until_at=NOW + HOUR)
    seen = replace(fresh, token_hash=b"d" * 32, last_seen_at=NOW + HOUR)
    louhis = open_for(world.louhi, Role.ADVISER, b"e" * 32, now=NOW)
    every = [one.token_hash for one in (fresh, over, idle, seen, louhis)] + [b"nobody's"]
    async with world.units.write() as unit:
        for session in (fresh, over, idle, seen, louhis):
            await unit.staff_sessions.add(session)
        await unit.staff.change(replace(await unit.staff.get(world.louhi), is_active=False))

    async with world.units.read() as unit:
        assert await unit.staff_sessions.of(world.ilmari, now=NOW + HOUR) == [seen, fresh]
        assert set(await unit.staff_sessions.living(every, now=NOW + HOUR)) == {b"a" * 32, b"d" * 32}


async def test_an_app_opens_nothing_before_it_is_confirmed_and_takes_each_code_once(world: World) -> None:
    first, second = (new_authenticator(world.ilmari, now=NOW) for _ in range(2))
    async with world.units.write() as unit:
        store = unit.second_factors
        await store.propose(first)
        assert await store.find(world.ilmari) is None
        assert await store.proposed(world.ilmari) == first
        assert not await store.take_step(world.ilmari, 8)

        await store.confirm(world.ilmari, 7)
        await store.propose(second)
        assert await store.find(world.ilmari) == replace(first, last_step=7)
        took = [await store.take_step(world.ilmari, step) for step in (7, 8, 8, 6)]
        await store.confirm(world.ilmari, 9)

    async with world.units.read() as unit:
        assert took == [False, True, False, False]
        assert await unit.second_factors.find(world.ilmari) == replace(second, last_step=9)
        assert await unit.second_factors.proposed(world.ilmari) is None
        assert await unit.second_factors.find(world.louhi) is None


async def test_codes_on_paper_are_used_once_and_by_their_owner(world: World) -> None:
    async with world.units.write() as unit:
        store = unit.second_factors
        await store.put_recovery_codes(world.ilmari, [b"old"])
        await store.put_recovery_codes(world.ilmari, [b"a", b"b"])
        await store.put_recovery_codes(world.louhi, [b"c"])
        used = [await store.use_recovery_code(world.ilmari, code) for code in (b"old", b"a", b"a", b"c")]
        left = [await store.recovery_codes_left(who) for who in (world.ilmari, world.louhi)]
        await store.remove_all_of(world.ilmari)

        assert used == [False, True, False, False]
        assert left == [1, 1]
        assert await store.recovery_codes_left(world.ilmari) == 0


async def test_a_passkey_is_kept_once_counted_and_removed_by_its_owner(world: World) -> None:
    phone = Passkey(
        id=b"phone", staff_id=world.ilmari, public_key=b"k", sign_count=0, name="Phone", made_at=NOW
    )
    token = replace(phone, id=b"token", made_at=NOW + HOUR)
    async with world.units.write() as unit:
        for passkey in (token, phone):
            await unit.passkeys.add(passkey)
        await unit.passkeys.used(b"phone", sign_count=2**32 - 1, at=NOW + HOUR)
        await unit.passkeys.remove(world.louhi, b"token")
        used = replace(phone, sign_count=2**32 - 1, last_used_at=NOW + HOUR)
        assert await unit.passkeys.of(world.ilmari) == [used, token]
        assert await unit.passkeys.find(b"phone") == used
        await unit.passkeys.remove(world.ilmari, b"token")

    with pytest.raises(PasskeyRefused):
        async with world.units.write() as unit:
            await unit.passkeys.add(replace(phone, staff_id=world.louhi))
    async with world.units.write() as unit:
        assert await unit.passkeys.of(world.ilmari) == [used]
        await unit.passkeys.remove_all_of(world.ilmari)
        assert await unit.passkeys.find(b"phone") is None


async def test_a_challenge_is_handed_out_once_and_swept(world: World) -> None:
    drawn = PasskeyChallenge(
        token_hash=b"c" * 32, challenge=b"sign this", staff_id=None, expires_at=NOW + HOUR
    )
    enrolling = replace(drawn, token_hash=b"d" * 32, staff_id=world.ilmari)
    async with world.units.write() as unit:
        for one in (drawn, enrolling):
            await unit.passkeys.add_challenge(one)
        used = [await unit.passkeys.use_challenge(drawn.token_hash) for _ in range(2)]
        await unit.leftovers.sweep(now=NOW + HOUR)

        assert used == [drawn, None]
        assert await unit.passkeys.use_challenge(enrolling.token_hash) is None


async def test_a_trip_to_the_issuer_is_handed_out_once_and_swept(world: World) -> None:
    _, _, trip = set_out("/desk", now=NOW)
    _, _, late = set_out("", now=NOW)
    async with world.units.write() as unit:
        for one in (trip, late):
            await unit.staff_trips.add(one)
        used = [await unit.staff_trips.use(trip.state_hash) for _ in range(2)]
        await unit.leftovers.sweep(now=late.expires_at)

        assert used == [trip, None]
        assert await unit.staff_trips.use(late.state_hash) is None


async def test_a_member_is_one_subject_of_an_issuer_and_a_subject_one_member(world: World) -> None:
    async with world.units.write() as unit:
        await unit.staff_trips.bind("https://a", "1", world.ilmari)
        await unit.staff_trips.bind("https://b", "1", world.ilmari)

    for subject, member in (("1", world.louhi), ("2", world.ilmari)):
        with pytest.raises(NotOnStaff):
            async with world.units.write() as unit:
                await unit.staff_trips.bind("https://a", subject, member)
    async with world.units.read() as unit:
        assert await unit.staff_trips.member_of("https://a", "1") == world.ilmari
        assert await unit.staff_trips.member_of("https://a", "2") is None


async def test_half_a_sign_in_is_found_until_it_is_removed_or_swept(world: World) -> None:
    half = HalfSignIn(token_hash=b"h" * 32, staff_id=world.ilmari, expires_at=NOW + HOUR)
    other = replace(half, token_hash=b"i" * 32)
    async with world.units.write() as unit:
        await unit.half_sign_ins.add(half)
        await unit.half_sign_ins.add(other)
        await unit.half_sign_ins.remove(other.token_hash)
        await unit.leftovers.sweep(now=NOW)
        found = [await unit.half_sign_ins.find(one.token_hash) for one in (half, other)]
        await unit.leftovers.sweep(now=NOW + HOUR)

        assert found == [half, None]
        assert await unit.half_sign_ins.find(half.token_hash) is None


async def test_one_set_up_link_stands_and_is_used_once(world: World) -> None:
    async with world.units.write() as unit:
        await unit.set_up_links.put(b"older", expires_at=NOW)
        await unit.set_up_links.put(b"newer", expires_at=NOW + HOUR)
        known = [await unit.set_up_links.expires_at(one) for one in (b"older", b"newer")]
        used = [await unit.set_up_links.use(one) for one in (b"older", b"newer", b"newer")]

    assert known == [None, NOW + HOUR]
    assert used == [False, True, False]


async def test_a_door_session_is_found_until_it_is_revoked(world: World) -> None:
    appointment = await world.booked()
    proof = identification(appointment.id)
    session = DoorSession(
        token_hash=b"d" * 32,
        appointment_id=appointment.id,
        participant_id=uuid4(),
        came_in_at=NOW,
        expires_at=NOW + HOUR,
    )
    identified = replace(session, token_hash=b"e" * 32, identification_id=proof.id)
    async with world.units.write() as unit:
        await unit.door_sessions.add(session)
        await unit.identifications.add(proof)
        await unit.door_sessions.add(identified)
        await unit.door_sessions.remove(session.token_hash)

    async with world.units.read() as unit:
        assert await unit.door_sessions.find(session.token_hash) is None
        assert await unit.door_sessions.find(identified.token_hash) == identified


async def test_an_attempt_is_handed_out_once(world: World) -> None:
    appointment = await world.booked()
    attempt = begun(
        appointment.id,
        "demo-bank",
        "browser",
        purpose=Purpose.MEETING,
        asked=Assurance.HIGH,
        fingerprint=b"f" * 32,
        now=NOW,
    )
    async with world.units.write() as unit:
        await unit.login_attempts.add(attempt)

    async with world.units.write() as unit:
        assert await unit.login_attempts.use(attempt.state, now=NOW) == attempt

    with pytest.raises(AttemptUnknown):
        async with world.units.write() as unit:
            await unit.login_attempts.use(attempt.state, now=NOW)


async def test_a_state_that_nobody_drew_is_unknown(world: World) -> None:
    with pytest.raises(AttemptUnknown):
        async with world.units.write() as unit:
            await unit.login_attempts.use("nobody's", now=NOW)


async def test_the_first_identification_binds_and_another_person_is_refused(world: World) -> None:
    appointment = await world.booked()
    first, again = identification(appointment.id), identification(appointment.id)
    async with world.units.write() as unit:
        assert await unit.identifications.bound_key(appointment.id) is None
        await unit.identifications.add(first)
        await unit.identifications.add(again)

    with pytest.raises(AnotherPerson):
        async with world.units.write() as unit:
            await unit.identifications.add(identification(appointment.id, LOUHI_KEY))

    async with world.units.read() as unit:
        assert await unit.identifications.get(first.id) == first
        assert await unit.identifications.bound_key(appointment.id) == AINO_KEY


async def test_who_is_known_by_name_alone_binds_nobody(world: World) -> None:
    appointment = await world.booked()
    by_name = identification(appointment.id, None)
    async with world.units.write() as unit:
        await unit.identifications.add(by_name)
        assert await unit.identifications.bound_key(appointment.id) is None
        await unit.identifications.add(identification(appointment.id, LOUHI_KEY))

    async with world.units.read() as unit:
        assert await unit.identifications.get(by_name.id) == by_name
        assert await unit.identifications.bound_key(appointment.id) == LOUHI_KEY


async def test_of_two_browsers_at_once_one_binds(world: World) -> None:
    appointment = await world.booked()

    async def identify(key: bytes) -> bytes | None:
        try:
            async with world.units.write() as unit:
                await unit.identifications.add(identification(appointment.id, key))
        except AnotherPerson:
            return None
        return key

    keys = await asyncio.gather(*(identify(key) for key in (AINO_KEY, LOUHI_KEY)))

    async with world.units.read() as unit:
        bound = await unit.identifications.bound_key(appointment.id)
    assert sorted(keys, key=str) == sorted([bound, None], key=str)


async def test_an_identification_that_nobody_made_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        async with world.units.read() as unit:
            await unit.identifications.get(uuid4())


async def test_a_ticket_opens_once(world: World) -> None:
    jti = uuid4()
    async with world.units.write() as unit:
        await unit.tickets.use(jti, NOW + HOUR)

    with pytest.raises(TicketUsed):
        async with world.units.write() as unit:
            await unit.tickets.use(jti, NOW + HOUR)


async def test_failed_sign_ins_are_counted_by_login_by_address_and_by_both(world: World) -> None:
    async with world.units.write() as unit:
        for login, address, age in (
            ("ilmari", "a", 0),
            ("ilmari", "b", 0),
            ("louhi", "a", 0),
            ("ilmari", "a", 2),
        ):
            await unit.sign_in_failures.add(login, address, at=NOW - age * HOUR)
        store = unit.sign_in_failures
        counts = [
            await store.count(login="ilmari", since=NOW - HOUR),
            await store.count(address="a", since=NOW),
            await store.count(login="ilmari", address="a", since=NOW - 2 * HOUR),
            await store.count(since=NOW - 9 * HOUR),
        ]
        await store.clear("ilmari", "a")
        counts.append(await store.count(since=NOW - 9 * HOUR))

    assert counts == [2, 2, 2, 4, 2]


async def test_what_is_over_is_swept_away_and_the_rest_stays(world: World) -> None:
    over = open_for(world.ilmari, Role.ADVISER, b"o" * 32, now=NOW - timedelta(days=2))
    alive = open_for(world.ilmari, Role.ADVISER, b"s" * 32, now=NOW)
    old, young = uuid4(), uuid4()
    async with world.units.write() as unit:
        await unit.staff_sessions.add(over)
        await unit.staff_sessions.add(alive)
        await unit.tickets.use(old, NOW)
        await unit.tickets.use(young, NOW + HOUR)
        await unit.sign_in_failures.add("ilmari", "a", at=NOW - timedelta(days=1))

        await unit.leftovers.sweep(now=NOW)

        assert await unit.staff_sessions.find(over.token_hash) is None
        assert await unit.staff_sessions.find(alive.token_hash) == alive
        assert await unit.sign_in_failures.count(since=NOW - timedelta(days=9)) == 0
        await unit.tickets.use(old, NOW)
    with pytest.raises(TicketUsed):
        async with world.units.write() as unit:
            await unit.tickets.use(young, NOW)


async def test_who_booked_is_found_by_the_latest_identification_at_booking(world: World) -> None:
    appointment, other = await world.booked(), uuid4()
    first = replace(identification(appointment.id), purpose=Purpose.BOOKING, fingerprint=None)
    later = replace(first, id=uuid4(), at=NOW + HOUR)
    async with world.units.write() as unit:
        for each in (later, first, replace(identification(appointment.id), at=NOW + 2 * HOUR)):
            await unit.identifications.add(each)

    async with world.units.read() as unit:
        assert await unit.identifications.at_booking(appointment.id) == later
        assert await unit.identifications.at_booking(other) is None
