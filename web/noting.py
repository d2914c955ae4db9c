"""Set up in one unit: a change and its line in the log are kept together or not at all."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiohttp import web

from booking.change import Change, Deed, Standing, changed_fields
from identity.staff import StaffMember
from web.keys import CLOCK, UNITS
from web.ports import Unit
from web.subjects import Subject

T = TypeVar("T")


async def set_up(
    request: web.Request, member: StaffMember, subject: Subject, work: Callable[[Unit], Awaitable[T]]
) -> T:
    """Do the work in one unit, and note there what it changed of the subject, if it did."""
    now = request.app[CLOCK]()

    async def noted(unit: Unit) -> T:
        before = await subject.standing(unit)
        done = await work(unit)
        after = await subject.standing(unit)
        if after == before:
            return done
        await unit.changes.add(
            Change(
                at=now,
                by=member.id,
                thing=subject.thing,
                thing_id=subject.id,
                deed=_deed(before, after),
                fields=() if before is None else changed_fields(before, after or {}),
            )
        )
        return done

    return await request.app[UNITS].do(noted)


def _deed(before: Standing | None, after: Standing | None) -> Deed:
    if before is None:
        return Deed.ADDED
    return Deed.REMOVED if after is None else Deed.CHANGED
