"""Facts are told to who asked for them: signed, again after failures, and each subscriber by itself."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from uuid import uuid4

import pytest
from aiohttp import web
from standardwebhooks import Webhook

from booking.appointment import Appointment
from booking.cancel import cancel
from booking.fact import Actor, FactKind, told
from booking.notice import Fault, Logged, Notice, Notified
from booking.reserve import Wish, reserve
from booking.subscriber import Format, State, Stopped, Subscriber
from identity.signing_secret import fresh_signing_secret
from server.webhooks.post import open_poster
from server.webhooks.settle import BACK_OFF, MOST_TRIES
from server.webhooks.targets import TargetRules
from server.workers.webhooks import CLAIMED_FOR, LANES, Webhooks, telling
from tests.contracts.world import AINO, TEN, World
from tests.instances.receiver import Receiver, receiving
from tests.server.notify.ainos import SITE

RULES = TargetRules(allowed=[ip_network("127.0.0.0/8")])
ASKED = frozenset({FactKind.BOOKED, FactKind.CANCELLED})


@dataclass(slots=True)
class Time:
    """Starts now, since the reference library of the subscribers goes by the real clock."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as opened:
        yield opened


@asynccontextmanager
async def worker(world: World, time: Time) -> AsyncIterator[Webhooks]:
    async with (
        open_poster(RULES, timeout_seconds=5) as poster,
        telling(world.units, time, poster, SITE) as webhooks,  # type: ignore[arg-type]  # on databases here
    ):
        yield webhooks


async def turn(webhooks: Webhooks) -> None:
    """Let everything that is due be tried."""
    while await webhooks.step():
        pass
    await webhooks.leave()
    while await webhooks.step():
        await webhooks.leave()


async def subscribed(
    world: World, time: Time, address: str, name: str = "Kassa", **values: object
) -> tuple[Subscriber, str]:
    one = Subscriber(
        id=uuid4(), name=name, address=address, kinds=ASKED, made_at=time.now, secret_made_at=time.now
    )
    one, secret = replace(one, **values), fresh_signing_secret()  # type: ignore[arg-type]  # its own fields
    async with world.units.write() as unit:
        await unit.subscribers.add(one, secret)
    return one, secret


async def books(world: World, time: Time, hour: int = 0) -> Appointment:
    start = max(TEN, (time.now + timedelta(days=2)).replace(minute=0, second=0)) + timedelta(hours=hour)
    wish = Wish(offering_id=world.talk, start=start, customer=AINO, adviser_id=world.ilmari)
    if hour:
        wish = replace(wish, customer=replace(AINO, email=f"aino{hour}@example.fi"))
    async with world.units.write() as unit:
        return (await reserve(unit, wish, now=time.now)).appointment


async def log(world: World, one: Subscriber) -> list[Logged]:
    async with world.units.read() as unit:
        return list(await unit.notices.log(one.id, limit=99))


async def kept(world: World, one: Subscriber) -> Subscriber:
    async with world.units.read() as unit:
        return await unit.subscribers.get(one.id)


