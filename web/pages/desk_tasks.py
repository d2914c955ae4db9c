"""What is to be done at the desk: computed from facts and stores at each look, kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.appointment import Appointment
from booking.fact import Actor, Fact
from booking.feedback import not_handled
from booking.follow_up import FollowUp, Reason, follow_up
from booking.running_over import RunningOver, running_over
from booking.time_span import TimeSpan
from booking.wrapping_up import is_to_wrap_up
from identity.staff import StaffMember
from web.i18n import N_
from web.moments import midnight
from web.pages.desk_list import appointments_for
from web.pages.desk_messages import Waiting, waiting_messages
from web.pages.letter_words import not_reminded_words
from web.ports import Unit

BACK = timedelta(days=7)
"""What nobody has done in so long, nobody will."""

AHEAD = timedelta(hours=24)
"""So long before their appointment somebody without a reminder is to be called."""

LOOKED_BACK_AT = timedelta(hours=24)
"""Who was there remembers so long how it was."""

REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.CALL_ASKED: N_("Asks for a call"),
        Reason.STUCK_AT_IDENTIFICATION: N_("Cannot identify themselves"),
        Reason.CONNECTION_FAILED: N_("The connection did not work"),
        Reason.IDENTIFICATION_FAILED: N_("You did not meet: the identification failed"),
        Reason.NOT_HANDLED: N_("The matter was not handled"),
        Reason.DISPUTED: N_("Does not agree with the outcome"),
        Reason.NOT_REMINDED: N_("Has got no reminder"),
    }
)
NOT_HANDLED: Mapping[frozenset[Actor], str] = MappingProxyType(
    {
        frozenset({Actor.CUSTOMER}): N_("The customer says so."),
        frozenset({Actor.ADVISER}): N_("The adviser says so."),
        frozenset({Actor.CUSTOMER, Actor.ADVISER}): N_("Both say so."),
    }
)
URGENT = frozenset({Reason.STUCK_AT_IDENTIFICATION})
UNMET = frozenset({Reason.CONNECTION_FAILED, Reason.IDENTIFICATION_FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTask:
    """A customer to call; `text` and `why` are message ids."""

    appointment: Appointment
    adviser: str
    reason: Reason
    since: datetime
    text: str
    why: str = ""

    @property
    def mood(self) -> str:
        return "stuck" if self.reason in URGENT else "open"

    @property
    def needs_time(self) -> bool:
        """Tell whether they are to be given another time, too."""
        return self.reason in UNMET

    @property
    def needs_next(self) -> bool:
        """Tell whether another appointment may go on where this one ended."""
        return self.reason is Reason.NOT_HANDLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """All that waits for a hand, what cannot wait first."""

    running_over: Sequence[RunningOver]
    calls: Sequence[CallTask]
    messages: Sequence[Waiting]
    wrap_ups: Sequence[Appointment]

    def __len__(self) -> int:
        lists = (self.running_over, self.calls, self.messages, self.wrap_ups)
        return sum(len(each) for each in lists)

    @property
    def mark(self) -> str:
        """Change whenever the list has to be drawn anew."""
        over = [f"{one.next_one.id}{one.minutes}" for one in self.running_over]
        calls = [f"{one.appointment.id}{one.reason}{one.since}" for one in self.calls]
        rest = [one.message.id for one in self.messages] + [one.id for one in self.wrap_ups]
        return "|".join([*over, *calls, *map(str, rest)])


async def desk_tasks(
    unit: Unit, member: StaffMember, *, zone: ZoneInfo, is_team: bool, now: datetime
) -> Tasks:
    """Return what waits for a member, or for the whole team."""
    first = midnight((now - BACK).astimezone(zone).date(), zone).astimezone(UTC)
    found = await appointments_for(unit, member, TimeSpan(first, now + AHEAD), is_team=is_team, now=now)
    histories = await unit.facts.of_many([one.id for one in found])
    names = {one.id: one.name for one in await unit.advisers.all()}
    return Tasks(
        running_over=running_over(found, histories, now=now),
        calls=_calls(found, histories, names),
        messages=await waiting_messages(unit, member, is_team=is_team),
        wrap_ups=[
            one
            for one in found
            if one.span.end > now - LOOKED_BACK_AT and is_to_wrap_up(one, histories.get(one.id, ()))
        ],
    )


def _calls(
    found: Sequence[Appointment], histories: Mapping[UUID, Sequence[Fact]], names: Mapping[UUID, str]
) -> list[CallTask]:
    due = [(one, reason) for one in found if (reason := follow_up(one, histories.get(one.id, ())))]
    in_order = sorted(due, key=lambda each: (each[1].reason not in URGENT, each[1].since))
    return [
        _call(one, reason, histories.get(one.id, ()), names.get(one.adviser_id, ""))
        for one, reason in in_order
    ]


def _call(one: Appointment, due: FollowUp, facts: Sequence[Fact], adviser: str) -> CallTask:
    return CallTask(
        appointment=one,
        adviser=adviser,
        reason=due.reason,
        since=due.since,
        text=REASONS[due.reason],
        why=_why(due.reason, facts),
    )


def _why(reason: Reason, facts: Sequence[Fact]) -> str:
    """Return what is to be known besides, as a message id."""
    if reason is Reason.NOT_REMINDED:
        letter = not_reminded_words(facts)
        return letter[1] if letter else ""
    return NOT_HANDLED[frozenset(not_handled(facts))] if reason is Reason.NOT_HANDLED else ""
