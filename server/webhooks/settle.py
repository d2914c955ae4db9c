"""What comes of a try: delivered, again later, or given up; and whether to go on telling at all."""

from datetime import timedelta

from booking.errors import NotFound
from booking.notice import Attempt, Notice
from booking.subscriber import State, Stopped
from server.database.unit import SqlUnit
from server.retry_after import wait_asked
from server.webhooks.post import GONE

BACK_OFF = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""As Standard Webhooks advises: ten tries in a little over three days."""

MOST_WAIT = timedelta(days=1)
"""So long at most is waited because somebody asked for it."""

MOST_TRIES = len(BACK_OFF) + 1

STOPPED_AFTER = timedelta(days=3)
"""A subscriber is stopped when a notice is given up and nothing has arrived for so long."""


async def settle(unit: SqlUnit, notice: Notice, attempt: Attempt, *, retry_after: str = "") -> None:
    """Mark a notice by what came of its try, in one unit with what that says of its subscriber."""
    if attempt.fault is None:
        await unit.notices.mark_delivered(notice.id, attempt)
        await unit.subscribers.answered(notice.subscriber_id)
        return
    await unit.subscribers.failed(notice.subscriber_id, at=attempt.at)
    wait = wait_asked(retry_after, most=MOST_WAIT, now=attempt.at)
    if wait is not None:  # told nothing else meanwhile either
        await unit.subscribers.wait(notice.subscriber_id, until=attempt.at + wait)
    if attempt.status == GONE:
        await unit.notices.mark_failed(notice.id, attempt)
        await _stop(unit, notice, Stopped.GONE)
    elif notice.tries < MOST_TRIES:
        await unit.notices.retry_at(notice.id, attempt, attempt.at + BACK_OFF[notice.tries - 1])
    else:
        await unit.notices.mark_failed(notice.id, attempt)
        await _stop_if_dead(unit, notice, attempt)


async def _stop_if_dead(unit: SqlUnit, notice: Notice, attempt: Attempt) -> None:
    try:
        since = (await unit.subscribers.locked(notice.subscriber_id)).failing_since
    except NotFound:
        return
    if since is not None and attempt.at - since >= STOPPED_AFTER:
        await _stop(unit, notice, Stopped.FAILING)


async def _stop(unit: SqlUnit, notice: Notice, why: Stopped) -> None:
    await unit.subscribers.put_in_state(notice.subscriber_id, State.STOPPED, why)
