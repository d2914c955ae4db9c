"""The matrix: every route by every asker, on both databases; and that nothing leaks to who may not know."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.databases import DATABASES, migrated
from tests.web.rights.askers import HOLDERS, Asker
from tests.web.rights.house import RightsHouse, asked, leaked, rights_house
from tests.web.rights.planted import AINO, AINOS_PAPER_NAME, ILMARIS_PAPER_NAME
from tests.web.rights.table import TABLE


@pytest.fixture(scope="module", params=DATABASES)
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RightsHouse]:
    folder: Path = tmp_path_factory.mktemp("rights")
    async with migrated(request.param, request, folder) as url, rights_house(folder, url) as made:
        yield made


@pytest.fixture(autouse=True)
async def replanted(house: RightsHouse) -> None:
    if house.changed():
        await house.replant()


async def test_every_route_stands_in_the_table(house: RightsHouse) -> None:
    assert house.routes() == set(TABLE)


def test_every_row_answers_every_asker() -> None:
    assert [route for route, row in TABLE.items() if set(row.expected) != set(Asker)] == []


@pytest.mark.parametrize(
    ("asker", "route", "word"),
    [
        (Asker.AINO, ("GET", "/a/{token}/documents"), AINOS_PAPER_NAME),
        (Asker.AINO_KNOWN, ("GET", "/a/{token}/documents"), ILMARIS_PAPER_NAME),
        (Asker.ILMARI, ("GET", "/desk"), AINO.name),
        (Asker.AINIKKI, ("GET", "/desk"), AINO.name),
        (Asker.ADMIN, ("GET", "/desk"), AINO.name),
        (Asker.ILMARI, ("GET", "/desk/appointments/{appointment_id}/documents"), AINOS_PAPER_NAME),
    ],
)
async def test_what_must_not_leak_is_there_to_be_seen(
    house: RightsHouse, asker: Asker, route: tuple[str, str], word: str
) -> None:
    assert word in (await asked(house, asker, route)).whole


@pytest.mark.parametrize(
    "route", [one for one in TABLE if one[0] == "GET" and "{token}" in one[1]], ids=" ".join
)
async def test_a_forwarded_link_tells_nobody_how_aino_is_reached(
    house: RightsHouse, route: tuple[str, str]
) -> None:
    told = [(await asked(house, asker, route)).whole for asker in HOLDERS]

    assert [word for word in (AINO.email, AINO.phone, "7654321") for whole in told if word in whole] == []


async def test_the_link_is_there_to_be_seen_by_a_program(house: RightsHouse) -> None:
    answer = await asked(house, Asker.KEY_BOOKING, ("GET", "/api/v1/appointments/{appointment_id}"))

    assert house.planted.ainos_token in answer.whole


@pytest.mark.parametrize("asker", [Asker.AINO, Asker.AINO_IN, Asker.AINO_FORWARDED])
async def test_a_link_alone_does_not_show_what_the_adviser_gave(house: RightsHouse, asker: Asker) -> None:
    answer = await asked(house, asker, ("GET", "/a/{token}/documents"))

    assert AINOS_PAPER_NAME in answer.whole
    assert ILMARIS_PAPER_NAME not in answer.whole


@pytest.mark.parametrize("route", TABLE, ids=" ".join)
async def test_a_route_answers_each_asker_as_the_table_says(
    house: RightsHouse, route: tuple[str, str]
) -> None:
    row = TABLE[route]
    told, leaks, changes = {}, {}, {}
    for asker in Asker:
        answer = await asked(house, asker, route)
        told[asker], leaks[asker] = answer.status, leaked(house, asker, answer)
        if changed := house.changed():
            changes[asker] = changed[0]
            await house.replant()

    assert told == dict(row.expected)
    assert {asker.name: words for asker, words in leaks.items() if words} == {}
    # No GET changes anything, and nothing is changed by who is refused.
    assert [one for asker, one in changes.items() if route[0] == "GET" or row.expected[asker] >= 400] == []
