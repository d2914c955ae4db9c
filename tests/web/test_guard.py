"""Who passes: staff with a live session and the right, and nobody else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from identity.secret import kept
from identity.session import open_for
from tests.identity.memory import MemoryUnit
from tests.identity.people import ILMARI, ILMARIS_CREDENTIALS
from tests.web.house import NOW, House, house
from web.guard import staff
from web.keys import CLOCK, UNITS


class MemoryUnits:
    """Hands out one unit in memory, again and again."""

    def __init__(self, unit: Any) -> None:
        self._unit = unit

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Any]:
        yield self._unit

    write = read


async def desk(request: web.Request) -> web.Response:
    return web.Response(text=staff(request).name)


async def forgetful(request: web.Request) -> web.Response:
    return web.Response(text="statistics")


@asynccontextmanager
async def staffed(unit: MemoryUnit, *, later: timedelta = timedelta()) -> AsyncIterator[House]:
    def prepare(app: web.Application) -> None:
        units: Any = MemoryUnits(unit)
        app[UNITS] = units
        app[CLOCK] = lambda: NOW + later
        app.router.add_routes([web.get("/desk", desk), web.get("/admin", forgetful)])

    async with house(prepare=prepare) as front:
        yield front


@pytest.fixture
async def unit() -> MemoryUnit:
    unit = MemoryUnit()
    await unit.staff.add(ILMARIS_CREDENTIALS)
    await unit.staff_sessions.add(open_for(ILMARI.id, ILMARI.role, kept("token"), now=NOW))
    return unit


async def asked(
    front: House, path: str, session: str | None = "token", accept: str = "text/html"
) -> tuple[int, str]:
    headers = {"Accept": accept, **({"Cookie": f"session={session}"} if session else {})}
    async with front.client.get(front.url(path), headers=headers, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "") or await answer.text()


async def test_ilmari_sees_his_desk(unit: MemoryUnit) -> None:
    async with staffed(unit) as front:
        assert await asked(front, "/desk") == (200, ILMARI.name)


@pytest.mark.parametrize("session", [None, "", "another", "Token"])
async def test_who_is_not_signed_in_is_sent_to_the_sign_in(unit: MemoryUnit, session: str | None) -> None:
    async with staffed(unit) as front:
        assert await asked(front, "/desk", session) == (303, "/sign-in?next=/desk")


async def test_a_program_is_told_so_instead(unit: MemoryUnit) -> None:
    async with staffed(unit) as front:
        assert (await asked(front, "/desk", None, "application/json"))[0] == 401


async def test_a_right_that_the_role_lacks_is_refused(unit: MemoryUnit) -> None:
    async with staffed(unit) as front:
        assert (await asked(front, "/admin"))[0] == 403  # the handler asks nobody


async def test_a_session_ends_when_it_was_idle_for_too_long(unit: MemoryUnit) -> None:
    async with staffed(unit, later=timedelta(hours=7)) as front:
        assert (await asked(front, "/desk"))[0] == 200  # seen, and so it lives on

    async with staffed(unit, later=timedelta(hours=10)) as front:
        assert (await asked(front, "/desk"))[0] == 200

    async with staffed(unit, later=timedelta(hours=13)) as front:
        assert (await asked(front, "/desk"))[0] == 303


async def test_who_left_the_house_is_out_at_once(unit: MemoryUnit) -> None:
    await unit.staff.change(replace(ILMARI, is_active=False))

    async with staffed(unit) as front:
        assert (await asked(front, "/desk"))[0] == 303
