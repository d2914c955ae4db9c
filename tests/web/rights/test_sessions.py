"""A cookie that somebody else planted is worth nothing after a sign-in, and nobody signs in for another."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.databases import migrated
from tests.web.rights.askers import Asker
from tests.web.rights.house import RightsHouse, asked, rights_house
from tests.web.rights.table import TABLE

SIGN_IN = ("POST", "/sign-in")
DESK = ("GET", "/desk")


@pytest.fixture
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RightsHouse]:
    async with migrated("sqlite", request, tmp_path) as url, rights_house(tmp_path, url) as made:
        yield made


async def test_a_sign_in_ends_the_session_that_was_there_and_makes_a_new_one(house: RightsHouse) -> None:
    assert (await asked(house, Asker.LOUHI, DESK)).status == 200

    answer = await asked(house, Asker.LOUHI, SIGN_IN)

    cookie = answer.headers["Set-Cookie"]
    assert (answer.status, cookie.startswith("session=")) == (303, True)
    assert "session=louhi" not in cookie
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert (await asked(house, Asker.LOUHI, DESK)).status == 303  # with the cookie from before


async def test_a_planted_session_does_not_become_one(house: RightsHouse) -> None:
    answer = await asked(house, Asker.SIGNED_OUT, SIGN_IN)

    assert "session=ended" not in answer.headers["Set-Cookie"]
    assert (await asked(house, Asker.SIGNED_OUT, DESK)).status == 303


@pytest.mark.parametrize("route", [SIGN_IN, ("POST", "/sign-in/demo")])
async def test_another_site_cannot_sign_its_visitor_in(house: RightsHouse, route: tuple[str, str]) -> None:
    answer = await asked(house, Asker.NOBODY, route, headers={"X-CSRF-Token": "0" * 64})

    assert TABLE[route].expected[Asker.NOBODY] == 303
    assert answer.status == 403
    assert "session=" not in answer.headers.get("Set-Cookie", "")
