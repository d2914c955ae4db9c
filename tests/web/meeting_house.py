"""A meeting house on real parts: database, tickets, sockets; the people are those of the demo."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType, web
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from yarl import URL

from bench.client.guest import hello
from booking.appointment import Appointment, Customer
from booking.time_span import TimeSpan
from identity.door import come_in
from identity.permission import Role as StaffRole
from identity.secret import fresh, kept
from identity.session import open_for
from identity.tickets import Signer
from server.database.engine import open_engines
from server.database.metadata import METADATA
from server.database.units import SqlUnits
from server.demo_data import ILMARI, NURSE, load_demo
from server.front import listening_socket, served
from server.media_client import NO_SERVERS
from server.meeting_log import UnitMeetingLog
from server.sealing import Sealer
from signalling.ice import IcePolicy
from signalling.ports import RelayAccess
from signalling.switchboard import Switchboard
from tests.memory.relay import MemoryRelay
from tests.web.house import NOW, SITE
from web import keys
from web.csrf import csrf_token
from web.desk_news import DeskNews
from web.live_sessions import LIVE_SESSIONS
from web.meeting_socket import close_meetings, keep_meetings
from web.middleware.order import dress
from web.public_site import Allowance
from web.rates import Rates
from web.routes import ROUTES
from web.static import Assets

AS_PROGRAM = {"Accept": "application/json", "Content-Type": "application/json"}
AINO = Customer(name="Aino Virtanen", email="aino@example.com")
PATIENCE_SECONDS = 10


@dataclass(slots=True)
class Browser:
    """One person's browser at one appointment."""

    client: ClientSession
    home: str
    socket_path: str
    csrf: str
    sockets: list[ClientWebSocketResponse] = field(default_factory=list)

    @property
    def socket(self) -> ClientWebSocketResponse:
        return self.sockets[-1]

    async def asks_for_ticket(self) -> ClientResponse:
        headers = AS_PROGRAM | {"X-CSRF-Token": self.csrf}
        return await self.client.post(f"{self.home}/ticket", data="{}", headers=headers)

    async def ticket(self) -> str:
        return str((await (await self.asks_for_ticket()).json())["ticket"])

    async def connects(self, *subprotocols: str, **headers: str) -> None:
        opened = self.client.ws_connect(self.socket_path, protocols=subprotocols, headers=headers)
        self.sockets.append(await opened)

    async def comes(self, visit: str = "page") -> None:
        await self.connects(*hello(await self.ticket(), visit))

    async def leaves(self) -> None:
        """Answer the server's goodbyes, for which it would wait a while, and go."""
        for socket in self.sockets:
            await socket.close()
        await self.client.close()

    async def says(self, type_: str, **fields: Any) -> None:
        await self.socket.send_json({"type": type_, **fields})

    async def hears(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            heard: dict[str, Any] = await self.socket.receive_json()
        return heard

    async def hears_until(self, type_: str) -> dict[str, Any]:
        while (heard := await self.hears())["type"] != type_:
            continue
        return heard

    async def is_closed_with(self) -> int | None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            last = await self.socket.receive()
        assert last.type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING}
        return self.socket.close_code


