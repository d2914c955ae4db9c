"""The demo's start page and its outbox; in production there is nothing at these addresses."""

from uuid import uuid4

from aiohttp import web
from pydantic import BaseModel, Field

from identity.demo_mobile.registration import PHONES
from web.forms import Form, blank, submitted
from web.incoming import taken_in
from web.keys import CLOCK, SITE, UNITS
from web.letter_frame import allow_frames
from web.moments import moment_json
from web.pages.demo_phone import OPERATOR
from web.refusal import PageNotFound
from web.render import page

AS_PAGES = 30
"""So many of the newest letters are shown as they would look; of older ones the text is enough."""


async def start(request: web.Request) -> web.Response:
    _require_demo(request)
    return page(request, "demo/start.html", phones=PHONES.values() if OPERATOR in request.app else ())


async def outbox(request: web.Request) -> web.Response:
    _require_demo(request)
    return await _outbox(request, blank())


async def outbox_json(request: web.Request) -> web.Response:
    """Tell every letter, the newest first; `links` are addresses alone."""
    _require_demo(request)
    async with request.app[UNITS].read() as unit:
        letters = await unit.demo_letters.all()
    return web.json_response(
        [
            {
                "channel": letter.channel,
                "to": letter.to,
                "subject": letter.subject,
                "text": letter.text,
                "at": moment_json(letter.at),
                "links": [address for _, address in letter.links],
            }
            for letter in letters
        ]
    )


class SmsAnswer(BaseModel):
    """A text message as the customer of a number would write it."""

    sender: str = Field(min_length=1, max_length=40)
    text: str = Field(min_length=1, max_length=1000)


async def answer(request: web.Request) -> web.Response:
    """Take a text message as if a gateway had handed it over."""
    _require_demo(request)
    form = await submitted(request, SmsAnswer)
    if form.model is None:
        return await _outbox(request, form, status=422)
    written, now = form.model, request.app[CLOCK]()
    await request.app[UNITS].do(
        lambda unit: taken_in(unit, key=uuid4().hex, sender=written.sender, text=written.text, now=now)
    )
    raise web.HTTPSeeOther("/demo/outbox?answered=1")


async def _outbox(request: web.Request, form: Form[SmsAnswer], status: int = 200) -> web.Response:
    async with request.app[UNITS].read() as unit:
        letters = await unit.demo_letters.all()
    is_answered = "answered" in request.query
    answer = page(
        request,
        "demo/outbox.html",
        status,
        letters=letters,
        form=form,
        is_answered=is_answered,
        as_pages=AS_PAGES,
    )
    allow_frames(answer, request.app[SITE], [letter.html for letter in letters[:AS_PAGES]])
    return answer


def _require_demo(request: web.Request) -> None:
    if not request.app[SITE].is_demo:
        raise PageNotFound


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/demo", start),
    web.get("/demo/outbox", outbox),
    web.get("/demo/outbox.json", outbox_json),
    web.post("/demo/outbox/answer", answer),
)
