"""The whole application over a real database, with Aino's secrets planted in it, and all who may ask."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid5

from aiohttp import ClientSession, DummyCookieJar, FormData, web
from sqlalchemy import event, select

from booking.find_slots import Wanted, find_slots
from booking.letter import Channel
from booking.time_span import TimeSpan
from identity.permission import Role as StaffRole
from identity.staff import Credentials, StaffMember
from server.app import build_app
from server.blobs import FileBlobs
from server.database.access_log_table import access_log
from server.database.api_keys import ApiKey
from server.database.metadata import METADATA
from server.demo_data import BANK, ILMARI, LOUHI, MORTGAGE, OFFERINGS, demo_id, load_demo
from server.demo_wordings import DEMO_SENTENCE, DEMO_TAG, load_wordings
from server.front import listening_socket, served
from server.house import House, open_house
from server.settings import Mode, Settings
from server.workers.heartbeat import WEBHOOKS, WORKER
from tests.web.house import NOW
from tests.web.rights.askers import HOLDERS, KEYS, MAY_KNOW_AINO, Asker
from tests.web.rights.planted import (
    AINO_HOLDS,
    AINO_ID,
    AINOS_PAPER,
    DISRUPTION_ID,
    HEALTH_CALL,
    ILMARIS_PAPER,
    INVITATION_ID,
    MESSAGE_ID,
    PICTURE,
    SESSIONS,
    SUBSCRIBER_ID,
    Planted,
    plant,
)
from tests.web.rights.table import TABLE
from web import keys
from web.public_site import Allowance

UNKNOWN_TOKEN = "A" * 22
GENEROUS = Allowance(
    posts_a_minute=100_000, pages_a_minute=100_000, bookings_a_minute=1000, slot_pages_a_minute=10_000
)
OPERATOR = demo_id("operator")
CHANGES = ("INSERT", "UPDATE", "DELETE")
CLAIM = "UPDATE login_attempts SET used_at"
"""Of an attempt that nobody began, which is all that is named here: no row is changed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All that an asker learns."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def whole(self) -> str:
        told = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{told}\n\n{self.body.decode('utf-8', 'replace')}"


@dataclass(frozen=True, slots=True)
class Sent:
    """A body as it goes over the wire."""

    kind: str
    content: bytes


