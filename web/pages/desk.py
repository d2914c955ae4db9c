"""The adviser's desk: my day, live; what each row leads to, and cancelling on behalf of the house."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from types import MappingProxyType
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel

from booking.cancel import cancel
from booking.lateness import CHOICES
from identity.look import Thing
from identity.permission import Right
from identity.staff import StaffMember
from web.body import Nothing, read_form, read_query
from web.csrf import csrf_token
from web.guard import staff
from web.i18n import N_, gettext, language_of
from web.keys import CLOCK, SITE, UNITS
from web.looking import looks_at, saw
from web.meeting_words import ARRIVED, CALLED
from web.moments import moment_json
from web.pages.coming_panel import panel_words
from web.pages.desk_list import Row, desk_rows
from web.pages.desk_messages import stopped_among
from web.pages.desk_seat import desk_page, hand, seat
from web.pages.desk_taking import takes_people
from web.pages.desk_tasks import desk_tasks
from web.pages.visit import visit_for
from web.pages.waiting_list import call_rows, waiting_rows
from web.path import path_id
from web.ports import Unit
from web.render import page


class DeskQuestion(BaseModel):
    """Whose day: one's own, or with `team` the whole team's; `done` is what was done a moment ago."""

    team: str = ""
    done: str = ""


DONE: Mapping[str, str] = MappingProxyType(
    {
        "moved": N_("The appointment is moved. The customer is told."),
        "given": N_("The appointment is your colleague's now. The customer is told."),
        "restored": N_("The appointment is booked again. The customer is told."),
        "phoned": N_("It is written down that you met by phone."),
        "called": N_("Thank you. The call is written down."),
        "late": N_("The customers are told that you are late."),
        "cancelled": N_("The appointment is cancelled. The customer is told."),
        "told": N_("The customer is told."),
        "wrapped": N_("Thank you. The meeting is looked back at."),
        "again": N_("The next appointment is booked. The customer is told."),
        "summed": N_("The summary is saved. The customer reads it on their page."),
        "noted": N_("The note is saved."),
        "seen": N_("The message is seen to. It is gone from the list."),
    }
)


@looks_at(Thing.TEXT)
async def desk(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, DeskQuestion)
    rows = await _rows(request, member, is_team=bool(question.team))
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        tasks = await desk_tasks(unit, member, zone=_zone(request), is_team=bool(question.team), now=now)
        stopped = await stopped_among(unit, [row.appointment for row in rows])
        waits = await waiting_rows(unit, member, language=language_of(request), now=now)
        calls = await call_rows(unit, member, language=language_of(request), now=now)
        takes = await takes_people(unit, member, request)
        words = await panel_words(unit, language_of(request))
    for waiting in tasks.messages:
        saw(request, Thing.TEXT, waiting.message.id, appointment_id=waiting.appointment.id)
    for row in rows:
        if row.answers:
            saw(request, Thing.TEXT, row.appointment.id, appointment_id=row.appointment.id)
    return page(
        request,
        "desk/desk.html",
        tasks=tasks,
        late_choices=CHOICES,
        today_zone=_zone(request),
        waits=waits,
        calls=calls,
        takes=takes,
        stopped=stopped,
        panel_words=words,
        member=member,
        days=[(day, list(group)) for day, group in groupby(rows, key=lambda row: row.day)],
        today=now.astimezone(_zone(request)).date(),
        now=now,
        first_today=_first_today(rows, now, _zone(request)),
        done=DONE.get(question.done, ""),
        is_team=bool(question.team) or not member.may(Right.MEET),
        can_meet=member.may(Right.MEET),
        can_see_statistics=member.may(Right.SEE_STATISTICS),
        data={
            "csrf": csrf_token(request),
            "states": f"/desk/states{'?team=1' if question.team else ''}",
            "news": f"/ws/desk{'?team=1' if question.team else ''}",
            "waiting": "/desk/waiting",
            "arrived": gettext(language_of(request), ARRIVED),
            "called": gettext(language_of(request), CALLED),
            "shown": {"visits": _visits(rows, stopped, language_of(request)), "tasks": tasks.mark},
            "language": language_of(request),
        },
    )


async def states(request: web.Request) -> web.Response:
    """Tell how every row stands; 304 when nothing has changed since the last look."""
    member = staff(request)
    question, language = read_query(request, DeskQuestion), language_of(request)
    now = request.app[CLOCK]()
    rows = await _rows(request, member, is_team=bool(question.team))
    async with request.app[UNITS].read() as unit:
        tasks = await desk_tasks(unit, member, zone=_zone(request), is_team=bool(question.team), now=now)
        stopped = await stopped_among(unit, [row.appointment for row in rows])
        waits = await waiting_rows(unit, member, language=language, now=now)
        calls = await call_rows(unit, member, language=language, now=now)
        takes = await takes_people(unit, member, request)
    waiting = [{"id": str(one.appointment.id), "mark": one.mark} for one in waits]
    called = [{"id": f"call {one.appointment.id}", "mark": one.mark} for one in calls]
    told = {
        "visits": _visits(rows, stopped, language),
        "waiting": [*called, *waiting],
        "tasks": tasks.mark,
        "takes": takes,
    }
    text = json.dumps(told, ensure_ascii=False)
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    return web.Response(text=text, content_type="application/json", headers=headers)


@looks_at(Thing.APPOINTMENT)
async def ask_cancel(request: web.Request) -> web.Response:
    member, found = await seat(request)
    if not found.appointment.is_live:
        raise web.HTTPSeeOther("/desk")
    return desk_page(request, member, "desk/cancel.html", visit=found)


async def cancel_it(request: web.Request) -> web.Response:
    await read_form(request, Nothing)
    member = staff(request)
    now = request.app[CLOCK]()

    async def work(unit: Unit) -> None:
        found = await visit_for(unit, path_id(request, "appointment_id"), member)
        await cancel(unit, found.appointment.id, by=hand(member), now=now)

    await request.app[UNITS].do(work)
    raise web.HTTPSeeOther("/desk?done=cancelled")


async def _rows(request: web.Request, member: StaffMember, *, is_team: bool) -> Sequence[Row]:
    async with request.app[UNITS].read() as unit:
        return await desk_rows(
            unit,
            member,
            zone=_zone(request),
            language=language_of(request),
            is_team=is_team,
            now=request.app[CLOCK](),
        )


def _first_today(rows: Sequence[Row], now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when one's own next customer of today comes."""
    ahead = (row.appointment for row in rows if row.is_mine and row.day == now.astimezone(zone).date())
    starts = (one.span.start for one in ahead if one.is_live and now < one.span.end)
    return min(starts, default=None)


