"""After a meeting: the outcome as computed, whether that is right, and the next appointment."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from pydantic import BeforeValidator, Field

from booking.afterword import Afterword
from booking.fact import Actor, Fact, FactKind, since_timed
from booking.failed import OURS, can_be_said
from booking.feedback import Handled, advisers_handled, feedback_of
from booking.outcome import Outcome
from booking.tagged import tags_of
from booking.wording import MOST, Wording, WordingKind, in_use
from booking.wrap_up import wrap_up
from booking.wrapping_up import SAYABLE, computed, is_to_wrap_up, is_wrapped_up
from identity.look import Thing
from identity.staff import StaffMember
from web.body import read_form
from web.guard import staff
from web.i18n import language_of
from web.keys import CLOCK, UNITS
from web.looking import looks_at, saw
from web.own_words import tag_words, wording_text
from web.pages.desk_seat import desk_page, hand, seat
from web.pages.stage_words import OUTCOMES
from web.pages.summing_up import SummaryForm, keep_summary
from web.pages.visit import Visit, visit_for
from web.path import path_id
from web.ports import Unit
from web.summary_words import FACES, HANDLED, LINES


class WrapUp(SummaryForm):
    """What it came to, as whoever was there says: as `said`, or `instead` of that if it was different.

    `after` is where they go on. With it comes what is summed up for the customer.
    """

    said: Outcome
    instead: Outcome | None = None
    tag: list[UUID] = Field(default_factory=list, max_length=MOST[WordingKind.TAG])
    handled: Annotated[Handled | None, BeforeValidator(lambda text: text or None)] = None
    after: Literal["", "book"] = ""


@looks_at(Thing.APPOINTMENT, Thing.TEXT)
async def ask(request: web.Request) -> web.Response:
    """Raises NotFound for another team's appointment."""
    member, found = await seat(request)
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
        tags = await unit.wordings.all(WordingKind.TAG)
        summary = await unit.afterwords.of(found.appointment.id, Actor.ADVISER)
        word = await unit.afterwords.of(found.appointment.id, Actor.CUSTOMER)
    if summary or word:
        saw(request, Thing.TEXT, found.appointment.id, appointment_id=found.appointment.id)
    if is_wrapped_up(facts):
        return _seen(request, member, found, facts, tags, summary=summary, word=word)
    if not is_to_wrap_up(found.appointment, facts):
        raise web.HTTPSeeOther("/desk")
    outcome = computed(found.appointment, facts, found.offering.rules, now=now)
    can_fail = outcome not in OURS and can_be_said(found.appointment, facts)
    not_asked = {outcome, Outcome.TECHNICAL_FAILURE} if can_fail else {outcome}
    others = [(each, OUTCOMES[each]) for each in SAYABLE if each not in not_asked]
    return desk_page(
        request,
        member,
        "desk/wrap_up.html",
        visit=found,
        outcome=outcome,
        words=OUTCOMES,
        others=others,
        can_fail=can_fail,
        summary=summary,
        lines=LINES,
        handled=HANDLED,
        tags=[(one.id, wording_text(one, language_of(request))) for one in in_use(tags)],
    )


def _seen(
    request: web.Request,
    member: StaffMember,
    found: Visit,
    facts: Sequence[Fact],
    tags: Sequence[Wording],
    *,
    summary: Afterword | None,
    word: Afterword | None,
) -> web.Response:
    """Show what was said when it was looked back at."""
    wrapped = [fact for fact in since_timed(facts) if fact.kind is FactKind.WRAPPED_UP][-1]
    return desk_page(
        request,
        member,
        "desk/wrapped_up.html",
        visit=found,
        at=wrapped.at,
        computed=OUTCOMES[Outcome(str(wrapped.detail["computed"]))],
        said=OUTCOMES[Outcome(str(wrapped.detail["said"]))],
        tags=tag_words(tags, tags_of(facts), language_of(request)),
        summary=summary if summary and not summary.is_empty else None,
        word=word.text if word else "",
        lines=LINES,
        handled=HANDLED,
        faces=FACES,
        advisers=advisers_handled(facts),
        given=feedback_of(facts),
    )


async def say(request: web.Request) -> web.Response:
    """Raises NotFound for another team's, WrongStatus while it is not over, ChangedMeanwhile."""
    form, member = await read_form(request, WrapUp), staff(request)
    now, appointment_id = request.app[CLOCK](), path_id(request, "appointment_id")

    async def work(unit: Unit) -> None:
        found = await visit_for(unit, appointment_id, member)
        await keep_summary(unit, found, form, now=now)
        await wrap_up(
            unit,
            appointment_id,
            said=form.instead or form.said,
            tags=form.tag,
            handled=form.handled,
            by=hand(member),
            now=now,
        )

    await request.app[UNITS].do(work)
    next_one = f"/desk/appointments/{appointment_id}/again"
    raise web.HTTPSeeOther(next_one if form.after else "/desk?done=wrapped")


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/appointments/{appointment_id}/wrap-up", ask),
    web.post("/desk/appointments/{appointment_id}/wrap-up", say),
)
