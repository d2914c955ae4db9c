"""The admin's page of one webhook: what was sent, what came of it, and what can be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Annotated, Literal
from uuid import UUID, uuid4

from aiohttp import web
from pydantic import BaseModel, BeforeValidator

from booking.notice import Attempt, Logged, Notice, Notified
from booking.subscriber import State
from identity.staff import StaffMember
from web.body import Nothing, read_form, read_query
from web.fact_words import fact_words
from web.fields import Utc
from web.guard import staff
from web.i18n import N_, gettext, language_of
from web.keys import CLOCK, RATES, UNITS
from web.moments import moment_json
from web.noting import set_up
from web.pages.set_up_log import last_change
from web.pages.webhook_forms import FAULTS, FORMATS, NOTIFIED, STOPPED
from web.pages.webhooks import HOME, NOTHING_YET, host_of
from web.path import path_id
from web.render import page
from web.subjects import AWebhook

SHOWN = 50
TRIALS_AN_HOUR = 20
"""So many test messages may one admin send, and so many may one machine get."""

TRIAL = N_("Test message")
DONE: Mapping[str, str] = MappingProxyType(
    {
        "saved": N_("Saved."),
        "resumed": N_("Events are sent again."),
        "tested": N_("A test message is on its way. Load the page again in a moment."),
        "again": N_("It is sent again. Load the page again in a moment."),
    }
)

MaybeMoment = Annotated[Utc | None, BeforeValidator(lambda text: text or None)]


class LogQuestion(BaseModel):
    """Which part of the log; `done` is what was done a moment ago."""

    failed: str = ""
    before: MaybeMoment = None
    done: str = ""


class OneNotice(BaseModel):
    notice_id: UUID


class SinceWhen(BaseModel):
    hours: Literal["1", "24", "168", "720"] = "24"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An event in words, with its tries; what is done with can be sent again."""

    notice: Notice
    what: str
    code: str
    state: str
    tone: str
    attempts: Sequence[tuple[Attempt, str]]

    @property
    def is_done(self) -> bool:
        return self.notice.state in (Notified.DELIVERED, Notified.FAILED)


async def webhook(request: web.Request) -> web.Response:
    member = staff(request)
    question, subscriber_id = read_query(request, LogQuestion), path_id(request, "subscriber_id")
    async with request.app[UNITS].read() as unit:
        found = await unit.subscribers.get(subscriber_id)
        tally = (await unit.notices.tallies()).get(subscriber_id, NOTHING_YET)
        log = await unit.notices.log(
            subscriber_id, only_failed=bool(question.failed), before=question.before, limit=SHOWN + 1
        )
        last = await last_change(unit, subscriber_id)
    language = language_of(request)
    return page(
        request,
        "webhooks/show.html",
        member=member,
        subscriber=found,
        host=host_of(found),
        format=FORMATS[found.format],
        stopped=STOPPED[found.stopped] if found.stopped else "",
        kinds=[(kind.value, fact_words(kind, language)) for kind in sorted(found.kinds)],
        tally=tally,
        question=question,
        done=DONE.get(question.done, ""),
        lines=[_line(one, language) for one in log[:SHOWN]],
        older=_older(subscriber_id, question, log[SHOWN - 1].notice.at) if len(log) > SHOWN else "",
        last=last,
        waits=bool(found.waits_until and found.waits_until > request.app[CLOCK]()),
    )


async def pause(request: web.Request) -> web.Response:
    return await _put(request, State.PAUSED, "paused")


async def resume(request: web.Request) -> web.Response:
    return await _put(request, State.ACTIVE, "resumed")


async def test(request: web.Request) -> web.Response:
    """Put a message about nothing in the queue; it is signed and sent as any other."""
    member = await _allowed(request)
    await read_form(request, Nothing)
    subscriber_id, now = path_id(request, "subscriber_id"), request.app[CLOCK]()
    await _count_trial(request, member, subscriber_id)
    trial = Notice(id=uuid4(), subscriber_id=subscriber_id, about=None, at=now, next_at=now)
    async with request.app[UNITS].write() as unit:
        await unit.subscribers.locked(subscriber_id)
        await unit.notices.add(trial)
    raise _back(subscriber_id, "tested")


async def _count_trial(request: web.Request, member: StaffMember, subscriber_id: UUID) -> None:
    """Raises TooManyRequests."""
    async with request.app[UNITS].read() as unit:
        host = host_of(await unit.subscribers.get(subscriber_id))
    for who in (str(member.id), host):
        await request.app[RATES].an_hour(TRIALS_AN_HOUR, "webhooks on trial", who)


async def replay(request: web.Request) -> web.Response:
    await _allowed(request)
    form, subscriber_id, now = (
        await read_form(request, OneNotice),
        path_id(request, "subscriber_id"),
        _now(request),
    )
    async with request.app[UNITS].write() as unit:
        await unit.subscribers.locked(subscriber_id)
        await unit.notices.replay(subscriber_id, form.notice_id, now=now)
    raise _back(subscriber_id, "again")


async def replay_failed(request: web.Request) -> web.Response:
    await _allowed(request)
    form, subscriber_id, now = (
        await read_form(request, SinceWhen),
        path_id(request, "subscriber_id"),
        _now(request),
    )
    since = now - timedelta(hours=int(form.hours))
    async with request.app[UNITS].write() as unit:
        await unit.subscribers.locked(subscriber_id)
        await unit.notices.replay_failed(subscriber_id, since=since, now=now)
    raise _back(subscriber_id, "again")


async def _put(request: web.Request, state: State, done: str) -> web.Response:
    member = await _allowed(request)
    await read_form(request, Nothing)
    subscriber_id = path_id(request, "subscriber_id")
    await set_up(
        request,
        member,
        AWebhook(subscriber_id),
        lambda unit: unit.subscribers.put_in_state(subscriber_id, state),
    )
    raise _back(subscriber_id, done)


async def _allowed(request: web.Request) -> StaffMember:
    return staff(request)


def _now(request: web.Request) -> datetime:
    return request.app[CLOCK]()


def _back(subscriber_id: UUID, done: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"{HOME}/{subscriber_id}?done={done}")


def _line(logged: Logged, language: str) -> Line:
    notice = logged.notice
    state, tone = NOTIFIED[notice.state]
    return Line(
        notice=notice,
        what=fact_words(notice.about.kind, language) if notice.about else gettext(language, TRIAL),
        code=f"appointment.{notice.about.kind.value}" if notice.about else "webhook.test",
        state=state,
        tone=tone,
        attempts=[(one, FAULTS[one.fault] if one.fault else "") for one in logged.attempts],
    )


def _older(subscriber_id: UUID, question: LogQuestion, last: datetime) -> str:
    failed = "failed=1&" if question.failed else ""
    return f"{HOME}/{subscriber_id}?{failed}before={moment_json(last)}#log"


_ONE = f"{HOME}/{{subscriber_id}}"

ROUTES: tuple[web.RouteDef, ...] = (
    web.get(_ONE, webhook),
    web.post(f"{_ONE}/pause", pause),
    web.post(f"{_ONE}/resume", resume),
    web.post(f"{_ONE}/test", test),
    web.post(f"{_ONE}/replay", replay),
    web.post(f"{_ONE}/replay-failed", replay_failed),
)