def _visits(rows: Sequence[Row], stopped: Collection[str], language: str) -> list[dict[str, object]]:
    return [
        _state(row, language) | {"is_stopped": row.appointment.customer.phone_key in stopped} for row in rows
    ]


def _state(row: Row, language: str) -> dict[str, object]:
    return {
        "id": str(row.appointment.id),
        "stage": row.stage,
        "mood": row.mood,
        "text": gettext(language, row.text),
        "is_here": row.is_here,
        "verdict": gettext(language, row.verdict[0]) if row.verdict else "",
        "not_reminded": [gettext(language, words) for words in row.not_reminded or ()],
        "documents": row.documents,
        "is_confirmed": row.appointment.confirmed_at is not None,
        "late": int(row.late.total_seconds()) // 60,
        "has_booked_again": row.has_booked_again,
        "wants_call": row.call_asked_at is not None,
        "is_live": row.appointment.is_live,
        "start": moment_json(row.appointment.span.start),
        "coming": row.coming.mark if row.coming and row.coming.is_here else "",
    }


def _zone(request: web.Request) -> ZoneInfo:
    return request.app[SITE].zone


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk", desk),
    web.get("/desk/states", states),
    web.get("/desk/appointments/{appointment_id}/cancel", ask_cancel),
    web.post("/desk/appointments/{appointment_id}/cancel", cancel_it),
)
