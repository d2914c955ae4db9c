"""The admin edits an offering, one section at a time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, Field

from booking.adviser import Adviser
from booking.offering import Offering
from booking.set_up import change_offering, say_who_meets
from booking.team import Team
from identity.staff import StaffMember
from web.forms import Form, submitted
from web.guard import staff
from web.keys import CLOCK, SITE, UNITS
from web.lengths import UNIT_NAMES
from web.noting import set_up
from web.pages.offering_forms import SECTIONS, MeetingSection, Section, zones
from web.path import path_id
from web.ports import Unit
from web.refusal import ChangedMeanwhile
from web.render import page
from web.seen import fingerprint, require_seen
from web.subjects import AnOffering


class MeetersForm(BaseModel):
    """Who of the advisers meets customers of an offering."""

    advisers: list[UUID] = Field(default_factory=list, max_length=1000)
    seen: str = Field(default="", max_length=40)


async def edit(request: web.Request) -> web.Response:
    member = staff(request)
    offering = await _offering(request)
    return await _shown(request, member, offering, Form(values=_section(request).of(offering)))


async def save(request: web.Request) -> web.Response:
    member, section = staff(request), _section(request)
    form = await submitted(request, section)
    if form.model is None:
        return await _shown(request, member, await _offering(request), form, 422)
    told, offering_id = form.model, path_id(request, "offering_id")
    if not _can_relay(request, told):
        refused = replace(form, errors={"media_way": "no_relay"})
        return await _shown(request, member, await _offering(request), refused, 422)

    def change(offering: Offering) -> Offering:
        require_seen(told.seen, section.of(offering))
        return told.onto(offering)

    try:
        await set_up(
            request,
            member,
            AnOffering(offering_id),
            lambda unit: change_offering(unit, offering_id, change),
        )
    except ChangedMeanwhile:
        return await _shown(request, member, await _offering(request), form, 409)
    raise web.HTTPSeeOther(f"/admin/offerings/{offering_id}")


async def edit_meeters(request: web.Request) -> web.Response:
    member = staff(request)
    async with request.app[UNITS].read() as unit:
        meeting = await _meeters(unit, path_id(request, "offering_id"))
    return await _meeters_shown(request, member, Form(values={"advisers": meeting}))


async def save_meeters(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, MeetersForm)
    if form.model is None:
        return await _meeters_shown(request, member, form, 422)
    told, offering_id = form.model, path_id(request, "offering_id")
    try:
        await set_up(
            request,
            member,
            AnOffering(offering_id),
            lambda unit: say_who_meets(
                unit,
                offering_id,
                told.advisers,
                lambda now: require_seen(told.seen, sorted(map(str, now))),
            ),
        )
    except ChangedMeanwhile:
        return await _meeters_shown(request, member, form, 409)
    raise web.HTTPSeeOther(f"/admin/offerings/{offering_id}")


async def _shown(
    request: web.Request, member: StaffMember, offering: Offering, form: Form[Any], status: int = 200
) -> web.Response:
    section = _section(request)
    async with request.app[UNITS].read() as unit:
        ahead = await unit.catalogue.ahead(request.app[CLOCK](), offering_id=offering.id)
    return page(
        request,
        f"admin/offering/{section.NAME}.html",
        status,
        member=member,
        section=section,
        offering=offering,
        form=form,
        seen=form.value("seen") if status == 422 else fingerprint(section.of(offering)),
        is_stale=status == 409,
        ahead=ahead,
        unit_names=UNIT_NAMES,
        zones=sorted({offering.zone, *(zone for zone in zones() if zone.startswith("Europe/"))}),
    )


async def _meeters_shown(
    request: web.Request, member: StaffMember, form: Form[Any], status: int = 200
) -> web.Response:
    offering_id = path_id(request, "offering_id")
    async with request.app[UNITS].read() as unit:
        offering = await unit.offerings.get(offering_id)
        meeting = await _meeters(unit, offering_id)
        advisers = await unit.advisers.all()
        teams = await unit.catalogue.teams()
    return page(
        request,
        "admin/offering/advisers.html",
        status,
        member=member,
        offering=offering,
        form=form,
        seen=form.value("seen") if status == 422 else fingerprint(meeting),
        is_stale=status == 409,
        groups=_by_team(advisers, teams),
    )


def _by_team(advisers: Sequence[Adviser], teams: Sequence[Team]) -> list[tuple[str, list[Adviser]]]:
    return [
        (team.name, mine)
        for team in teams
        if (mine := [adviser for adviser in advisers if adviser.team_id == team.id])
    ]


async def _meeters(unit: Unit, offering_id: UUID) -> list[str]:
    return sorted(str(adviser.id) for adviser in await unit.advisers.of_offering(offering_id))


async def _offering(request: web.Request) -> Offering:
    async with request.app[UNITS].read() as unit:
        return await unit.offerings.get(path_id(request, "offering_id"))


def _can_relay(request: web.Request, told: Section) -> bool:
    """Without a relay nobody would ever connect."""
    wants = isinstance(told, MeetingSection) and told.media_way == "relay"
    return not wants or request.app[SITE].keeping.has_relay


def _section(request: web.Request) -> type[Section]:
    return SECTIONS[request.match_info["section"]]


_SECTION = "/admin/offerings/{offering_id}/{section:" + "|".join(SECTIONS) + "}"
_ADVISERS = "/admin/offerings/{offering_id}/advisers"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get(_SECTION, edit),
    web.post(_SECTION, save),
    web.get(_ADVISERS, edit_meeters),
    web.post(_ADVISERS, save_meeters),
)
