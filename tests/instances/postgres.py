"""A PostgreSQL of our own for as long as the tests run: in a temporary folder, on a socket, without fsync."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import asyncpg
import pytest

from tests.instances.ports import free_port

DURABLE = {"max_connections": "200"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: where its socket lies, and the port that names the socket."""

    folder: Path
    port: int
    control: tuple[str, ...] = ()

    def command(self, *words: str) -> None:
        """Tell `pg_ctl` what to do, and wait until it is done."""
        quietly([*self.control, *words], self.folder)

    def url(self, database: str, driver: str = "postgresql+asyncpg") -> str:
        """Say how SQLAlchemy reaches a database of this server."""
        return f"{driver}://kohtaamo@/{database}?host={quote(str(self.folder))}&port={self.port}"

    async def fresh(self, like: str = "template1") -> str:
        """Make a database, empty or like one that nobody is connected to, and return its name."""
        name = f"test_{uuid4().hex}"
        await self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return name

    async def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        await self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def _administer(self, statement: str) -> None:
        connection = await asyncpg.connect(
            host=str(self.folder), port=self.port, user="kohtaamo", database="postgres"
        )
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_postgres(how: Mapping[str, str] = FAST) -> Iterator[Postgres]:
    """Start a private server in a folder of its own, and stop it in the end."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="kohtaamo-pg-"))
    as_owner = become_owner(folder)
    data, port = folder / "data", free_port()
    options = {**how, "port": str(port), "listen_addresses": "''", "unix_socket_directories": folder}
    flags = " ".join(f"-c {name}={value}" for name, value in options.items())
    control = (*as_owner, str(programs / "pg_ctl"), "-D", str(data), "-s", "-w")
    server = Postgres(folder, port, (*control, "-l", str(folder / "log"), "-o", flags))
    init = [str(programs / "initdb"), "-D", str(data), "-U", "kohtaamo", "-A", "trust", "-N", "-E", "UTF8"]
    quietly([*as_owner, *init, "--locale=C.UTF-8"], folder)
    try:
        server.command("start")
        yield server
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start a private server, and stop it after the last test; left out where Debian's package is missing."""
    with running_postgres() as server:
        yield server


@pytest.fixture
async def fresh_postgres(postgres: Postgres) -> AsyncIterator[Callable[[], Awaitable[str]]]:
    """Hand out addresses of new, empty databases; all are dropped when the test ends."""
    names: list[str] = []

    async def fresh() -> str:
        names.append(await postgres.fresh())
        return postgres.url(names[-1])

    yield fresh
    for name in names:
        await postgres.drop(name)


@pytest.fixture
async def postgres_url(fresh_postgres: Callable[[], Awaitable[str]]) -> str:
    """The address of one new, empty database."""
    return await fresh_postgres()


def find_programs() -> Path:
    """Find the folder of the newest server; Debian does not put it on the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


def become_owner(folder: Path) -> list[str]:
    """Give the folder to whom the server may run as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", "--"]


def quietly(command: list[str], folder: Path) -> None:
    """Run a program of PostgreSQL; what it said is shown only when it fails."""
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{command[-1]}: {done.stderr or done.stdout}"
