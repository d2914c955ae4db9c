"""Keys that the installation makes for itself and keeps in its data folder."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def ticket_key(data: Path) -> bytes:
    """Return the P-256 key (PEM) that signs tickets, made at the first start."""
    return kept_file(data / "ticket-key.pem", _new_key)


def kept_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """Read a file that only we may read; make it first where there is none.

    Two processes may start at once: whoever comes second reads what the first wrote.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()


def _new_key() -> bytes:
    return generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
