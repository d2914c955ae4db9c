"""The admin's statistics: who was due, who came, and how surely one can say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from booking.attendance import Attendance, By, Row, attendance
from booking.errors import BadPeriod
from booking.feedback import FEWEST, FeedbackFigures, feedback_figures
from booking.hindrance import Hindrances, hindrances
from booking.outcome import Outcome
from booking.queue_figures import QueueFigures, queue_figures
from booking.time_span import TimeSpan
from web.body import read_query
from web.chart import Rate, chart
from web.csv_text import csv_text
from web.failure_list import failure_text
from web.fields import Day
from web.guard import staff
from web.i18n import gettext, language_of
from web.keys import CLOCK, SITE, UNITS
from web.moments import midnight
from web.pages.feedback_table import FEEDBACK_COLUMNS, feedback_rows
from web.pages.refill_table import RefillTable, refill_table
from web.pages.tag_table import TAG_COLUMNS, TagTable, tag_rows, tag_table
from web.ports import Unit
from web.render import page
from web.summary_words import FACES, HANDLED

WEEKS = timedelta(days=42)
LONGEST = timedelta(days=400)
COLUMNS = ("key", "due", "met", "no_shows", "late_cancellations", "our_losses", "rate", "low", "high")


class AttendanceQuestion(BaseModel):
    """By what, and for which days; the last day is one of them."""

    model_config = ConfigDict(populate_by_name=True)

    by: Literal["offering", "adviser", "week"] = "offering"
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """What was asked, with its defaults filled in, and what was counted."""

    by: By
    first: date
    last: date
    zone: ZoneInfo
    found: Attendance
    names: Mapping[str, str]
    in_doubt: int
    refill: RefillTable
    hindrances: Hindrances
    queue: QueueFigures
    tags: TagTable
    feedback: FeedbackFigures

    @property
    def days(self) -> tuple[datetime, datetime]:
        """The first and the last day as moments, to be written for a reader."""
        return midnight(self.first, self.zone), midnight(self.last, self.zone)

    @property
    def cancelled_by_us(self) -> int:
        return self.found.excluded[Outcome.CANCELLED_BY_US]

    def name(self, row: Row) -> str:
        return self.names.get(row.key, row.key)


async def admin(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, AttendanceQuestion)
    try:
        statistic, status = await _statistic(request, question), 200
    except BadPeriod:
        statistic, status = await _statistic(request, AttendanceQuestion(by=question.by)), 422
    rates = [
        Rate(label=statistic.name(row), n=row.due, rate=row.rate, low=row.low, high=row.high)
        for row in statistic.found.rows
    ]
    return page(
        request,
        "admin/attendance.html",
        status,
        is_bad_period=status == 422,
        longest=LONGEST.days,
        member=member,
        statistic=statistic,
        found=statistic.found,
        refill=statistic.refill,
        hindrances=statistic.hindrances,
        failure_text=failure_text,
        queue=statistic.queue,
        tags=statistic.tags,
        feedback=statistic.feedback,
        fewest=FEWEST,
        face_words=FACES,
        handled_words=HANDLED,
        chart=chart(rates),
        query=f"by={statistic.by}&from={statistic.first}&to={statistic.last}",
    )


async def download(request: web.Request) -> web.Response:
    """Give the table's figures as CSV: no customers, and no more than the page shows."""
    statistic = await _statistic(request, read_query(request, AttendanceQuestion))
    rows = [
        (
            statistic.name(row),
            row.due,
            row.met,
            row.no_shows,
            row.late_cancellations,
            row.our_losses,
            *(None if figure is None else round(figure, 4) for figure in (row.rate, row.low, row.high)),
        )
        for row in statistic.found.rows
    ]
    name = f"attendance-{statistic.by}-{statistic.first}-{statistic.last}.csv"
    return web.Response(
        text=csv_text((str(statistic.by), *COLUMNS[1:]), rows),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def download_tags(request: web.Request) -> web.Response:
    """Give how many meetings have each tag as CSV: ids, names and counts."""
    statistic = await _statistic(request, read_query(request, AttendanceQuestion))
    name = f"tags-{statistic.first}-{statistic.last}.csv"
    return web.Response(
        text=csv_text(TAG_COLUMNS, tag_rows(statistic.tags)),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def download_feedback(request: web.Request) -> web.Response:
    """Give how it went as CSV: counts, and nothing of who said it."""
    statistic = await _statistic(request, read_query(request, AttendanceQuestion))
    name = f"feedback-{statistic.first}-{statistic.last}.csv"
    return web.Response(
        text=csv_text(FEEDBACK_COLUMNS, feedback_rows(statistic.feedback)),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _statistic(request: web.Request, question: AttendanceQuestion) -> Statistic:
    """Count. Raises BadPeriod for one that runs backwards or is longer than a year and a bit."""
    zone = request.app[SITE].zone
    now = request.app[CLOCK]()
    today = now.astimezone(zone).date()
    last = question.last or today
    first = question.first or last - WEEKS
    if not timedelta(0) <= last - first <= LONGEST:
        raise BadPeriod(last - first)
    by, within, language = By(question.by), _span(first, last, zone), language_of(request)
    async with request.app[UNITS].read() as unit:
        found = attendance(await unit.attendance.attended(within), by)
        return Statistic(
            by=by,
            first=first,
            last=last,
            zone=zone,
            found=found,
            names=await _names(unit, found, by, language),
            in_doubt=(await unit.outbox.counts()).get("in_doubt", 0),
            queue=queue_figures(await unit.attendance.queued(within)),
            refill=await refill_table(unit, within, language, now=now),
            hindrances=hindrances(await unit.attendance.ways_in(within)),
            tags=await tag_table(unit, within, language),
            feedback=feedback_figures(await unit.attendance.held(within)),
        )


async def _names(unit: Unit, found: Attendance, by: By, language: str) -> Mapping[str, str]:
    """Return what a person calls each key."""
    match by:
        case By.OFFERING:
            return {str(one.id): one.name(language) for one in await unit.offerings.all()}
        case By.ADVISER:
            return {str(one.id): one.name for one in await unit.advisers.all()}
    return {row.key: _week(row.key, language) for row in found.rows}


def _week(key: str, language: str) -> str:
    year, _, week = key.partition("-W")
    return gettext(language, "Week %(week)s/%(year)s", week=int(week), year=year)


def _span(first: date, last: date, zone: ZoneInfo) -> TimeSpan:
    end = midnight(last + timedelta(days=1), zone)
    return TimeSpan(midnight(first, zone).astimezone(UTC), end.astimezone(UTC))


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/admin", admin),
    web.get("/admin/attendance.csv", download),
    web.get("/admin/tags.csv", download_tags),
    web.get("/admin/feedback.csv", download_feedback),
)
