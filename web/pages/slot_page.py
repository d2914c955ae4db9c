"""A week of free times, filtered as asked: what booking and moving both show."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.adviser import Adviser
from booking.appointment import Appointment
from booking.find_slots import Wanted, find_slots
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.time_span import TimeSpan
from web.moments import nearness
from web.pages.slot_list import Choice, Day, days, starts, week_of
from web.pages.slot_question import SlotQuestion

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPage:
    """One week of free times; `elsewhere` is the next week that has some when this one has none."""

    days: Sequence[Day]
    first: Choice | None
    nearness: str
    advisers: Sequence[Adviser]
    question: SlotQuestion
    has_earlier: bool
    has_later: bool
    elsewhere: int | None

    @property
    def languages(self) -> frozenset[str]:
        """Those that anybody here speaks."""
        return frozenset(language for adviser in self.advisers for language in adviser.languages)


async def slot_page(
    unit: BookingUnit,
    offering: Offering,
    question: SlotQuestion,
    *,
    now: datetime,
    zone: ZoneInfo | None = None,
    link: Callable[[datetime], str] = lambda _: "",
    moving: Appointment | None = None,
    among: frozenset[UUID] | None = None,
) -> SlotPage:
    """Find a week's times; an appointment that is moved blocks none of them, and is not offered its own.

    `among` are the only advisers who will do, where not all of the offering will. Without a link a time is
    a button of the form around the list. `zone` is the reader's, the offering's when left out.
    """
    zone = zone or ZoneInfo(offering.zone)
    last = offering.horizon // WEEK

    async def free(week: int) -> list[datetime]:
        return await _free_starts(unit, offering, question, week, zone, now=now, moving=moving, among=among)

    found = await free(question.week)
    elsewhere = None
    if not found:
        elsewhere = await anext(_with_any(free, range(question.week + 1, last + 1)), None)
    first = Choice(found[0], link(found[0])) if found else None
    return SlotPage(
        days=days(found, zone, link),
        first=first,
        nearness=nearness(first.start, now, zone) if first else "",
        advisers=[
            one for one in await unit.advisers.of_offering(offering.id) if among is None or one.id in among
        ],
        question=question,
        has_earlier=question.week > 0,
        has_later=question.week < last,
        elsewhere=elsewhere,
    )


async def _free_starts(
    unit: BookingUnit,
    offering: Offering,
    question: SlotQuestion,
    week: int,
    zone: ZoneInfo,
    *,
    now: datetime,
    moving: Appointment | None,
    among: frozenset[UUID] | None,
) -> list[datetime]:
    begin, end = week_of(now, zone, week)
    found = await find_slots(
        unit,
        offering,
        TimeSpan(begin.astimezone(UTC), end.astimezone(UTC)),
        now=now,
        wanted=Wanted(
            adviser_id=question.adviser_id,
            among=among,
            language=question.language or None,
            but_not_of=frozenset({moving.id} if moving else ()),
        ),
    )
    free = starts(found, zone, evenings=bool(question.evenings), weekends=bool(question.weekends))
    return [start for start in free if moving is None or start != moving.span.start]


async def _with_any(
    free: Callable[[int], Awaitable[list[datetime]]], weeks: Iterable[int]
) -> AsyncIterator[int]:
    for week in weeks:
        if await free(week):
            yield week
