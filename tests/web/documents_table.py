"""Appointments with Ilmari and the browsers of those who come to their documents, all on real parts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from aiohttp import ClientResponse, CookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from booking.appointment import Appointment, Customer
from booking.time_span import TimeSpan
from identity.door import come_in
from identity.permission import Role as StaffRole
from identity.secret import fresh, kept
from identity.session import open_for
from server.blobs import FileBlobs
from server.converter import ChildConverter
from server.database.engine import open_engines
from server.database.metadata import METADATA
from server.database.units import SqlUnits
from server.demo_data import ILMARI, NURSE, load_demo
from server.sealing import Sealer
from signalling.documents.share import show
from signalling.participant import Role
from tests.web.house import NOW, SITE
from web import keys
from web.csrf import csrf_token
from web.document_drawing import DRAWING, drawing_of_documents
from web.middleware.order import dress
from web.pages import documents
from web.public_site import Allowance
from web.rates import Rates
from web.static import Assets

AS_PROGRAM = {"Accept": "application/json"}
AINO = Customer(name="Aino Virtanen", email="aino@example.com")


@dataclass
class Browser:
    """Somebody's browser, with the cookies that it was given."""

    client: TestClient[web.Request, web.Application]
    home: str
    csrf: str = ""

    async def get(self, path: str = "", **headers: str) -> ClientResponse:
        return await self.client.get(f"{self.home}{path}", headers=AS_PROGRAM | headers)

    async def post(self, path: str, **fields: Any) -> ClientResponse:
        answer = await self.client.post(
            f"{self.home}{path}", data=fields, headers=AS_PROGRAM | {"X-CSRF-Token": self.csrf}
        )
        return answer

    async def hands_in(self, content: bytes, name: str = "paper.pdf") -> ClientResponse:
        form = FormData()
        form.add_field("file", BytesIO(content), filename=name, content_type="application/pdf")
        headers = AS_PROGRAM | {"X-CSRF-Token": self.csrf}
        return await self.client.post(self.home, data=form, headers=headers)

    async def names(self) -> list[str]:
        return [each["name"] for each in (await (await self.get()).json())["documents"]]

    async def page(self, document: str, number: int) -> ClientResponse:
        return await self.get(f"/{document}/pages/{number}")


@dataclass
class DocumentsTable:
    app: web.Application
    server: TestServer
    units: SqlUnits
    folder: Path
    browsers: list[Browser] = field(default_factory=list)

    async def books(self, offering_id: UUID = NURSE, hours: int = 1) -> tuple[Appointment, str]:
        """Book a talk with Ilmari; return it and its link's token."""
        span = TimeSpan(NOW + timedelta(hours=hours), NOW + timedelta(hours=hours, minutes=20))
        booked = Appointment(
            id=uuid4(),
            offering_id=offering_id,
            adviser_id=ILMARI,
            span=span,
            zone="Europe/Helsinki",
            wall_start="2026-11-23T12:30",
            customer=AINO,
            booked_at=NOW,
        )
        async with self.units.write() as unit:
            await unit.appointments.add(booked, now=NOW)
            return booked, await unit.links.make(booked.id)

    async def customer(self, booked: tuple[Appointment, str], *, comes_in: bool = False) -> Browser:
        appointment, token = booked
        browser = await self._browser(f"/a/{token}/documents")
        if comes_in:
            async with self.units.write() as unit:
                came = await come_in(unit, appointment.id, now=NOW)
            browser.client.session.cookie_jar.update_cookies({"door": came.token})
        return browser

    async def adviser(self, booked: tuple[Appointment, str], who: UUID = ILMARI) -> Browser:
        session = fresh()
        async with self.units.write() as unit:
            await unit.staff_sessions.add(open_for(who, StaffRole.ADVISER, kept(session), now=NOW))
        return await self._browser(f"/desk/appointments/{booked[0].id}/documents", session=session)

    async def is_laid_on_the_table(self, booked: tuple[Appointment, str], document: str) -> None:
        async with self.units.write() as unit:
            await show(unit, UUID(document), Role.ADVISER, appointment_id=booked[0].id, now=NOW)

    async def state(self, document: str) -> str:
        async with self.units.read() as unit:
            return (await unit.documents.get(UUID(document))).state.value

    async def is_drawn(self, document: str) -> None:
        await self.app[DRAWING].finished(UUID(document))

    async def restarts(self) -> None:
        """Break off what is being drawn, as the end of a process does."""
        await self.app[DRAWING].close()

    async def _browser(self, home: str, **cookies: str) -> Browser:
        client: TestClient[web.Request, web.Application] = TestClient(
            self.server, cookie_jar=CookieJar(unsafe=True)
        )
        client.session.cookie_jar.update_cookies(cookies)
        browser = Browser(client, home)
        self.browsers.append(browser)
        browser.csrf = await (await client.get("/csrf")).text()
        return browser


@asynccontextmanager
async def documents_table(folder: Path) -> AsyncIterator[DocumentsTable]:
    engines = open_engines(f"sqlite:///{folder / 'kohtaamo.sqlite3'}")
    units = SqlUnits(engines, Sealer(b"only for tests, 32 bytes or more"))
    async with engines.writing.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    async with units.write() as unit:
        await load_demo(unit)
    app = _app(units, folder)
    server = TestServer(app)
    await server.start_server()
    table = DocumentsTable(app, server, units, folder)
    yield table
    for browser in table.browsers:
        await browser.client.close()
    await server.close()
    await units.close()


def _app(units: SqlUnits, folder: Path) -> web.Application:
    app = web.Application()
    app[keys.SITE], app[keys.ALLOWANCE], app[keys.RATES] = SITE, Allowance(), Rates()
    app[keys.SECRET], app[keys.ASSETS], app[keys.CLOCK] = b"a secret of tests", Assets(), _now
    app[keys.UNITS], app[keys.BLOBS] = units, FileBlobs(folder / "documents")
    app[keys.CONVERTER] = ChildConverter()
    app.cleanup_ctx.append(drawing_of_documents)
    dress(app)
    app.router.add_routes(documents.ROUTES)
    app.router.add_get("/csrf", _csrf)
    return app


def _now() -> datetime:
    return NOW.astimezone(UTC)


async def _csrf(request: web.Request) -> web.Response:
    return web.Response(text=csrf_token(request))
