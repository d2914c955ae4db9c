"""The adviser's own check of microphone, camera, loudspeaker and line; the server keeps nothing of it."""

from dataclasses import asdict

from aiohttp import web

from signalling.precall.verdict import judge
from web.body import read_json
from web.csrf import csrf_token
from web.first_script import FIRST
from web.guard import staff
from web.i18n import gettext, language_of
from web.keys import CLOCK, PRECALL, RATES, SITE
from web.meeting_words import words
from web.pages.desk_seat import desk_page
from web.pages.device_check_words import WORDS
from web.pages.precall import (
    OFFERS_A_MINUTE,
    OfferBody,
    ResultBody,
    heard_at_last,
    ice_servers,
    judged,
)
from web.policy import Policy
from web.script_times import script_times

HOME = "/desk/device-check"


async def show(request: web.Request) -> web.Response:
    """The page says by the customers' words what fails; when it last went well the browser itself keeps."""
    language = language_of(request)
    own = {name: gettext(language, text) for name, text in WORDS.items()}
    data = {
        "csrf": csrf_token(request),
        **{f"{step}_url": f"{HOME}/{step}?lang={language}" for step in ("ice", "offer", "result")},
        **script_times(language, request.app[SITE].zone, request.app[CLOCK]()),
        "words": words(language, "adviser", request.app[SITE]) | own,
    }
    return desk_page(
        request,
        staff(request),
        "desk/device_check.html",
        policy=Policy.CAMERA,
        role="adviser",
        first=FIRST,
        data=data,
    )


async def ice(request: web.Request) -> web.Response:
    return await ice_servers(request)


async def offer(request: web.Request) -> web.Response:
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "device-check", str(staff(request).id))
    body = await read_json(request, OfferBody)
    return web.json_response(asdict(await request.app[PRECALL].begin(body.sdp)))


async def result(request: web.Request) -> web.Response:
    """Judge the line as a customer's connection test is judged."""
    await request.app[RATES].a_minute(OFFERS_A_MINUTE, "device-check-result", str(staff(request).id))
    body = await read_json(request, ResultBody)
    measures = body.measures().confirmed_by(await heard_at_last(request, body.test_id))
    return judged(request, measures, judge(measures))


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, show),
    web.post(f"{HOME}/ice", ice),
    web.post(f"{HOME}/offer", offer),
    web.post(f"{HOME}/result", result),
)
