"""The pages of sign-in, identification and the demo bank on a real front, a real database and real HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin

from aiohttp import ClientSession, CookieJar, web

from booking.appointment import Appointment, Customer
from booking.reserve import Wish, reserve
from identity.catalogue import load
from identity.demo_bank.bank import DemoBank
from identity.personal_code import SubjectKeys
from identity.provider import IdentityProvider, ProviderContext
from server.database.engine import Engines, open_engines
from server.database.units import SqlUnits
from server.demo_data import ILMARI, MORTGAGE
from server.fetch import HttpFetch
from server.front import listening_socket, served
from server.meeting_log import UnitMeetingLog
from server.sealing import Sealer
from signalling.ice import IcePolicy
from signalling.switchboard import Switchboard
from tests.identity.demo_bank.wire import OURS, a_bank, pin_of
from tests.memory.relay import MemoryRelay
from tests.web.demo_database import demo_database
from tests.web.house import NOW, SITE
from web import keys
from web.middleware.order import dress
from web.pages import about, assets, demo_bank, identification, login, prompting
from web.public_site import Allowance, Site
from web.rates import Rates
from web.static import Assets

SECRET = b"only for tests, 32 bytes or more"
ROUTES = tuple(
    chain.from_iterable(each.ROUTES for each in (about, assets, demo_bank, identification, login, prompting))
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser sees after a request."""

    status: int
    address: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def forms(self) -> list[dict[str, str]]:
        """Return the fields of each form, and its `action`."""
        forms = re.findall(r"<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", self.text, re.DOTALL)
        return [{"action": unescape(action)} | _fields(inside) for action, inside in forms]


def _fields(inside: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in INPUT.findall(inside)}


INPUT = re.compile(r"<input[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"")


@dataclass(slots=True)
class Browser:
    """A browser without JavaScript: it keeps cookies, follows redirects and fills in forms."""

    client: ClientSession
    origin: str

    async def opens(self, path: str) -> Page:
        return await self._asks("GET", path)

    async def sends(self, page: Page, action: str, **values: str) -> Page:
        """Send a form of a page, chosen by its action, with fields filled in."""
        form = next(form for form in page.forms() if form["action"] == action)
        return await self.posts(action, {**form, **values})

    async def removes(self, page: Page, action: str) -> Page:
        """Press a button that takes something away, and say yes on the page that asks."""
        return await self.sends(await self.sends(page, action), action)

    async def posts(self, path: str, values: Mapping[str, str]) -> Page:
        form = {name: value for name, value in values.items() if name != "action"}
        return await self._asks("POST", path, form)

    async def _asks(self, method: str, path: str, form: Mapping[str, str] | None = None) -> Page:
        url = urljoin(self.origin, path)
        headers = {"Accept-Language": "en", "Accept": "text/html", "Origin": self.origin}
        async with self.client.request(method, url, data=form, headers=headers) as answer:
            return Page(answer.status, str(answer.url.relative()), await answer.text(), answer.headers)


@dataclass(slots=True)
class SignInHouse:
    app: web.Application
    units: SqlUnits
    engines: Engines
    origin: str
    clients: list[ClientSession] = field(default_factory=list)
    now: datetime = NOW

    def browser(self) -> Browser:
        """Open a new browser with no cookies."""
        client = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.clients.append(client)
        return Browser(client, self.origin)

    async def books(
        self, name: str = "Aino Virtanen", *, email: str = "aino@example.com", hours: int = 0
    ) -> tuple[Appointment, str]:
        """Book a talk about a mortgage, which asks who one is; return it and its link's token."""
        customer = Customer(name=name, email=email, language="en")
        start = NOW + timedelta(minutes=30, hours=hours)
        wish = Wish(offering_id=MORTGAGE, start=start, customer=customer, adviser_id=ILMARI)
        async with self.units.write() as unit:
            reserved = await reserve(unit, wish, now=self.now)
        return reserved.appointment, reserved.token

    async def history(self, appointment: Appointment) -> list[tuple[str, dict[str, object]]]:
        async with self.units.read() as unit:
            return [(fact.kind.value, dict(fact.detail)) for fact in await unit.facts.of(appointment.id)]


@asynccontextmanager
async def sign_in_house(
    folder: Path,
    *,
    is_demo: bool = True,
    more: Sequence[IdentityProvider] = (),
    opens: Callable[[str], DemoBank] = a_bank,
) -> AsyncIterator[SignInHouse]:
    """Open it, with `more` providers than the demo bank, which `opens` makes for an address."""
    file = folder / "kohtaamo.sqlite3"
    file.write_bytes(await asyncio.to_thread(demo_database, SECRET))
    fetch, listening = HttpFetch(), listening_socket("127.0.0.1", 0)
    engines = open_engines(f"sqlite:///{file}")
    units = SqlUnits(engines, Sealer(SECRET))
    origin = f"http://localhost:{listening.getsockname()[1]}"
    house = SignInHouse(web.Application(), units, engines, origin)
    _furnish(house, replace(SITE, public_url=origin, is_demo=is_demo), fetch, more, opens(origin))
    try:
        async with served(house.app, listening):
            yield house
    finally:
        for client in house.clients:
            await client.close()
        await fetch.close()
        await units.close()


def _furnish(
    house: SignInHouse, site: Site, fetch: HttpFetch, more: Sequence[IdentityProvider], bank: DemoBank
) -> None:
    app = house.app
    app[keys.SITE], app[keys.ALLOWANCE], app[keys.RATES] = site, Allowance(), Rates()
    app[keys.SECRET], app[keys.ASSETS], app[keys.CLOCK] = SECRET, Assets(), lambda: house.now
    app[keys.UNITS] = house.units
    app[keys.SWITCHBOARD] = Switchboard(UnitMeetingLog(house.units), IcePolicy(), MemoryRelay())
    context = ProviderContext(
        public_url=site.public_url,
        back_channel_url=site.public_url,
        is_production=not site.is_demo,
        subject_keys=SubjectKeys(SECRET),
        fetch=fetch,
        own_keys=lambda: OURS,
    )
    known = load(["demo-bank"] if site.is_demo else [], context, lambda _: {"PIN": pin_of(bank)})
    app[keys.PROVIDERS] = {**known, **{each.name: each for each in more}}
    if site.is_demo:
        app[demo_bank.BANK] = bank
    dress(app)
    app.router.add_routes(ROUTES)
