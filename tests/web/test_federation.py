"""What brokers read at our well-known addresses, over real HTTP, where `ftn` is set up."""

from asyncio import to_thread
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from identity.oidc.key_rotation import publish
from identity.oidc.own_key import KeyUse, OwnKeys, made_key
from server.app import build_app
from server.front import listening_socket, served
from server.house import open_house
from server.own_keys import KeyFolder
from server.settings import BadSettings, Mode, Settings
from tests.web.demo_database import demo_database

SECRET = "only for tests, 32 bytes or more"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FTN = {"BROKER": "telia", "CLIENT_ID": "client", "ENVIRONMENT": "test"}


@asynccontextmanager
async def house_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, providers: tuple[str, ...], has_keys: bool = True
) -> AsyncIterator[str]:
    """Open the whole application and say where it is."""
    for name, value in FTN.items():
        monkeypatch.setenv(f"KOHTAAMO_FTN_{name}", value)
    (folder / "kohtaamo.sqlite3").write_bytes(await to_thread(demo_database, SECRET.encode()))
    if has_keys:
        await to_thread(_make_keys, folder)
    listening = listening_socket("127.0.0.1", 0)
    origin = f"http://localhost:{listening.getsockname()[1]}"
    house = open_house(
        Settings(mode=Mode.DEMO, data=folder, public_url=origin, secret=SECRET, identity=providers)
    )
    try:
        async with served(build_app(house), listening):
            yield origin
    finally:
        listening.close()
        await house.units.close()


def _make_keys(folder: Path) -> None:
    keys = KeyFolder(folder)
    for use in KeyUse:
        keys.keep(publish(OwnKeys(), made_key(use, now=LONG_AGO, bits=2048), now=LONG_AGO))


async def asked(origin: str, path: str) -> tuple[int, Mapping[str, str], bytes]:
    async with ClientSession() as client, client.get(origin + path) as answer:
        return answer.status, answer.headers, await answer.read()


async def test_brokers_read_who_we_are_and_our_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house_at(tmp_path, monkeypatch, providers=("ftn",)) as origin:
        status, headers, statement = await asked(origin, "/.well-known/openid-federation")
        assert (status, headers["Content-Type"]) == (200, "application/entity-statement+jwt")
        assert statement.count(b".") == 2

        status, headers, jwks = await asked(origin, "/.well-known/kohtaamo-signed-jwks.jwt")
        assert (status, headers["Content-Type"]) == (200, "application/jwk-set+jwt")
        assert jwks.count(b".") == 2


async def test_where_no_broker_needs_them_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house_at(tmp_path, monkeypatch, providers=("demo-bank",)) as origin:
        for path in ("/.well-known/openid-federation", "/.well-known/kohtaamo-signed-jwks.jwt"):
            assert (await asked(origin, path))[0] == 404


async def test_no_server_starts_for_a_broker_without_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadSettings, match="which needs keys: `kohtaamo keys` says how"):
        async with house_at(tmp_path, monkeypatch, providers=("ftn",), has_keys=False):
            pass
