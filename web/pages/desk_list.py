"""The rows of the desk: each customer with how they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from booking.appointment import Appointment, Status
from booking.call import call_asked_at
from booking.fact import Fact, FactKind
from booking.lateness import shown_lateness
from booking.offering import Offering
from booking.progress import Stage, stage
from booking.question import Answer
from booking.tagged import tags_of
from booking.time_span import TimeSpan
from booking.wording import WordingKind
from identity.permission import Right
from identity.staff import StaffMember
from signalling.documents.document import State
from web.coming_in import coming_in
from web.coming_step import ComingIn
from web.moments import midnight
from web.own_ways import takes_code
from web.own_words import tag_words
from web.pages.letter_words import not_reminded_words
from web.pages.stage_words import last_verdict, standing
from web.ports import Unit

AHEAD = timedelta(days=8)
SAID_BEFORE = timedelta(hours=12)
"""Nobody knows earlier that they will be late by minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One appointment on the desk; `text`, `verdict` and `not_reminded` are message ids."""

    appointment: Appointment
    offering: str
    adviser: str
    is_mine: bool
    stage: Stage
    text: str
    mood: str
    verdict: tuple[str, str] | None
    not_reminded: tuple[str, str] | None
    documents: int
    day: date
    answers: Sequence[Answer] = ()
    call_asked_at: datetime | None = None
    late: timedelta = timedelta(0)
    has_booked_again: bool = False
    takes_code: bool = False
    coming: ComingIn | None = None
    has_note: bool = False
    tags: Sequence[str] = ()

    @property
    def is_here(self) -> bool:
        return self.mood in ("here", "stuck")

    def can_be_late(self, now: datetime) -> bool:
        """Tell whether its customer can still be told that somebody is late."""
        span = self.appointment.span
        return self.appointment.is_live and span.start - SAID_BEFORE <= now < span.end

    def can_more(self, now: datetime) -> bool:
        """Tell whether anything can still be done with it: a cancelled one comes back until its start."""
        is_cancelled = self.appointment.status is Status.CANCELLED
        return self.appointment.is_live or (is_cancelled and now < self.appointment.span.start)


async def desk_rows(
    unit: Unit, member: StaffMember, *, zone: ZoneInfo, language: str, is_team: bool, now: datetime
) -> list[Row]:
    """Return today's appointments and those of the days ahead: one's own, or the whole team's.

    Who asked for a call is among them, however far ahead their appointment is.
    """
    today = midnight(now.astimezone(zone).date(), zone).astimezone(UTC)
    found = await appointments_for(unit, member, TimeSpan(today, today + AHEAD), is_team=is_team, now=now)
    facts = await unit.facts.of_many([one.id for one in found])
    answers = await unit.intakes.answers_of_many([one.id for one in found if one.is_live])
    tags = await unit.wordings.all(WordingKind.TAG)
    noted = await unit.notes.among([one.id for one in found])
    offerings = {one.id: one for one in await unit.offerings.all()}
    approaches = await unit.approaches.of([one.id for one in found])
    waiting = await unit.waiting.of([one.id for one in found])
    advisers = {one.id: one.name for one in await unit.advisers.all()}
    return [
        _row(
            one,
            facts.get(one.id, ()),
            offering=offerings[one.offering_id],
            language=language,
            adviser=advisers.get(one.adviser_id, ""),
            is_mine=one.adviser_id == member.id,
            documents=await _documents(unit, one),
            day=one.span.start.astimezone(zone).date(),
            answers=answers.get(one.id, ()),
            coming=coming_in(
                facts.get(one.id, ()),
                approaches.get(one.id),
                waiting.get(one.id),
                asks_identity=offerings[one.offering_id].asks_identity,
                now=now,
            )
            if one.is_live
            else None,
            has_note=one.id in noted,
            tags=tag_words(tags, tags_of(facts.get(one.id, ())), language),
        )
        for one in found
    ]


async def appointments_for(
    unit: Unit, member: StaffMember, within: TimeSpan, *, is_team: bool, now: datetime
) -> list[Appointment]:
    """Return a member's or the team's inside a span, and whoever asked for a call, however far ahead."""
    if is_team or not member.may(Right.MEET):
        found = list(await unit.appointments.within(within, team_id=member.team_id))
        whose = {one.id for one in await unit.advisers.all() if one.team_id == member.team_id}
    else:
        found = list(await unit.appointments.of_adviser(member.id, within))
        whose = {member.id}
    known = {one.id for one in found}
    calls = await unit.appointments.waiting_for_call(now)
    return found + [one for one in calls if one.adviser_id in whose and one.id not in known]


def _row(
    appointment: Appointment,
    facts: Sequence[Fact],
    *,
    offering: Offering,
    language: str,
    adviser: str,
    is_mine: bool,
    documents: int,
    day: date,
    answers: Sequence[Answer],
    coming: ComingIn | None,
    has_note: bool,
    tags: Sequence[str],
) -> Row:
    reached = stage(facts)
    text, mood = standing(appointment, reached)
    return Row(
        appointment=appointment,
        offering=offering.name(language),
        takes_code=takes_code(offering),
        adviser=adviser,
        is_mine=is_mine,
        stage=reached,
        text=text,
        mood=mood,
        verdict=last_verdict(facts),
        not_reminded=not_reminded_words(facts),
        documents=documents,
        day=day,
        answers=answers,
        coming=coming,
        has_note=has_note,
        tags=tags,
        call_asked_at=call_asked_at(facts),
        late=shown_lateness(facts),
        has_booked_again=any(one.kind is FactKind.BOOKED_AGAIN for one in facts),
    )


async def _documents(unit: Unit, appointment: Appointment) -> int:
    if not appointment.is_live:
        return 0
    found = await unit.documents.of_appointment(appointment.id)
    return sum(document.state is not State.WITHDRAWN for document in found)
