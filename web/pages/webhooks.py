"""The admin's webhooks: which programs are told of what happens, and how that goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from booking.notice import Tally
from booking.subscriber import MOST_SUBSCRIBERS, Subscriber
from identity.signing_secret import fresh_signing_secret
from identity.staff import StaffMember
from web.body import read_form
from web.forms import Form, blank, submitted
from web.guard import staff
from web.i18n import N_
from web.keys import CLOCK, TARGETS, UNITS
from web.noting import set_up
from web.pages.ask_first import Question, Sure, ask_first
from web.pages.webhook_forms import CHOICES, WebhookForm
from web.path import path_id
from web.ports import Unit
from web.refusal import ChangedMeanwhile
from web.render import page
from web.seen import fingerprint, require_seen
from web.subjects import AWebhook

HOME = "/admin/webhooks"
NOTHING_YET = Tally()
ANEW: Mapping[str, Any] = {"format": "standard", "language": "fi", "kinds": ["booked", "moved", "cancelled"]}


class _TooMany(Exception):
    """There are as many as may be."""


@dataclass(frozen=True, slots=True)
class Line:
    """A webhook in the list; of its address only the machine is shown, since the rest is often a key."""

    subscriber: Subscriber
    host: str
    tally: Tally


async def webhooks(request: web.Request) -> web.Response:
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        found = await unit.subscribers.all()
        tallies = await unit.notices.tallies()
    lines = [Line(one, host_of(one), tallies.get(one.id, NOTHING_YET)) for one in found]
    can_add = len(lines) < MOST_SUBSCRIBERS
    return page(request, "webhooks/list.html", member=member, lines=lines, can_add=can_add)


async def ask_new(request: web.Request) -> web.Response:
    member = staff(request)
    return _form(request, member, blank(**ANEW))


async def add(request: web.Request) -> web.Response:
    """Keep a new one, and show its secret: this once, here, and nowhere else."""
    member = staff(request)
    form = await _checked(request)
    if form.model is None:
        return _form(request, member, form, status=422)
    added, secret = form.model.subscriber(request.app[CLOCK]()), fresh_signing_secret()

    async def work(unit: Unit) -> None:
        if len(await unit.subscribers.all()) >= MOST_SUBSCRIBERS:
            raise _TooMany
        await unit.subscribers.add(added, secret)

    try:
        await set_up(request, member, AWebhook(added.id), work)
    except _TooMany:
        full: Form[WebhookForm] = Form(values=form.values, errors={"name": "too_many_webhooks"})
        return _form(request, member, full, status=409)
    return _secret_shown(request, member, added, secret)


async def ask_change(request: web.Request) -> web.Response:
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        found = await unit.subscribers.get(path_id(request, "subscriber_id"))
    shown = WebhookForm.of(found)
    return _form(request, member, blank(**shown, seen=fingerprint(shown)), found)


async def change(request: web.Request) -> web.Response:
    member = staff(request)
    subscriber_id = path_id(request, "subscriber_id")
    async with request.app[UNITS].read() as unit:
        found = await unit.subscribers.get(subscriber_id)
    form = await _checked(request)
    if form.model is None:
        return _form(request, member, form, found, status=422)
    said = form.model

    async def work(unit: Unit) -> None:
        before = await unit.subscribers.locked(subscriber_id)
        require_seen(said.seen, WebhookForm.of(before))
        await unit.subscribers.change(said.changed(before))

    try:
        await set_up(request, member, AWebhook(subscriber_id), work)
    except ChangedMeanwhile:
        seen = {**form.values, "seen": fingerprint(WebhookForm.of(found))}
        return _form(request, member, Form(values=seen), found, status=409)
    raise web.HTTPSeeOther(f"{HOME}/{subscriber_id}?done=saved")


async def new_secret(request: web.Request) -> web.Response:
    """Sign by a new secret; for a day the old one signs too, so that nothing is lost meanwhile."""
    member = staff(request)
    form, subscriber_id = await read_form(request, Sure), path_id(request, "subscriber_id")
    async with request.app[UNITS].read() as unit:
        found = await unit.subscribers.get(subscriber_id)
    if not form.sure:
        return ask_first(request, member, _question(found, *NEW_SECRET))
    secret, now = fresh_signing_secret(), request.app[CLOCK]()
    await set_up(
        request,
        member,
        AWebhook(subscriber_id),
        lambda unit: unit.subscribers.replace_secret(subscriber_id, secret, at=now),
    )
    return _secret_shown(request, member, found, secret, is_new=False)


async def remove(request: web.Request) -> web.Response:
    member = staff(request)
    form, subscriber_id = await read_form(request, Sure), path_id(request, "subscriber_id")
    async with request.app[UNITS].read() as unit:
        found = await unit.subscribers.get(subscriber_id)
    if not form.sure:
        return ask_first(request, member, _question(found, *REMOVE))
    await set_up(
        request, member, AWebhook(subscriber_id), lambda unit: unit.subscribers.remove(subscriber_id)
    )
    raise web.HTTPSeeOther(HOME)


def host_of(subscriber: Subscriber) -> str:
    parts = urlsplit(subscriber.address)
    return f"{parts.scheme}://{parts.netloc}"


async def _checked(request: web.Request) -> Form[WebhookForm]:
    """Read the form, and look the address up; sending looks at it again, each time."""
    form = await submitted(request, WebhookForm)
    wrong = await request.app[TARGETS].bad(form.model.address) if form.model else None
    return Form(values=form.values, errors={"address": f"target_{wrong.value}"}) if wrong else form


def _form(
    request: web.Request,
    member: StaffMember,
    form: Form[Any],
    subscriber: Subscriber | None = None,
    *,
    status: int = 200,
) -> web.Response:
    return page(
        request,
        "webhooks/form.html",
        status,
        member=member,
        form=form,
        subscriber=subscriber,
        is_stale=status == 409 and not form.errors,
        choices=CHOICES,
    )


def _secret_shown(
    request: web.Request, member: StaffMember, subscriber: Subscriber, secret: str, *, is_new: bool = True
) -> web.Response:
    return page(
        request, "webhooks/secret.html", member=member, subscriber=subscriber, secret=secret, is_new=is_new
    )


NEW_SECRET = (
    N_("Replace the secret?"),
    N_("A new secret is shown to you once. For 24 hours each event is signed by both, then by the new one."),
    N_("Replace the secret"),
)
REMOVE = (
    N_("Remove this webhook?"),
    N_("Nothing more is sent there. The log of what was sent goes too, and so does what still waits."),
    N_("Remove the webhook"),
)


def _question(subscriber: Subscriber, title: str, follows: str, yes: str) -> Question:
    back = f"{HOME}/{subscriber.id}"
    return Question(title=title, item=subscriber.name, follows=follows, yes=yes, back=back, menu="webhooks")


_ONE = f"{HOME}/{{subscriber_id}}"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, webhooks),
    web.get(f"{HOME}/new", ask_new),
    web.post(f"{HOME}/new", add),
    web.get(f"{_ONE}/edit", ask_change),
    web.post(f"{_ONE}/edit", change),
    web.post(f"{_ONE}/secret", new_secret),
    web.post(f"{_ONE}/remove", remove),
)
