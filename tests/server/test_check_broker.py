"""What `kohtaamo check` says of the broker: one sentence a finding, and what to do."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import web

from identity.oidc.federation import JWKS_PATH, STATEMENT_PATH, RelyingParty, entity_statement, signed_jwks
from identity.oidc.own_key import CACHED, KeyUse, OwnKeys
from server.commands import check, check_broker
from server.commands.unsound import Unsound
from server.front import listening_socket
from server.house import House, open_house
from server.own_keys import KeyFolder
from server.settings import Mode, Settings
from tests.contracts.databases import migrate_aside
from tests.identity.ftn import broker
from tests.identity.ftn.broker import own_key, rsa
from tests.identity.people import NOW
from web.public_site import Site

LATER = NOW + 2 * CACHED


@dataclass
class Scene:
    """A broker and our own public address on one wire, and an installation that is to be checked."""

    house: House
    origin: str
    shown: dict[str, str] = field(default_factory=dict)

    def publish(self, keys: OwnKeys) -> None:
        us = RelyingParty(public_url=self.origin, organisation="Bank", redirect_uris=())
        self.shown[STATEMENT_PATH] = entity_statement(us, keys, now=LATER) or ""
        self.shown[JWKS_PATH] = signed_jwks(us, keys, now=LATER) or ""

    async def unsound(self, look: Callable[[House], object]) -> str:
        with pytest.raises(Unsound) as found:
            await look(self.house)  # type: ignore[misc]
        return str(found.value)


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    listening = listening_socket("127.0.0.1", 0)
    origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = Settings(mode=Mode.DEMO, secret="s" * 32, data=tmp_path, identity=("ftn",))
    migrate_aside(f"sqlite:///{tmp_path}/kohtaamo.sqlite3")
    opened = open_house(settings)
    site: Site = replace(opened.site, public_url=origin)
    scene = Scene(replace(opened, clock=lambda: LATER, site=site), origin)
    statement = broker.entity_statement(origin, rsa("entity-1"))
    scene.shown["/keys"] = broker.signed_jwks(origin, rsa("entity-1"), rsa("sig-1"))
    for key in broker.own_keys().keys:
        KeyFolder(tmp_path).keep(key)
    scene.publish(broker.own_keys())
    for name, value in {
        "BROKER": "generic",
        "CLIENT_ID": "client",
        "ENVIRONMENT": "test",
        "ISSUER": origin,
        "AUTHORIZATION_URL": f"{origin}/authorize",
        "TOKEN_URL": f"{origin}/token",
        "SIGNED_JWKS_URL": f"{origin}/keys",
        "ENTITY_ID": origin,
        "ENTITY_STATEMENT": statement,
    }.items():
        monkeypatch.setenv(f"KOHTAAMO_FTN_{name}", value)

    async def show(request: web.Request) -> web.Response:
        if request.path not in scene.shown:
            raise web.HTTPNotFound
        return web.Response(text=scene.shown[request.path])

    app = web.Application()
    app.router.add_get("/{path:.*}", show)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    yield scene
    await runner.cleanup()
    await opened.units.close()


LOOKS = (check_broker.settings, check_broker.broker_keys, check_broker.own_keys, check_broker.published_keys)


async def test_a_sound_broker_is_told_in_four_lines(scene: Scene) -> None:
    said = [await look(scene.house) for look in LOOKS]

    assert said == [
        "broker, in its test environment: test persons are let in, which production refuses",
        "1 that can be believed",
        "Nothing to do.",
        "brokers read those of the data folder",
    ]


async def test_without_a_broker_there_is_nothing_to_look_at(scene: Scene) -> None:
    house = replace(
        scene.house, settings=scene.house.settings.model_copy(update={"identity": ("demo-bank",)})
    )

    assert {await look(house) for look in LOOKS} == {check_broker.NONE}


async def test_production_refuses_a_test_environment(scene: Scene) -> None:
    scene.house = replace(
        scene.house, settings=scene.house.settings.model_copy(update={"mode": Mode.PRODUCTION})
    )

    assert "KOHTAAMO_FTN_ENVIRONMENT says test, which production refuses" in await scene.unsound(
        check_broker.settings
    )


async def test_keys_that_cannot_be_reached_are_told_with_their_address(scene: Scene) -> None:
    del scene.shown["/keys"]

    assert f"{scene.origin}/keys answers 404; look at the network" in await scene.unsound(
        check_broker.broker_keys
    )


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (lambda origin: broker.signed_jwks(origin, rsa("entity-2"), rsa("sig-1")), "jwks_kid"),
        (
            lambda origin: broker.signed_jwks("https://x.example", rsa("entity-1"), rsa("sig-1")),
            "jwks_issuer",
        ),
        (lambda origin: broker.signed_jwks(origin, rsa("entity-1")), "publishes no key that could sign"),
        (lambda origin: "<html>", "is no key set"),
    ],
)
async def test_keys_that_cannot_be_believed_are_told(
    scene: Scene, shown: Callable[[str], str], sentence: str
) -> None:
    scene.shown["/keys"] = shown(scene.origin)

    said = await scene.unsound(check_broker.broker_keys)

    assert sentence in said
    assert "ask the broker" in said


async def test_a_statement_that_is_not_the_pinned_one_is_told_with_the_variable(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.shown[STATEMENT_PATH] = broker.entity_statement(scene.origin, rsa("entity-1"))
    monkeypatch.delenv("KOHTAAMO_FTN_ENTITY_STATEMENT")
    right = sha256(scene.shown[STATEMENT_PATH].encode()).hexdigest()
    monkeypatch.setenv("KOHTAAMO_FTN_ENTITY_PIN", right)
    assert await check_broker.broker_keys(scene.house) == "1 that can be believed"

    monkeypatch.setenv("KOHTAAMO_FTN_ENTITY_PIN", "0" * 64)

    assert "set KOHTAAMO_FTN_ENTITY_PIN" in await scene.unsound(check_broker.broker_keys)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(29, "ends on 2026-"), (-1, "has ended; ask the broker for the next one")],
)
async def test_a_statement_that_ends_soon_is_told_while_there_is_time(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, days: int, sentence: str
) -> None:
    def ends_in(days: int) -> None:
        moment = (LATER + timedelta(days=days)).timestamp()
        made = broker.entity_statement(scene.origin, rsa("entity-1"), exp=moment)
        monkeypatch.setenv("KOHTAAMO_FTN_ENTITY_STATEMENT", made)

    ends_in(31)
    assert await check_broker.broker_keys(scene.house) == "1 that can be believed"
    ends_in(days)

    said = await scene.unsound(check_broker.broker_keys)

    assert sentence in said
    assert "set KOHTAAMO_FTN_ENTITY_STATEMENT_FILE or KOHTAAMO_FTN_ENTITY_PIN" in said


async def test_a_key_that_is_a_year_old_is_told_with_the_command(scene: Scene) -> None:
    scene.house = replace(scene.house, clock=lambda: NOW + timedelta(days=366))

    assert "`kohtaamo keys make entity`" in await scene.unsound(check_broker.own_keys)


async def test_other_keys_than_ours_at_our_address_are_told(scene: Scene) -> None:
    other = replace(own_key(KeyUse.SIGNING, "other"), made_at=NOW)
    KeyFolder(scene.house.settings.data).keep(other)

    assert "other keys than those of the data folder" in await scene.unsound(check_broker.published_keys)


@pytest.mark.parametrize("path", [STATEMENT_PATH, JWKS_PATH])
async def test_what_brokers_cannot_read_is_told(scene: Scene, path: str) -> None:
    del scene.shown[path]

    assert "let the addresses under /.well-known/ through" in await scene.unsound(check_broker.published_keys)


async def test_what_another_signed_is_told(scene: Scene) -> None:
    us = RelyingParty(public_url=scene.origin, organisation="Bank", redirect_uris=())
    others = OwnKeys(tuple(own_key(use, "other") for use in KeyUse))
    scene.shown[JWKS_PATH] = signed_jwks(us, others, now=LATER) or ""

    assert "not signed by its own entity key" in await scene.unsound(check_broker.published_keys)


async def test_one_finding_makes_the_exit_status_one(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    del scene.shown["/keys"]
    looks: Mapping[str, object] = {name: look for name, look in check.CHECKS.items() if look in LOOKS}

    assert list(looks) == ["broker", "broker's keys", "our keys", "published keys"]
    assert await check.check(scene.house) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("broker's keys")]
    assert [": ".join(line.split(": ")[:1]) for line in lines] == ["broker's keys    not sound"]
