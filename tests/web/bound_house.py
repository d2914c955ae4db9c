"""A house with a demo bank and meetings, in which identifications hold for a certificate."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientWebSocketResponse
from yarl import URL

from bench.client.guest import hello
from booking.appointment import Appointment
from identity.catalogue import load
from identity.personal_code import SubjectKeys
from identity.provider import IdentityProvider, ProviderContext
from identity.tickets import Ticket
from server.converter import ChildConverter
from server.fetch import HttpFetch
from server.meeting_log import UnitMeetingLog
from signalling.documents.document import Document, page_blob
from signalling.documents.share import Paper, hand_in
from signalling.ice import IcePolicy
from signalling.participant import Role
from signalling.switchboard import Switchboard
from tests.identity.demo_bank.wire import OURS, a_bank, pin_of
from tests.memory.relay import MemoryRelay
from tests.web.face_house import SECRET, SOON, FaceHouse, face_house
from tests.web.sign_in_house import Browser, Page
from web import keys
from web.document_drawing import drawing_of_documents
from web.pages import demo_bank

FINGERPRINT = "5a" * 32
"""Of the certificate that Aino's browser keeps."""

JSON = {"Accept": "application/json", "Content-Type": "application/json"}
PATIENCE_SECONDS = 10


@dataclass(slots=True)
class Line:
    """A socket of a meeting, as one browser has it."""

    socket: ClientWebSocketResponse

    async def says(self, type_: str, **fields: Any) -> None:
        await self.socket.send_json({"type": type_, **fields})

    async def hears_until(self, type_: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                heard: dict[str, Any] = await self.socket.receive_json()
                if heard["type"] == type_:
                    return heard


@dataclass(slots=True)
class Guest:
    """A browser at one appointment; `home` is where its tickets and documents are."""

    house: "BoundHouse"
    browser: Browser
    home: str
    appointment: Appointment
    lines: list[Line] = field(default_factory=list)

    @property
    def line(self) -> Line:
        return self.lines[-1]

    @property
    def door(self) -> str:
        """The cookie that this browser has from the door."""
        found = (each.value for each in self.browser.client.cookie_jar if each.key == "door")
        return next(found, "")

    async def comes_in(self) -> Page:
        page = await self.browser.opens(f"{self.home}/door")
        return await self.browser.sends(page, f"{self.home}/door")

    async def goes_to_the_bank(self, fingerprint: str = FINGERPRINT, **more: str) -> Page:
        page = await self.browser.opens(f"{self.home}/identify")
        return await self.browser.sends(page, f"{self.home}/identify", fingerprint=fingerprint, **more)

    async def identifies(self, fingerprint: str = FINGERPRINT, choice: str = "aino", **more: str) -> Page:
        bank = await self.goes_to_the_bank(fingerprint, **more)
        return await self.browser.sends(bank, "/demo/bank/authorize", choice=choice)

    async def is_sent_back(self, bank: Page, choice: str = "aino") -> str:
        """Choose at the bank, and return the address to which it sends the browser, without going there."""
        form = next(form for form in bank.forms() if form["action"] == "/demo/bank/authorize")
        data = {name: value for name, value in form.items() if name != "action"} | {"choice": choice}
        url = f"{self.browser.origin}/demo/bank/authorize"
        headers = {"Origin": self.browser.origin}
        async with self.browser.client.post(url, data=data, headers=headers, allow_redirects=False) as answer:
            return answer.headers["Location"].removeprefix(self.browser.origin)

    async def asks_for_ticket(self) -> tuple[int, str]:
        """Return the status, and the ticket where there is one."""
        form = next(iter((await self.browser.opens("/sign-in")).forms()))
        headers = JSON | {"X-CSRF-Token": form["csrf"], "Origin": self.browser.origin}
        url = f"{self.browser.origin}{self.home}/ticket"
        async with self.browser.client.post(url, data="{}", headers=headers) as answer:
            told: Mapping[str, str] = await answer.json()
            return answer.status, told.get("ticket", "")

    async def ticket(self) -> str:
        status, ticket = await self.asks_for_ticket()
        assert status == 200, status
        return ticket

    async def opens_page(self, document: Document) -> tuple[int, str]:
        """Return what the first page of a document answers, and whether it may be kept."""
        url = f"{self.browser.origin}{self.home}/documents/{document.id}/pages/1"
        async with self.browser.client.get(url, headers={"Accept": "application/json"}) as answer:
            return answer.status, answer.headers.get("Cache-Control", "")

    async def documents(self) -> list[str]:
        url = f"{self.browser.origin}{self.home}/documents"
        async with self.browser.client.get(url, headers={"Accept": "application/json"}) as answer:
            return [each["name"] for each in (await answer.json())["documents"]]

    async def says_hello(self, ticket: str = "", visit: str = "page") -> None:
        url = f"{self.browser.origin}/ws/meetings/{self.appointment.id}"
        said = hello(ticket or await self.ticket(), visit)
        self.lines.append(Line(await self.browser.client.ws_connect(url, protocols=said)))

    async def leaves(self) -> None:
        for line in self.lines:
            await line.socket.close()


@dataclass(slots=True)
class BoundHouse:
    face: FaceHouse
    guests: list[Guest] = field(default_factory=list)

    async def books(self, **more: Any) -> tuple[Appointment, str]:
        """Book a talk that asks who one is, and let its door be open."""
        booked = await self.face.books(**more)
        self.face.now = SOON - timedelta(minutes=5)
        return booked

    def customer(self, booked: tuple[Appointment, str]) -> Guest:
        """Open the link in a browser that has never been here."""
        return self._guest(self.face.browser(), f"/a/{booked[1]}", booked[0])

    async def adviser(self, booked: tuple[Appointment, str], login: str = "ilmari") -> Guest:
        browser = await self.face.staff(login)
        return self._guest(browser, f"/desk/appointments/{booked[0].id}", booked[0])

    def guest(self, appointment: Appointment, token: str) -> Guest:
        """Open the link of somebody who is invited to the meeting."""
        return self._guest(self.face.browser(), f"/g/{token}", appointment)

    async def meets(self, booked: tuple[Appointment, str], aino: Guest) -> Guest:
        """Bring one who came in to the table, opposite Ilmari, who is returned with her `peer` heard."""
        ilmari = await self.adviser(booked)
        await ilmari.says_hello()
        await aino.says_hello()
        knock = await ilmari.line.hears_until("knock")
        await ilmari.line.says("admit", participant=knock["participant"]["id"])
        return ilmari

    async def prepares(self, appointment: Appointment) -> Document:
        """Lay a paper of one page on Ilmari's side of the table."""
        paper = Paper(
            id=uuid4(),
            appointment_id=appointment.id,
            by=Role.ADVISER,
            name="offer.pdf",
            pages=1,
            size_bytes=9,
        )
        await self.face.app[keys.BLOBS].put(paper.id, page_blob(1), b"the picture of the page")
        async with self.face.units.write() as unit:
            return await hand_in(unit, paper, now=self.face.now)

    def claims(self, ticket: str) -> Ticket:
        return self.face.app[keys.SIGNER].read(ticket, now=self.face.now)

    def with_cookie(self, guest: Guest, door: str) -> None:
        guest.browser.client.cookie_jar.update_cookies({"door": door}, URL(self.face.origin))

    def _guest(self, browser: Browser, home: str, appointment: Appointment) -> Guest:
        guest = Guest(self, browser, home, appointment)
        self.guests.append(guest)
        return guest


@asynccontextmanager
async def bound_house(folder: Path, *, more: Sequence[IdentityProvider] = ()) -> AsyncIterator[BoundHouse]:
    """Open it, with `more` providers than the demo bank."""
    fetch = HttpFetch()
    try:
        async with face_house(folder, furnish=partial(_furnish, fetch=fetch, more=more)) as face:
            house = BoundHouse(face)
            yield house
            for guest in house.guests:
                await guest.leaves()
    finally:
        await fetch.close()


def _furnish(face: FaceHouse, *, fetch: HttpFetch, more: Sequence[IdentityProvider]) -> None:
    app = face.app
    context = ProviderContext(
        public_url=face.origin,
        back_channel_url=face.origin,
        is_production=False,
        subject_keys=SubjectKeys(SECRET),
        fetch=fetch,
        own_keys=lambda: OURS,
    )
    bank = app[demo_bank.BANK] = a_bank(face.origin)
    loaded = load(["demo-bank"], context, lambda _: {"PIN": pin_of(bank)})
    app[keys.PROVIDERS] = {**loaded, **{each.name: each for each in more}}
    app[keys.CONVERTER] = ChildConverter()
    app.cleanup_ctx.append(drawing_of_documents)
    app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(face.units), IcePolicy(), MemoryRelay())
