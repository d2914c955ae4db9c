"""Letters by day, for admins: what was planned, and what became of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel, BeforeValidator

from booking.letter import Channel
from booking.letter_figures import LetterFigures
from web.body import read_query
from web.guard import staff
from web.keys import CLOCK, SITE, UNITS
from web.letter_chart import letter_chart
from web.moments import midnight
from web.pages.letter_words import CHANNELS
from web.render import page

HOME = "/admin/letters"
BACK, AHEAD = 13, 3
"""So many days before and after today."""
STRANGERS = timedelta(days=7)
"""So far back messages of unknown numbers are counted; then they are forgotten."""

MaybeChannel = Annotated[Channel | None, BeforeValidator(lambda text: text or None)]


class LettersQuestion(BaseModel):
    """By which way, any when left out."""

    channel: MaybeChannel = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    start: datetime
    figures: LetterFigures
    is_ahead: bool
    is_today: bool


async def letters(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, LettersQuestion)
    now = request.app[CLOCK]()
    today = now.astimezone(request.app[SITE].zone).date()
    bounds = shown_days(today, request.app[SITE].zone)
    async with request.app[UNITS].read() as unit:
        found = await unit.letters.figures(bounds, channel=question.channel)
        doubted = await unit.letters.in_doubt(channel=None, limit=1)
        strangers = await unit.messages.count_of_nobody(now - STRANGERS)
    days = [
        Day(start=start, figures=figures, is_ahead=number > BACK, is_today=number == BACK)
        for number, (start, figures) in enumerate(zip(bounds, found, strict=False))
    ]
    labels = [
        (number, (today + timedelta(days=number - BACK)).day)
        for number in range(len(days))
        if (number - BACK) % 2 == 0
    ]
    return page(
        request,
        "admin/letters/figures.html",
        member=member,
        channel=question.channel,
        channels=CHANNELS,
        days=days[::-1],
        total=sum(found, LetterFigures()),
        strangers=strangers,
        is_decision_open=any(one.is_open for one in doubted),
        chart=letter_chart(found, labels),
    )


def shown_days(today: date, zone: ZoneInfo) -> list[datetime]:
    """Return the midnights between which the days lie that are shown."""
    days = (today + timedelta(days=number) for number in range(-BACK, AHEAD + 2))
    return [midnight(day, zone).astimezone(UTC) for day in days]


ROUTES: tuple[web.RouteDef, ...] = (web.get(HOME, letters),)
