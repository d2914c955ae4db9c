"""A small application behind the real front, for tests of what stands before the handlers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, CookieJar, web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, Field

from booking.letter import Channel
from server.connection import ConnectionLimits
from server.front import listening_socket, served
from web import keys
from web.body import read_form, read_json, read_upload
from web.csrf import csrf_token
from web.forms import submitted
from web.keeping import Keeping
from web.marks import Mark, marked
from web.middleware.order import dress
from web.policy import Policy
from web.public_site import Allowance, Site
from web.rates import Rates
from web.render import page
from web.static import Assets
from web.upload import UploadLimits
from web.wire import WireLimits, wire

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
SITE = Site(
    organisation="Pohjolan Pankki",
    phone="+358 9 123 456",
    public_url="http://localhost",
    zone=ZoneInfo("Europe/Helsinki"),
    is_demo=True,
    is_tls=False,
    keeping=Keeping(
        relays_all=False,
        has_relay=False,
        hides_private=True,
        persons=timedelta(days=731),
        letters=timedelta(days=90),
        messages=timedelta(days=7),
        notes=timedelta(days=90),
        afterwords=timedelta(days=90),
    ),
    a_minute={Channel.MAIL: 600, Channel.SMS: 300},
)
MOST_UPLOAD_BYTES = 200_000


class Wish(BaseModel):
    name: str = Field(min_length=1, max_length=20)
    count: int = 0
    kind: Literal["video", "phone"] = "video"


async def token(request: web.Request) -> web.Response:
    return web.Response(text=csrf_token(request))


async def take_json(request: web.Request) -> web.Response:
    return web.json_response((await read_json(request, Wish)).model_dump())


async def take_form(request: web.Request) -> web.Response:
    return web.json_response((await read_form(request, Wish)).model_dump())


async def take_again(request: web.Request) -> web.Response:
    form = await submitted(request, Wish)
    return web.json_response({"values": dict(form.values), "errors": dict(form.errors)})


@marked(Mark.UPLOAD)
async def take_file(request: web.Request) -> web.Response:
    upload = await read_upload(request, UploadLimits(most_bytes=MOST_UPLOAD_BYTES))
    return web.json_response({"name": upload.name, "size": upload.size_bytes, "fields": dict(upload.fields)})


async def break_down(_: web.Request) -> web.Response:
    raise ZeroDivisionError("the secret of Aino")


async def meet(request: web.Request) -> web.Response:
    assert request[keys.REQUEST_ID]
    return page(request, "about/accessibility.html", policy=Policy.CAMERA)


async def shown(request: web.Request) -> web.Response:
    return page(request, "about/accessibility.html")


async def who(request: web.Request) -> web.Response:
    return web.Response(text=request[keys.ADDRESS])


async def sleep(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


async def large(_: web.Request) -> web.Response:
    return web.Response(body=bytes(50_000_000))


async def leave(_: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/shown")


@marked(Mark.ANY_HOST)
async def alive(_: web.Request) -> web.Response:
    return web.Response(text="alive")


def talk(limits: WireLimits) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        async with wire(request, limits) as line:
            async for message in line:
                said = json.dumps(
                    {"said": message["say"]}, separators=(",", ":"), ensure_ascii=False
                ).encode()
                for _ in range(int(message.get("times", 1))):
                    line.send(said)
        return line.answer

    return handler


@dataclass(frozen=True, slots=True)
class House:
    """Where a test knocks."""

    app: web.Application
    client: ClientSession
    port: int

    def url(self, path: str) -> str:
        return f"http://localhost:{self.port}{path}"

    async def csrf(self) -> str:
        async with self.client.get(self.url("/token")) as answer:
            return await answer.text()


@asynccontextmanager
async def house(
    *,
    allowance: Allowance | None = None,
    limits: ConnectionLimits | None = None,
    wires: WireLimits | None = None,
    prepare: Callable[[web.Application], None] | None = None,
    **site: Any,
) -> AsyncIterator[House]:
    app = made_app(replace(SITE, **site), allowance or Allowance(), wires or WireLimits())
    if prepare is not None:
        prepare(app)
    listening = listening_socket("127.0.0.1", 0)
    port: int = listening.getsockname()[1]
    async with (
        served(app, listening, limits=limits),
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as client,
    ):
        yield House(app, client, port)


def made_app(site: Site, allowance: Allowance, wires: WireLimits) -> web.Application:
    app = web.Application()
    app[keys.SITE], app[keys.ALLOWANCE], app[keys.RATES] = site, allowance, Rates()
    app[keys.SECRET], app[keys.ASSETS], app[keys.CLOCK] = b"a secret of tests", Assets(), lambda: NOW
    dress(app)
    app.router.add_routes(
        [
            web.get("/token", token),
            web.get("/shown", shown),
            web.get("/meet", meet),
            web.get("/who", who),
            web.get("/leave", leave),
            web.get("/break", break_down),
            web.get("/alive", alive),
            web.post("/json", take_json),
            web.post("/api/json", take_json),
            web.post("/form", take_form),
            web.post("/again", take_again),
            web.post("/file", take_file),
            web.get("/a/{token}/break", break_down),
            web.get("/talk", talk(wires)),
            web.get("/large", large),
            web.get("/sleep", sleep),
        ]
    )
    return app
