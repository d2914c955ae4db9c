"""The bars of what is timed: held where a test is run for its figure, and not amid everything else.

`make test` runs what a machine can run at once; a time that was taken there says nothing. `make slow`,
and a test that is run by its name, hold each time to its bar.
"""

from collections.abc import Callable, Iterable

import pytest

Within = Callable[..., None]
AMID_ALL = "not slow"
"""How `make test` names what it runs."""


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark what has a bar, so that `make slow` finds it."""
    for item in items:
        if "within" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timed)


@pytest.fixture
def within(request: pytest.FixtureRequest) -> Within:
    """Hold times to a bar of the same unit: `within(2_000, door, bank)`."""
    is_amid_all = request.config.getoption("markexpr") == AMID_ALL

    def hold(bar: float, *found: float) -> None:
        late = [each for each in found if each > bar]
        assert is_amid_all or not late, f"{late} is more than {bar}"

    return hold
