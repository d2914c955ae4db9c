"""The log of set-up, for admins: who changed what, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, Field

from booking.change import Change, ChangedField, Deed, Noted, Thing
from booking.wording import WordingKind
from web.body import read_query
from web.fields import MaybeId
from web.format import Reader
from web.guard import staff
from web.i18n import language_of
from web.keys import UNITS
from web.own_words import wording_text
from web.pages.change_words import THINGS, field_words, value_words
from web.ports import Unit
from web.render import page, reader_of

SHOWN = 50
HOME = "/admin/changes"

MaybeThing = Annotated[Thing | None, BeforeValidator(lambda text: text or None)]
MaybeNumber = Annotated[
    Annotated[int, Field(ge=1, le=2**31 - 1)] | None, BeforeValidator(lambda text: text or None)
]


class LogQuestion(BaseModel):
    """Of which things, or of one by its id; `before` is the number of the last line that was shown."""

    thing: MaybeThing = None
    about: MaybeId = None
    before: MaybeNumber = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A change in words; `address` leads to the thing where it has a page."""

    at: datetime
    by: str
    thing: str
    name: str
    address: str
    is_new: bool
    is_removed: bool
    fields: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class LastChange:
    """What stands at the foot of a thing's own page."""

    at: datetime
    by: str
    address: str


async def changes(request: web.Request) -> web.Response:
    member = staff(request)
    question, reader = read_query(request, LogQuestion), reader_of(request)
    async with request.app[UNITS].read() as unit:
        found = await unit.changes.newest(
            thing=question.thing, thing_id=question.about, before=question.before, limit=SHOWN + 1
        )
        names = await _names(unit, language_of(request))
        about = names.get(question.about, "") if question.about else ""
    return page(
        request,
        "admin/changes.html",
        member=member,
        question=question,
        about=about,
        things=THINGS,
        lines=[_line(one, names, reader) for one in found[:SHOWN]],
        older=_older(question, found[SHOWN - 1]) if len(found) > SHOWN else "",
    )


async def last_change(unit: Unit, thing_id: UUID) -> LastChange | None:
    """Return who changed a thing last, None when nobody did as far back as the log goes."""
    for found in await unit.changes.newest(thing_id=thing_id, limit=1):
        by = await unit.staff.get(found.change.by)
        return LastChange(found.change.at, by.name, f"{HOME}?about={thing_id}")
    return None


async def _names(unit: Unit, language: str) -> Mapping[UUID, str]:
    """Name whatever a line can be about, and whoever can have written it."""
    return {
        **{one.id: one.name for one in await unit.staff.all()},
        **{one.id: one.name(language) for one in await unit.offerings.all()},
        **{one.id: one.name for one in await unit.catalogue.teams()},
        **{one.id: one.name for one in await unit.subscribers.all()},
        **{
            one.id: wording_text(one, language)
            for kind in WordingKind
            for one in await unit.wordings.all(kind)
        },
    }


def _line(noted: Noted, names: Mapping[UUID, str], reader: Reader) -> Line:
    change = noted.change
    return Line(
        at=change.at,
        by=names.get(change.by, ""),
        thing=THINGS[change.thing],
        name=_name(change, names),
        address=_address(change, names),
        is_new=change.deed is Deed.ADDED,
        is_removed=change.deed is Deed.REMOVED,
        fields=[_field(one, reader) for one in change.fields],
    )


def _name(change: Change, names: Mapping[UUID, str]) -> str:
    """Name the thing as it is called now, or as it was called when it was removed."""
    if change.deed is Deed.REMOVED:
        return next((one.old for one in change.fields if one.name == "name" and one.old), "")
    return names.get(change.thing_id, "") if change.thing_id else ""


def _field(field: ChangedField, reader: Reader) -> tuple[str, str, str]:
    if field.old is None or field.new is None:
        return field_words(field.name, reader), "", ""
    old, new = (value_words(field.name, value, reader) for value in (field.old, field.new))
    return field_words(field.name, reader), old, new


def _address(change: Change, names: Mapping[UUID, str]) -> str:
    """Lead to a thing's page; what was taken away has none, and leads to the others of its kind."""
    homes = {
        Thing.OFFERING: f"/admin/offerings/{change.thing_id}",
        Thing.PERSON: f"/admin/people/{change.thing_id}",
        Thing.HOURS: f"/admin/people/{change.thing_id}/hours",
        Thing.TEAM: "/admin/teams",
        Thing.CLOSED_DAYS: "/admin/holidays",
        Thing.DISRUPTION: f"/admin/disruptions/{change.thing_id}",
        Thing.LETTER: "/admin/letters/in-doubt",
        Thing.WEBHOOK: f"/admin/webhooks/{change.thing_id}",
        Thing.LETTER_TEXT: "/admin/letters/texts",
        Thing.SENTENCE: "/admin/sentences",
        Thing.TAG: "/admin/tags",
    }
    home, is_gone = homes[change.thing], change.thing is Thing.WEBHOOK and change.thing_id not in names
    return home.rpartition("/")[0] if is_gone else home


def _older(question: LogQuestion, last: Noted) -> str:
    asked = {"thing": question.thing, "about": question.about}
    told = "".join(f"{name}={value}&" for name, value in asked.items() if value)
    return f"{HOME}?{told}before={last.number}"


ROUTES: tuple[web.RouteDef, ...] = (web.get(HOME, changes),)
