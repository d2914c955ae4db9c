"""Disruptions: declared by admins for anybody, by advisers for themselves, and looked at before they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from aiohttp import web

from booking.disrupt import ask_again, declare, end, reach
from booking.disruption import Choice, Disruption
from booking.errors import NotFound
from booking.plain_words import MOST
from identity.staff import StaffMember
from web.body import Nothing, read_form, read_query
from web.forms import Form, blank, submitted
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, SITE, UNITS
from web.noting import set_up
from web.pages.disruption_form import DisruptionForm, Meant, meant, typed
from web.pages.disruption_view import Whom, came_to, counted, preview, shown, whom
from web.path import path_id
from web.ports import Unit
from web.render import page
from web.stretch import Stretch, stretch_of
from web.subjects import ADisruption

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who looks, from where; at their own desk an adviser sees and declares nobody's but their own."""

    member: StaffMember
    home: str
    is_own: bool

    def may_see(self, one: Disruption) -> bool:
        return not self.is_own or one.scope.adviser_id == self.member.id


@dataclass(frozen=True, slots=True)
class Listed:
    disruption: Disruption
    whom: Whom
    when: Stretch
    count: int
    stands: bool


async def disruptions(request: web.Request) -> web.Response:
    seat = await _seat(request)
    read_query(request, Nothing)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        found = [one for one in await unit.disruptions.newest(limit=MOST_SHOWN) if seat.may_see(one)]
        listed = [await _listed(request, unit, one, now) for one in found]
    return page(request, "disruption/list.html", seat=seat, member=seat.member, listed=listed)


async def begin(request: web.Request) -> web.Response:
    seat = await _seat(request)
    read_query(request, Nothing)
    today = request.app[CLOCK]().astimezone(request.app[SITE].zone).date()
    return await _form(request, seat, blank(first=str(today), whom="house", banner="1", moves="1"))


async def send(request: web.Request) -> web.Response:
    """Look first; only the second button, on the page that shows everything, does it."""
    seat = await _seat(request)
    form = await submitted(request, DisruptionForm)
    if form.model is None:
        return await _form(request, seat, form, 422)
    found = meant(
        form.model, seat.member, request.app[SITE].zone, is_own=seat.is_own, now=request.app[CLOCK]()
    )
    if form.model.go == "edit" or isinstance(found, Mapping):
        errors = found if isinstance(found, Mapping) else {}
        again: Form[Any] = Form(values=typed(form.model), errors=errors)
        return await _form(request, seat, again, 422 if errors else 200)
    if form.model.go == "look" or form.model.id is None:
        return await _preview(request, seat, form.model, found)
    done = await _declare(request, seat, form.model, found, form.model.id)
    raise web.HTTPSeeOther(f"{seat.home}/{done.id}")


async def show(request: web.Request) -> web.Response:
    seat = await _seat(request)
    read_query(request, Nothing)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        one = await _one(request, unit, seat)
        concerned = await unit.disruptions.concerned(one.id)
        stands = one.stands(now)
        counts = counted(concerned)
        return page(
            request,
            "disruption/show.html",
            seat=seat,
            member=seat.member,
            one=one,
            whom=await whom(unit, one, language_of(request)),
            when=_when(request, one),
            stands=stands,
            count=len(concerned),
            counts=counts,
            came_to=came_to(concerned),
            rows=await shown(unit, concerned, seat.member),
            ahead=len(await unit.disruptions.unreached(one, limit=1000)) if stands else 0,
            can_remind=stands and one.reminder_at is None and counts[Choice.UNANSWERED] > 0,
        )


async def remind(request: web.Request) -> web.Response:
    member, one = await _ours(request)
    now = request.app[CLOCK]()
    await set_up(request, member, ADisruption(one.id), lambda unit: ask_again(unit, one.id, now=now))
    raise web.HTTPSeeOther(request.path.removesuffix("/remind"))


async def end_it(request: web.Request) -> web.Response:
    member, one = await _ours(request)
    now = request.app[CLOCK]()
    await set_up(request, member, ADisruption(one.id), lambda unit: end(unit, one.id, now=now))
    raise web.HTTPSeeOther(request.path.removesuffix("/end"))


