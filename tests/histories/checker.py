"""Hold every call with its answer and times against the rows, as Jepsen does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from booking.appointment import Appointment
from booking.time_span import TimeSpan, cells
from tests.histories.call import Call
from tests.histories.kept import Kept
from tests.histories.linear import State, is_linear
from tests.histories.occupancy import CALLED, Occupancy, held, matched, occupancies
from tests.histories.rows import half_made, overlaps
from web.moments import moment_json


def findings(log: Sequence[Call], kept: Kept) -> list[str]:
    """Return what is wrong, a sentence each; nothing when the history is clean."""
    histories = _histories(log, kept)
    stretches = [*_of_appointments(kept, histories), *_of_holds(log, kept)]
    return [
        *(f"{call.kind} was answered {call.status}" for call in log if call.status >= 500),
        *overlaps(kept),
        *half_made(kept),
        *_lost(log, kept),
        *_unasked(kept, histories),
        *_not_linear(kept, histories),
        *_had_by_two(stretches),
        *_refused_in_vain(log, kept, stretches),
    ]


def _histories(log: Sequence[Call], kept: Kept) -> Mapping[UUID, Sequence[Call]]:
    """Return the calls about each appointment; a booking without an answer is known by who and when."""
    found: dict[UUID, list[Call]] = defaultdict(list)
    unknown = [call for call in log if call.kind == "book" and call.is_unknown]
    for call in log:
        if call.kind in CALLED.values() and call.about and not (call.kind == "book" and call.refusal):
            found[UUID(call.about)].append(call)
    for one in kept.appointments:
        if not any(call.kind == "book" for call in found[one.id]):
            found[one.id] += [call for call in unknown if _may_be(call, one, kept)]
    return found


def _may_be(call: Call, one: Appointment, kept: Kept) -> bool:
    booked = kept.facts[one.id][0].detail.get("start") if kept.facts.get(one.id) else None
    return (call.sends["customer"]["email"], call.sends["start"]) == (one.customer.email, booked)


def _lost(log: Sequence[Call], kept: Kept) -> Iterator[str]:
    there = {str(one.id) for one in kept.appointments}
    for call in log:
        if call.kind == "book" and call.is_ok and call.about not in there:
            yield f"{call.about} was acknowledged and is lost"


def _unasked(kept: Kept, histories: Mapping[UUID, Sequence[Call]]) -> Iterator[str]:
    """Say which facts no call explains, and which answers no fact."""
    for one in kept.appointments:
        facts = [fact for fact in kept.facts.get(one.id, ()) if fact.kind in CALLED]
        made_by = matched(facts, histories[one.id])
        yield from (f"{one.id} was {fact.kind} and nobody asked" for fact in facts if fact.seq not in made_by)


def _not_linear(kept: Kept, histories: Mapping[UUID, Sequence[Call]]) -> Iterator[str]:
    for one in kept.appointments:
        calls = histories[one.id]
        if any(call.kind == "book" and call.is_unknown for call in calls):
            continue  # what nobody was told of, nobody can have changed
        last = State(
            one.status.value, moment_json(one.span.start), str(one.adviser_id), one.confirmed_at is not None
        )
        if not is_linear(calls, last):
            told = [(call.kind, call.status or "?", call.refusal) for call in calls]
            yield f"no order explains the answers about {one.id}: {told}, and it is {last}"


def _of_appointments(kept: Kept, histories: Mapping[UUID, Sequence[Call]]) -> Iterator[Occupancy]:
    for one in kept.appointments:
        facts = kept.facts.get(one.id, ())
        yield from occupancies(one, facts, matched(facts, histories[one.id]))


def _of_holds(log: Sequence[Call], kept: Kept) -> Iterator[Occupancy]:
    endings = {call.subject: call for call in log if call.kind == "release" and not call.refusal}
    endings |= {call.sends["hold_id"]: call for call in log if "hold_id" in call.sends and not call.refusal}
    for call in log:
        if call.kind == "hold" and call.is_ok:
            offering = kept.offerings[UUID(call.body["offering_id"])]
            yield held(call, (offering.buffer_before, offering.buffer_after), endings)


def _had_by_two(stretches: Iterable[Occupancy]) -> Iterator[str]:
    """Say which time was given to one while another surely had it, whatever became of both later."""
    at = _by_cell(stretches)
    for one in stretches:
        for other in _around(at, one.adviser_id, one.busy):
            if other.owner != one.owner and other.surely_lasted_through(one.begun):
                yield f"{one.owner} was given time that {other.owner} had"


def _refused_in_vain(log: Sequence[Call], kept: Kept, stretches: Iterable[Occupancy]) -> Iterator[str]:
    """Say which named adviser's time was called taken while nobody can have had it."""
    at = _by_cell(stretches)
    whose = {str(one.id): str(one.offering_id) for one in kept.appointments}
    for call in log:
        if call.refusal != "slot-taken" or not call.sends.get("adviser_id"):
            continue
        offering = kept.offerings[UUID(call.sends.get("offering_id") or whose[call.subject])]
        start = datetime.fromisoformat(call.sends["start"]).astimezone(UTC)
        busy = offering.busy(TimeSpan(start, start + offering.length))
        around = _around(at, UUID(call.sends["adviser_id"]), busy)
        if not any(one.may_have_met(call) and one.busy.overlaps(busy) for one in around):
            yield f"{call.kind} at {call.sends['start']} was refused, and nobody had that time"


def _by_cell(stretches: Iterable[Occupancy]) -> Mapping[tuple[UUID, int], list[Occupancy]]:
    at: dict[tuple[UUID, int], list[Occupancy]] = defaultdict(list)
    for one in stretches:
        for cell in cells(one.busy):
            at[one.adviser_id, cell].append(one)
    return at


def _around(
    at: Mapping[tuple[UUID, int], list[Occupancy]], adviser_id: UUID, busy: TimeSpan
) -> Iterable[Occupancy]:
    found = {id(one): one for cell in cells(busy) for one in at.get((adviser_id, cell), ())}
    return found.values()
