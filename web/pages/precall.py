"""The connection test of an appointment, whose history keeps the result; practice shares its steps."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID, uuid4

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from booking.attend import record
from booking.fact import Actor, Detail, FactKind
from signalling.ice import IceServer
from signalling.precall.ports import SDP_LIMIT_BYTES, Heard
from signalling.precall.verdict import Failure, Measures, Verdict, judge
from web.body import read_json
from web.csrf import csrf_token
from web.guard import customer_appointment
from web.i18n import gettext, language_of
from web.keys import ADDRESS, CLOCK, PRECALL, RATES, RELAY, UNITS
from web.pages.precall_text import PAGE_TEXTS, figures, told
from web.policy import Policy
from web.ports import Unit
from web.render import page, reader_of

OFFERS_A_MINUTE = 30
"""By one address, behind which a whole office may sit; the media process has its own limit over all."""
RELAYED_SECONDS = 60
"""A test takes ten seconds; who opened a relay for it may not keep it."""

Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Milliseconds = Annotated[float, Field(ge=0, le=600_000, allow_inf_nan=False)]


class OfferBody(BaseModel):
    """A browser's session description."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sdp: str = Field(max_length=SDP_LIMIT_BYTES)


class ResultBody(BaseModel):
    """What the browser measured; its own opinion of that is not asked for."""

    model_config = ConfigDict(extra="forbid")

    test_id: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{1,64}$")
    failure: Failure | None = None
    audio_returned: bool = False
    video_returned: bool = False
    microphone_silent: bool = False
    uses_relay: bool = False
    round_trip_ms: Milliseconds | None = None
    jitter_ms: Milliseconds | None = None
    audio_loss_sent: Fraction | None = None
    audio_loss_returned: Fraction | None = None
    video_loss_sent: Fraction | None = None
    video_loss_returned: Fraction | None = None
    frames_per_second: Annotated[float, Field(ge=0, le=240, allow_inf_nan=False)] | None = None

    def measures(self) -> Measures:
        return Measures(**self.model_dump(exclude={"test_id"}))


async def show(request: web.Request) -> web.Response:
    appointment = await customer_appointment(request)
    here, language = request.path, language_of(request)
    data = {
        "csrf": csrf_token(request),
        **{f"{step}_url": f"{here}/{step}?lang={language}" for step in ("ice", "offer", "result")},
        "texts": {key: gettext(language, message) for key, message in PAGE_TEXTS.items()},
    }
    back = f"/a/{request.match_info['token']}"
    return page(
        request, "precall/test.html", policy=Policy.CAMERA, appointment=appointment, back=back, data=data
    )


async def ice(request: web.Request) -> web.Response:
    appointment = await customer_appointment(request)
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(appointment.offering_id)
    as_set = request.app[PRECALL].ice.is_relay_only
    return await ice_servers(request, relays=offering.relays(as_set=as_set))


async def offer(request: web.Request) -> web.Response:
    await customer_appointment(request)
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test", request[ADDRESS])
    body = await read_json(request, OfferBody)
    return web.json_response(asdict(await request.app[PRECALL].begin(body.sdp)))


async def result(request: web.Request) -> web.Response:
    """Judge, and append `connection_tested` while the appointment can still be held."""
    appointment = await customer_appointment(request)
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test-result", request[ADDRESS])
    body = await read_json(request, ResultBody)
    measures = body.measures().confirmed_by(await heard_at_last(request, body.test_id))
    verdict = judge(measures)
    if appointment.is_live:
        await keep(request, appointment.id, detail_of(measures, verdict))
    return judged(request, measures, verdict)


async def ice_servers(
    request: web.Request, seconds: float = RELAYED_SECONDS, *, relays: bool | None = None
) -> web.Response:
    """Give credentials when the test begins, not with the page: they live for minutes, a tab for hours.

    `relays` says whether the meeting will go by the relay alone; None: as the service is set up.
    """
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test-ice", request[ADDRESS])
    policy = request.app[PRECALL].ice
    relay, tester = request.app[RELAY], uuid4()
    servers = policy.servers(tester, now=request.app[CLOCK]())
    await relay.grant(servers)
    asyncio.get_running_loop().call_later(seconds, relay.revoke, policy.owner(tester))
    transport = "relay" if (policy.is_relay_only if relays is None else relays) else "all"
    body = {"iceServers": [_ice_server(server) for server in servers], "iceTransportPolicy": transport}
    return web.json_response(body)


def _ice_server(server: IceServer) -> dict[str, Any]:
    return {name: value for name, value in asdict(server).items() if value is not None}


async def heard_at_last(request: web.Request, test_id: str | None) -> Heard | None:
    """Ask our own end what was there, and end the test."""
    if test_id is None:
        return None
    tests = request.app[PRECALL]
    heard = await tests.heard(test_id)
    await tests.end(test_id)
    return heard


async def keep(request: web.Request, appointment_id: UUID, detail: Detail) -> None:
    now = request.app[CLOCK]()

    async def tested(unit: Unit) -> None:
        kind = FactKind.CONNECTION_TESTED
        await record(unit, appointment_id, kind, by=Actor.CUSTOMER, detail=detail, now=now)

    await request.app[UNITS].do(tested)


def judged(
    request: web.Request, measures: Measures, verdict: Verdict, words: Mapping[str, str] | None = None
) -> web.Response:
    body = {
        "kind": verdict.kind.name.lower(),
        **(words or told(verdict, language_of(request))),
        "figures": figures(measures, reader_of(request)),
    }
    return web.json_response(body)


def detail_of(measures: Measures, verdict: Verdict) -> Detail:
    return {
        "verdict": verdict.kind.name.lower(),
        "advice": verdict.advice.value,
        "round_trip_ms": _rounded(measures.round_trip_ms, 0),
        "loss": _rounded(measures.loss, 3),
        "frames_per_second": _rounded(measures.frames_per_second, 1),
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/a/{token}/connection-test", show),
    web.post("/a/{token}/connection-test/ice", ice),
    web.post("/a/{token}/connection-test/offer", offer),
    web.post("/a/{token}/connection-test/result", result),
)
