"""Say after a meeting whether the computed outcome is right."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from booking.errors import NotFound, WrongStatus
from booking.fact import Actor, Fact, FactKind
from booking.feedback import Handled
from booking.outcome import Outcome
from booking.ports import BookingUnit
from booking.tagged import tags_told
from booking.wording import WordingKind
from booking.wrapping_up import computed, is_to_wrap_up, is_wrapped_up


async def wrap_up(
    unit: BookingUnit,
    appointment_id: UUID,
    *,
    said: Outcome,
    tags: Collection[UUID] = (),
    handled: Handled | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Keep that the meeting was looked back at; another outcome than the computed one disputes that.

    The outcome stays what the facts come to. Doing it again changes nothing. Raises WrongStatus when
    there is nothing to look back at, and NotFound for a tag that there is not; one that was withdrawn
    after the page came still counts.
    """
    appointment = await unit.appointments.locked(appointment_id)
    facts = await unit.facts.of(appointment_id)
    if is_wrapped_up(facts):
        return
    if not is_to_wrap_up(appointment, facts):
        raise WrongStatus(appointment.status)
    rules = (await unit.offerings.get(appointment.offering_id)).rules
    outcome = computed(appointment, facts, rules, now=now)
    detail = {"computed": outcome.value, "said": said.value}
    told = await _tags(unit, tags) | ({"handled": handled.value} if handled else {})
    kinds = [FactKind.WRAPPED_UP] if said is outcome else [FactKind.DISPUTED, FactKind.WRAPPED_UP]
    for kind in kinds:
        tagged = detail | told if kind is FactKind.WRAPPED_UP else detail
        await unit.facts.append(Fact(appointment_id=appointment_id, at=now, kind=kind, by=by, detail=tagged))


async def _tags(unit: BookingUnit, tags: Collection[UUID]) -> dict[str, str]:
    """Tell them in the order in which they stand. Raises NotFound."""
    if not tags:
        return {}
    known = [one.id for one in await unit.wordings.all(WordingKind.TAG)]
    if unknown := set(tags) - set(known):
        raise NotFound(min(unknown))
    return {"tags": tags_told([one for one in known if one in tags])}
