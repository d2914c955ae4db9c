"""Practice: a minute with a drawn adviser; with an appointment's link its history keeps what it came to."""

from dataclasses import asdict

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from signalling.practice.verdict import Answers, judge_practice
from signalling.precall.ports import SDP_LIMIT_BYTES, Place, Sort, Sound
from signalling.precall.verdict import Measures, Verdict
from web.body import read_json
from web.csrf import csrf_token
from web.guard import customer_appointment
from web.i18n import gettext, language_of
from web.keys import ADDRESS, PRECALL, RATES
from web.pages.practice_text import PAGE_TEXTS, STEPS, VERDICTS, advice_of, wait_in_words
from web.pages.precall import (
    OFFERS_A_MINUTE,
    ResultBody,
    detail_of,
    heard_at_last,
    ice_servers,
    judged,
    keep,
)
from web.policy import Policy
from web.render import page

PLACES_A_MINUTE = 240
"""Who waits asks every four seconds, and a whole office may wait behind one address."""
LISTENED_A_MINUTE = 120
RELAYED_SECONDS = 125
TICKET = Field(default=None, pattern=r"^[A-Za-z0-9_-]{1,32}$")


class PlaceBody(BaseModel):
    """Who asks for their place; nobody has a ticket at first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ticket: str | None = TICKET


class OfferBody(PlaceBody):
    """A browser's session description, and whose turn it is."""

    sdp: str = Field(max_length=SDP_LIMIT_BYTES)


class ListenBody(BaseModel):
    """What the adviser shall listen for."""

    model_config = ConfigDict(extra="forbid")

    test_id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    wanted: Sound


class PracticeBody(ResultBody):
    """What the browser measured, and what the person said of what only they can see."""

    greeting: bool | None = None
    page: bool | None = None


async def show(request: web.Request) -> web.Response:
    return _shown(request, "")


async def show_for_appointment(request: web.Request) -> web.Response:
    await customer_appointment(request)
    return _shown(request, f"/a/{request.match_info['token']}")


async def place(request: web.Request) -> web.Response:
    """Tell whose turn it is, and in words about how long the others wait."""
    await request.app[RATES].a_minute(PLACES_A_MINUTE, "practice-place", request[ADDRESS])
    body = await read_json(request, PlaceBody)
    found: Place = await request.app[PRECALL].place(body.ticket)
    words = wait_in_words(found.seconds, language_of(request))
    return web.json_response({"ticket": found.ticket, "is_free": found.seconds == 0, "words": words})


async def ice(request: web.Request) -> web.Response:
    return await ice_servers(request, RELAYED_SECONDS)


async def offer(request: web.Request) -> web.Response:
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test", request[ADDRESS])
    body = await read_json(request, OfferBody)
    begun = await request.app[PRECALL].begin(body.sdp, Sort.PRACTICE, body.ticket)
    return web.json_response(asdict(begun))


async def listen(request: web.Request) -> web.Response:
    """Say whether silence or sound reached the adviser within some seconds."""
    await request.app[RATES].a_minute(LISTENED_A_MINUTE, "practice-listen", request[ADDRESS])
    body = await read_json(request, ListenBody)
    return web.json_response({"heard": await request.app[PRECALL].listen(body.test_id, body.wanted)})


async def result(request: web.Request) -> web.Response:
    return _answer(request, *await _judged(request))


async def result_for_appointment(request: web.Request) -> web.Response:
    """Judge, and append `connection_tested` while the appointment can still be held."""
    appointment = await customer_appointment(request)
    measures, verdict = await _judged(request)
    if appointment.is_live:
        detail = {**detail_of(measures, verdict), "is_practice": True}
        await keep(request, appointment.id, detail)
    return _answer(request, measures, verdict)


def _shown(request: web.Request, home: str) -> web.Response:
    language = language_of(request)
    steps = {step: f"/practice/{step}?lang={language}" for step in ("place", "ice", "offer", "listen")}
    data = {
        "csrf": csrf_token(request),
        **{f"{step}_url": address for step, address in steps.items()},
        "result_url": f"{home}/practice/result?lang={language}",
        "texts": {key: gettext(language, message) for key, message in PAGE_TEXTS.items()},
    }
    return page(request, "practice/practice.html", policy=Policy.CAMERA, home=home, steps=STEPS, data=data)


async def _judged(request: web.Request) -> tuple[Measures, Verdict]:
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "connection-test-result", request[ADDRESS])
    body = await read_json(request, PracticeBody)
    heard = await heard_at_last(request, body.test_id)
    measures = Measures(**body.model_dump(exclude={"test_id", "greeting", "page"}))
    verdict = judge_practice(measures, heard, Answers(greeting=body.greeting, page=body.page))
    return measures.confirmed_by(heard), verdict


def _answer(request: web.Request, measures: Measures, verdict: Verdict) -> web.Response:
    language = language_of(request)
    told = {
        "verdict": gettext(language, VERDICTS[verdict.kind]),
        "advice": gettext(language, advice_of(verdict)),
    }
    return judged(request, measures, verdict, told)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/practice", show),
    web.post("/practice/place", place),
    web.post("/practice/ice", ice),
    web.post("/practice/offer", offer),
    web.post("/practice/listen", listen),
    web.post("/practice/result", result),
    web.get("/a/{token}/practice", show_for_appointment),
    web.post("/a/{token}/practice/result", result_for_appointment),
)
