"""The access log, for admins: who looked at what, and an extract that a customer can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from booking.appointment import Appointment
from booking.errors import NotFound
from identity.look import Kept, Look, Thing
from identity.look_ports import LooksAt
from web.body import read_query
from web.fields import MaybeDay, MaybeId
from web.guard import staff
from web.i18n import language_of
from web.keys import SITE, UNITS
from web.looking import looks_at, saw
from web.moments import midnight
from web.pages.look_words import THINGS, purpose_words, viewer_words
from web.ports import Unit
from web.render import page

SHOWN = 50
MOST_EXTRACTED = 5000
HOME = "/admin/access-log"

MaybeThing = Annotated[Thing | None, BeforeValidator(lambda text: text or None)]
MaybeNumber = Annotated[
    Annotated[int, Field(ge=1, le=2**31 - 1)] | None, BeforeValidator(lambda text: text or None)
]


class AccessQuestion(BaseModel):
    """Of which appointment, person, member, kind of thing and days, any when left out.

    The last day is one of them; `before` is the last number that was shown.
    """

    model_config = ConfigDict(populate_by_name=True)

    appointment: MaybeId = None
    person: MaybeId = None
    member: MaybeId = None
    thing: MaybeThing = None
    first: MaybeDay = Field(default=None, alias="from")
    last: MaybeDay = Field(default=None, alias="to")
    before: MaybeNumber = None

    def at(self, zone: ZoneInfo) -> LooksAt:
        return LooksAt(
            appointment_id=self.appointment,
            person_id=self.person,
            by=self.member,
            thing=self.thing,
            since=midnight(self.first, zone) if self.first else None,
            until=midnight(self.last + timedelta(days=1), zone) if self.last else None,
        )

    @property
    def _asked(self) -> Mapping[str, object]:
        asked = self.model_dump(mode="json", exclude={"before"}, by_alias=True)
        return {name: value for name, value in asked.items() if value}

    def address(self, **also: object) -> str:
        return f"{HOME}?{urlencode({**self._asked, **also})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A look in words; the addresses narrow the page to its appointment and its customer."""

    at: datetime
    who: str
    thing: str
    why: str
    reason: str
    of_appointment: str
    of_person: str


@looks_at(Thing.LOG)
async def access_log(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, AccessQuestion)
    async with request.app[UNITS].read() as unit:
        asked = question.at(request.app[SITE].zone)
        found = await unit.access_log.newest(asked, before=question.before, limit=SHOWN + 1)
        names = await names_of_viewers(unit)
        about = await _about(unit, question.appointment)
        members = await unit.staff.all()
    _write_down(request, question)
    return page(
        request,
        "admin/access_log.html",
        member=member,
        question=question,
        members=members,
        things=THINGS,
        about=about,
        lines=[_line(one, names, language_of(request), question) for one in found[:SHOWN]],
        older=question.address(before=found[SHOWN - 1].number) if len(found) > SHOWN else "",
        newest=question.address(),
        extract=question.address().replace(HOME, f"{HOME}/extract", 1),
    )


@looks_at(Thing.LOG)
async def extract(request: web.Request) -> web.Response:
    """Tell one customer who looked, on paper or to be sent. Raises NotFound without naming whose it is."""
    member = staff(request)
    question = read_query(request, AccessQuestion)
    if question.appointment is None and question.person is None:
        raise NotFound
    at = LooksAt(appointment_id=question.appointment, person_id=question.person)
    async with request.app[UNITS].read() as unit:
        found = await unit.access_log.newest(at, limit=MOST_EXTRACTED)
        names = await names_of_viewers(unit)
        about = await _about(unit, question.appointment)
    _write_down(request, question)
    lines = [_line(one, names, language_of(request), question) for one in reversed(found)]
    answer = page(
        request, "admin/access_extract.html", member=member, lines=lines, about=about, question=question
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def names_of_viewers(unit: Unit) -> Mapping[object, str]:
    return {
        **{one.id: one.name for one in await unit.staff.all()},
        **{one.id: one.name for one in await unit.api_keys.all()},
    }


async def _about(unit: Unit, appointment_id: UUID | None) -> Appointment | None:
    """Return the appointment, None for one that retention has taken away."""
    try:
        return await unit.appointments.get(appointment_id) if appointment_id else None
    except NotFound:
        return None


def _write_down(request: web.Request, question: AccessQuestion) -> None:
    saw(
        request,
        Thing.LOG,
        question.appointment or question.person or question.member,
        appointment_id=question.appointment,
        person_id=question.person,
    )


def _line(kept: Kept, names: Mapping[object, str], language: str, question: AccessQuestion) -> Line:
    look: Look = kept.look
    appointment = look.appointment_id if not question.appointment else None
    person = look.person_id if not question.person else None
    return Line(
        at=look.at,
        who=viewer_words(look, names, language),
        thing=THINGS[look.thing],
        why=purpose_words(look, language),
        reason=look.reason,
        of_appointment=f"{HOME}?appointment={appointment}" if appointment else "",
        of_person=f"{HOME}?person={person}" if person else "",
    )


ROUTES: tuple[web.RouteDef, ...] = (web.get(HOME, access_log), web.get(f"{HOME}/extract", extract))
