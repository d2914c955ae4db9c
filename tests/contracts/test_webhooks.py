"""Each fact that a subscriber asked for becomes a notice of the same unit, claimed by one, and logged."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from booking.errors import NotFound
from booking.fact import Actor, Fact, FactKind
from booking.notice import About, Attempt, Fault, Notice, Notified, Tally
from booking.subscriber import BOTH_SIGN_FOR, Format, State, Stopped, Subscriber
from server.database.leftovers import NOTICES_KEPT
from tests.contracts.world import NOW, TEN, World

MINUTE = timedelta(minutes=1)
BOOKED_AND_CANCELLED = frozenset({FactKind.BOOKED, FactKind.CANCELLED})
GOOD = Attempt(at=NOW + MINUTE, milliseconds=31, status=204, said="No Content")
BAD = Attempt(at=NOW + MINUTE, milliseconds=15_000, fault=Fault.TIMEOUT)


def subscriber(name: str = "Kassa", **values: object) -> Subscriber:
    defaults: dict[str, object] = {
        "id": uuid4(),
        "name": name,
        "address": "https://kassa.example/hook?key=äö",
        "kinds": BOOKED_AND_CANCELLED,
        "made_at": NOW,
        "secret_made_at": NOW,
    }
    return Subscriber(**(defaults | values))  # type: ignore[arg-type]  # of the right types above


async def subscribed(world: World, one: Subscriber, secret: str = "whsec_1") -> Subscriber:
    async with world.units.write() as unit:
        await unit.subscribers.add(one, secret)
    return one


async def tells(world: World, appointment_id: UUID, *kinds: FactKind, at: datetime = NOW) -> None:
    async with world.units.write() as unit:
        for kind in kinds:
            fact = Fact(appointment_id=appointment_id, at=at, kind=kind, by=Actor.CUSTOMER)
            await unit.facts.append(fact)


async def claimed(world: World, who: Subscriber, now: datetime = NOW, limit: int = 9) -> list[Notice]:
    async with world.units.write() as unit:
        return list(await unit.notices.claim(who.id, now, now + 2 * MINUTE, limit))


def told(notices: list[Notice]) -> list[tuple[str, int]]:
    return [(one.about.kind.value, one.about.seq) for one in notices if one.about]


async def test_a_subscriber_comes_back_as_it_was_and_by_name(world: World) -> None:
    second = await subscribed(world, subscriber("Tiimi", format=Format.CHAT, language="sv"))
    first = await subscribed(world, subscriber("Kassa"))

    async with world.units.read() as unit:
        assert list(await unit.subscribers.all()) == [first, second]
        assert await unit.subscribers.get(second.id) == second
        with pytest.raises(NotFound):
            await unit.subscribers.get(uuid4())


async def test_a_change_keeps_the_secret_and_the_state(world: World) -> None:
    before = await subscribed(world, subscriber())
    after = replace(before, name="Uusi", address="https://b.example/", kinds=frozenset({FactKind.MOVED}))

    async with world.units.write() as unit:
        await unit.subscribers.change(after)
        await unit.subscribers.put_in_state(before.id, State.STOPPED, Stopped.GONE)

    async with world.units.read() as unit:
        assert await unit.subscribers.get(before.id) == replace(
            after, state=State.STOPPED, stopped=Stopped.GONE
        )
        assert await unit.subscribers.secrets(before.id, now=NOW) == ["whsec_1"]


async def test_a_replaced_secret_signs_for_a_day_more_and_no_third_does(world: World) -> None:
    one = await subscribed(world, subscriber())
    async with world.units.write() as unit:
        await unit.subscribers.replace_secret(one.id, "whsec_2", at=NOW)
        await unit.subscribers.replace_secret(one.id, "whsec_3", at=NOW)

    async with world.units.read() as unit:
        before = await unit.subscribers.secrets(one.id, now=NOW + BOTH_SIGN_FOR - MINUTE)
        after = await unit.subscribers.secrets(one.id, now=NOW + BOTH_SIGN_FOR)

    assert (before, after) == (["whsec_3", "whsec_2"], ["whsec_3"])


async def test_since_when_nothing_arrives_is_noted_once_and_forgotten_with_the_next_success(
    world: World,
) -> None:
    one = await subscribed(world, subscriber())
    noted = []
    for work in ("failed", "failed later", "answered"):
        async with world.units.write() as unit:
            if work == "answered":
                await unit.subscribers.answered(one.id)
            else:
                await unit.subscribers.failed(one.id, at=NOW if work == "failed" else NOW + MINUTE)
            noted.append((await unit.subscribers.get(one.id)).failing_since)

    assert noted == [NOW, NOW, None]


async def test_who_asked_to_wait_is_told_nothing_until_then_or_until_an_admin_goes_on(world: World) -> None:
    one, appointment = await subscribed(world, subscriber()), await world.booked()
    await tells(world, appointment.id, FactKind.BOOKED)
    async with world.units.write() as unit:
        await unit.subscribers.wait(one.id, until=NOW + 9 * MINUTE)
        await unit.subscribers.wait(one.id, until=NOW + 5 * MINUTE)
        await unit.subscribers.wait(uuid4(), until=NOW)

    async with world.units.write() as unit:
        asked = (await unit.subscribers.get(one.id)).waits_until
        due = [list(await unit.notices.due(NOW + minutes * MINUTE)) for minutes in (0, 8, 9)]
        await unit.subscribers.put_in_state(one.id, State.ACTIVE)
        after = list(await unit.notices.due(NOW))

    assert (asked, due, after) == (NOW + 9 * MINUTE, [[], [], [one.id]], [one.id])


async def test_what_is_claimed_is_under_way_until_it_is_marked_or_runs_out(world: World) -> None:
    one, other = await subscribed(world, subscriber()), await subscribed(world, subscriber("Toinen"))
    appointment = await world.booked()
    await tells(world, appointment.id, FactKind.BOOKED)

    async def under_way(who: Subscriber, now: datetime = NOW) -> int:
        async with world.units.read() as unit:
            return await unit.notices.under_way(who.id, now)

    before = await under_way(one)
    [held] = await claimed(world, one)
    meanwhile = [await under_way(one), await under_way(other), await under_way(one, NOW + 2 * MINUTE)]
    async with world.units.write() as unit:
        await unit.notices.mark_failed(held.id, BAD)

    assert (before, meanwhile, await under_way(one)) == (0, [1, 0, 0], 0)


async def test_a_fact_is_told_to_those_who_asked_for_its_kind(world: World) -> None:
    appointment = await world.booked()
    asked, other = subscriber(), subscriber(kinds=frozenset({FactKind.LEFT}))
    for one in (asked, other):
        await subscribed(world, one)

    await tells(world, appointment.id, FactKind.BOOKED, FactKind.REMINDED, FactKind.CANCELLED)

    async with world.units.read() as unit:
        assert list(await unit.notices.due(NOW)) == [asked.id]
        [last, first] = [one.notice for one in await unit.notices.log(asked.id, limit=9)]
        assert list(await unit.notices.log(other.id, limit=9)) == []
    assert first == Notice(
        id=first.id,
        subscriber_id=asked.id,
        about=About(
            appointment_id=appointment.id,
            offering_id=appointment.offering_id,
            adviser_id=appointment.adviser_id,
            seq=1,
            kind=FactKind.BOOKED,
        ),
        at=NOW,
        next_at=NOW,
    )
    assert last.about
    assert (last.about.kind, last.about.seq) == (FactKind.CANCELLED, 3)


async def test_a_unit_that_fails_tells_nobody(world: World) -> None:
    appointment, one = await world.booked(), await subscribed(world, subscriber())
    fact = Fact(appointment_id=appointment.id, at=NOW, kind=FactKind.BOOKED, by=Actor.API)
    try:
        async with world.units.write() as unit:
            await unit.facts.append(fact)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    async with world.units.read() as unit:
        assert list(await unit.notices.log(one.id, limit=9)) == []


@pytest.mark.parametrize(("state", "is_kept"), [(State.PAUSED, True), (State.STOPPED, False)])
async def test_a_paused_subscriber_is_told_later_and_a_stopped_one_never(
    world: World, state: State, is_kept: bool
) -> None:
    appointment, one = await world.booked(), await subscribed(world, subscriber())
    async with world.units.write() as unit:
        await unit.subscribers.put_in_state(one.id, state)

    await tells(world, appointment.id, FactKind.BOOKED)
    async with world.units.write() as unit:
        meanwhile = list(await unit.notices.due(NOW))
        await unit.subscribers.put_in_state(one.id, State.ACTIVE)

    async with world.units.read() as unit:
        assert (meanwhile, list(await unit.notices.due(NOW))) == ([], [one.id] if is_kept else [])


async def test_facts_of_an_appointment_are_told_in_their_order_and_others_beside_them(world: World) -> None:
    one = await subscribed(world, subscriber())
    first, second = await world.booked(), await world.booked(TEN + timedelta(hours=2))
    await tells(world, first.id, FactKind.BOOKED, FactKind.CANCELLED)
    await tells(world, second.id, FactKind.BOOKED)

    now = await claimed(world, one)
    meanwhile = await claimed(world, one)
    async with world.units.write() as unit:
        for notice in now:
            await unit.notices.mark_delivered(notice.id, GOOD)
    then = await claimed(world, one)

    assert sorted(told(now)) == [("booked", 1), ("booked", 1)]
    assert {one.about.appointment_id for one in now if one.about} == {first.id, second.id}
    assert (meanwhile, told(then)) == ([], [("cancelled", 2)])


async def test_what_was_tried_in_vain_holds_up_nothing_and_comes_back_with_its_id(world: World) -> None:
    appointment, one = await world.booked(), await subscribed(world, subscriber())
    await tells(world, appointment.id, FactKind.BOOKED, FactKind.CANCELLED)
    [first] = await claimed(world, one)
    async with world.units.write() as unit:
        await unit.notices.retry_at(first.id, BAD, NOW + 5 * MINUTE)

    second = await claimed(world, one)
    again = await claimed(world, one, NOW + 5 * MINUTE, limit=1)

    assert told(second) == [("cancelled", 2)]
    assert [(notice.id, notice.tries) for notice in again] in ([(first.id, 2)], [(second[0].id, 2)])


async def test_what_a_dead_worker_held_is_claimed_again_with_the_same_id(world: World) -> None:
    appointment, one = await world.booked(), await subscribed(world, subscriber())
    await tells(world, appointment.id, FactKind.BOOKED)
    [held] = await claimed(world, one)

    too_early = await claimed(world, one, NOW + 2 * MINUTE - timedelta(seconds=1))
    again = await claimed(world, one, NOW + 2 * MINUTE)

    assert (too_early, [(notice.id, notice.tries) for notice in again]) == ([], [(held.id, 2)])


async def test_workers_at_once_never_get_the_same(world: World) -> None:
    one = await subscribed(world, subscriber())
    for hour in range(20):
        appointment = await world.booked(TEN + timedelta(hours=hour))
        await tells(world, appointment.id, FactKind.BOOKED)

    found = await asyncio.gather(*(claimed(world, one, limit=3) for _ in range(12)))

    ids = [notice.id for notices in found for notice in notices]
    assert len(ids) == len(set(ids)) == 20


async def test_the_log_has_each_try_and_the_tally_counts(world: World) -> None:
    one = await subscribed(world, subscriber())
    appointment = await world.booked()
    await tells(world, appointment.id, FactKind.BOOKED)
    await tells(world, appointment.id, FactKind.CANCELLED, at=NOW + MINUTE)
    await tells(world, appointment.id, FactKind.CANCELLED, at=NOW + 2 * MINUTE)
    [first] = await claimed(world, one, NOW)
    async with world.units.write() as unit:
        await unit.notices.retry_at(first.id, BAD, NOW)
        await unit.notices.mark_delivered(first.id, GOOD)
    [second] = await claimed(world, one, NOW + MINUTE)
    async with world.units.write() as unit:
        await unit.notices.mark_failed(second.id, BAD)

    async with world.units.read() as unit:
        log = list(await unit.notices.log(one.id, limit=9))
        failed = list(await unit.notices.log(one.id, only_failed=True, limit=9))
        older = list(await unit.notices.log(one.id, before=NOW + MINUTE, limit=9))
        tallies = dict(await unit.notices.tallies())

    assert [(line.notice.state, list(line.attempts)) for line in log] == [
        (Notified.WAITING, []),
        (Notified.FAILED, [BAD]),
        (Notified.DELIVERED, [BAD, GOOD]),
    ]
    assert ([line.notice.id for line in failed], [line.notice.id for line in older]) == (
        [second.id],
        [first.id],
    )
    assert tallies == {one.id: Tally(waiting=1, delivered=1, failed=1, last_delivered_at=GOOD.at)}


async def test_what_is_done_with_is_told_again_by_its_own_id(world: World) -> None:
    one, other = await subscribed(world, subscriber()), await subscribed(world, subscriber("Toinen"))
    appointment = await world.booked()
    await tells(world, appointment.id, FactKind.BOOKED)
    [notice] = await claimed(world, one)
    async with world.units.write() as unit:
        under_way = await unit.notices.replay(one.id, notice.id, now=NOW)
        await unit.notices.mark_delivered(notice.id, GOOD)
        not_theirs = await unit.notices.replay(other.id, notice.id, now=NOW)
        done = await unit.notices.replay(one.id, notice.id, now=NOW + MINUTE)

    again = await claimed(world, one, NOW + MINUTE)

    assert (under_way, not_theirs, done) == (False, False, True)
    assert [(each.id, each.tries) for each in again] == [(notice.id, 1)]


async def test_what_failed_since_a_moment_is_told_again(world: World) -> None:
    one = await subscribed(world, subscriber())
    for hour in range(3):
        appointment = await world.booked(TEN + timedelta(hours=hour))
        await tells(world, appointment.id, FactKind.BOOKED, at=NOW + hour * MINUTE)
    found = await claimed(world, one, NOW + 9 * MINUTE)
    async with world.units.write() as unit:
        for notice in found:
            await unit.notices.mark_failed(notice.id, BAD)

        count = await unit.notices.replay_failed(one.id, since=NOW + MINUTE, now=NOW + 10 * MINUTE)

    again = await claimed(world, one, NOW + 10 * MINUTE)
    assert (count, {each.id for each in again}) == (2, {each.id for each in found[1:]})


async def test_a_trial_is_about_nothing_and_all_goes_with_its_subscriber(world: World) -> None:
    one = await subscribed(world, subscriber())
    trial = Notice(id=uuid4(), subscriber_id=one.id, about=None, at=NOW, next_at=NOW)
    async with world.units.write() as unit:
        await unit.notices.add(trial)
    found = await claimed(world, one)

    async with world.units.write() as unit:
        await unit.subscribers.remove(one.id)
        await unit.notices.mark_delivered(trial.id, GOOD)

    assert [(each.id, each.about) for each in found] == [(trial.id, None)]
    async with world.units.read() as unit:
        assert list(await unit.subscribers.all()) == []
        assert list(await unit.notices.due(NOW + NOTICES_KEPT)) == []


async def test_notices_are_forgotten_after_a_month(world: World) -> None:
    one, appointment = await subscribed(world, subscriber()), await world.booked()
    await tells(world, appointment.id, FactKind.BOOKED)
    await tells(world, appointment.id, FactKind.CANCELLED, at=NOW + MINUTE)
    [first] = await claimed(world, one)
    async with world.units.write() as unit:
        await unit.notices.mark_delivered(first.id, GOOD)

    async with world.units.write() as unit:
        await unit.leftovers.sweep(now=NOW + NOTICES_KEPT)

    async with world.units.read() as unit:
        assert [
            line.notice.about.seq for line in await unit.notices.log(one.id, limit=9) if line.notice.about
        ] == [2]
