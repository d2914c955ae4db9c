"""What holds for whole methods: HEAD like GET, no other methods, no POST that another site made."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.databases import migrated
from tests.web.rights.askers import Asker
from tests.web.rights.house import RightsHouse, asked, rights_house
from tests.web.rights.table import TABLE

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
A_FEW = (Asker.NOBODY, Asker.AINO_KNOWN, Asker.ILMARI, Asker.LOUHI, Asker.KEY_ALL)
FOREIGN = (
    {"X-CSRF-Token": "0" * 64},
    {"X-CSRF-Token": ""},
    {"Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
# Keys open the API and no cookie does; the demo's bank and operator are asked by our server.
WITHOUT_COOKIES = ("/api/", "/demo/bank/token", "/demo/phone/mss")
SIGNED = ("/channels/",)


@pytest.fixture(scope="module")
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RightsHouse]:
    folder: Path = tmp_path_factory.mktemp("rights")
    async with migrated("sqlite", request, folder) as url, rights_house(folder, url) as made:
        yield made


@pytest.mark.parametrize("route", [route for route in TABLE if route[0] == "GET"], ids=" ".join)
async def test_head_is_answered_like_get(house: RightsHouse, route: tuple[str, str]) -> None:
    row = TABLE[route]

    told = {asker: await house.asks(asker, "HEAD", route[1], query=row.query) for asker in A_FEW}

    assert {asker: told[asker].status for asker in told} == {asker: row.expected[asker] for asker in A_FEW}
    assert {answer.body for answer in told.values()} == {b""}


@pytest.mark.parametrize("address", sorted({address for _, address in TABLE}))
async def test_other_methods_are_refused_to_everybody(house: RightsHouse, address: str) -> None:
    there = {method for method, path in TABLE if path == address}
    there |= {"HEAD"} if "GET" in there else set()

    others = [method for method in METHODS if method not in there]
    told = {(await house.asks(asker, each, address)).status for each in others for asker in A_FEW}

    assert told == {405}


POSTS = [route for route in TABLE if route[0] == "POST" and not route[1].startswith(WITHOUT_COOKIES)]


@pytest.mark.parametrize("route", POSTS, ids=" ".join)
async def test_a_post_that_another_site_made_is_refused(house: RightsHouse, route: tuple[str, str]) -> None:
    expected = TABLE[route].expected
    # Past every right: done, or refused for what was sent, which in some rows is nothing that helps.
    let_in = [asker for asker in reversed(Asker) if expected[asker] not in {401, 403, 404}]
    unseen = [asker for asker in reversed(Asker) if expected[asker] == 404]
    may = (let_in or unseen or list(Asker))[0]
    refused = 401 if route[1].startswith(SIGNED) else 403  # a signature is what no browser has
    house.changed()

    told = [(await asked(house, may, route, headers=each)).status for each in FOREIGN]

    assert told == [refused] * len(FOREIGN)
    assert house.changed() == []


APPOINTMENT_CALLS = [route for route in TABLE if route[1].startswith("/api/v1/app")]


@pytest.mark.parametrize("route", APPOINTMENT_CALLS, ids=" ".join)
async def test_a_session_opens_nothing_of_the_api(house: RightsHouse, route: tuple[str, str]) -> None:
    headers = {"Authorization": "Bearer ilmari"}

    assert (await asked(house, Asker.ILMARI, route, headers=headers)).status == 401
