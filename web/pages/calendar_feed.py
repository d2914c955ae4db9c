"""An adviser's own appointments for their calendar program: when they are, and nothing of whom."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from aiohttp import web
from aiohttp.helpers import ETag

from booking.appointment import Appointment, Status
from booking.revision import Revision, revision_of
from booking.time_span import TimeSpan
from identity.calendar_feed import whose_feed
from identity.staff import StaffMember
from web.i18n import DEFAULT, LANGUAGES, N_, gettext
from web.ics import SUMMARY, Busy, feed
from web.keys import CLOCK, SITE, UNITS
from web.ports import Unit

BACK = timedelta(days=30)
AHEAD = timedelta(days=366)
CONFIRMED, OVER = N_("Video appointment, confirmed"), N_("Video appointment, over")


@dataclass(frozen=True, slots=True)
class Feed:
    """What the calendar is told, and how it is told whether that is new."""

    language: str
    name: str
    desk: str
    entries: Sequence[tuple[Appointment, Revision]]

    @property
    def tag(self) -> str:
        shown = [(str(one.id), one.status, one.confirmed_at, edition) for one, edition in self.entries]
        return sha256(repr((self.language, self.name, self.desk, shown)).encode()).hexdigest()[:32]

    def content(self) -> bytes:
        return feed((self._busy(*entry) for entry in self.entries), self.name)

    def _busy(self, appointment: Appointment, revision: Revision) -> Busy:
        summary = gettext(self.language, summary_of(appointment))
        return Busy(appointment, revision, summary, self.desk)


async def calendar_feed(request: web.Request) -> web.Response:
    """Raises NotFound for an address that was never made or is revoked."""
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        member = await whose_feed(unit, request.match_info["token"])
        entries = await _entries(unit, member, now=now)
    site = request.app[SITE]
    told = Feed(_language(member), site.organisation, f"{site.public_url}/desk", entries)
    answer = web.Response(headers={"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"})
    answer.etag = told.tag
    if ETag(value=told.tag) in (request.if_none_match or ()):
        answer.set_status(304)
        return answer
    answer.content_type, answer.charset = "text/calendar", "utf-8"
    answer.body = await asyncio.to_thread(told.content)
    return answer


def summary_of(appointment: Appointment) -> str:
    if appointment.status is Status.CLOSED:
        return OVER
    return CONFIRMED if appointment.confirmed_at else SUMMARY


async def _entries(
    unit: Unit, member: StaffMember, *, now: datetime
) -> Sequence[tuple[Appointment, Revision]]:
    """Read what stands; what was cancelled or moved away is gone when the calendar asks next."""
    found = await unit.appointments.of_adviser(member.id, TimeSpan(now - BACK, now + AHEAD))
    standing = [one for one in found if one.status is not Status.CANCELLED]
    histories = await unit.facts.of_many([one.id for one in standing])
    return [(one, revision_of(one, histories.get(one.id, ()))) for one in standing]


def _language(member: StaffMember) -> str:
    """Write in the first language that the adviser speaks: a calendar program asks in none."""
    return next((one for one in member.languages if one in LANGUAGES), DEFAULT)


ROUTES: tuple[web.RouteDef, ...] = (web.get("/calendar/{token}.ics", calendar_feed),)
