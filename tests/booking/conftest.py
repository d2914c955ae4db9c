"""Ilmari's and Louhi's world, in memory."""

import pytest

from tests.contracts.world import World, furnished
from tests.memory.units import MemoryUnits


@pytest.fixture
async def world() -> World:
    """Two teams, one offering, nothing booked."""
    return await furnished(MemoryUnits())
