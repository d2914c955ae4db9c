"""npm's oidc-provider, which nobody here wrote, as a broker of the Finnish Trust Network."""

import asyncio
import json
import shutil
import subprocess
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.instances.ports import free_port

FOLDER = Path(__file__).parent.parent / "second_opinion"
OLDEST_NODE = 20
CLIENT_ID = "kohtaamo-second-opinion"


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A running broker, at its issuer."""

    issuer: str

    async def seals_by(self, alg: str, enc: str) -> None:
        """Let it seal its assertions so from now on."""
        await self._asked("POST", "/combination", json.dumps({"alg": alg, "enc": enc}))

    async def seen(self) -> Mapping[str, Any]:
        """Return which members each request had, and how many were pushed."""
        read: Mapping[str, Any] = json.loads(await self._asked("GET", "/seen"))
        return read

    async def entity_statement(self) -> str:
        return await self._asked("GET", "/.well-known/openid-federation")

    async def _asked(self, method: str, path: str, body: str | None = None) -> str:
        async with (
            ClientSession() as session,
            session.request(method, self.issuer + path, data=body) as answer,
        ):
            assert answer.status == 200
            return await answer.text()


def find_node() -> str:
    """Find Node.js; a test that needs it is left out where there is none, or one that is too old."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed: apt-get install nodejs npm")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(said.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        pytest.skip(f"Node.js {OLDEST_NODE} or newer is needed, and this is {said.strip()}")
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        pytest.fail("oidc-provider is not installed: `make test` does, or `npm ci` in tests/second_opinion")
    return node


@asynccontextmanager
async def second_opinion(
    redirect_uri: str, jwks: Sequence[Mapping[str, object]], *, is_pushed: bool
) -> AsyncIterator[SecondOpinion]:
    """Start it, knowing us by our public keys, and stop it afterwards."""
    settings = {
        "clientId": CLIENT_ID,
        "redirectUri": redirect_uri,
        "jwks": {"keys": list(jwks)},
        "isPushed": is_pushed,
    }
    async with running("broker.js", settings) as issuer:
        yield SecondOpinion(issuer)


@asynccontextmanager
async def running(script: str, settings: Mapping[str, object]) -> AsyncIterator[str]:
    """Start one of the folder's scripts on a free port, and return where it is reached."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        find_node(), script, cwd=FOLDER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({**settings, "port": port}).encode())
        process.stdin.close()
        async with asyncio.timeout(30):
            while await process.stdout.readline() not in (b"ready\n", b""):
                pass
        assert process.returncode is None
        yield f"http://localhost:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
