"""The loop that all background work runs in: step after step, resting when there is nothing to do."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

Step = Callable[[], Awaitable[bool]]
"""One piece of work; it returns whether there is more at once."""

REST_SECONDS = 0.5
AFTER_FAULT_SECONDS = 5.0

_log = structlog.get_logger()


async def work(steps: Sequence[Step], *, stop: asyncio.Event) -> None:
    """Run the steps in turn until told to stop; a step that is under way is finished first.

    A fault of one step is logged once and does not keep the others from their work.
    """
    while not stop.is_set():
        rest = REST_SECONDS
        for step in steps:
            try:
                if await step():
                    rest = 0
            except Exception:
                _log.exception("background step failed", step=getattr(step, "__qualname__", repr(step)))
                rest = AFTER_FAULT_SECONDS
        await _pause(stop, rest)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), timeout=max(seconds, 0.001))
    except TimeoutError:
        return
