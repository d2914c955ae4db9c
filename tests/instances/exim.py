"""A real mail server: Debian's Exim, in a folder of its own, without rights, and relaying nowhere."""

import asyncio
import os
import pwd
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import TypeVar

import pytest
import trustme

from server.installing.mail_server import MAIL_SERVER
from tests.instances.exim_rules import PASSWORD, PIPE, USER, Ports, rules
from tests.instances.ports import free_port, until_listening

Thing = TypeVar("Thing")

AFAR = "127.0.0.2"
"""An address of this machine that the product takes for another one's."""

NOT_CERTIFIED = "127.0.0.3"
"""Another, where the same server listens, and which its certificate does not name."""


@dataclass(frozen=True, slots=True)
class Exim:
    """A running server: where it listens, and the folders that it puts its mail into."""

    folder: Path
    ports: Ports

    @property
    def ca(self) -> Path:
        """The authority that its certificate is of; nobody else trusts it."""
        return self.folder / "ca.pem"

    @property
    def here(self) -> str:
        """The server as a neighbour on the same machine, where nobody asks for its certificate."""
        return f"smtp://127.0.0.1:{self.ports.starttls}"

    def afar(self, password: str = PASSWORD, *, scheme: str = "smtp") -> str:
        """Return the server as another machine's, with a login."""
        port = self.ports.tls if scheme == "smtps" else self.ports.starttls
        return f"{scheme}://{USER}:{password}@{AFAR}:{port}"

    @property
    def clear(self) -> str:
        """A door of the server that offers a login and no encryption."""
        return f"smtp://{USER}:{PASSWORD}@{AFAR}:{self.ports.clear}"

    async def until_delivered(self, address: str, count: int = 1) -> list[EmailMessage]:
        """Wait until so many mails lie in the mailbox for an address; raises TimeoutError if they do not."""
        return await until(lambda: self.delivered(address), count)

    def delivered(self, address: str) -> list[EmailMessage]:
        """List what lies in the mailbox for an address."""
        read = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes
        mails = [read(path.read_bytes()) for path in sorted((self.folder / "box" / "new").glob("*"))]
        return [mail for mail in mails if mail["Envelope-To"] == address]

    async def until_piped(self, count: int = 1) -> list[bytes]:
        """Wait until so many mails have gone through the pipe for bounces; return and forget them."""
        found = await until(lambda: sorted((self.folder / "piped").glob("*.mail")), count)
        mails = [path.read_bytes() for path in found]
        for path in found:
            path.unlink()
        return mails

    def log(self) -> str:
        """Return what the server wrote down of its work."""
        return (self.folder / "log" / "main").read_text()


async def until(look: Callable[[], list[Thing]], count: int) -> list[Thing]:
    """Look until so many things are there: another program puts them into a folder."""
    async with asyncio.timeout(20):
        while True:
            found = look()
            if len(found) >= count:
                return found
            await asyncio.sleep(0.02)


@pytest.fixture(scope="session")
async def exim() -> AsyncIterator[Exim]:
    """Start a mail server, and stop it after the last test; left out where it was not brought."""
    with _folder() as folder:
        server = Exim(folder, Ports(*(free_port(host=AFAR) for _ in range(3))))
        program = _install(folder)
        certify(folder)
        (folder / "exim.conf").write_text(rules(folder, server.ports))
        async with _running(program, folder):
            await until_listening(server.ports.tls, host=AFAR)
            yield server


@asynccontextmanager
async def _running(program: Path, folder: Path) -> AsyncIterator[None]:
    environment = _environment(folder)
    owner = give_away(folder)
    process = await asyncio.create_subprocess_exec(
        program,
        "-C",
        folder / "exim.conf",
        "-bdf",
        cwd=folder,
        env=environment,
        start_new_session=True,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        user=owner and owner[0],
        group=owner and owner[1],
        extra_groups=owner and (),
    )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # it and whatever it still does for somebody
        await process.wait()


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kohtaamo-exim-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _install(folder: Path) -> Path:
    """Copy the program, which takes the right to become root from it, and the libraries that it brought."""
    homes = [home for home in (MAIL_SERVER, Path("/")) if (home / "usr/sbin/exim4").exists()]
    if not homes:
        pytest.skip("Exim is not here: `make test` brings it where apt-get can download")
    for name in ("bin", "lib", "log", "spool", "piped"):
        (folder / name).mkdir()
    for library in (*homes[0].glob("usr/lib/*/*.so*"), *homes[0].glob("lib/*/*.so*")):
        if homes[0] == MAIL_SERVER or library.name == "libnss_wrapper.so":
            shutil.copyfile(library, folder / "lib" / library.name)
    shutil.copyfile(homes[0] / "usr/sbin/exim4", folder / "bin" / "exim4")
    (folder / "bin" / "exim4").chmod(0o755)
    (folder / "bin" / "pipe").write_text(PIPE)
    return folder / "bin" / "exim4"


def certify(folder: Path) -> None:
    """Write a certificate for the server, and the authority that it is of."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1", AFAR)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))


def _environment(folder: Path) -> dict[str, str]:
    """Let Debian's Exim find the user that it insists on: us, by a list of users that it alone reads."""
    user, group = nobody()
    (folder / "users").write_text(f"Debian-exim:x:{user}:{group}::/nonexistent:/bin/false\n")
    (folder / "groups").write_text(f"Debian-exim:x:{group}:\n")
    return {
        "PATH": "/usr/bin:/bin",
        "LD_LIBRARY_PATH": str(folder / "lib"),
        "LD_PRELOAD": "libnss_wrapper.so",
        "NSS_WRAPPER_PASSWD": str(folder / "users"),
        "NSS_WRAPPER_GROUP": str(folder / "groups"),
    }


def nobody() -> tuple[int, int]:
    """Return whom the server runs as: ourselves, or nobody where we are root."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    user = pwd.getpwnam("nobody")
    return user.pw_uid, user.pw_gid


def give_away(folder: Path) -> tuple[int, int] | None:
    """Give the folder to whom the server runs as, where that is not us."""
    if os.geteuid() != 0:
        return None
    for path in (folder, *folder.rglob("*")):
        os.chown(path, *nobody())
    return nobody()
