"""The organisation's own sign-in: who is let in, with which role, and each lie that lets nobody in."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from identity.half_sign_in import SecondFactor
from identity.permission import Role
from identity.staff_issuer.code_flow import StaffCodeFlow
from identity.staff_issuer.issuer import Issuer
from identity.staff_issuer.trip import LASTS
from server.demo_data import ILMARI, LOUHI
from server.fetch import HttpFetch
from tests.web.face_house import FaceHouse, face_house
from tests.web.house import NOW
from tests.web.sign_in_house import Browser, Page
from tests.web.staff_issuer_server import CLIENT, OTHER_KEY, SECRET, IssuerServer, issuer_server, shared_key
from web import keys

GROUPS = ((Role.ADVISER, "advisers"), (Role.ADMIN, "admins"))
ILMARI_THERE: dict[str, Any] = {
    "sub": "s-1",
    "preferred_username": "Ilmari",
    "groups": ["advisers", "football"],
}
NOT_WORKED, NO_ACCESS = "The sign-in did not work", "You have no access here"


def way_out(page: Page) -> str:
    """Return where a page leads that goes on by itself, nothing for another one."""
    found = re.search(r'http-equiv="refresh" content="0; ?url=([^"]+)"', page.text)
    return unescape(found[1]) if found else ""


async def goes_on(browser: Browser, page: Page) -> Page:
    place = way_out(page)
    return await browser.opens(place) if place else page


@dataclass(slots=True)
class Both:
    house: FaceHouse
    server: IssuerServer

    async def comes(
        self, person: Mapping[str, Any] | None = None, place: str = "/sign-in"
    ) -> tuple[Browser, Page]:
        self.server.person = dict(ILMARI_THERE if person is None else person)
        browser = self.house.browser()
        return browser, await goes_on(
            browser, await browser.sends(await browser.opens(place), "/sign-in/issuer")
        )

    async def sets_out(self) -> tuple[Browser, str]:
        """Go to the issuer and sign in there; return the address that leads back, not yet opened."""
        self.server.person = dict(ILMARI_THERE)
        browser = self.house.browser()
        place = way_out(await browser.sends(await browser.opens("/sign-in"), "/sign-in/issuer"))
        async with browser.client.get(place, allow_redirects=False) as back:
            return browser, back.headers["Location"]

    async def role(self) -> Role:
        async with self.house.units.read() as unit:
            return (await unit.staff.get(ILMARI)).role


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with made(tmp_path) as found:
        yield found


class made:  # noqa: N801 - reads as a verb
    """Both houses, with what the issuer's groups mean."""

    def __init__(self, folder: Path, groups: Any = GROUPS, *, has_passwords: bool = True) -> None:
        self._folder, self._groups, self._has_passwords = folder, groups, has_passwords
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Both:
        server = await self._stack.enter_async_context(issuer_server(NOW))
        fetch = HttpFetch()
        self._stack.push_async_callback(fetch.close)
        issuer = Issuer(issuer=server.address, client_id=CLIENT, client_secret=SECRET, groups=self._groups)

        def furnish(house: FaceHouse) -> None:
            house.app[keys.STAFF_ISSUER] = StaffCodeFlow(issuer, fetch)
            house.app[keys.SITE] = replace(
                house.app[keys.SITE],
                staff_issuer="Pohjola",
                has_staff_passwords=self._has_passwords,
            )

        house = face_house(self._folder, furnish=furnish, second_factor=SecondFactor.EVERYBODY)
        return Both(await self._stack.enter_async_context(house), server)

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()


async def test_ilmari_comes_in_by_the_login_that_he_has_here(both: Both) -> None:
    browser, landed = await both.comes(place="/sign-in?next=/desk%3Fteam%3D1")

    assert landed.address == "/desk?team=1"
    assert (await browser.opens("/desk")).address == "/desk"


async def test_the_subject_alone_decides_from_the_second_time_on(both: Both) -> None:
    await both.comes()

    _, renamed = await both.comes(ILMARI_THERE | {"preferred_username": "louhi"})
    _, another = await both.comes(ILMARI_THERE | {"sub": "s-2"})

    assert renamed.address == "/desk"
    assert '<span class="staff-menu__who muted small">Ilmari Seppä</span>' in renamed.text
    assert NO_ACCESS in another.text  # Ilmari is somebody else there already


@pytest.mark.parametrize(("is_verified", "told"), [(True, "/desk"), (False, NO_ACCESS), ("true", NO_ACCESS)])
async def test_an_address_counts_only_when_it_is_verified(both: Both, is_verified: object, told: str) -> None:
    person: dict[str, Any] = {"sub": "s-1", "email": "Ilmari@Example.org", "groups": ["advisers"]}

    _, landed = await both.comes(person | {"email_verified": is_verified})

    assert told in landed.address + landed.text


async def test_the_role_follows_the_groups_at_each_sign_in(both: Both) -> None:
    roles = []
    for groups in (["advisers"], ["admins", "advisers"], ["advisers"]):
        await both.comes(ILMARI_THERE | {"groups": groups})
        roles.append(await both.role())

    assert roles == [Role.ADVISER, Role.ADMIN, Role.ADVISER]


