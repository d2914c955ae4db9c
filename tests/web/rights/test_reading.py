"""Looking changes nothing, however one looks; and a link that is none looks like one that was revoked."""

import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import event

from booking.cancel import cancel
from booking.fact import Actor
from identity.calendar_feed import make_feed
from server.demo_data import ILMARI
from tests.contracts.databases import DATABASES, migrated
from tests.web.house import NOW
from tests.web.rights.askers import Asker
from tests.web.rights.house import UNKNOWN_TOKEN, Answer, RightsHouse, rights_house
from tests.web.rights.planted import AINO_ID
from tests.web.rights.table import TABLE

READERS = (Asker.AINO_KNOWN, Asker.KULLERVO, Asker.ILMARI, Asker.ADMIN, Asker.KEY_ALL)
PREFETCH = {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"}
BY_LINK = [route for route in TABLE if "/a/{token}" in route[1]]
MALFORMED = ("!" * 22, "%C3%A9" * 22, "%00" * 22, "A" * 21 + "=")
PASSING = {"Date", "X-Request-ID"}
ROUNDS = 300


@pytest.fixture(scope="module", params=DATABASES)
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RightsHouse]:
    folder: Path = tmp_path_factory.mktemp("reading")
    async with migrated(request.param, request, folder) as url, rights_house(folder, url) as made:
        yield made


@pytest.mark.parametrize(
    ("method", "headers", "is_cancelled"),
    [("HEAD", {}, False), ("GET", PREFETCH, False), ("GET", PREFETCH, True)],
    ids=["head", "prefetch", "prefetch of what is cancelled"],
)
async def test_no_way_of_looking_changes_anything(
    house: RightsHouse, method: str, headers: Mapping[str, str], is_cancelled: bool
) -> None:
    await house.replant()
    async with house.house.units.write() as unit:
        feed = await make_feed(unit, ILMARI, now=NOW)
        if is_cancelled:
            await cancel(unit, AINO_ID, by=Actor.CUSTOMER, now=NOW)
    before = await house.dump()

    for route in [each for each in TABLE if each[0] == "GET"]:
        for asker in READERS:
            row = TABLE[route]
            await house.asks(asker, method, route[1], query=row.query, sort=row.sort, headers=headers)
    told = await house.asks(Asker.NOBODY, method, f"/calendar/{feed}.ics", headers=headers)

    assert told.status == 200
    assert await house.dump() == before


@pytest.mark.parametrize("route", BY_LINK, ids=" ".join)
async def test_a_link_that_is_none_looks_like_one_that_was_revoked(
    house: RightsHouse, route: tuple[str, str]
) -> None:
    await house.replant()
    await _asks(house, route, UNKNOWN_TOKEN)  # the first one also loads the asker's secret
    revoked = await _asks(house, route, house.planted.old_token)

    others = {token: await _asks(house, route, token) for token in (UNKNOWN_TOKEN, *MALFORMED)}

    assert revoked[0].status == 404
    assert {token: told for token, told in others.items() if told != revoked} == {}


async def _asks(house: RightsHouse, route: tuple[str, str], token: str) -> tuple[Answer, list[str]]:
    """Return what is answered, without the token itself, and the statements that it cost."""
    row = TABLE[route]
    with _statements(house) as said:
        told = await house.asks(
            Asker.NOBODY,
            route[0],
            route[1].replace("{token}", token),
            query=row.query,
            sort=row.sort,
            sends=row.sends,
        )
    headers = {name: value for name, value in told.headers.items() if name not in PASSING}
    headers.pop("Content-Length", None)
    body = re.sub(rb'"request_id": "[0-9a-f]+"', b"", told.body.replace(token.encode(), b""))
    return Answer(told.status, headers, body), said


@contextmanager
def _statements(house: RightsHouse) -> Iterator[list[str]]:
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engines = house.house.engines
    distinct = {id(one): one.sync_engine for one in (engines.writing, engines.reading)}.values()
    for engine in distinct:
        event.listen(engine, "before_cursor_execute", listen)
    yield said
    for engine in distinct:
        event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.slow
async def test_a_link_that_is_none_takes_as_long_as_one_that_was_revoked(house: RightsHouse) -> None:
    await house.replant()
    links = {"unknown": UNKNOWN_TOKEN, "revoked": house.planted.old_token}
    took: dict[str, list[float]] = {name: [] for name in links}

    for _ in range(ROUNDS):
        for name, token in links.items():
            began = time.perf_counter()
            told = await house.asks(Asker.NOBODY, "GET", f"/a/{token}")
            took[name].append(time.perf_counter() - began)
            assert told.status == 404

    ratio = median(took["unknown"]) / median(took["revoked"])
    print(f"{ROUNDS} looks at an unknown link and at a revoked one in turns: {ratio:.2f} × the time")
    assert 0.8 < ratio < 1.25