async def test_a_fact_arrives_signed_and_says_what_happened_to_which_appointment(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, secret = await subscribed(world, time, f"{receiver.origin}/hook")
    appointment = await books(world, time)

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    [call] = receiver.calls
    said = Webhook(secret).verify(call.body, dict(call.headers))
    detail = said["data"].pop("detail")
    assert said == {
        "type": "appointment.booked",
        "timestamp": told(time.now),
        "data": {
            "appointment_id": str(appointment.id),
            "offering_id": str(world.talk),
            "adviser_id": str(world.ilmari),
            "seq": 1,
            "at": told(time.now),
            "kind": "booked",
            "by": "customer",
        },
    }
    assert (detail["start"], detail["end"]) == (told(appointment.span.start), told(appointment.span.end))
    assert not any(word in call.body.decode() for word in ("Aino", "aino", AINO.phone, "Keskustelu"))
    [line] = await log(world, one)
    assert (line.notice.state, [each.status for each in line.attempts]) == (Notified.DELIVERED, [204])


async def test_after_a_new_secret_the_old_one_is_good_for_a_day(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, old = await subscribed(world, time, receiver.origin)
    new = fresh_signing_secret()
    async with world.units.write() as unit:
        await unit.subscribers.replace_secret(one.id, new, at=time.now)
    await books(world, time)

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    [call] = receiver.calls
    for secret in (new, old):
        assert Webhook(secret).verify(call.body, dict(call.headers))["type"] == "appointment.booked"


async def test_what_failed_comes_again_by_its_id_and_with_its_body(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    await books(world, time)
    receiver.answers = [web.Response(status=500), web.Response(status=503)]

    async with worker(world, time) as webhooks:
        for wait in (timedelta(0), *BACK_OFF[:2]):
            time.now += wait - timedelta(seconds=1 if wait else 0)
            await turn(webhooks)
            time.now += timedelta(seconds=1 if wait else 0)
            await turn(webhooks)

    assert len({(call.id, call.body) for call in receiver.calls}) == 1
    [line] = await log(world, one)
    assert [(each.status, each.fault) for each in line.attempts] == [
        (500, Fault.ANSWER),
        (503, Fault.ANSWER),
        (204, None),
    ]
    assert (line.notice.state, (await kept(world, one)).failing_since) == (Notified.DELIVERED, None)


async def test_who_is_gone_is_stopped_at_once(world: World, time: Time, receiver: Receiver) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    await books(world, time)
    receiver.answers = [web.Response(status=410)]

    async with worker(world, time) as webhooks:
        await turn(webhooks)
        await books(world, time, hour=2)
        await turn(webhooks)

    found = await kept(world, one)
    assert (found.state, found.stopped) == (State.STOPPED, Stopped.GONE)
    assert (len(receiver.calls), [line.notice.state for line in await log(world, one)]) == (
        1,
        [Notified.FAILED],
    )


async def test_a_dead_subscriber_is_stopped_after_days(world: World, time: Time, receiver: Receiver) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    await books(world, time)

    async with worker(world, time) as webhooks:
        for wait in (timedelta(0), *BACK_OFF):
            assert (await kept(world, one)).state is State.ACTIVE
            time.now += wait
            receiver.answers = [web.Response(status=500)]
            await turn(webhooks)

    found = await kept(world, one)
    assert (found.state, found.stopped, len(receiver.calls)) == (State.STOPPED, Stopped.FAILING, MOST_TRIES)


async def test_a_notice_given_up_stops_nobody_to_whom_others_arrive(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    await books(world, time)

    async with worker(world, time) as webhooks:
        for wait in (timedelta(0), *BACK_OFF[:-1]):
            time.now += wait
            receiver.answers = [web.Response(status=500)]
            await turn(webhooks)
        await books(world, time, hour=2)
        await turn(webhooks)
        time.now += BACK_OFF[-1]
        receiver.answers = [web.Response(status=500)]
        await turn(webhooks)

    states = {len(line.attempts): line.notice.state for line in await log(world, one)}
    assert states == {MOST_TRIES: Notified.FAILED, 1: Notified.DELIVERED}
    assert (await kept(world, one)).state is State.ACTIVE


async def test_a_slow_subscriber_holds_up_nobody_else(world: World, time: Time, receiver: Receiver) -> None:
    async with receiving() as quick:
        await subscribed(world, time, receiver.origin, "A")
        await subscribed(world, time, quick.origin, "B")
        receiver.holds.clear()
        for hour in range(8):
            await books(world, time, hour)

        async with worker(world, time) as webhooks:
            while len(quick.calls) < 8:
                await webhooks.step()
            held = receiver.most_at_once
            receiver.holds.set()
            await turn(webhooks)

    assert (held, len(receiver.calls), len(quick.calls)) == (LANES, 8, 8)


async def test_facts_of_one_appointment_arrive_in_their_order(
    world: World, time: Time, receiver: Receiver
) -> None:
    await subscribed(world, time, receiver.origin)
    appointment = await books(world, time)
    async with world.units.write() as unit:
        await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=time.now)

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    seqs = [json.loads(call.body)["data"]["seq"] for call in receiver.calls]
    assert (seqs, receiver.most_at_once) == (sorted(seqs), 1)
    assert len(seqs) == 2


async def test_what_a_dead_worker_left_arrives_by_the_same_id(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    await books(world, time)
    async with world.units.write() as unit:
        [held] = await unit.notices.claim(one.id, time.now, time.now + CLAIMED_FOR, LANES)

    async with worker(world, time) as webhooks:
        await turn(webhooks)
        too_early = len(receiver.calls)
        time.now += CLAIMED_FOR
        await turn(webhooks)

    assert (too_early, [call.id for call in receiver.calls]) == (0, [f"msg_{held.id.hex}"])


async def test_what_kills_its_worker_each_time_is_given_up(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin)
    trial = Notice(
        id=uuid4(), subscriber_id=one.id, about=None, at=time.now, next_at=time.now, tries=MOST_TRIES
    )
    async with world.units.write() as unit:
        await unit.notices.add(trial)

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    [line] = await log(world, one)
    assert (receiver.calls, line.notice.state) == ([], Notified.FAILED)
    assert [each.fault for each in line.attempts] == [Fault.CUT_OFF]


async def test_a_refused_target_is_logged_and_never_called(
    world: World, time: Time, receiver: Receiver
) -> None:
    one, _ = await subscribed(world, time, receiver.origin.replace("127.0.0.1", "[::ffff:127.0.0.1]"))
    await books(world, time)

    async with (
        open_poster(TargetRules(plain_is_fine=True)) as poster,
        telling(world.units, time, poster, SITE) as webhooks,  # type: ignore[arg-type]  # as above
    ):
        await turn(webhooks)

    [line] = await log(world, one)
    assert ([each.fault for each in line.attempts], receiver.calls) == ([Fault.TARGET_REFUSED], [])


@pytest.mark.parametrize(
    ("language", "booked", "cancelled"),
    [
        ("fi", "Tapaaminen varattiin: ", "Tapaaminen peruttiin: "),
        ("sv", "En tid bokades: ", "En tid avbokades: "),
        ("en", "Appointment booked: ", "Appointment cancelled: "),
    ],
)
async def test_a_chat_channel_reads_what_happened_when_and_not_whose(
    world: World, time: Time, receiver: Receiver, language: str, booked: str, cancelled: str
) -> None:
    await subscribed(world, time, receiver.origin, format=Format.CHAT, language=language)
    appointment = await books(world, time)
    async with world.units.write() as unit:
        await cancel(unit, appointment.id, by=Actor.CUSTOMER, now=time.now)

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    texts = [json.loads(call.body)["text"] for call in receiver.calls]
    assert [text.startswith(begin) for text, begin in zip(texts, (booked, cancelled), strict=True)] == [
        True
    ] * 2
    assert all(text.endswith(f"\n{SITE.public_url}/desk") and "45 min" in text for text in texts)
    assert not any(word in text for text in texts for word in ("Aino", "Ilmari", "Keskustelu"))


async def test_a_ticket_has_a_title_a_body_and_a_reference(
    world: World, time: Time, receiver: Receiver
) -> None:
    await subscribed(world, time, receiver.origin, format=Format.TICKET, language="en")
    appointment = await books(world, time)

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    [call] = receiver.calls
    ticket = json.loads(call.body)
    assert (ticket["title"], ticket["reference"]) == ("Appointment booked", str(appointment.id))
    assert ticket["body"].endswith(f", 45 minutes\n{SITE.public_url}/desk")
    assert "Aino" not in call.body.decode()


@pytest.mark.parametrize("format", Format)
async def test_a_trial_says_that_it_is_one(
    world: World, time: Time, receiver: Receiver, format: Format
) -> None:
    one, secret = await subscribed(world, time, receiver.origin, format=format, language="en")
    async with world.units.write() as unit:
        await unit.notices.add(
            Notice(id=uuid4(), subscriber_id=one.id, about=None, at=time.now, next_at=time.now)
        )

    async with worker(world, time) as webhooks:
        await turn(webhooks)

    [call] = receiver.calls
    said = Webhook(secret).verify(call.body, dict(call.headers))
    words = "Test message from Esimerkkipankki: the line works"
    assert said in (
        {"type": "webhook.test", "timestamp": told(time.now), "data": {}},
        {"text": words},
        {"title": words, "body": SITE.public_url, "reference": ""},
    )
