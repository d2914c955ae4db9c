"""The connection test's pages, with a real media process behind and a real peer in front."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, web
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from booking.appointment import Customer
from booking.fact import Fact, FactKind
from booking.reserve import Wish, reserve
from booking.set_up import change_offering
from server.database.engine import open_engines
from server.database.units import SqlUnits
from server.demo_data import ILMARI, MORTGAGE, load_demo
from server.front import listening_socket, served
from server.media_client import MediaClient, MediaProcess, socket_in
from server.migrate import migrate
from server.sealing import Sealer
from signalling.precall.ports import SDP_LIMIT_BYTES
from tests.memory.relay import MemoryRelay
from tests.web.house import NOW, SITE
from web import keys
from web.csrf import csrf_token
from web.middleware.order import dress
from web.pages import practice, precall
from web.public_site import Allowance
from web.rates import Rates
from web.static import Assets

FINE: Mapping[str, Any] = {
    "audio_returned": True,
    "round_trip_ms": 41.6,
    "jitter_ms": 4.0,
    "audio_loss_sent": 0.0123,
    "audio_loss_returned": 0.0,
    "failure": "no_camera",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Aino at her screen: her appointment's pages, and the practice."""

    client: ClientSession
    units: SqlUnits
    origin: str
    token: str
    csrf: str

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(self.origin + path) as answer:
            return answer.status, await answer.text()

    async def post(
        self, path: str, body: Mapping[str, object], *, csrf: str | None = None
    ) -> tuple[int, Any]:
        headers = {"X-CSRF-Token": self.csrf if csrf is None else csrf, "Accept": "application/json"}
        async with self.client.post(self.origin + path, json=body, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)

    @property
    def tests(self) -> str:
        return f"/a/{self.token}/connection-test"

    async def kept(self) -> list[Fact]:
        async with self.units.read() as unit:
            appointment = await unit.links.appointment(self.token)
            facts = await unit.facts.of(appointment.id)
        return [fact for fact in facts if fact.kind is FactKind.CONNECTION_TESTED]


@pytest.fixture(scope="module")
async def media(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MediaClient]:
    socket = socket_in(tmp_path_factory.mktemp("media"))
    process, client = MediaProcess(socket), MediaClient(socket)
    await process.start()
    async with asyncio.timeout(30):
        while not await client.is_up():  # noqa: ASYNC110 - there is no event between processes
            await asyncio.sleep(0.05)
    yield client
    await client.close()
    await process.stop()


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo's database once; each test gets a copy."""
    database = tmp_path_factory.mktemp("demo") / "kohtaamo.sqlite3"
    await asyncio.to_thread(migrate, f"sqlite:///{database}")
    units = opened(database)
    async with units.write() as unit:
        await load_demo(unit)
    await units.close()
    return database


def opened(database: Path) -> SqlUnits:
    return SqlUnits(open_engines(f"sqlite:///{database}"), Sealer(b"only for tests, 32 bytes or more"))


@pytest.fixture
async def aino(media: MediaClient, demo: Path, tmp_path: Path) -> AsyncIterator[Visitor]:
    async with visiting(media, Path(shutil.copy(demo, tmp_path))) as visitor:
        yield visitor


@asynccontextmanager
async def visiting(media: MediaClient, database: Path) -> AsyncIterator[Visitor]:
    units = opened(database)
    token = await booked(units)
    listening = listening_socket("127.0.0.1", 0)
    origin = f"http://localhost:{listening.getsockname()[1]}"
    async with (
        served(made_app(units, media), listening),
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as client,
    ):
        async with client.get(f"{origin}/token") as answer:
            csrf = await answer.text()
        yield Visitor(client, units, origin, token, csrf)
    await units.close()


async def booked(units: SqlUnits) -> str:
    customer = Customer(name="Aino Kivi", email="aino@example.com", phone="", language="fi")
    wish = Wish(offering_id=MORTGAGE, start=NOW + timedelta(days=1), adviser_id=ILMARI, customer=customer)
    async with units.write() as unit:
        return (await reserve(unit, wish, now=NOW)).token


def made_app(units: SqlUnits, media: MediaClient) -> web.Application:
    app = web.Application()
    app[keys.SITE], app[keys.ALLOWANCE], app[keys.RATES] = SITE, Allowance(), Rates()
    app[keys.SECRET], app[keys.ASSETS], app[keys.CLOCK] = b"a secret of tests", Assets(), lambda: NOW
    app[keys.UNITS], app[keys.PRECALL], app[keys.RELAY] = units, media, MemoryRelay()
    dress(app)
    app.router.add_routes([web.get("/token", token), *precall.ROUTES, *practice.ROUTES])
    return app


async def token(request: web.Request) -> web.Response:
    return web.Response(text=csrf_token(request))


