"""Fixtures of the identity room: a unit in memory with Ilmari in it."""

import pytest

from tests.identity.memory import MemoryUnit
from tests.identity.people import ILMARIS_CREDENTIALS


@pytest.fixture
async def unit() -> MemoryUnit:
    unit = MemoryUnit()
    await unit.staff.add(ILMARIS_CREDENTIALS)
    return unit
