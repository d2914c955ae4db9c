"""Wait for another device: ask its provider at the provider's pace, however many tabs ask us.

`begin_waiting` in a unit → our page waits → `take_turn` in a unit → `provider.poll` outside → either
`go_on_waiting` in a unit, or the attempt is claimed and ends as every identification does.
"""

from datetime import datetime, timedelta

from identity.errors import AttemptUnknown
from identity.login_attempt import LoginAttempt
from identity.ports import IdentityUnit
from identity.prompt import Prompt, Prompted
from identity.secret import kept

TURN = timedelta(seconds=5)
"""Longer than a provider's answer may take, so that nobody asks while somebody asks."""


async def begin_waiting(unit: IdentityUnit, attempt: LoginAttempt, prompt: Prompt) -> None:
    await unit.prompts.add(Prompted(attempt=attempt, prompt=prompt))


async def waiting_in(unit: IdentityUnit, browser: str | None) -> Prompted:
    """Return what the browser with this cookie waits for. Raises AttemptUnknown."""
    if browser is None:
        raise AttemptUnknown
    return await unit.prompts.find(kept(browser))


async def take_turn(unit: IdentityUnit, waiting: Prompted, *, now: datetime) -> bool:
    """Tell whether to ask the provider now: its moment has come, and nobody else is asking."""
    return await unit.prompts.take_turn(waiting.attempt.browser_hash, now=now, until=now + TURN)


async def go_on_waiting(unit: IdentityUnit, waiting: Prompted, *, until: datetime) -> None:
    """The person has not answered yet."""
    await unit.prompts.put_off(waiting.attempt.browser_hash, until=until, missed=0)


async def nobody_answered(unit: IdentityUnit, waiting: Prompted, *, now: datetime) -> None:
    """Ask again until the time is over: the person may be typing their PIN, and the provider come back."""
    missed = waiting.missed + 1
    await unit.prompts.put_off(waiting.attempt.browser_hash, until=now + TURN, missed=missed)


async def stop_waiting(unit: IdentityUnit, waiting: Prompted) -> None:
    await unit.prompts.remove(waiting.attempt.browser_hash)
