"""A broker that nobody here wrote takes our requests, and we take its assertions.

What is pushed goes by PostgreSQL, the seals by SQLite: the stores do not know who
sealed what, and are held to the same contract.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from identity.oidc.own_key import KeyUse, OwnKey, OwnKeys, made_key
from server.own_keys import KeyFolder
from tests.instances.browser import PHONE, NewContext
from tests.instances.ports import free_port
from tests.instances.second_opinion import CLIENT_ID, SecondOpinion, second_opinion
from tests.journeys.demo_process import Demo, running_demo
from tests.journeys.people import Customer, customer

pytestmark = pytest.mark.journey

COMBINATIONS = list(product(("RSA-OAEP", "RSA-OAEP-256"), ("A128CBC-HS256", "A256GCM")))
ASKED = {
    *("iss", "aud", "iat", "exp", "jti", "client_id", "response_type", "redirect_uri", "scope"),
    *("state", "nonce", "acr_values", "ui_locales", "prompt", "code_challenge", "code_challenge_method"),
}


@dataclass(slots=True)
class Pair:
    """A demo of ours, the broker that it asks, and the link of the one appointment whose door is open."""

    demo: Demo
    broker: SecondOpinion
    link: str = ""

    async def brings(self, aino: Customer) -> None:
        """Let Aino book, if she has not, come in, and go to the broker."""
        if not self.link:
            self.link = await aino.books("Asuntolainaneuvottelu", "Aino Virtanen", "aino@example.org")
        await aino.comes_in(self.link)
        await aino.page.locator('form[action$="/identify"] button').first.click()
        await aino.page.wait_for_url(f"{self.broker.issuer}/interaction/*")


@asynccontextmanager
async def both(folder: Path, *, is_pushed: bool = False, database_url: str = "") -> AsyncIterator[Pair]:
    """Start them as an operator would: our keys first, then the broker that knows them, then we."""
    ours, port = made(folder / "data"), free_port()
    redirect_uri = f"http://localhost:{port}/identify/ftn/callback"
    published = ours.published(KeyUse.SIGNING, KeyUse.ENCRYPTION, now=datetime.now(UTC))
    async with second_opinion(redirect_uri, published, is_pushed=is_pushed) as broker:
        settings = await settings_for(broker, is_pushed=is_pushed)
        async with running_demo(folder, port=port, settings=settings, database_url=database_url) as demo:
            yield Pair(demo, broker)
        assert demo.faults == []


def made(data: Path) -> OwnKeys:
    now, folder = datetime.now(UTC), KeyFolder(data)
    keys: list[OwnKey] = [replace(made_key(use, now=now, bits=2048), published_at=now) for use in KeyUse]
    for key in keys:
        folder.keep(key)
    return OwnKeys(tuple(keys))


async def settings_for(broker: SecondOpinion, *, is_pushed: bool) -> dict[str, str]:
    said = {
        "BROKER": "generic",
        "ENVIRONMENT": "test",
        "CLIENT_ID": CLIENT_ID,
        "ISSUER": broker.issuer,
        "AUTHORIZATION_URL": f"{broker.issuer}/auth",
        "TOKEN_URL": f"{broker.issuer}/token",
        "SIGNED_JWKS_URL": f"{broker.issuer}/signed-jwks",
        "ENTITY_ID": broker.issuer,
        "ENTITY_STATEMENT": await broker.entity_statement(),
        "PROMPT": "login",
        **({"PAR_URL": f"{broker.issuer}/request"} if is_pushed else {}),
    }
    return {"KOHTAAMO_IDENTITY": "ftn", **{f"KOHTAAMO_FTN_{name}": value for name, value in said.items()}}


@pytest.fixture(scope="module")
async def pair(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pair]:
    async with both(tmp_path_factory.mktemp("second-opinion")) as pair:
        yield pair


@pytest.mark.parametrize(("alg", "enc"), COMBINATIONS)
async def test_its_assertions_identify_aino_however_they_are_sealed(
    pair: Pair, new_context: NewContext, alg: str, enc: str
) -> None:
    aino = await customer(await new_context(viewport=PHONE), pair.demo)
    await pair.broker.seals_by(alg, enc)

    await pair.brings(aino)
    await aino.page.locator("#aino").click()

    await aino.is_in("waiting")
    seen = await pair.broker.seen()
    assert (set(seen["requests"][-1]), seen["pushed"]) == (ASKED, 0)


async def test_it_takes_pushed_requests_and_nobody_sees_them_in_the_browser(
    new_context: NewContext, tmp_path: Path, postgres_url: str
) -> None:
    async with both(tmp_path, is_pushed=True, database_url=postgres_url) as pair:
        aino = await customer(await new_context(viewport=PHONE), pair.demo)
        addresses: list[str] = []
        aino.page.on("request", lambda request: addresses.append(request.url))

        await pair.brings(aino)
        await aino.page.locator("#aino").click()

        await aino.is_in("waiting")
        seen = await pair.broker.seen()
    asked = [address for address in addresses if "/auth?" in address]
    assert ["request_uri=" in address and "request=" not in address for address in asked] == [True]
    assert seen["pushed"] == 1


async def test_who_turns_back_there_is_told_so_and_may_try_again(pair: Pair, new_context: NewContext) -> None:
    aino = await customer(await new_context(viewport=PHONE), pair.demo)

    await pair.brings(aino)
    await aino.page.locator("#cancel").click()

    await aino.page.wait_for_url("**/identify/ftn/callback*")
    assert await aino.page.locator("h1").inner_text() == "Tunnistautuminen keskeytettiin"
    await aino.page.locator('form[action$="/identify"] button').first.click()
    await aino.page.locator("#aino").click()
    await aino.is_in("waiting")
