"""The connection test: an appointment's history keeps the result, practice keeps nothing."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID, uuid4

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from booking.appointment import Appointment
from booking.attend import record
from booking.fact import Actor, Detail, FactKind
from signalling.ice import IceServer
from signalling.precall.ports import SDP_LIMIT_BYTES
from signalling.precall.verdict import Failure, Measures, Verdict, judge
from web.body import read_json
from web.csrf import csrf_token
from web.guard import customer_appointment
from web.i18n import gettext, language_of
from web.keys import ADDRESS, CLOCK, PRECALL, RATES, UNITS
from web.pages.precall_text import PAGE_TEXTS, figures, told
from web.policy import Policy
from web.ports import Unit
from web.render import page, reader_of

OFFERS_A_MINUTE = 30
"""By one address, behind which a whole office may sit; the media process has its own limit over all."""

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


async def show_for_appointment(request: web.Request) -> web.Response:
    return _shown(request, await customer_appointment(request))


async def show_practice(request: web.Request) -> web.Response:
    return _shown(request, None)


async def ice_for_appointment(request: web.Request) -> web.Response:
    await customer_appointment(request)
    return await _ice(request)


async def ice_for_practice(request: web.Request) -> web.Response:
    return await _ice(request)


async def offer_for_appointment(request: web.Request) -> web.Response:
    await customer_appointment(request)
    return await _answered(request)


async def offer_for_practice(request: web.Request) -> web.Response:
    return await _answered(request)


async def result_for_appointment(request: web.Request) -> web.Response:
    """Judge, and append `connection_tested` while the appointment can still be held."""
    appointment = await customer_appointment(request)
    measures, verdict = await _judged(request)
    if appointment.is_live:
        await _keep(request, appointment.id, _detail(measures, verdict))
    return _verdict(request, measures, verdict)


async def result_for_practice(request: web.Request) -> web.Response:
    return _verdict(request, *await _judged(request))


def _shown(request: web.Request, appointment: Appointment | None) -> web.Response:
    here = request.path
    back = f"/a/{request.match_info['token']}" if appointment else "/"
    language = language_of(request)
    data = {
        "csrf": csrf_token(request),
        **{f"{step}_url": f"{here}/{step}?lang={language}" for step in ("ice", "offer", "result")},
        "texts": {key: gettext(language, message) for key, message in PAGE_TEXTS.items()},
    }
    return page(
        request, "precall/test.html", policy=Policy.CAMERA, appointment=appointment, back=back, data=data
    )


async def _ice(request: web.Request) -> web.Response:
    """Give credentials when the test begins, not with the page: they live for minutes, a tab for hours."""
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test-ice", request[ADDRESS])
    policy = request.app[PRECALL].ice
    servers = policy.servers(uuid4(), now=request.app[CLOCK]())
    transport = "relay" if policy.is_relay_only else "all"
    body = {"iceServers": [_ice_server(server) for server in servers], "iceTransportPolicy": transport}
    return web.json_response(body)


def _ice_server(server: IceServer) -> dict[str, Any]:
    return {name: value for name, value in asdict(server).items() if value is not None}


async def _answered(request: web.Request) -> web.Response:
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test", request[ADDRESS])
    body = await read_json(request, OfferBody)
    return web.json_response(asdict(await request.app[PRECALL].begin(body.sdp)))


async def _judged(request: web.Request) -> tuple[Measures, Verdict]:
    """Ask our own end whether the media was there, end the test, and judge."""
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test-result", request[ADDRESS])
    body = await read_json(request, ResultBody)
    measures = body.measures().confirmed_by(None)
    if body.test_id is not None:
        tests = request.app[PRECALL]
        measures = body.measures().confirmed_by(await tests.heard(body.test_id))
        await tests.end(body.test_id)
    return measures, judge(measures)


async def _keep(request: web.Request, appointment_id: UUID, detail: Detail) -> None:
    now = request.app[CLOCK]()

    async def tested(unit: Unit) -> None:
        kind = FactKind.CONNECTION_TESTED
        await record(unit, appointment_id, kind, by=Actor.CUSTOMER, detail=detail, now=now)

    await request.app[UNITS].do(tested)


def _verdict(request: web.Request, measures: Measures, verdict: Verdict) -> web.Response:
    body = {
        "kind": verdict.kind.name.lower(),
        **told(verdict, language_of(request)),
        "figures": figures(measures, reader_of(request)),
    }
    return web.json_response(body)


def _detail(measures: Measures, verdict: Verdict) -> Detail:
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
    web.get("/practice", show_practice),
    web.post("/practice/ice", ice_for_practice),
    web.post("/practice/offer", offer_for_practice),
    web.post("/practice/result", result_for_practice),
    web.get("/a/{token}/connection-test", show_for_appointment),
    web.post("/a/{token}/connection-test/ice", ice_for_appointment),
    web.post("/a/{token}/connection-test/offer", offer_for_appointment),
    web.post("/a/{token}/connection-test/result", result_for_appointment),
)
