"""Are the rows true to each other: nobody in two places, and whole or not at all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import combinations
from uuid import UUID

from booking.appointment import Appointment, Status
from booking.fact import TIMED, Fact, told_span
from booking.time_span import cells
from tests.histories.kept import Kept

LETTERS = frozenset({"booked", "moved", "cancelled", "restored"})


def overlaps(kept: Kept) -> Iterator[str]:
    """Say which live appointments have the same time of an adviser, buffers included, or of a customer."""
    live = [one for one in kept.appointments if one.is_live]
    for adviser_id, theirs in _by(live, lambda one: one.adviser_id).items():
        for first, second in combinations(theirs, 2):
            if first.busy.overlaps(second.busy):
                yield f"adviser {adviser_id} has {first.id} and {second.id} at once"
    for theirs in _by(live, lambda one: one.customer.key).values():
        for first, second in combinations(theirs, 2):
            if first.span.overlaps(second.span):
                yield f"a customer has {first.id} and {second.id} at once"


def half_made(kept: Kept) -> Iterator[str]:
    """Say what an appointment lacks, or has too much, of all that is made with it."""
    for one in kept.appointments:
        facts = kept.facts.get(one.id, ())
        wants: Mapping[str, tuple[object, object]] = {
            "cells": (_cells(one), kept.cells.get(one.id, frozenset())),
            "customer's cells": (_customer_cells(one), kept.customer_cells.get(one.id, frozenset())),
            "reminders": (_reminders(kept, one, facts), list(kept.reminders.get(one.id, ()))),
            "letters": (_letters(facts), list(kept.letters.get(one.id, ()))),
            "numbers of facts": (list(range(1, len(facts) + 1)), [fact.seq for fact in facts]),
            "facts of booking": (1, sum(fact.kind == "booked" for fact in facts)),
            "time and status": (_told_by(facts), (one.span, one.status, one.confirmed_at is not None)),
        }
        for name, (wanted, found) in wants.items():
            if wanted != found:
                yield f"{one.id} has other {name} than its history tells: {found} instead of {wanted}"


def _cells(one: Appointment) -> frozenset[tuple[UUID, int]]:
    return frozenset((one.adviser_id, cell) for cell in cells(one.busy)) if one.is_live else frozenset()


def _customer_cells(one: Appointment) -> frozenset[int]:
    return frozenset(cells(one.span)) if one.is_live else frozenset()


def _reminders(kept: Kept, one: Appointment, facts: Iterable[Fact]) -> list[tuple[str, datetime, int]]:
    """Return the plan as it was made by the last fact that set the time."""
    made_at = [fact.at for fact in facts if fact.kind in TIMED]
    if not one.is_live or not made_at:
        return []
    plan = kept.offerings[one.offering_id].letters.reminders(one, now=made_at[-1])
    return sorted((reminder.kind.value, reminder.due_at, reminder.sequence) for reminder in plan)


def _letters(facts: Iterable[Fact]) -> list[tuple[str, int]]:
    """Return one letter for each event, about the time that was true then."""
    letters: list[tuple[str, int]] = []
    sequence = -1
    for fact in facts:
        sequence += fact.kind in TIMED
        if fact.kind in LETTERS:
            letters.append((fact.kind.value, sequence))
    return sorted(letters)


def _told_by(facts: Iterable[Fact]) -> object:
    """Play a history back to where it leads."""
    span: object = None
    status: object = None
    is_confirmed = False
    for fact in facts:
        if fact.kind in TIMED:
            span, status, is_confirmed = told_span(fact), Status.BOOKED, False
        elif fact.kind == "cancelled":
            status = Status.CANCELLED
        elif fact.kind == "confirmed":
            is_confirmed = True
    return span, status, is_confirmed


def _by(
    appointments: Iterable[Appointment], key: Callable[[Appointment], object]
) -> Mapping[object, list[Appointment]]:
    groups: dict[object, list[Appointment]] = defaultdict(list)
    for one in appointments:
        groups[key(one)].append(one)
    return groups