@asynccontextmanager
async def a_microphone() -> AsyncIterator[RTCPeerConnection]:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connection.addTrack(AudioStreamTrack())
    await connection.setLocalDescription(await connection.createOffer())
    try:
        yield connection
    finally:
        await connection.close()


async def sound_goes_round(aino: Visitor, microphone: RTCPeerConnection, tests: str) -> str:
    """Begin a test, wait for the first sound that comes back, and return the test's id."""
    status, answer = await aino.post(f"{tests}/offer", {"sdp": microphone.localDescription.sdp})
    assert status == 200
    await microphone.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
    async with asyncio.timeout(20):
        await microphone.getTransceivers()[0].receiver.track.recv()
    return str(answer["id"])


async def test_result_is_judged_by_the_server_and_kept_with_the_appointment(aino: Visitor) -> None:
    async with a_microphone() as microphone:
        test_id = await sound_goes_round(aino, microphone, aino.tests)

        status, judged = await aino.post(f"{aino.tests}/result?lang=en", {**FINE, "test_id": test_id})

    assert (status, judged["kind"], judged["verdict"]) == (200, "usable", "This is good enough for a meeting")
    assert [(figure["name"], figure["value"]) for figure in judged["figures"]] == [
        ("To our server and back", "42 ms"),
        ("Lost on the way", "1.2%"),
        ("Route", "direct"),
    ]
    assert [(fact.at, fact.detail) for fact in await aino.kept()] == [
        (
            NOW,
            {
                "verdict": "usable",
                "advice": "connect_camera",
                "round_trip_ms": 42.0,
                "loss": 0.012,
                "frames_per_second": None,
            },
        )
    ]


async def test_claim_of_media_that_the_server_never_had_is_not_believed(aino: Visitor) -> None:
    claims = [FINE, {**FINE, "test_id": "never-begun"}]

    judged = [(await aino.post(f"{aino.tests}/result", claim))[1]["kind"] for claim in claims]

    assert judged == ["poor", "poor"]


async def test_verdict_comes_in_the_readers_language(aino: Visitor) -> None:
    _, judged = await aino.post(f"{aino.tests}/result?lang=sv", {"failure": "blocked"})

    assert (
        judged["advice"] == "Tillåt kameran och mikrofonen med ikonen bredvid sidans adress och testa igen."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"round_trip_ms": -1},
        {"audio_loss_sent": 1.01},
        {"frames_per_second": 1e9},
        {"jitter_ms": "much"},
        {"failure": "bored"},
        {"verdict": "good"},
        {"test_id": "../offer"},
    ],
)
async def test_measure_that_cannot_be_is_refused_and_not_kept(
    aino: Visitor, wrong: dict[str, object]
) -> None:
    status, _ = await aino.post(f"{aino.tests}/result", {**FINE, **wrong})

    assert status == 422
    assert await aino.kept() == []


async def test_broken_and_overlong_offers_are_refused(aino: Visitor) -> None:
    offers = ["", "hello", "x" * (SDP_LIMIT_BYTES + 1)]

    statuses = [(await aino.post(f"{aino.tests}/offer", {"sdp": sdp}))[0] for sdp in offers]

    assert statuses == [400, 400, 422]


async def test_stranger_finds_no_test_under_a_guessed_link(aino: Visitor) -> None:
    assert (await aino.get(aino.tests))[0] == 200  # it is there to be seen
    guessed = f"/a/{'x' * 22}/connection-test"

    shown, _ = await aino.get(guessed)
    posted = [(await aino.post(f"{guessed}/{step}", {}))[0] for step in ("ice", "offer", "result")]

    assert [shown, *posted] == [404, 404, 404, 404]


async def test_result_from_another_sites_page_is_refused(aino: Visitor) -> None:
    status, _ = await aino.post(f"{aino.tests}/result", FINE, csrf="guessed")

    assert status == 403
    assert await aino.kept() == []


async def test_browser_learns_its_servers_when_the_test_begins(aino: Visitor) -> None:
    status, ice = await aino.post(f"{aino.tests}/ice", {})

    assert (status, ice) == (200, {"iceServers": [], "iceTransportPolicy": "all"})


async def test_it_is_tried_by_the_relay_alone_where_the_meeting_will_go_by_it(aino: Visitor) -> None:
    async with aino.units.write() as unit:
        await change_offering(unit, MORTGAGE, lambda one: replace(one, media_way="relay"))

    _, ice = await aino.post(f"{aino.tests}/ice", {})

    assert ice["iceTransportPolicy"] == "relay"


async def test_media_process_that_is_down_is_a_named_refusal(demo: Path, tmp_path: Path) -> None:
    nobody = MediaClient(socket_in(tmp_path))
    async with visiting(nobody, Path(shutil.copy(demo, tmp_path))) as aino:
        status, problem = await aino.post(f"{aino.tests}/offer", {"sdp": "v=0"})

    await nobody.close()
    assert (status, problem["type"]) == (503, "/problems/connection-test-unavailable")
