"""Looks that somebody should ask about, for admins: a week at a time, with the rule beside each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.appointment import Appointment
from identity.look import Kept, Thing
from identity.look_ports import LooksAt
from identity.unusual_look import Concerned, Rule, Unusual, unusual
from web.body import read_query
from web.fields import MaybeDay
from web.guard import staff
from web.i18n import N_, language_of
from web.keys import CLOCK, SITE, UNITS
from web.looking import looks_at, saw
from web.moments import midnight
from web.pages.access_log import HOME, names_of_viewers
from web.pages.look_words import THINGS, purpose_words, viewer_words
from web.ports import Unit
from web.render import page

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
MOST = 20_000
"""So many looks of a week are read, the newest."""

RULES: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.NOT_THEIRS: N_("A colleague's appointment, opened on another day than it is"),
        Rule.MANY: N_("More than 20 appointments opened within an hour"),
        Rule.AT_NIGHT: N_("Between nine in the evening and six in the morning"),
        Rule.OWN_NAME: N_("A customer with the same family name"),
    }
)


class WeekQuestion(BaseModel):
    """The week that ends with a day, with today when left out."""

    last: MaybeDay = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An unusual look in words, and where the log has the rest of it."""

    at: datetime
    who: str
    thing: str
    why: str
    reason: str
    rules: Sequence[str]
    address: str


@looks_at(Thing.LOG)
async def unusual_looks(request: web.Request) -> web.Response:
    member = staff(request)
    question, zone = read_query(request, WeekQuestion), request.app[SITE].zone
    today = request.app[CLOCK]().astimezone(zone).date()
    last = min(question.last or today, today)
    since, until = midnight(last - WEEK + DAY, zone), midnight(last + DAY, zone)
    async with request.app[UNITS].read() as unit:
        looks = await unit.access_log.newest(LooksAt(since=since, until=until), limit=MOST)
        members = {one.id: one for one in await unit.staff.all()}
        found = unusual(looks, concerned=await _concerned(unit, looks), members=members, zone=zone)
        names = await names_of_viewers(unit)
    saw(request, Thing.LOG, None)
    return page(
        request,
        "admin/unusual_looks.html",
        member=member,
        rules=tuple(RULES.values()),
        lines=[_line(one, names, language_of(request)) for one in found],
        seen=len(looks),
        is_all=len(looks) < MOST,
        days=(since, until - DAY),
        weeks=_weeks(last, today),
    )


async def _concerned(unit: Unit, looks: Sequence[Kept]) -> Mapping[UUID, Concerned]:
    ids = {one.look.appointment_id for one in looks if one.look.appointment_id}
    found = await unit.appointments.of_ids(ids)
    return {one.id: _of(one) for one in found.values()}


def _of(appointment: Appointment) -> Concerned:
    on = date.fromisoformat(appointment.wall_start[:10])
    return Concerned(appointment.adviser_id, on, appointment.customer.name)


def _line(found: Unusual, names: Mapping[object, str], language: str) -> Line:
    look = found.kept.look
    narrower = f"?appointment={look.appointment_id}" if look.appointment_id else f"?member={look.by}"
    return Line(
        at=look.at,
        who=viewer_words(look, names, language),
        thing=THINGS[look.thing],
        why=purpose_words(look, language),
        reason=look.reason,
        rules=[RULES[rule] for rule in found.rules],
        address=HOME + narrower,
    )


def _weeks(last: date, today: date) -> tuple[str, str]:
    """Return the addresses of the week before and of the one after, where there is one."""
    earlier, later = last - WEEK, min(last + WEEK, today)
    return f"{HOME}/unusual?last={earlier}", f"{HOME}/unusual?last={later}" if later > last else ""


ROUTES: tuple[web.RouteDef, ...] = (web.get(f"{HOME}/unusual", unusual_looks),)
