"""How long a customer waits for a bank."""

from asyncio import timeout
from collections.abc import Awaitable
from typing import TypeVar

from identity.errors import BankUnavailable

LONGEST_S = 2.5
"""A customer sees the other ways to identify within 3 s, of which our own work takes the rest."""

T = TypeVar("T")


async def answered(asked: Awaitable[T]) -> T:
    """Wait for a provider, but not for long. Raises BankUnavailable."""
    try:
        async with timeout(LONGEST_S):
            return await asked
    except TimeoutError:
        raise BankUnavailable from None
