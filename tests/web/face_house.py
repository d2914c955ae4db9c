"""All pages and the API on a real front, over a demo database, at a time that a test may move."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from aiohttp import ClientSession, CookieJar, web
from sqlalchemy import update

from booking.appointment import Appointment, Customer
from booking.fact import Fact
from booking.letter import Channel
from booking.reserve import Wish, reserve
from booking.time_span import TimeSpan
from identity.half_sign_in import SecondFactor
from identity.tickets import Signer
from server.blobs import FileBlobs
from server.converter import ChildConverter
from server.database.api_keys import ApiKey
from server.database.engine import Engines, open_engines
from server.database.idempotency import idempotency_keys
from server.database.units import SqlUnits
from server.demo_data import ILMARI, MORTGAGE
from server.front import listening_socket, served
from server.key_files import ticket_key
from server.letter_room import ComposingRoom
from server.meeting_log import UnitMeetingLog
from server.notify.channel import Sender
from server.sealing import Sealer
from server.webhooks.targets import LookedUpTargets, TargetRules
from signalling.ice import IcePolicy
from signalling.switchboard import Switchboard
from tests.instances.sms_gateway import SECRET as SMS_SECRET
from tests.memory.relay import MemoryRelay
from tests.web.demo_database import demo_database
from tests.web.house import NOW, SITE
from tests.web.sign_in_house import Browser
from web import keys
from web.desk_news import DeskNews
from web.middleware.order import dress
from web.public_site import Allowance
from web.rates import Rates
from web.routes import ROUTES
from web.static import Assets

SECRET = b"only for tests, 32 bytes or more"
SOON = NOW + timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program gets."""

    status: int
    kind: str
    headers: Mapping[str, str]
    body: Any


@dataclass(slots=True)
class Program:
    """A caller of the API with its key."""

    client: ClientSession
    origin: str
    key: str

    async def get(self, path: str, **headers: str) -> Answer:
        return await self._call("GET", path, None, headers)

    async def post(self, path: str, body: Mapping[str, Any] | None = None, **headers: str) -> Answer:
        return await self._call("POST", path, body or {}, headers)

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str]
    ) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        bearer = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        url = f"{self.origin}/api/v1{path}"
        async with self.client.request(method, url, json=body, headers=bearer | given) as answer:
            content = await answer.json(content_type=None)
            return Answer(answer.status, answer.content_type, answer.headers, content)


@dataclass(slots=True)
class FaceHouse:
    """Where a test knocks; `now` is what the house's clock shows."""

    app: web.Application
    engines: Engines
    units: SqlUnits
    origin: str
    clients: list[ClientSession] = field(default_factory=list)
    now: datetime = NOW
    senders: list[Sender] = field(default_factory=list)

    def browser(self) -> Browser:
        """Open a new browser with no cookies."""
        return Browser(self._client(), self.origin)

    async def staff(self, login: str) -> Browser:
        """Open a browser in which somebody of the demo's staff has signed in."""
        browser = self.browser()
        await browser.sends(await browser.opens("/sign-in"), "/sign-in/demo", login=login)
        return browser

    async def program(self, *scopes: str) -> Program:
        """Make a key with scopes; without any, the program has none."""
        secret = f"kohtaamo_{uuid4().hex}" if scopes else ""
        if scopes:
            kept = sha256(secret.encode()).digest()
            key = ApiKey(id=uuid4(), name="test", key_hash=kept, scopes=scopes, created_at=self.now)
            async with self.units.write() as unit:
                await unit.api_keys.add(key)
        return Program(self._client(), self.origin, secret)

    async def books(
        self,
        name: str = "Aino Virtanen",
        *,
        start: datetime = SOON,
        offering_id: UUID = MORTGAGE,
        adviser_id: UUID = ILMARI,
        phone: str = "",
    ) -> tuple[Appointment, str]:
        """Book straight in the house; return the appointment and its link's token."""
        customer = Customer(name=name, email="aino@example.com", language="en", phone=phone)
        wish = Wish(offering_id=offering_id, start=start, customer=customer, adviser_id=adviser_id)
        async with self.units.write() as unit:
            reserved = await reserve(unit, wish, now=self.now)
        return reserved.appointment, reserved.token

    async def history(self, appointment_id: UUID) -> list[Fact]:
        async with self.units.read() as unit:
            return list(await unit.facts.of(appointment_id))

    async def kinds(self, appointment_id: UUID) -> list[str]:
        return [fact.kind.value for fact in await self.history(appointment_id)]

    async def appointment(self, appointment_id: UUID) -> Appointment:
        async with self.units.read() as unit:
            return await unit.appointments.get(appointment_id)

    async def booked(self) -> list[Appointment]:
        """Return every appointment of the coming days."""
        async with self.units.read() as unit:
            return list(await unit.appointments.of_adviser(ILMARI, _days()))

    async def forget_answers(self) -> None:
        """Put every call with an Idempotency-Key back to where it has begun and not ended."""
        async with self.engines.writing.begin() as connection:
            await connection.execute(update(idempotency_keys).values(status=None, answer=None))

    def _client(self) -> ClientSession:
        client = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.clients.append(client)
        return client


@asynccontextmanager
async def face_house(
    folder: Path,
    *,
    is_demo: bool = True,
    has_sms: bool = False,
    sms_secret: str = SMS_SECRET,
    allowance: Allowance | None = None,
    a_minute: Mapping[Channel, int] = SITE.a_minute,
    furnish: Callable[[FaceHouse], None] = lambda _: None,
    second_factor: SecondFactor = SecondFactor.NOBODY,
) -> AsyncIterator[FaceHouse]:
    file = folder / "kohtaamo.sqlite3"
    file.write_bytes(await asyncio.to_thread(demo_database, SECRET))
    listening = listening_socket("127.0.0.1", 0)
    engines = open_engines(f"sqlite:///{file}")
    desk_news = DeskNews()
    units = SqlUnits(engines, Sealer(SECRET), tell=desk_news.tell)
    origin = f"http://localhost:{listening.getsockname()[1]}"
    house = FaceHouse(web.Application(), engines, units, origin)
    app = house.app
    site = replace(SITE, public_url=origin, is_demo=is_demo, has_sms=has_sms, a_minute=a_minute)
    site = replace(site, second_factor=second_factor)
    app[keys.SITE] = site
    app[keys.ALLOWANCE], app[keys.RATES], app[keys.ASSETS] = allowance or Allowance(), Rates(), Assets()
    app[keys.SECRET], app[keys.UNITS], app[keys.CLOCK] = SECRET, units, lambda: house.now
    app[keys.TARGETS] = LookedUpTargets(TargetRules(allowed=[ip_network("127.0.0.0/8")]))
    app[keys.DESK_NEWS], app[keys.SMS_SECRET] = desk_news, sms_secret.encode()
    app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(units), IcePolicy(), MemoryRelay())
    app[keys.LETTER_ROOM] = ComposingRoom(app[keys.SITE], lambda: house.now, lambda: house.senders)
    app[keys.PROVIDERS], app[keys.SIGNER] = {}, Signer(ticket_key(folder))
    app[keys.BLOBS], app[keys.PORTRAITS] = FileBlobs(folder / "documents"), ChildConverter()
    furnish(house)
    dress(app)
    app.router.add_routes(ROUTES)
    try:
        async with served(app, listening):
            yield house
    finally:
        for client in house.clients:
            await client.close()
        await units.close()


def _days() -> TimeSpan:
    return TimeSpan(NOW - timedelta(days=1), NOW + timedelta(days=30))
