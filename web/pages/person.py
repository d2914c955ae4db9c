"""The admin's page of one person: who they are, what they meet, what they say of themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from aiohttp import web

from booking.adviser import Adviser
from booking.offering import Offering
from booking.set_up import say_what_is_met
from booking.team import Team
from identity.employ import change_member
from identity.errors import NotFound, OwnAccess, OwnTeam
from identity.permission import Role
from identity.second_factor import has_second_factor
from identity.staff import StaffMember
from web.forms import Form, submitted
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, SITE, UNITS
from web.noting import set_up
from web.pages.advisers_clock import Clock, clock_of
from web.pages.people_forms import ROLES, IntroductionForm, PersonForm, SkillsForm
from web.pages.set_up_log import LastChange, last_change
from web.path import path_id
from web.ports import Unit
from web.refusal import ChangedMeanwhile
from web.render import page
from web.seen import fingerprint, require_seen
from web.subjects import APerson


class _Ahead(Exception):
    """Appointments are ahead of somebody who would meet no customers any more."""


WRONG: Mapping[type[Exception], Mapping[str, str]] = MappingProxyType(
    {
        OwnAccess: {"role": "own_access"},
        OwnTeam: {"team_id": "own_team"},
        _Ahead: {"role": "appointments_ahead"},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that the page tells."""

    member: StaffMember
    adviser: Adviser
    met: frozenset[UUID]
    offerings: Sequence[Offering]
    teams: Sequence[Team]
    ahead: int
    last: LastChange | None
    clock: Clock
    has_second_factor: bool

    def values(self) -> Mapping[str, Mapping[str, Any]]:
        """Return what each form of the page shows, by the form's name."""
        return {
            "about": PersonForm.of(self.member),
            "introduction": IntroductionForm.of(self.adviser.texts),
            "skills": {"offerings": sorted(map(str, self.met))},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A form that comes back, by its name, with what is wrong."""

    name: str = ""
    form: Form[Any] = field(default_factory=Form)
    is_stale: bool = False


async def person(request: web.Request) -> web.Response:
    member = staff(request)
    return await person_page(request, member)


async def save_about(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, PersonForm)
    if form.model is None:
        return await person_page(request, member, Returned(name="about", form=form), 422)
    told, staff_id = form.model, path_id(request, "staff_id")
    try:
        await set_up(
            request,
            member,
            APerson(staff_id),
            lambda unit: _change_about(request, unit, staff_id, told, by=member.id),
        )
    except ChangedMeanwhile:
        return await person_page(request, member, Returned(name="about", form=form, is_stale=True), 409)
    except (OwnAccess, OwnTeam, _Ahead) as refused:
        returned: Form[PersonForm] = Form(values=form.values, errors=WRONG[type(refused)])
        return await person_page(request, member, Returned(name="about", form=returned), 409)
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


async def save_introduction(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, IntroductionForm)
    if form.model is None:
        return await person_page(request, member, Returned(name="introduction", form=form), 422)
    told, staff_id = form.model, path_id(request, "staff_id")

    async def save(unit: Unit) -> None:
        await ours(unit, staff_id)
        await introduce(unit, staff_id, told)

    try:
        await set_up(request, member, APerson(staff_id), save)
    except ChangedMeanwhile:
        stale = Returned(name="introduction", form=form, is_stale=True)
        return await person_page(request, member, stale, 409)
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


async def save_skills(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, SkillsForm)
    if form.model is None:
        return await person_page(request, member, Returned(name="skills", form=form), 422)
    told, staff_id = form.model, path_id(request, "staff_id")

    def check(met: Any) -> None:
        require_seen(told.seen, {"offerings": sorted(map(str, met))})

    async def save(unit: Unit) -> None:
        await ours(unit, staff_id)
        await say_what_is_met(unit, staff_id, told.offerings, check)

    try:
        await set_up(request, member, APerson(staff_id), save)
    except ChangedMeanwhile:
        return await person_page(request, member, Returned(name="skills", form=form, is_stale=True), 409)
    raise web.HTTPSeeOther(f"/admin/people/{staff_id}")


async def introduce(unit: Unit, staff_id: UUID, told: IntroductionForm) -> None:
    """Keep what is said of somebody. Raises ChangedMeanwhile when the form showed something else."""
    await unit.calendar.lock([staff_id])
    adviser = await unit.advisers.get(staff_id)
    require_seen(told.seen, IntroductionForm.of(adviser.texts))
    await unit.catalogue.introduce(staff_id, told.texts())


async def _change_about(
    request: web.Request, unit: Unit, staff_id: UUID, told: PersonForm, *, by: UUID
) -> None:
    def change(current: StaffMember) -> StaffMember:
        require_seen(told.seen, PersonForm.of(current))
        return replace(current, **told.changed(current))

    changed = await change_member(unit, staff_id, change, by=by)
    if changed.team_id not in {team.id for team in await unit.catalogue.teams()}:
        raise NotFound(changed.team_id)
    if changed.role is not Role.ADVISER and await unit.catalogue.ahead(
        request.app[CLOCK](), adviser_id=staff_id
    ):
        raise _Ahead


async def person_page(
    request: web.Request,
    member: StaffMember,
    returned: Returned | None = None,
    status: int = 200,
    *,
    photo_error: str = "",
) -> web.Response:
    """Show everything of a person; a form that comes back stands among the others."""
    async with request.app[UNITS].read() as unit:
        found = await _read(request, unit, path_id(request, "staff_id"))
    back = returned or Returned()
    values = found.values()
    seen = {name: fingerprint(shown) for name, shown in values.items()}
    if back.name and not back.is_stale:
        seen[back.name] = back.form.value("seen")
    return page(
        request,
        "admin/person/person.html",
        status,
        member=member,
        found=found,
        person=found.member,
        forms={
            name: back.form if name == back.name else Form(values=shown) for name, shown in values.items()
        },
        seen=seen,
        stale_form=back.name if back.is_stale else "",
        roles=ROLES,
        labels={"about": PersonForm.LABELS, "introduction": IntroductionForm.LABELS},
        photo_error=photo_error,
    )


async def _read(request: web.Request, unit: Unit, staff_id: UUID) -> Person:
    zone, now = request.app[SITE].zone, request.app[CLOCK]()
    found, adviser = await ours(unit, staff_id), await unit.advisers.get(staff_id)
    return Person(
        member=found,
        adviser=adviser,
        met=frozenset(await unit.hours.offered_by(staff_id)),
        offerings=await unit.offerings.all(),
        teams=await unit.catalogue.teams(),
        ahead=await unit.catalogue.ahead(now, adviser_id=staff_id),
        clock=await clock_of(unit, adviser, zone, language_of(request), now=now),
        last=await last_change(unit, staff_id),
        has_second_factor=await has_second_factor(unit, staff_id),
    )


async def ours(unit: Unit, staff_id: UUID) -> StaffMember:
    """Return somebody whom admins manage. Raises NotFound for an operator, as for nobody."""
    found = await unit.staff.get(staff_id)
    if found.role is Role.OPERATOR:
        raise NotFound(staff_id)
    return found


_ONE = "/admin/people/{staff_id}"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get(_ONE, person),
    web.post(_ONE, save_about),
    web.post(f"{_ONE}/introduction", save_introduction),
    web.post(f"{_ONE}/skills", save_skills),
)