async def _seat(request: web.Request) -> Seat:
    if request.path.startswith("/desk"):
        return Seat(member=staff(request), home="/desk/disruptions", is_own=True)
    return Seat(member=staff(request), home="/admin/disruptions", is_own=False)


async def _one(request: web.Request, unit: Unit, seat: Seat) -> Disruption:
    """Raises NotFound for somebody else's, as for none."""
    found = await unit.disruptions.get(path_id(request, "disruption_id"))
    if not seat.may_see(found):
        raise NotFound(found.id)
    return found


async def _ours(request: web.Request) -> tuple[StaffMember, Disruption]:
    await read_form(request, Nothing)
    seat = await _seat(request)
    async with request.app[UNITS].read() as unit:
        return seat.member, await _one(request, unit, seat)


async def _listed(request: web.Request, unit: Unit, one: Disruption, now: datetime) -> Listed:
    concerned = await unit.disruptions.concerned(one.id)
    about = await whom(unit, one, language_of(request))
    return Listed(one, about, _when(request, one), len(concerned), one.stands(now))


def _when(request: web.Request, one: Disruption) -> Stretch:
    return stretch_of(one.span, request.app[SITE].zone)


async def _form(request: web.Request, seat: Seat, form: Form[Any], status: int = 200) -> web.Response:
    offerings: Sequence[tuple[str, str]] = ()
    advisers: Sequence[tuple[str, str]] = ()
    if not seat.is_own:
        async with request.app[UNITS].read() as unit:
            language = language_of(request)
            offerings = [(f"offering:{one.id}", one.name(language)) for one in await unit.offerings.all()]
            advisers = [(f"adviser:{one.id}", one.name) for one in await unit.advisers.all()]
    return page(
        request,
        "disruption/form.html",
        status,
        seat=seat,
        member=seat.member,
        form=form,
        offerings=offerings,
        advisers=advisers,
        most=MOST,
    )


async def _preview(request: web.Request, seat: Seat, form: DisruptionForm, found: Meant) -> web.Response:
    draft = _drafted(form, found, seat, uuid4(), request.app[CLOCK]())
    async with request.app[UNITS].read() as unit:
        looked = await preview(unit, found.scope, found.span, form.texts, seat.member)
        about = await whom(unit, draft, language_of(request))
    return page(
        request,
        "disruption/preview.html",
        seat=seat,
        member=seat.member,
        draft=draft,
        whom=about,
        when=_when(request, draft),
        found=looked,
        fields=[("id", str(draft.id)), *typed(form).items()],
    )


async def _declare(
    request: web.Request, seat: Seat, form: DisruptionForm, found: Meant, disruption_id: UUID
) -> Disruption:
    """Declare it and reach the first of them at once; the background work goes on with the others."""
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> Disruption:
        kept = await declare(unit, _drafted(form, found, seat, disruption_id, now), now=now)
        await reach(unit, kept, now=now)
        return kept

    return await set_up(request, seat.member, ADisruption(disruption_id), work)


def _drafted(form: DisruptionForm, found: Meant, seat: Seat, id: UUID, now: datetime) -> Disruption:
    return Disruption(
        id=id,
        scope=found.scope,
        span=found.span,
        texts=form.texts,
        made_by=seat.member.id,
        made_at=now,
        has_banner=bool(form.banner),
        offers_moves=bool(form.moves),
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/admin/disruptions", disruptions),
    web.post("/admin/disruptions", send),
    web.get("/admin/disruptions/new", begin),
    web.get("/admin/disruptions/{disruption_id}", show),
    web.post("/admin/disruptions/{disruption_id}/remind", remind),
    web.post("/admin/disruptions/{disruption_id}/end", end_it),
    web.get("/desk/disruptions", disruptions),
    web.post("/desk/disruptions", send),
    web.get("/desk/disruptions/new", begin),
    web.get("/desk/disruptions/{disruption_id}", show),
    web.post("/desk/disruptions/{disruption_id}/remind", remind),
    web.post("/desk/disruptions/{disruption_id}/end", end_it),
)