@dataclass(slots=True)
class RightsHouse:
    """Where everybody knocks; `planted` is what stands in it now."""

    house: House
    app: web.Application
    client: ClientSession
    origin: str
    planted: Planted
    free_at: datetime
    csrf: dict[Asker, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    async def asks(
        self,
        asker: Asker,
        method: str,
        address: str,
        *,
        query: str = "",
        sort: str = "form",
        sends: Mapping[str, object] | None = None,
        paper: str = "customers",
        headers: Mapping[str, str] = {},
        named: Mapping[str, object] = {},
    ) -> Answer:
        """Ask as a browser does that has loaded one of our pages; `named` are other things to ask for."""
        path = self._filled(address, asker, paper, named)
        url = f"{self.origin}{path}{'?' + self._worded(query) if query else ''}"
        told = {**await self._headers(asker, sort), **headers}
        body = self._body(sort, sends) if method == "POST" else {}
        async with self.client.request(method, url, headers=told, allow_redirects=False, **body) as answer:
            return Answer(answer.status, dict(answer.headers), await answer.read())

    async def is_sent(self, asker: Asker, address: str, sort: str, paper: str, sent: Sent) -> Answer:
        """Send a POST whose body is made by hand, otherwise as a browser does."""
        url = f"{self.origin}{self._filled(address, asker, paper)}"
        told = await self._headers(asker, sort) | {"Content-Type": sent.kind}
        async with self.client.post(url, headers=told, allow_redirects=False, data=sent.content) as answer:
            return Answer(answer.status, dict(answer.headers), await answer.read())

    def filled_in(self, sends: Mapping[str, object]) -> dict[str, object]:
        """Return what a row of the table sends, with its braces filled."""
        return {name: self._value(value) for name, value in sends.items()}

    async def replant(self) -> None:
        """Put everything back as it was."""
        blobs = self.app[keys.BLOBS]
        assert isinstance(blobs, FileBlobs)
        self.planted = await plant(self.house, blobs)
        self.written.clear()

    def changed(self) -> list[str]:
        """Return what has changed rows since it was asked last, but the log of who has looked."""
        found = [one for one in self.written if access_log.name not in one and not one.startswith(CLAIM)]
        self.written.clear()
        return found

    async def dump(self) -> str:
        """Return all that stands in the database, but who has looked: looking is what is written there."""
        found = []
        async with self.house.engines.reading.begin() as connection:
            for table in [one for one in METADATA.sorted_tables if one is not access_log]:
                rows = (await connection.execute(select(table))).all()
                found.append(f"{table.name}: {sorted(map(repr, rows))}")
        return "\n".join(found)

    def routes(self) -> set[tuple[str, str]]:
        """Name every route there is; HEAD comes with each GET."""
        return {
            (route.method, route.resource.canonical if route.resource else "")
            for route in self.app.router.routes()
            if route.method != "HEAD"
        }

    async def _headers(self, asker: Asker, sort: str) -> dict[str, str]:
        accept = "application/json" if sort == "json" else "text/html"
        told = {"Accept": accept, "Accept-Language": "en", "Origin": self.origin, "Cookie": cookies(asker)}
        if asker in KEYS:
            told["Authorization"] = f"Bearer {api_key(asker)}"
        if asker not in self.csrf:
            async with self.client.get(f"{self.origin}/practice", headers=told) as answer:
                found = re.search(r'"csrf": ?"([0-9a-f]+)"', await answer.text())
            assert found is not None
            self.csrf[asker] = found[1]
        return told | {"X-CSRF-Token": self.csrf[asker]}

    def _body(self, sort: str, sends: Mapping[str, object] | None) -> dict[str, Any]:
        values = {name: self._value(value) for name, value in (sends or {}).items()}
        if sort == "file":
            form = FormData()
            form.add_field("file", PICTURE, filename="new.png", content_type="image/png")
            return {"data": form}
        return {"json": values} if sort == "json" else {"data": values}

    def _value(self, value: object) -> object:
        return self._worded(value) if isinstance(value, str) else value

    def _worded(self, text: str) -> str:
        free = self.free_at.isoformat().replace("+00:00", "Z")
        return text.replace("{offering}", str(MORTGAGE)).replace("{free}", free)

    def _filled(self, address: str, asker: Asker, paper: str, named: Mapping[str, object] = {}) -> str:
        values: dict[str, object] = {
            "token": self._token(asker),
            "offer_token": self._offer_token(asker),
            "helper_token": self._helper_token(asker),
            "guest_token": self._guest_token(asker),
            "camera_token": self._camera_token(asker),
            "offering_id": MORTGAGE,
            "staff_id": ILMARI,
            "appointment_id": AINO_ID,
            "document_id": AINOS_PAPER if paper == "customers" else ILMARIS_PAPER,
            "set_up": UNKNOWN_TOKEN,
            "disruption_id": DISRUPTION_ID,
            "letter_id": AINO_ID,
            "subscriber_id": SUBSCRIBER_ID,
            "kind": "booked",
            "sentence": f"{DEMO_SENTENCE.hex}-0",
            "sentence_id": DEMO_SENTENCE,
            "tag_id": DEMO_TAG,
            "page": 1,
            "invitation": self.planted.invitation,
            "invitation_id": INVITATION_ID,
            "message_id": MESSAGE_ID,
            "hold_id": AINO_HOLDS,
            "section": "texts",
            "list": "questions",
            "place": 0,
            "team_id": BANK,
            "photo_id": AINOS_PAPER,
            "provider": "demo-bank",
            "version": "x",
            "path": "app.css",
        }
        return address.format(**{**values, **named})

    def _token(self, asker: Asker) -> str:
        if asker in HOLDERS:
            return self.planted.ainos_token
        tokens = {Asker.KULLERVO: self.planted.kullervos_token, Asker.OLD_LINK: self.planted.old_token}
        return tokens.get(asker, UNKNOWN_TOKEN)

    def _offer_token(self, asker: Asker) -> str:
        if asker in HOLDERS:
            return self.planted.ainos_offer
        tokens = {Asker.KULLERVO: self.planted.kullervos_offer, Asker.OLD_LINK: self.planted.old_offer}
        return tokens.get(asker, UNKNOWN_TOKEN)

    def _helper_token(self, asker: Asker) -> str:
        """Kullervo helps Aino, of whom he may know nothing."""
        if asker in (*HOLDERS, Asker.KULLERVO):
            return self.planted.ainos_helper
        return self.planted.old_helper if asker is Asker.OLD_LINK else UNKNOWN_TOKEN

    def _camera_token(self, asker: Asker) -> str:
        """Kullervo may read the code off Aino's screen: the link is whose phone asks first."""
        if asker in (*HOLDERS, Asker.KULLERVO):
            return self.planted.ainos_camera
        return self.planted.old_camera if asker is Asker.OLD_LINK else UNKNOWN_TOKEN

    def _guest_token(self, asker: Asker) -> str:
        """Kullervo interprets for Aino, of whom he may know nothing."""
        if asker in (*HOLDERS, Asker.KULLERVO):
            return self.planted.ainos_guest
        return self.planted.old_guest if asker is Asker.OLD_LINK else UNKNOWN_TOKEN


def cookies(asker: Asker) -> str:
    return "; ".join(filter(None, ("csrf=a-nonce-of-tests-only", SESSIONS.get(asker, ""))))


def api_key(asker: Asker) -> str:
    return f"kohtaamo_key_of_{asker.name.lower()}"


def listened_to(house: House) -> list[str]:
    """Return a list that gets each statement that is to change a row, also one that is taken back.

    On SQLite the driver is listened to, since prepared statements go straight to it.
    """
    written: list[str] = []
    engine = house.engines.writing.sync_engine

    def note(statement: str) -> None:
        if statement.lstrip().upper().startswith(CHANGES):
            written.append(statement)

    def note_executed(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        note(statement)

    def trace(connection: Any, _record: object) -> None:
        connection.driver_connection._conn.set_trace_callback(note)

    if house.engines.is_sqlite:
        event.listen(engine, "connect", trace)
    else:
        event.listen(engine, "before_cursor_execute", note_executed)
    return written


async def asked(house: RightsHouse, asker: Asker, route: tuple[str, str], **more: Any) -> Answer:
    given = asdict(TABLE[route])
    given.pop("expected")
    return await house.asks(asker, *route, **given | more)


def leaked(house: RightsHouse, asker: Asker, answer: Answer) -> list[str]:
    """Name the words of Aino's in an answer to somebody who may know nothing of her."""
    if asker in MAY_KNOW_AINO:
        return []
    return [word for word in house.planted.canaries if word in answer.whole]


@asynccontextmanager
async def rights_house(
    folder: Path, database_url: str, *, allowance: Allowance = GENEROUS
) -> AsyncIterator[RightsHouse]:
    listening = listening_socket("127.0.0.1", 0)
    origin = f"http://localhost:{listening.getsockname()[1]}"
    settings = Settings(
        mode=Mode.DEMO,
        data=folder,
        database_url=database_url,
        public_url=origin,
        secret="only for tests " * 3,
        port=listening.getsockname()[1],
        sms_secret="only for tests " * 3,
    )
    house = replace(open_house(settings), clock=lambda: NOW)
    written = listened_to(house)  # from the first connection on: those that stand already tell nothing
    free_at = await _furnish(house)
    app = build_app(house)
    app[keys.ALLOWANCE] = allowance
    async with served(app, listening), ClientSession(cookie_jar=DummyCookieJar()) as client:
        planted = await plant(house, FileBlobs(folder / "documents"))
        yield RightsHouse(house, app, client, origin, planted, free_at, written=written)
    await house.units.close()


async def _furnish(house: House) -> datetime:
    """Bring in the demo's people, an operator and the keys; return a time that can be booked."""
    operator = StaffMember(id=OPERATOR, login="op", name="Operaattori", role=StaffRole.OPERATOR, team_id=BANK)
    async with house.units.write() as unit:
        await load_demo(unit)
        await load_wordings(unit)
        await unit.catalogue.add_offering(replace(OFFERINGS[1], id=HEALTH_CALL))
        await unit.catalogue.link(LOUHI, HEALTH_CALL)
        await unit.staff.add(Credentials(operator, "no password"))
        for worker in (WORKER, WEBHOOKS, *Channel):
            await unit.heartbeats.beat(worker, at=NOW)
        for asker, scopes in KEYS.items():
            key_hash = sha256(api_key(asker).encode()).digest()
            key_id = uuid5(AINO_ID, asker.name)
            revoked_at = NOW if asker is Asker.KEY_REVOKED else None
            await unit.api_keys.add(
                ApiKey(
                    id=key_id,
                    name=asker.name,
                    key_hash=key_hash,
                    scopes=scopes,
                    created_at=NOW,
                    revoked_at=revoked_at,
                )
            )
        later = TimeSpan(NOW + timedelta(days=3), NOW + timedelta(days=4))
        offering = await unit.offerings.get(MORTGAGE)
        found = await find_slots(unit, offering, later, now=NOW, wanted=Wanted(adviser_id=ILMARI))
        return next(iter(found)).span.start
