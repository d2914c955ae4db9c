"""What is to come, for admins: every letter, door and release of the next days, a day at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel, Field

from booking.adviser import Adviser
from booking.coming import Coming, Happening
from booking.offering import Offering
from booking.rehearse import MOST_DAYS, rehearse
from booking.sending import Hitch, hitches
from booking.time_span import TimeSpan
from web.body import read_query
from web.fields import MaybeDay, MaybeId
from web.guard import staff
from web.keys import CLOCK, SITE, UNITS
from web.moments import midnight
from web.pages.disruption_form import Clock
from web.pages.letter_words import CHANNELS, LETTERS, OTHER_LETTER
from web.pages.rehearsal_words import HAPPENINGS, ICONS
from web.render import page

HOME = "/admin/rehearsal"
SHOWN = 200


class RehearsalQuestion(BaseModel):
    """How many days after today, of which offering and adviser; `still` to `until` nobody works."""

    days: int = Field(default=1, ge=1, le=MOST_DAYS)
    offering: MaybeId = None
    adviser: MaybeId = None
    day: MaybeDay = None
    part: Annotated[int, Field(ge=1, le=10_000)] = 1
    still: MaybeDay = None
    since: Clock = None
    until: Clock = None

    @property
    def is_half_said(self) -> bool:
        """Tell whether some of the silence is said and some is not."""
        return len({one is None for one in (self.still, self.since, self.until)}) > 1

    def silent(self, zone: ZoneInfo) -> TimeSpan | None:
        """Return the silence; one that does not end after its beginning ends on the next day."""
        if self.still is None or self.since is None or self.until is None:
            return None
        last = self.still + timedelta(days=self.until <= self.since)
        start = datetime.combine(self.still, self.since, tzinfo=zone).astimezone(UTC)
        end = datetime.combine(last, self.until, tzinfo=zone).astimezone(UTC)
        return TimeSpan(start, max(end, start + timedelta(minutes=1)))

    def address(self, **others: object) -> str:
        """Return where the same is asked, but for what is given."""
        given = self.model_dump(mode="json", exclude_defaults=True) | others
        return f"{HOME}?{urlencode({name: str(value)[:36] for name, value in given.items() if value})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The question with its days, and what was found: all of it, and a part of the day that is shown."""

    question: RehearsalQuestion
    days: Sequence[date]
    day: date
    zone: ZoneInfo
    comings: Sequence[Coming]
    offerings: Mapping[UUID, Offering]
    advisers: Mapping[UUID, Adviser]
    held_up: Sequence[Hitch]

    @property
    def letters(self) -> Sequence[Coming]:
        return [one for one in self.comings if one.happening is Happening.LETTER]

    def count(self, happening: str) -> int:
        return sum(one.happening == happening for one in self.comings)

    @property
    def of_day(self) -> Sequence[Coming]:
        return [one for one in self.comings if one.at.astimezone(self.zone).date() == self.day]

    @property
    def shown(self) -> Sequence[Coming]:
        return self.of_day[(self.question.part - 1) * SHOWN : self.question.part * SHOWN]

    def beside(self, away: int) -> str:
        """Return the address of the day before or after; empty where there is none."""
        place = self.days.index(self.day) + away
        is_there = 0 <= place < len(self.days)
        return self.question.address(day=self.days[place], part=1) if is_there else ""

    def part(self, away: int) -> str:
        wanted = self.question.part + away
        is_there = 1 <= wanted <= -(-len(self.of_day) // SHOWN)
        return self.question.address(day=self.day, part=wanted) if is_there else ""

    def noon(self) -> datetime:
        return midnight(self.day, self.zone) + timedelta(hours=12)


async def rehearsal(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, RehearsalQuestion)
    found = await _rehearsed(request, question)
    return page(
        request,
        "admin/rehearsal.html",
        422 if question.is_half_said else 200,
        member=member,
        question=question,
        rehearsal=found,
        most_days=MOST_DAYS,
        happenings=HAPPENINGS,
        icons=ICONS,
        letters=LETTERS,
        other_letter=OTHER_LETTER,
        channels=CHANNELS,
    )


async def _rehearsed(request: web.Request, question: RehearsalQuestion) -> Rehearsal:
    zone, now = request.app[SITE].zone, request.app[CLOCK]()
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(question.days + 1)]
    until = midnight(days[-1] + timedelta(days=1), zone).astimezone(UTC)
    async with request.app[UNITS].read() as unit:
        comings = await rehearse(unit, until, now=now, silent=question.silent(zone))
        offerings = {one.id: one for one in await unit.offerings.all()}
        advisers = {one.id: one for one in await unit.advisers.all()}
        ages = await unit.heartbeats.ages(now=now)
    return Rehearsal(
        question=question,
        days=days,
        day=question.day if question.day in days else days[min(1, len(days) - 1)],
        zone=zone,
        comings=[one for one in comings if _is_asked(one, question)],
        offerings=offerings,
        advisers=advisers,
        held_up=hitches(comings, request.app[SITE].a_minute, ages, now=now),
    )


def _is_asked(coming: Coming, question: RehearsalQuestion) -> bool:
    return question.offering in (None, coming.offering_id) and question.adviser in (None, coming.adviser_id)


ROUTES: tuple[web.RouteDef, ...] = (web.get(HOME, rehearsal),)
