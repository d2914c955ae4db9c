"""An operator on the wire for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.identity.mobile_id.hostile import Wire, operator_on_the_wire


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with operator_on_the_wire() as wire:
        yield wire
