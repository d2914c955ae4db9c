"""One POST reaches whom it may reach, and nobody else, whatever names and redirects say."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_network

import pytest
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from booking.notice import LONGEST_SAID, Fault
from server.webhooks.post import MOST_ANSWER_BYTES, MOST_REDIRECTS, Answered, open_poster
from server.webhooks.targets import TargetRules
from tests.instances.receiver import Receiver, receiving

BODY = b'{"type":"webhook.test"}'
HEADERS = {"webhook-id": "msg_1"}
OURS = TargetRules(allowed=[ip_network("127.0.0.1/32")])
WIDER = TargetRules(allowed=[ip_network("127.0.0.0/8")])


class Names(AbstractResolver):
    """Names that stand for one address after another; the last one stays."""

    def __init__(self, **answers: Sequence[str]) -> None:
        self._answers = {name.replace("_", "."): list(answer) for name, answer in answers.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        answers = self._answers[host]
        address = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as opened:
        yield opened


@pytest.fixture
async def inner() -> AsyncIterator[Receiver]:
    """A machine that webhooks must not reach."""
    async with receiving("127.0.0.2") as opened:
        yield opened


async def post(address: str, rules: TargetRules = OURS, **values: object) -> Answered:
    async with open_poster(rules, **values) as poster:  # type: ignore[arg-type]  # its own keywords
        return await poster.post(address, BODY, HEADERS)


def redirect(status: int, to: str) -> web.Response:
    return web.Response(status=status, headers={"Location": to})


async def test_what_is_posted_arrives_as_it_is(receiver: Receiver) -> None:
    answered = await post(f"{receiver.origin}/in/%C3%A4?key=1")

    [call] = receiver.calls
    assert answered == Answered(status=204, said="No Content")
    assert (call.path, call.body, call.id) == ("/in/ä", BODY, "msg_1")
    assert call.headers["Content-Type"] == "application/json"


async def test_a_machine_that_is_not_allowed_hears_nothing(inner: Receiver) -> None:
    assert (await post(inner.origin, WIDER)).status == 204  # it is there to be reached

    refused = await post(inner.origin)

    assert (refused, len(inner.calls)) == (Answered(fault=Fault.TARGET_REFUSED), 1)


async def test_a_name_that_leads_to_such_a_machine_is_refused(inner: Receiver) -> None:
    port = inner.origin.rpartition(":")[2]
    names = Names(hook_example=["127.0.0.2"])

    refused = await post(f"http://hook.example:{port}/", resolver=names)

    assert (refused, inner.calls) == (Answered(fault=Fault.TARGET_REFUSED), [])


async def test_a_name_that_answers_differently_the_second_time_is_refused_then(
    receiver: Receiver, inner: Receiver
) -> None:
    port = receiver.origin.rpartition(":")[2]
    names = Names(hook_example=["127.0.0.1", "127.0.0.2"])
    async with open_poster(OURS, resolver=names) as poster:
        first = await poster.post(f"http://hook.example:{port}/", BODY, HEADERS)
        second = await poster.post(f"http://hook.example:{port}/", BODY, HEADERS)

    assert (first.status, second) == (204, Answered(fault=Fault.TARGET_REFUSED))
    assert (len(receiver.calls), inner.calls) == (1, [])


@pytest.mark.parametrize("status", [307, 308])
async def test_a_redirect_is_followed_with_the_same_post(receiver: Receiver, status: int) -> None:
    receiver.answers = [redirect(status, "/there")]

    answered = await post(f"{receiver.origin}/here")

    assert answered.status == 204
    assert [(call.path, call.body, call.id) for call in receiver.calls] == [
        ("/here", BODY, "msg_1"),
        ("/there", BODY, "msg_1"),
    ]


async def test_a_redirect_to_a_machine_that_is_not_allowed_is_refused(
    receiver: Receiver, inner: Receiver
) -> None:
    receiver.answers = [redirect(307, f"{inner.origin}/"), redirect(307, f"{inner.origin}/")]
    assert (await post(receiver.origin, WIDER)).status == 204  # it is there to be reached

    refused = await post(receiver.origin)

    assert (refused, len(inner.calls)) == (Answered(fault=Fault.TARGET_REFUSED), 1)


async def test_a_redirect_to_a_name_that_turns_inwards_is_refused(
    receiver: Receiver, inner: Receiver
) -> None:
    port = inner.origin.rpartition(":")[2]
    receiver.answers = [redirect(308, f"http://turns.example:{port}/")]

    refused = await post(receiver.origin, resolver=Names(turns_example=["127.0.0.2"]))

    assert (refused, inner.calls) == (Answered(fault=Fault.TARGET_REFUSED), [])


@pytest.mark.parametrize("onward", ["file:///etc/passwd", "http://aino:sana@127.0.0.1/", "http://[::1"])
async def test_a_redirect_to_what_is_no_address_is_not_followed(receiver: Receiver, onward: str) -> None:
    receiver.answers = [redirect(307, onward)]

    refused = await post(receiver.origin)

    assert refused.fault in (Fault.TARGET_REFUSED, Fault.UNREACHABLE)
    assert len(receiver.calls) == 1


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_a_redirect_that_makes_a_get_of_it_is_a_failure(receiver: Receiver, status: int) -> None:
    receiver.answers = [redirect(status, "/there")]

    answered = await post(receiver.origin)

    assert (answered.status, answered.fault, len(receiver.calls)) == (status, Fault.REDIRECTED, 1)


async def test_redirects_are_followed_three_times_at_most(receiver: Receiver) -> None:
    receiver.answers = [redirect(307, "/on") for _ in range(9)]

    answered = await post(receiver.origin)

    assert answered == Answered(status=307, fault=Fault.REDIRECTED)
    assert len(receiver.calls) == MOST_REDIRECTS + 1


async def test_no_redirect_leads_from_https_to_http(receiver: Receiver) -> None:
    authority, server = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    async with receiving(tls=server) as safe:
        safe.answers = [redirect(307, receiver.origin)]

        answered = await post(safe.origin, trusting=trusting)
        good = await post(safe.origin, trusting=trusting)
        unknown = await post(safe.origin)

    assert (answered, receiver.calls) == (Answered(status=307, fault=Fault.REDIRECTED), [])
    assert (good.status, unknown) == (204, Answered(fault=Fault.CERTIFICATE))


@pytest.mark.parametrize(("status", "heard"), [(429, "90"), (503, "90"), (500, ""), (200, "")])
async def test_when_to_come_again_is_heard_from_those_who_may_say_it(
    receiver: Receiver, status: int, heard: str
) -> None:
    receiver.answers = [web.Response(status=status, headers={"Retry-After": "90"})]

    assert (await post(receiver.origin)).retry_after == heard


async def test_who_does_not_answer_in_time_is_given_up(receiver: Receiver) -> None:
    receiver.holds.clear()

    assert await post(receiver.origin, timeout_seconds=0.2) == Answered(fault=Fault.TIMEOUT)


async def test_where_nobody_listens_is_unreachable() -> None:
    async with receiving() as gone:
        origin = gone.origin

    assert await post(origin) == Answered(fault=Fault.UNREACHABLE)


async def test_an_endless_answer_is_cut_off_and_none_of_it_kept() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(status=500, reason="Aika " + "x" * 300)
        await answer.prepare(request)
        while True:
            await answer.write(b"Aino Virtanen " * 1000)
            sent.append(14_000)

    sent: list[int] = []
    app = web.Application()
    app.router.add_post("/", endless)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with asyncio.timeout(10):
        answered = await post(f"http://127.0.0.1:{port}/")
    await runner.cleanup()

    assert answered == Answered(status=500, fault=Fault.ANSWER, said=("Aika " + "x" * 300)[:LONGEST_SAID])
    assert sum(sent) < 200 * MOST_ANSWER_BYTES
