"""Whoever of the staff, or which program, looks at what is Aino's stands in the access log; Aino does not."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from identity.look import Look, Thing, Viewer
from identity.look_ports import LooksAt
from server.demo_data import ILMARI
from tests.contracts.databases import DATABASES, migrated
from tests.web.rights.askers import Asker
from tests.web.rights.house import RightsHouse, rights_house
from tests.web.rights.planted import AINO_ID, AINOS_PAPER, MESSAGE_ID
from tests.web.rights.table import CALL, DESK, DESK_PAPERS, PAPER_PAGE, TABLE

Found = set[tuple[Thing, object]]
APPOINTMENT = (Thing.APPOINTMENT, AINO_ID)
SHOWN: dict[str, Found] = {
    "/desk": {(Thing.TEXT, MESSAGE_ID)},
    f"{DESK}/cancel": {APPOINTMENT},
    f"{DESK}/late": {APPOINTMENT},
    f"{DESK}/link": {APPOINTMENT},
    f"{DESK}/note": {APPOINTMENT},
    f"{DESK}/move": {APPOINTMENT},
    f"{DESK}/colleague": {APPOINTMENT},
    f"{DESK}/meeting": {APPOINTMENT},
    f"{DESK}/identity": {APPOINTMENT},
    DESK_PAPERS: {APPOINTMENT},
    f"{DESK_PAPERS}{PAPER_PAGE}": {(Thing.DOCUMENT, AINOS_PAPER)},
    CALL: {APPOINTMENT},
    f"{CALL}/facts": {APPOINTMENT},
}


@pytest.fixture(scope="module", params=DATABASES)
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RightsHouse]:
    folder: Path = tmp_path_factory.mktemp("looks")
    async with migrated(request.param, request, folder) as url, rights_house(folder, url) as made:
        await made.replant()
        yield made


async def looks(house: RightsHouse) -> Sequence[Look]:
    async with house.house.units.read() as unit:
        return [one.look for one in await unit.access_log.newest(LooksAt())]


async def ask(house: RightsHouse, asker: Asker, path: str) -> tuple[int, Sequence[Look]]:
    """Return what was answered, and what the log has since."""
    before, row = len(await looks(house)), TABLE[("GET", path)]
    answer = await house.asks(asker, "GET", path, query=row.query, sort=row.sort)
    found = await looks(house)
    return answer.status, found[: len(found) - before]


@pytest.mark.parametrize("path", SHOWN)
async def test_a_look_is_written_with_who_what_and_why_and_once_in_a_while(
    house: RightsHouse, path: str
) -> None:
    is_call = path.startswith("/api")
    asker = Asker.KEY_BOOKING if is_call else Asker.ILMARI

    status, written = await ask(house, asker, path)

    assert status == 200
    assert {(one.thing, one.thing_id) for one in written} >= SHOWN[path]
    assert {one.appointment_id for one in written} == {AINO_ID}
    assert {one.viewer for one in written} == {Viewer.KEY if is_call else Viewer.STAFF}
    assert {one.purpose for one in written} == {f"GET {path}"}
    if not is_call:
        assert {one.by for one in written} == {ILMARI}
    assert await ask(house, asker, path) == (200, [])  # the same page again is the same look


@pytest.mark.parametrize("path", [path for path in SHOWN if path != "/desk"])
async def test_who_is_refused_has_not_looked(house: RightsHouse, path: str) -> None:
    asker = Asker.KEY_STATISTICS if path.startswith("/api") else Asker.LOUHI

    status, written = await ask(house, asker, path)

    assert (status in (403, 404), written) == (True, [])


@pytest.mark.parametrize(
    "path", ["/a/{token}", "/a/{token}/documents", f"/a/{{token}}/documents{PAPER_PAGE}"]
)
async def test_aino_looking_at_her_own_is_nobodys_business(house: RightsHouse, path: str) -> None:
    assert await ask(house, Asker.AINO_KNOWN, path) == (200, [])


async def test_without_the_log_there_is_no_look(house: RightsHouse) -> None:
    path = f"{DESK}/meeting"
    assert (await ask(house, Asker.AINIKKI, path))[0] == 200
    async with house.house.engines.writing.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE access_log RENAME COLUMN reason TO gone")

    row = TABLE[("GET", path)]
    answer = await house.asks(Asker.AINIKKI, "GET", path, query=row.query, sort=row.sort)

    async with house.house.engines.writing.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE access_log RENAME COLUMN gone TO reason")
    assert answer.status == 500
    assert "page-data" not in answer.whole
