"""Ask for one's own link again: the answer is always the same, and the rest is done in the background."""

from typing import Any

from aiohttp import web
from pydantic import BaseModel

from booking.lost_link import ask_for_links
from web.asker import network_digest
from web.body import read_query
from web.fields import Email
from web.forms import Form, blank, submitted
from web.keys import ADDRESS, ALLOWANCE, CLOCK, RATES, UNITS
from web.render import page


class LostLinkForm(BaseModel):
    email: Email


class SentQuestion(BaseModel):
    """Whether somebody has just asked."""

    sent: str = ""


async def ask(request: web.Request) -> web.Response:
    if read_query(request, SentQuestion).sent:
        return page(request, "lost_link/noted.html")
    return _shown(request, blank())


async def note(request: web.Request) -> web.Response:
    """Write the wish down, for any address alike: looking it up here would show in the answer's time."""
    form = await submitted(request, LostLinkForm)
    if form.model is None:
        return _shown(request, form, 422)
    email, now, most = form.model.email, request.app[CLOCK](), request.app[ALLOWANCE].bookings_a_minute
    await request.app[RATES].a_minute(most, "lost link", request[ADDRESS])
    where = network_digest(request)
    await request.app[UNITS].do(lambda unit: ask_for_links(unit, email, where, now=now))
    raise web.HTTPSeeOther("/lost-link?sent=1")


def _shown(request: web.Request, form: Form[Any], status: int = 200) -> web.Response:
    return page(request, "lost_link/ask.html", status, form=form)


ROUTES: tuple[web.RouteDef, ...] = (web.get("/lost-link", ask), web.post("/lost-link", note))
