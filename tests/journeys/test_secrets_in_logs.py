"""Nothing that stands for a person or opens a door is ever logged, on good days and on bad ones."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, FormData
from PIL import Image
from sqlalchemy import text

from bench.client.guest import hello
from identity.demo_bank.people import PEOPLE
from server.database.engine import open_engines
from server.demo_data import ILMARI
from tests.contracts.databases import DATABASES
from tests.journeys import canaries
from tests.journeys.demo_process import Demo, kohtaamo, running_demo
from tests.overheard.ear import EAR
from tests.web.sign_in_house import Browser, Page

AINO = PEOPLE["aino"]
CUSTOMER = {"name": "Aino Virtanen-Kanaria", "email": "aino.kanaria@example.com", "phone": "+358 40 7654321"}
IDEMPOTENCY = "kanaria-4711"
PAPER, CHAT, PASSWORD = "ainon-kanaria.png", "kanaria laulaa keskustelussa", "salasana-kanaria"


@dataclass(slots=True)
class Journey:
    """A demo, two browsers in it, and every secret that came up on the way."""

    demo: Demo
    aino: Browser
    ilmari: Browser
    admin: Browser
    secrets: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def told(self) -> set[str]:
        """Name the secrets that stand in the log."""
        log = "\n".join(self.demo.log)
        return {name for name, secret in self.secrets.items() if secret in log}

    async def fetches(self, browser: Browser, path: str, body: Any, csrf: str) -> Any:
        headers = {"X-CSRF-Token": csrf, "Accept": "application/json", "Origin": browser.origin}
        data = {"data": body} if isinstance(body, FormData) else {"json": body}
        async with browser.client.post(browser.origin + path, headers=headers, **data) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json()

    def keep_cookies(self) -> None:
        for browser in (self.aino, self.ilmari, self.admin):
            for cookie in browser.client.cookie_jar:
                if cookie.key != "lang":
                    self.secrets[f"cookie {cookie.key} {len(self.secrets)}"] = cookie.value


@pytest.fixture(params=DATABASES)
async def journey(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str
) -> AsyncIterator[Journey]:
    database_url = postgres_url if request.param == "postgresql" else ""
    jars = [CookieJar(unsafe=True) for _ in range(3)]
    async with (
        running_demo(tmp_path, database_url=database_url, settings=canaries.SETTINGS) as demo,
        ClientSession(cookie_jar=jars[0]) as aino,
        ClientSession(cookie_jar=jars[1]) as ilmari,
        ClientSession(cookie_jar=jars[2]) as admin,
    ):
        browsers = [Browser(one, demo.address) for one in (aino, ilmari, admin)]
        journey = Journey(demo, browsers[0], browsers[1], browsers[2])
        yield journey
        for name, secret in journey.secrets.items():
            EAR.plant(name, secret)
        for name, secret in canaries.of_settings(demo).items():
            EAR.plant_of_house(name, secret)


async def test_no_secret_of_a_whole_journey_stands_in_the_log(journey: Journey) -> None:
    home = await books(journey)
    await comes_in(journey, home)
    await meets(journey, home)
    await looks_around(journey)

    print(f"{len(journey.secrets)} planted secrets, {len(journey.demo.log)} lines of log")
    assert len(journey.secrets) >= 40
    assert len(journey.demo.log) > 20  # there is a log to look into
    assert journey.told() == set()
    assert not canaries.JWT.search("\n".join(journey.demo.log))
    assert journey.demo.faults == []


async def test_a_fault_tells_no_secret_in_log_or_page(journey: Journey) -> None:
    home = await books(journey)
    await breaks_the_database(journey)

    pages = [await journey.aino.opens(path) for path in (home, f"{home}/door", f"{home}/documents")]
    pages.append(await guesses(journey))
    again = await journey.aino.opens("/practice")
    posted = {"csrf": csrf_of(again), "start": "2026-11-23T10:00:00Z"}
    pages.append(await journey.aino.posts(f"{home}/move", posted))

    assert {page.status for page in pages} >= {500}
    assert len(journey.demo.faults) >= 3
    assert journey.told() == set()
    shown = "".join(page.text for page in pages if page.status == 500)
    assert {name for name, secret in journey.secrets.items() if secret in shown} <= {
        "token"
    }  # one's own address
    assert "Traceback" not in shown


async def books(journey: Journey) -> str:
    """Book Ilmari by the API, as a program does, and return the path of the personal link."""
    key = (await kohtaamo(journey.demo, "api-key", "kanaria", "--scope", "all")).splitlines()[-1]
    headers = {"Authorization": f"Bearer {key}"}
    api, client = f"{journey.demo.address}/api/v1", journey.aino.client
    async with client.get(f"{api}/offerings", headers=headers) as answer:
        offering = next(
            one["id"] for one in (await answer.json())["offerings"] if one["assurance"] == "substantial"
        )
    his = {"adviser": str(ILMARI)}
    async with client.get(f"{api}/offerings/{offering}/slots", headers=headers, params=his) as answer:
        start = (await answer.json())["slots"][0]["start"]
    body = {"offering_id": offering, "start": start, "adviser_id": str(ILMARI), "customer": CUSTOMER}
    async with client.post(
        f"{api}/appointments", json=body, headers=headers | {"Idempotency-Key": IDEMPOTENCY}
    ) as answer:
        booked = await answer.json()
    journey.secrets |= {"idempotency": IDEMPOTENCY, **canaries.of_settings(journey.demo)}
    journey.secrets |= {"key": key, "token": booked["links"]["manage"].rpartition("/")[2], **CUSTOMER}
    journey.demo.turn_clock_to(datetime.fromisoformat(start) - timedelta(minutes=5))
    return "/a/" + journey.secrets["token"]


async def comes_in(journey: Journey, home: str) -> None:
    """Come in by the door, identify at the demo bank, hand a paper in."""
    aino = journey.aino
    journey.secrets |= canaries.of_person("aino")
    identify = await aino.sends(await aino.opens(f"{home}/door"), f"{home}/door")
    journey.keep_cookies()
    bank = await aino.sends(identify, f"{home}/identify")
    form = next(form for form in bank.forms() if form["action"] == "/demo/bank/authorize")
    journey.secrets |= canaries.of_request(form)
    door = await aino.posts("/demo/bank/authorize", {**form, "choice": "aino"})
    journey.secrets |= await canaries.of_tables(journey.demo)
    assert "page-data" in door.text
    journey.keep_cookies()
    paper = FormData()
    paper.add_field("file", picture(), filename=PAPER, content_type="image/png")
    await journey.fetches(aino, f"{home}/documents", paper, csrf_of(door))
    journey.secrets["paper"] = PAPER


async def meets(journey: Journey, home: str) -> None:
    """Ilmari signs in by his password and lets Aino in; they write to each other."""
    aino, ilmari = journey.aino, journey.ilmari
    wrong = await ilmari.sends(await ilmari.opens("/sign-in"), "/sign-in", login="ilmari", password=PASSWORD)
    desk = await ilmari.sends(wrong, "/sign-in", login="ilmari", password="ilmari")
    found = re.search(r"/desk/appointments/([0-9a-f-]+)/meeting", desk.text)
    assert found is not None
    journey.keep_cookies()
    theirs = f"/desk/appointments/{found[1]}"
    sockets = []
    for browser, where in ((ilmari, f"{theirs}/meeting"), (aino, f"{home}/door")):
        seat = theirs if browser is ilmari else home
        ticket = (await journey.fetches(browser, f"{seat}/ticket", {}, csrf_of(await browser.opens(where))))[
            "ticket"
        ]
        journey.secrets[f"ticket {seat[:2]}"] = ticket
        where = f"{browser.origin}/ws/meetings/{found[1]}"
        sockets.append(await browser.client.ws_connect(where, protocols=hello(ticket, "v")))
    await admit_and_talk(*sockets)
    journey.secrets |= {"chat": CHAT, "password": PASSWORD}


async def looks_around(journey: Journey) -> None:
    """Read the code for a reason, hand links out, set a webhook up, and look at what left by letter."""
    desk = await journey.ilmari.opens("/desk?team=1")
    [appointment] = set(re.findall(r"/desk/appointments/[0-9a-f-]+(?=/meeting)", desk.text)[:1])
    shown = await canaries.shown_code(journey.ilmari, appointment)
    assert AINO.personal_code in shown.text
    journey.secrets["reason"] = canaries.REASON
    journey.secrets |= await canaries.of_desk(journey.ilmari)
    journey.secrets |= await canaries.of_admin(journey.admin)
    journey.secrets |= await canaries.of_letters(journey.aino)
    journey.secrets |= await canaries.of_ice(journey.aino, csrf_of(await journey.aino.opens("/practice")))
    journey.keep_cookies()


async def admit_and_talk(ilmari: Any, aino: Any) -> None:
    async with asyncio.timeout(20):
        knock = await until(ilmari, "knock")
        await ilmari.send_json({"type": "admit", "participant": knock["participant"]["id"]})
        await until(aino, "admitted")
        await aino.send_json({"type": "text", "ref": "1", "text": CHAT})
        await until(ilmari, "text")
        await aino.send_json({"type": "text", "ref": CHAT * 900, "text": CHAT})  # too long
        await until(aino, "error")
        await ilmari.send_json({"type": "end"})
        await until(aino, "bye")
    await ilmari.close()
    await aino.close()


async def until(socket: Any, kind: str) -> Any:
    while (heard := await socket.receive_json())["type"] != kind:
        continue
    return heard


async def breaks_the_database(journey: Journey) -> None:
    """Take a column away that every page needs, so that the database answers with errors."""
    file = journey.demo.data / "kohtaamo.sqlite3"
    url = journey.demo.environment["KOHTAAMO_DATABASE_URL"] or f"sqlite:///{file}"
    engines = open_engines(url)
    async with engines.writing.begin() as connection:
        for table, column in (("links", "token_hash"), ("staff", "login")):
            await connection.execute(text(f"ALTER TABLE {table} RENAME COLUMN {column} TO gone"))
    await engines.close()


async def guesses(journey: Journey) -> Page:
    journey.secrets |= {"login": "kanaria-login", "password": PASSWORD}
    asked = await journey.ilmari.opens("/sign-in")
    return await journey.ilmari.sends(asked, "/sign-in", login="kanaria-login", password=PASSWORD)


def csrf_of(page: Page) -> str:
    for data in re.findall(
        r'<script type="application/json" id="page-data">(.*?)</script>', page.text, re.DOTALL
    ):
        return str(json.loads(data)["csrf"])
    return next(form["csrf"] for form in page.forms() if "csrf" in form)


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    out.seek(0)
    return out
