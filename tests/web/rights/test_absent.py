"""The matrix again, by relation: what is another team's looks like what there is not, to every asker."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from identity.permission import Right
from tests.contracts.databases import DATABASES, migrated
from tests.web.rights.admin_pages import ITEM, OFFERING, SENTENCE, TAG
from tests.web.rights.askers import Asker
from tests.web.rights.house import Answer, RightsHouse, asked, rights_house
from tests.web.rights.relation import Relation, is_let_in, names, naming
from tests.web.rights.table import HOLD, TABLE
from web.rights import Watching, Way, needs_of

NAMING = [route for route, row in TABLE.items() if names(route, row)]
OF_A_TEAM = {
    Right.SEE_DESK,
    Watching(Right.SEE_DESK),
    Right.MEET,
    Right.HAND_IN_DOCUMENTS,
    Right.SEE_PERSONAL_CODE,
    Way.LINK,
}
"""Who comes by one of these sees their own and their team's; all others see the whole house."""

SHARED = {("GET", f"/desk/share{kind}") for kind in ("", "/qr.svg", "/qr.png")}
"""Of what anybody may book anybody of the staff may share the address."""

OWN_ALONE = {route for route in NAMING if route[1].startswith("/desk/disruptions/")}
"""One's own absence is one's own to end."""

# What else than 404 the whole house's staff and programs are answered about what there is not.
OF_NONE = {
    # A form says itself which time it is about; the hold only keeps it.
    ("GET", HOLD): 409,
    ("POST", f"{HOLD}/release"): 303,
    ("POST", f"{HOLD}/leave"): 204,
    ("POST", f"{HOLD}/stay"): 409,
    ("POST", "/api/v1/holds/{hold_id}/release"): 200,
    # No socket; tests/web/rights/test_sockets.py brings one.
    ("GET", "/ws/meetings/{appointment_id}"): 400,
    # A log of which nothing is about it.
    ("GET", "/admin/access-log"): 200,
    ("GET", "/admin/access-log/extract"): 200,
    # What the row sends is refused before anything is looked for.
    ("POST", "/admin/people/{staff_id}/deactivate"): 422,
    ("POST", "/admin/people/{staff_id}/sessions/end"): 422,
    ("POST", "/admin/teams/{team_id}"): 422,
    ("POST", f"{OFFERING}/shift"): 422,
    ("POST", f"{SENTENCE}/shift"): 422,
    ("POST", f"{TAG}/shift"): 422,
    ("POST", f"{ITEM}/shift"): 422,
    ("POST", "/admin/webhooks/{subscriber_id}/replay"): 422,
    # Changes nothing, and leads back to its page, which is then none.
    ("POST", "/admin/webhooks/{subscriber_id}/pause"): 303,
    ("POST", "/admin/webhooks/{subscriber_id}/resume"): 303,
}
PASSING = re.compile(rb'value="[0-9a-f]{64}"|"csrf": ?"[0-9a-f]+"|"request_id": "[0-9a-f]+"|[0-9a-f-]{36}')
PASSING_HEADERS = {"Date", "X-Request-ID", "Content-Length"}


@pytest.fixture(scope="module", params=DATABASES)
async def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RightsHouse]:
    folder: Path = tmp_path_factory.mktemp("absent")
    async with migrated(request.param, request, folder) as url, rights_house(folder, url) as made:
        yield made


def test_what_is_ones_teams_is_answered_as_ones_own() -> None:
    apart = {one for one in NAMING if TABLE[one].expected[Asker.ILMARI] != TABLE[one].expected[Asker.AINIKKI]}

    assert apart == OWN_ALONE


@pytest.mark.parametrize("route", NAMING, ids=" ".join)
async def test_what_is_not_ones_own_looks_like_what_there_is_not(
    house: RightsHouse, route: tuple[str, str]
) -> None:
    await house.replant()
    wrong: dict[str, object] = {}
    for asker in Asker:
        foreign, absent = [await asks(house, asker, route, relation) for relation in Relation]
        is_alike = masked(foreign) == masked(absent)
        if not is_right(route, asker, foreign.status, absent.status, is_alike=is_alike):
            wrong[asker.name] = (foreign.status, absent.status, is_alike)
        if house.written and not sees_all(route, asker):
            wrong[asker.name] = house.written[0]
        if house.written:
            await house.replant()

    assert wrong == {}


async def asks(house: RightsHouse, asker: Asker, route: tuple[str, str], relation: Relation) -> Answer:
    return await asked(house, asker, route, **naming(TABLE[route], asker, relation))


def sees_all(route: tuple[str, str], asker: Asker) -> bool:
    """Tell whether this asker comes to this route, and for it there are no teams."""
    needs = needs_of(*route)
    return is_let_in(asker, needs) and (needs not in OF_A_TEAM or route in SHARED)


def is_right(route: tuple[str, str], asker: Asker, foreign: int, absent: int, *, is_alike: bool) -> bool:
    """Judge by rule: who sees all sees other teams' too; others cannot tell them from what there is not."""
    if sees_all(route, asker):
        is_told = foreign not in {401, 403, 404} - {TABLE[route].expected[asker]}
        return is_told and absent == OF_NONE.get(route, 404)
    refused = 404 if is_let_in(asker, needs_of(*route)) else TABLE[route].expected[asker]
    return (foreign, absent, is_alike) == (refused, refused, True)


def masked(answer: Answer) -> tuple[int, dict[str, bytes], bytes]:
    """Leave out what passes: secrets of forms, ids of requests, and the ids that were asked for."""
    headers = {name: value for name, value in answer.headers.items() if name not in PASSING_HEADERS}
    told = {name: PASSING.sub(b"", value.encode()) for name, value in headers.items()}
    return answer.status, told, PASSING.sub(b"", answer.body)
