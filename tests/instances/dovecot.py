"""A real mailbox: Debian's Dovecot on a maildir, behind a door of ours that does TLS and the login.

Unpacked beside the tools it cannot open a door by itself (where its modules lie is built into it), but it
serves who has been let in.
"""

import asyncio
import os
import shutil
import ssl
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.installing.mail_server import MAIL_SERVER
from tests.instances.exim import certify, give_away, nobody
from tests.instances.ports import free_port

LOGIN = "bounces nine-plain-words"
RULES = """
mail_location = maildir:{folder}/box
log_path = {folder}/log
base_dir = {folder}
mail_plugin_dir = {home}/lib/dovecot/modules
ssl = no
first_valid_uid = 1
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
"""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox with one folder, by TLS and, for the same machine, without."""

    folder: Path
    home: Path
    port: int
    clear_port: int

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def url(self, password: str = "nine-plain-words", *, host: str = "localhost") -> str:
        return f"imaps://bounces:{password}@{host}:{self.port}/INBOX"

    @property
    def clear(self) -> str:
        return f"imap://bounces:nine-plain-words@127.0.0.1:{self.clear_port}/INBOX"

    def put(self, mail: bytes, name: str) -> None:
        """Deliver a mail, as a mail server does."""
        (self.folder / "box" / "new" / name).write_bytes(mail)

    def marks(self) -> dict[str, str]:
        """Tell which mails there are, and how each is marked: `S` as read, `T` as deleted."""
        paths = [path for place in ("new", "cur") for path in (self.folder / "box" / place).iterdir()]
        return {path.name.partition(":")[0]: path.name.partition(":2,")[2] for path in paths}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Let in who knows the password, and hand them over to Dovecot."""
        writer.write(b"* OK [CAPABILITY IMAP4rev1] here\r\n")
        try:
            while line := (await reader.readline()).decode().strip():
                tag, _, command = line.partition(" ")
                if command == "CAPABILITY":
                    writer.write(f"* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n".encode())
                elif command == "LOGOUT":
                    writer.write(f"* BYE\r\n{tag} OK done\r\n".encode())
                    return
                elif command.replace('"', "") == f"LOGIN {LOGIN}":
                    await self._hand_over(tag, reader, writer)
                    return
                else:
                    writer.write(f"{tag} NO refused\r\n".encode())
        except (ConnectionError, ssl.SSLError):
            return
        finally:
            writer.close()

    async def _hand_over(self, tag: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pipe, home = asyncio.subprocess.PIPE, self.home
        user, group = nobody()
        process = await asyncio.create_subprocess_exec(
            *(home / "bin/doveconf", "-c", self.folder / "conf", "-m", "imap", "-p"),
            *("-e", home / "lib/dovecot/imap"),
            env={
                "USER": "bounces",
                "HOME": str(self.folder),
                "LD_LIBRARY_PATH": ":".join(map(str, {path.parent for path in home.glob("lib/**/*.so*")})),
            },
            cwd=self.folder,
            user=user if os.geteuid() == 0 else None,
            group=group if os.geteuid() == 0 else None,
            stdin=pipe,
            stdout=pipe,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        await process.stdout.readline()  # its welcome to who has logged in already
        writer.write(f"{tag} OK logged in\r\n".encode())
        back = asyncio.create_task(_pour(process.stdout, writer))
        await _pour(reader, process.stdin)
        process.stdin.close()
        await process.wait()
        await back


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    while some := await source.read(65536):
        into.write(some)
        await into.drain()


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Path]:
    """The programs, where whom they run as can read them; left out where they were not brought."""
    home = MAIL_SERVER / "usr"
    if not (home / "lib/dovecot/imap").exists():
        pytest.skip("Dovecot is not here: `make test` brings it where apt-get can download")
    with tempfile.TemporaryDirectory(prefix="kohtaamo-dovecot-") as name:
        for part in ("lib", "bin"):
            shutil.copytree(home / part, Path(name) / part, symlinks=True)
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
async def imap_box(dovecot: Path) -> AsyncIterator[Mailbox]:
    """An empty mailbox for one test."""
    with tempfile.TemporaryDirectory(prefix="kohtaamo-imap-") as name:
        folder = Path(name)
        for place in ("new", "cur", "tmp"):
            (folder / "box" / place).mkdir(parents=True)
        certify(folder)
        (folder / "conf").write_text(RULES.format(folder=folder, home=dovecot))
        give_away(folder)
        async with _listening(Mailbox(folder, dovecot, free_port(), free_port())) as box:
            yield box


@asynccontextmanager
async def _listening(box: Mailbox) -> AsyncIterator[Mailbox]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(box.folder / "server.pem")
    async with (
        await asyncio.start_server(box.serve, "127.0.0.1", box.port, ssl=context),
        await asyncio.start_server(box.serve, "127.0.0.1", box.clear_port),
    ):
        yield box
