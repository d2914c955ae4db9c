"""The admin's questions and advice of an offering: add, edit, reorder, take away."""

from collections.abc import Callable
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel, Field

from booking.offering import Offering
from booking.set_up import change_offering
from identity.staff import StaffMember
from web.body import read_form
from web.forms import Form, submitted
from web.guard import staff
from web.i18n import N_, language_of
from web.keys import UNITS
from web.noting import set_up
from web.pages.ask_first import Question, Sure, ask_first
from web.pages.offering_items import ITEMS, KIND_NAMES, MOST, Item
from web.path import path_id
from web.refusal import ChangedMeanwhile, PageNotFound
from web.render import page
from web.seen import fingerprint, require_seen
from web.subjects import AnOffering

NEW = "new"


class Shift(BaseModel):
    """One place earlier or later."""

    by: Literal["-1", "1"]
    seen: str = Field(default="", max_length=40)


class Removal(Sure):
    seen: str = Field(default="", max_length=40)


async def items(request: web.Request) -> web.Response:
    member, kind = staff(request), _kind(request)
    offering = await _offering(request)
    return page(
        request,
        f"admin/offering/{kind.LIST}.html",
        member=member,
        kind=kind,
        offering=offering,
        items=getattr(offering, kind.LIST),
        seen=fingerprint(kind.shown(offering)),
        kind_names=KIND_NAMES,
        most=MOST,
    )


async def edit(request: web.Request) -> web.Response:
    member, kind = staff(request), _kind(request)
    offering = await _offering(request)
    place = _place(request, kind, offering)
    values = {"kind": "text"} if place is None else kind.shown(offering)[place]
    return _shown(request, member, offering, Form(values=values))


async def save(request: web.Request) -> web.Response:
    member, kind = staff(request), _kind(request)
    form = await submitted(request, kind)
    if form.model is None:
        return _shown(request, member, await _offering(request), form, 422)
    told = form.model

    def change(offering: Offering, all_items: list[Any]) -> None:
        place = _place(request, kind, offering)
        if place is not None:
            all_items[place] = told.item(all_items[place])
        elif len(all_items) < MOST:
            all_items.append(told.item(None))
        else:  # the page offers no more then: it was filled meanwhile
            raise ChangedMeanwhile

    try:
        await _change(request, member, kind, told.seen, change)
    except ChangedMeanwhile:
        return _shown(request, member, await _offering(request), form, 409)
    raise web.HTTPSeeOther(_home(request))


async def shift(request: web.Request) -> web.Response:
    member = staff(request)
    form, kind = await read_form(request, Shift), _kind(request)

    def change(offering: Offering, all_items: list[Any]) -> None:
        place = _place(request, kind, offering) or 0
        item = all_items.pop(place)
        all_items.insert(max(0, place + int(form.by)), item)

    await _change(request, member, kind, form.seen, change)
    raise web.HTTPSeeOther(_home(request))


async def remove(request: web.Request) -> web.Response:
    member = staff(request)
    form, kind = await read_form(request, Removal), _kind(request)
    if not form.sure:
        return await _asked(request, member, kind, form.seen)

    def change(offering: Offering, all_items: list[Any]) -> None:
        del all_items[_place(request, kind, offering) or 0]

    await _change(request, member, kind, form.seen, change)
    raise web.HTTPSeeOther(_home(request))


async def _asked(request: web.Request, member: StaffMember, kind: type[Item], seen: str) -> web.Response:
    """Name what would go. Raises ChangedMeanwhile when another may stand in its place by now."""
    offering = await _offering(request)
    require_seen(seen, kind.shown(offering))
    question = Question(
        title=kind.REMOVE,
        item=kind.named(kind.all_of(offering)[_place(request, kind, offering) or 0], language_of(request)),
        follows=kind.REMOVED,
        yes=N_("Remove"),
        back=_home(request),
        menu="offerings",
    )
    return ask_first(request, member, question, {"seen": seen})


async def _change(
    request: web.Request,
    member: StaffMember,
    kind: type[Item],
    seen: str,
    change: Callable[[Offering, list[Any]], None],
) -> None:
    """Change the list that the form showed; a new one finds its place in any.

    Raises ChangedMeanwhile when it is another list by now: the place may be another's.
    """

    def changed(offering: Offering) -> Offering:
        if request.match_info["place"] != NEW:
            require_seen(seen, kind.shown(offering))
        all_items = list(kind.all_of(offering))
        change(offering, all_items)
        return kind.with_all(offering, all_items)

    offering_id = path_id(request, "offering_id")
    await set_up(
        request, member, AnOffering(offering_id), lambda unit: change_offering(unit, offering_id, changed)
    )


def _shown(
    request: web.Request, member: StaffMember, offering: Offering, form: Form[Any], status: int = 200
) -> web.Response:
    kind = _kind(request)
    return page(
        request,
        f"admin/offering/{kind.LIST}_item.html",
        status,
        member=member,
        kind=kind,
        offering=offering,
        form=form,
        seen=form.value("seen") or fingerprint(kind.shown(offering)),
        is_new=request.match_info["place"] == NEW,
        is_stale=status == 409,
        home=_home(request),
        here=str(request.rel_url.path),
        kind_names=KIND_NAMES,
    )


async def _offering(request: web.Request) -> Offering:
    async with request.app[UNITS].read() as unit:
        return await unit.offerings.get(path_id(request, "offering_id"))


def _kind(request: web.Request) -> type[Item]:
    return ITEMS[request.match_info["list"]]


def _place(request: web.Request, kind: type[Item], offering: Offering) -> int | None:
    """Return which of the list the address names, None for a new one. Raises PageNotFound."""
    written = request.match_info["place"]
    if written == NEW:
        return None
    if int(written) >= len(kind.all_of(offering)):
        raise PageNotFound
    return int(written)


def _home(request: web.Request) -> str:
    return f"/admin/offerings/{path_id(request, 'offering_id')}/{request.match_info['list']}"


_LIST = "/admin/offerings/{offering_id}/{list:questions|advice}"
_ONE = _LIST + "/{place:[0-9]{1,2}}"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get(_LIST, items),
    web.get(_LIST + "/{place:new|[0-9]{1,2}}", edit),
    web.post(_LIST + "/{place:new|[0-9]{1,2}}", save),
    web.post(_ONE + "/shift", shift),
    web.post(_ONE + "/remove", remove),
)