@pytest.mark.parametrize(
    "person",
    [
        ILMARI_THERE | {"groups": ["football"]},
        {name: value for name, value in ILMARI_THERE.items() if name != "groups"},
        ILMARI_THERE | {"preferred_username": "nobody", "sub": "s-9"},
    ],
    ids=["in no group of ours", "in no group", "nobody here"],
)
async def test_whoever_was_let_in_by_nobody_reads_one_sentence(both: Both, person: dict[str, Any]) -> None:
    assert (await both.comes())[1].address == "/desk"  # but for that, he would come in

    browser, told = await both.comes(person)

    assert (told.status, NO_ACCESS in told.text) == (403, True)
    assert (await browser.opens("/desk")).address.startswith("/sign-in")


async def test_who_was_made_inactive_stays_out_whatever_the_issuer_says(both: Both) -> None:
    await both.comes()
    async with both.house.units.write() as unit:
        await unit.staff.change(replace(await unit.staff.get(ILMARI), is_active=False))

    _, told = await both.comes()

    assert (told.status, NO_ACCESS in told.text) == (403, True)


LIES: Mapping[str, Mapping[str, Any]] = {
    "another issuer": {"claims": {"iss": "https://rogue.example"}},
    "another client": {"claims": {"aud": "rogue"}},
    "one client among others": {"claims": {"aud": [CLIENT, "rogue"]}},
    "for another party": {"claims": {"azp": "rogue"}},
    "another nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "over": {"claims": {"exp": int((NOW - timedelta(minutes=2)).timestamp())}},
    "without an end": {"claims": {"exp": None}},
    "of tomorrow": {"claims": {"iat": int((NOW + timedelta(days=1)).timestamp())}},
    "old": {"claims": {"iat": int((NOW - timedelta(hours=1)).timestamp())}},
    "no subject": {"claims": {"sub": None}},
    "groups that are no list": {"claims": {"groups": "admins"}},
    "an answer of another issuer": {"query": {"iss": "https://rogue.example"}},
    "another state": {"query": {"state": "another"}},
    "no code": {"query": {"code": ""}},
    "a wrong code": {"query": {"code": "wrong"}},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES)
async def test_an_answer_with_a_lie_signs_nobody_in(both: Both, lies: Mapping[str, Any]) -> None:
    assert (await both.comes())[1].address == "/desk"  # all is right but for the lie
    both.server.lies = dict(lies)

    browser, told = await both.comes()

    assert (told.status, NOT_WORKED in told.text) == (401, True)
    assert (await browser.opens("/desk")).address.startswith("/sign-in")


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({}, OTHER_KEY),
        ({"kid": "other"}, None),
        ({"alg": "HS256"}, shared_key()),
        ({"alg": "none"}, None),
        ({"jku": "https://rogue.example"}, None),
    ],
    ids=["another key", "unknown key", "the shared secret", "unsigned", "a key elsewhere"],
)
async def test_discovery_widens_nothing(both: Both, header: dict[str, Any], key: Any) -> None:
    assert (await both.comes())[1].address == "/desk"
    both.server.header, both.server.key = header, key or both.server.key

    _, told = await both.comes()

    assert (told.status, NOT_WORKED in told.text) == (401, True)


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://rogue.example"},
        {"authorization_endpoint": "https://rogue.example/authorize"},
        {"token_endpoint": "http://rogue.example/token"},
        {"jwks_uri": 1},
    ],
    ids=["another name", "another place", "in the clear", "no address"],
)
async def test_an_issuer_that_describes_itself_wrongly_is_not_asked(
    both: Both, document: dict[str, Any]
) -> None:
    both.server.document = document

    _, told = await both.comes()

    assert (told.status, NOT_WORKED in told.text, both.server.asked) == (401, True, {})


async def test_an_issuer_that_is_down_is_told_and_the_other_ways_stay(both: Both) -> None:
    both.server.is_down = True

    browser, told = await both.comes()
    both.server.is_down = False
    later = await goes_on(browser, await browser.sends(told, "/sign-in/issuer"))

    assert (told.status, 'action="/sign-in"' in told.text) == (503, True)
    assert later.address == "/desk"


async def test_who_turns_back_at_the_issuer_is_told_so(both: Both) -> None:
    both.server.error = "access_denied"

    _, told = await both.comes()

    assert (told.status, "cancelled" in told.text) == (409, True)


async def test_a_trip_ends_once_in_its_browser_and_in_time(both: Both) -> None:
    first, late = [await both.sets_out() for _ in range(2)]
    thief = both.house.browser()

    stolen = await thief.opens(first[1])
    landed = await first[0].opens(first[1])
    again = await first[0].opens(first[1])
    both.house.now += LASTS
    too_late = await late[0].opens(late[1])

    assert landed.address == "/desk"
    assert [page.status for page in (stolen, again, too_late)] == [401, 401, 401]
    assert (await thief.opens("/desk")).address.startswith("/sign-in")


async def test_without_groups_everybody_keeps_the_role_that_an_admin_gave(tmp_path: Path) -> None:
    async with made(tmp_path, ()) as both:
        _, landed = await both.comes(ILMARI_THERE | {"groups": ["admins"]})

        assert (landed.address, await both.role()) == ("/desk", Role.ADVISER)


async def test_passwords_may_be_turned_off(tmp_path: Path) -> None:
    async with made(tmp_path, has_passwords=False) as both:
        browser = both.house.browser()
        shown = await browser.opens("/sign-in")
        form = shown.forms()[-1]

        told = await browser.posts("/sign-in", form | {"login": "ilmari", "password": "ilmari"})

        assert 'name="password"' not in shown.text
        assert told.status == 404
        assert (await both.comes())[1].address == "/desk"
        async with both.house.units.read() as unit:
            assert await unit.staff_sessions.of(LOUHI, now=NOW) == []