@dataclass(slots=True)
class MeetingHouse:
    port: int
    units: SqlUnits
    app: web.Application
    browsers: list[Browser] = field(default_factory=list)

    async def books(self, offering_id: UUID = NURSE, *, by: UUID = ILMARI) -> tuple[Appointment, str]:
        """Book a talk with Ilmari, or with who is named; return it and its link's token."""
        span = TimeSpan(NOW + timedelta(minutes=5), NOW + timedelta(minutes=25))
        booked = Appointment(
            id=uuid4(),
            offering_id=offering_id,
            adviser_id=by,
            span=span,
            zone="Europe/Helsinki",
            wall_start="2026-11-23T12:35",
            customer=replace(AINO, email=f"aino@{by.hex}.example"),
            booked_at=NOW,
        )
        async with self.units.write() as unit:
            await unit.appointments.add(booked, now=NOW)
            return booked, await unit.links.make(booked.id)

    async def customer(self, booked: tuple[Appointment, str], *, comes_in: bool = True) -> Browser:
        appointment, token = booked
        cookies = {}
        if comes_in:
            async with self.units.write() as unit:
                cookies["door"] = (await come_in(unit, appointment.id, now=NOW)).token
        return await self._browser(f"/a/{token}", appointment.id, cookies)

    async def adviser(self, booked: tuple[Appointment, str], who: UUID = ILMARI) -> Browser:
        session, appointment_id = fresh(), booked[0].id
        async with self.units.write() as unit:
            await unit.staff_sessions.add(open_for(who, StaffRole.ADVISER, kept(session), now=NOW))
        home = f"/desk/appointments/{appointment_id}"
        return await self._browser(home, appointment_id, {"session": session})

    async def phone(self, link: str, beside: Browser) -> Browser:
        """Open a link's page on a device that has no cookie yet, for the meeting of somebody's browser."""
        appointment_id = UUID(beside.socket_path.rpartition("/")[2])
        return await self._browser(link, appointment_id, {})

    async def meets(self, booked: tuple[Appointment, str]) -> tuple[Browser, Browser]:
        """Bring both to the table."""
        aino, ilmari = await self.customer(booked), await self.adviser(booked)
        await ilmari.comes()
        await aino.comes()
        knock = await ilmari.hears_until("knock")
        await ilmari.says("admit", participant=knock["participant"]["id"])
        await aino.hears_until("peer")
        await ilmari.hears_until("peer")
        return aino, ilmari

    async def looks(self) -> None:
        """Show out whoever stands on a session that has ended."""
        await self.app[LIVE_SESSIONS].look(self.units, now=NOW)

    async def facts(self, booked: tuple[Appointment, str]) -> list[str]:
        async with self.units.read() as unit:
            return [fact.kind.value for fact in await unit.facts.of(booked[0].id)]

    async def _browser(self, home: str, appointment_id: UUID, cookies: Mapping[str, str]) -> Browser:
        client = ClientSession(f"http://localhost:{self.port}", cookie_jar=CookieJar(unsafe=True))
        client.cookie_jar.update_cookies(cookies, URL(f"http://localhost:{self.port}"))
        csrf = await (await client.get("/csrf")).text()
        browser = Browser(client, home, f"/ws/meetings/{appointment_id}", csrf)
        self.browsers.append(browser)
        return browser


CROWDED = Allowance(posts_a_minute=100_000, pages_a_minute=100_000)
"""Everybody comes from one address here."""


@asynccontextmanager
async def meeting_house(
    folder: Path, *, url: str = "", ice: IcePolicy = NO_SERVERS, relay: RelayAccess | None = None
) -> AsyncIterator[MeetingHouse]:
    engines = open_engines(url or f"sqlite:///{folder / 'kohtaamo.sqlite3'}")
    news = DeskNews()
    units = SqlUnits(engines, Sealer(b"only for tests, 32 bytes or more"), tell=news.tell)
    async with engines.writing.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    async with units.write() as unit:
        await load_demo(unit)
    listening = listening_socket("127.0.0.1", 0)
    made = MeetingHouse(listening.getsockname()[1], units, _app(units, news, ice, relay or MemoryRelay()))
    async with served(made.app, listening):
        yield made
        for browser in made.browsers:
            await browser.leaves()
    await units.close()


def _app(units: SqlUnits, news: DeskNews, ice: IcePolicy, relay: RelayAccess) -> web.Application:
    app = web.Application()
    app[keys.SITE], app[keys.ALLOWANCE], app[keys.RATES] = SITE, CROWDED, Rates()
    app[keys.SECRET], app[keys.ASSETS], app[keys.CLOCK] = b"a secret of tests", Assets(), lambda: NOW
    app[keys.UNITS], app[keys.SIGNER] = units, Signer(_key())
    app[keys.PROVIDERS], app[keys.DESK_NEWS] = {}, news
    app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(units), ice, relay)
    app.on_shutdown.append(close_meetings)
    app.cleanup_ctx.append(keep_meetings)
    dress(app)
    app.router.add_routes([*ROUTES, web.get("/csrf", _csrf)])
    return app


@cache
def _key() -> bytes:
    key = generate_private_key(SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


async def _csrf(request: web.Request) -> web.Response:
    return web.Response(text=csrf_token(request))
