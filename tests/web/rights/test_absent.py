"""What is another team's looks like what there is not: the same status, the same words."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.contracts.databases import migrated
from tests.web.rights.askers import Asker
from tests.web.rights.house import RightsHouse, asked, rights_house
from tests.web.rights.table import TABLE

ABSENT = str(UUID(int=7, version=4))
NAMED = re.compile(r"\{(\w+_id)\}")
FOREIGN = [
    route
    for route, row in TABLE.items()
    if route[1].startswith("/desk/") and NAMED.search(route[1]) and row.expected[Asker.LOUHI] == 404
]
PASSING = re.compile(rb'value="[0-9a-f]{64}"|"csrf": ?"[0-9a-f]+"|"request_id": "[0-9a-f]+"|[0-9a-f-]{36}')


@pytest.fixture(scope="module")
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RightsHouse]:
    folder: Path = tmp_path_factory.mktemp("absent")
    async with migrated("sqlite", request, folder) as url, rights_house(folder, url) as made:
        yield made


def test_there_are_things_of_other_teams_to_ask_for() -> None:
    assert len(FOREIGN) > 10


@pytest.mark.parametrize("route", FOREIGN, ids=" ".join)
async def test_another_teams_looks_like_none(house: RightsHouse, route: tuple[str, str]) -> None:
    row = TABLE[route]
    given = {"query": row.query, "sort": row.sort, "sends": row.sends, "paper": row.paper}

    foreign = await asked(house, Asker.LOUHI, route)
    absent = await house.asks(Asker.LOUHI, route[0], NAMED.sub(ABSENT, route[1]), **given)  # type: ignore[arg-type]

    assert (foreign.status, absent.status) == (404, 404)
    assert PASSING.sub(b"", foreign.body) == PASSING.sub(b"", absent.body)
