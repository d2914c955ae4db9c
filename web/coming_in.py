"""How far a customer has come: joined from the facts, the page that they have open, and their seat."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from booking.appointment import Appointment
from booking.approach import Approach, Place
from booking.fact import Fact
from booking.offering import Offering
from booking.ports import BookingUnit
from booking.progress import Stage, stage
from booking.waiting_room import WaitingCustomer
from signalling.arrival import Arrival, ArrivalStep, arrival_from
from signalling.errors import BadMessage
from signalling.failure import Failure
from web.coming_step import STEPS, ComingIn, Step
from web.failure_words import FAILURES
from web.i18n import N_
from web.meeting_words import ARRIVAL
from web.pages.identify_words import last_failure

AWAY = N_("The connection is lost. The place is kept.")
_BEFORE: Mapping[Stage, tuple[Step, str]] = MappingProxyType(
    {
        Stage.AT_DOOR: (Step.DOOR, N_("Has come in by the door")),
        Stage.IDENTIFYING: (Step.IDENTIFICATION, N_("Is identifying")),
        Stage.IDENTIFICATION_FAILED: (Step.IDENTIFICATION, N_("The identification did not succeed.")),
        Stage.IN_MEETING: (Step.MEETING, N_("Is in the meeting")),
        Stage.LOST_CONNECTION: (Step.MEETING, N_("Picture and sound do not get through")),
    }
)
"""What the facts tell of who has no seat in the waiting room."""

_PAGES: Mapping[Place, tuple[Step, str]] = MappingProxyType(
    {
        Place.DOOR: (Step.DOOR, N_("Has opened the page of the door")),
        Place.IDENTIFICATION: (Step.IDENTIFICATION, N_("Chooses how to identify")),
        Place.WAITING_ROOM: (Step.DEVICES, N_("Has opened the waiting room")),
    }
)
_NOWHERE = (Step.NOT_HERE, N_("Not here yet"))


async def coming_of(
    unit: BookingUnit, appointment: Appointment, offering: Offering, *, now: datetime
) -> ComingIn:
    """Read how far the customer of an appointment has come."""
    approaches, waiting = (
        await unit.approaches.of([appointment.id]),
        await unit.waiting.of([appointment.id]),
    )
    return coming_in(
        await unit.facts.of(appointment.id),
        approaches.get(appointment.id),
        waiting.get(appointment.id),
        asks_identity=offering.asks_identity,
        now=now,
    )


def coming_in(
    facts: Sequence[Fact],
    approach: Approach | None,
    waiting: WaitingCustomer | None,
    *,
    asks_identity: bool,
    now: datetime,
) -> ComingIn:
    """Join what is known: a seat in the waiting room counts most, then an open page, then the facts."""
    steps = [one for one in STEPS if asks_identity or one is not Step.IDENTIFICATION]
    page = approach if approach and not approach.is_gone(now) else None
    if waiting and not waiting.is_forgotten(now):
        is_beside = page and page.place is Place.WAITING_ROOM and page.at > waiting.beat_at
        if not (waiting.is_away(now) and is_beside):
            return _seated(waiting, steps, now=now)
    return _before(stage(facts), page, steps, reason=last_failure(facts))


def _seated(waiting: WaitingCustomer, steps: Sequence[Step], *, now: datetime) -> ComingIn:
    arrival = _arrival(waiting.arrival)
    is_ready = waiting.ready_at is not None and (arrival is None or arrival.step is ArrivalStep.READY)
    shown = _with_arrival(
        ComingIn(
            step=Step.READY if is_ready else Step.DEVICES,
            steps=steps,
            text=ARRIVAL[f"step_{arrival.step}"] if arrival else _PAGES[Place.WAITING_ROOM][1],
            said=str((waiting.said or {}).get("sentence", "")),
            can_be_told=True,
        ),
        arrival,
    )
    return replace(shown, trouble=AWAY) if waiting.is_away(now) else shown


def _before(reached: Stage, page: Approach | None, steps: Sequence[Step], *, reason: str) -> ComingIn:
    """Show who has no seat: an open page says where, unless facts tell of an identification or a meeting."""
    step, text = _BEFORE.get(reached, _NOWHERE)
    is_told_by_page = page is not None and step in (Step.NOT_HERE, Step.DOOR)
    if page is not None and is_told_by_page:
        step, text = _PAGES[page.place]
    has_failed = reached is Stage.IDENTIFICATION_FAILED
    shown = ComingIn(
        step=step,
        steps=steps,
        text=text,
        trouble=text if has_failed else "",
        reason=reason if has_failed else "",
        said=str((page.said or {}).get("sentence", "")) if page else "",
        help=_failure(page.help) if page else None,
        can_be_told=page is not None,
    )
    return _with_arrival(shown, _arrival(page.arrival)) if page else shown


def _with_arrival(shown: ComingIn, arrival: Arrival | None) -> ComingIn:
    """Add what the page says of its device, and what fails there."""
    if arrival is None or arrival.failure is None:
        return replace(shown, arrival=arrival)
    trouble = FAILURES[arrival.failure][0]
    return replace(shown, arrival=arrival, failure=arrival.failure, trouble=trouble)


def _arrival(kept: Mapping[str, Any] | None) -> Arrival | None:
    """Read what was kept; what another release wrote in other words is nothing known."""
    try:
        return arrival_from(kept)
    except BadMessage:
        return None


def _failure(name: str | None) -> Failure | None:
    return Failure(name) if name in {one.value for one in Failure} else None
