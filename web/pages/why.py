"""Why there is no slot: an adviser asks about their own days, an admin about anybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel

from booking.adviser import Adviser
from booking.explain import MOST_DAYS, Explained, explain
from booking.find_slots import Stage
from booking.offering import Offering
from identity.staff import StaffMember
from web.body import read_query
from web.day_bars import Bar, Tick, day_bars, day_ticks
from web.fields import MaybeDay, MaybeId
from web.format import Reader
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, UNITS
from web.moments import midnight
from web.pages.why_words import STAGES, sentence
from web.ports import Unit
from web.render import page


class WhyQuestion(BaseModel):
    """Of which offering and adviser (empty: all), from which day on, one day or seven."""

    offering: MaybeId = None
    adviser: MaybeId = None
    day: MaybeDay = None
    span: Literal["day", "week"] = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyRow:
    """One day: what is drawn, what each stage leaves, and the sentence."""

    day: str
    bars: Sequence[Bar]
    free: Sequence[Bar]
    ticks: Sequence[Tick]
    counts: Sequence[tuple[str, int]]
    sentence: str
    is_free: bool
    is_odd: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """The question with its defaults, what can be asked, and the answer by adviser."""

    question: WhyQuestion
    offering: Offering | None
    day: date | None
    offerings: Sequence[Offering]
    advisers: Sequence[Adviser]
    answers: Sequence[tuple[Adviser, Sequence[WhyRow]]]


async def own(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, WhyQuestion).model_copy(update={"adviser": member.id})
    return await _answer(request, member, question, home="/desk/why")


async def anybodys(request: web.Request) -> web.Response:
    member = staff(request)
    return await _answer(request, member, read_query(request, WhyQuestion), home="/admin/why")


async def _answer(
    request: web.Request, member: StaffMember, question: WhyQuestion, *, home: str
) -> web.Response:
    async with request.app[UNITS].read() as unit:
        view = await _view(request, unit, question)
    is_own = home == "/desk/why"
    return page(request, "why/why.html", member=member, view=view, home=home, is_own=is_own)


async def _view(request: web.Request, unit: Unit, question: WhyQuestion) -> WhyView:
    offerings = await _askable(unit, question.adviser)
    offering = next((one for one in offerings if one.id == question.offering), None)
    if offering is None:
        offering = next(iter(offerings), None)
    if offering is None:
        return WhyView(
            question=question,
            offering=None,
            day=None,
            offerings=(),
            advisers=await unit.advisers.all(),
            answers=(),
        )
    reader, now = Reader(language_of(request), ZoneInfo(offering.zone)), request.app[CLOCK]()
    day = question.day or now.astimezone(reader.zone).date()
    days = MOST_DAYS if question.span == "week" else 1
    found = await explain(unit, offering, day, days, now=now, adviser_id=question.adviser)
    by_adviser = groupby(found, key=lambda one: one.adviser)
    return WhyView(
        question=question,
        offering=offering,
        day=day,
        offerings=offerings,
        advisers=await unit.advisers.all(),
        answers=[
            (adviser, [why_row(one, offering, reader) for one in of_one]) for adviser, of_one in by_adviser
        ],
    )


async def _askable(unit: Unit, adviser_id: UUID | None) -> list[Offering]:
    """Return the offerings of an adviser, or all."""
    offerings = await unit.offerings.all()
    if adviser_id is None:
        return list(offerings)
    met = await unit.hours.offered_by(adviser_id)
    return [one for one in offerings if one.id in met]


def why_row(found: Explained, offering: Offering, reader: Reader) -> WhyRow:
    closed = [one.span for one in found.closures]
    stages = [stage for stage in Stage if stage is not Stage.WITHIN_CAP or offering.daily_cap is not None]
    return WhyRow(
        day=reader.date(midnight(found.day, reader.zone)),
        bars=[
            *day_bars("there", found.hours, found.span),
            *day_bars("closed", closed, found.span),
            *day_bars("taken", found.taken, found.span),
        ],
        free=day_bars("free", found.free, found.span),
        ticks=day_ticks(found.day, found.span, reader.zone),
        counts=[(STAGES[stage], found.left[stage]) for stage in stages],
        sentence=sentence(found, offering, reader),
        is_free=found.why is None,
        is_odd=found.span.length.total_seconds() != 24 * 3600,
    )


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/why", own),
    web.get("/admin/why", anybodys),
)
