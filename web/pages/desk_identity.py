"""Who was identified for an appointment, and their personal code for whoever says why they need it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, StringConstraints

from booking.errors import NotFound
from booking.fact import FactKind
from identity.identification import Identification
from identity.look import Thing
from identity.permission import Right
from identity.person import Person
from identity.personal_code import PersonalCode
from identity.staff import StaffMember
from web.forms import Form, submitted
from web.i18n import language_of
from web.keys import PROVIDERS, UNITS
from web.looking import looks_at, saw
from web.meeting_words import LEVELS
from web.pages.desk_seat import desk_page, seat
from web.pages.visit import Visit
from web.ports import Unit


class ReasonForm(BaseModel):
    """Why somebody needs the code; the customer can read it."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Who came, and their code behind a mask.

    `person` is None where nobody told a code, `code` also where the offering shows none to advisers.
    `lost_at` is when media were found to be another's than those that this proof is for.
    """

    proof: Identification
    person: Person | None
    code: PersonalCode | None
    lost_at: datetime | None


@looks_at(Thing.APPOINTMENT, Thing.PERSON)
async def identity(request: web.Request) -> web.Response:
    member, found = await seat(request)
    return await _shown(request, member, found, Form(values={}))


@looks_at(Thing.PERSON)
async def show_code(request: web.Request) -> web.Response:
    """Show the code in the answer itself, once for each reason that is given.

    Raises NotAllowed for who meets nobody, and NotFound where there is no code or none is shown.
    """
    member, found = await seat(request)
    form = await submitted(request, ReasonForm)
    if form.model is None:
        return await _shown(request, member, found, form, status=422)
    return await _shown(request, member, found, Form(values={}), reason=form.model.reason)


async def _shown(
    request: web.Request,
    member: StaffMember,
    found: Visit,
    form: Form[ReasonForm],
    *,
    reason: str = "",
    status: int = 200,
) -> web.Response:
    async with request.app[UNITS].read() as unit:
        known = await _known(unit, found)
    if reason and (known is None or known.code is None):
        raise NotFound
    if known and known.person:
        _write_down(request, found, known.person, reason)
    answer = desk_page(
        request,
        member,
        "desk/identity.html",
        status,
        visit=found,
        known=known,
        method=_method(request, known.proof) if known else "",
        assurance=LEVELS.get(known.proof.assurance.word, "") if known else "",
        code=known.code.text if known and known.code and reason else "",
        form=form,
        can_see_code=member.may(Right.SEE_PERSONAL_CODE),
        can_see_log=member.may(Right.SEE_ACCESS_LOG),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _known(unit: Unit, found: Visit) -> Known | None:
    proof = await unit.identifications.newest_of(found.appointment.id)
    if proof is None:
        return None
    lost_at = await _lost_at(unit, proof)
    if proof.person_id is None:
        return Known(proof=proof, person=None, code=None, lost_at=lost_at)
    person = await unit.persons.get(proof.person_id)
    code = await unit.persons.code(person.id) if found.offering.shows_code else None
    return Known(proof=proof, person=person, code=code, lost_at=lost_at)


async def _lost_at(unit: Unit, proof: Identification) -> datetime | None:
    """Return when the badge fell for this proof: an earlier one's was another's."""
    facts = await unit.facts.of(proof.appointment_id)
    fell = [fact.at for fact in facts if fact.kind is FactKind.IDENTIFICATION_LOST and fact.at >= proof.at]
    return fell[0] if fell else None


def _write_down(request: web.Request, found: Visit, person: Person, reason: str) -> None:
    saw(
        request,
        Thing.PERSON,
        person.id,
        appointment_id=found.appointment.id,
        person_id=person.id,
        reason=reason,
    )


def _method(request: web.Request, proof: Identification) -> str:
    provider, language = request.app[PROVIDERS].get(proof.provider), language_of(request)
    return provider.method_title(proof.method, language) if provider else proof.method


_HERE = "/desk/appointments/{appointment_id}/identity"

ROUTES: tuple[web.RouteDef, ...] = (web.get(_HERE, identity), web.post(_HERE, show_code))
