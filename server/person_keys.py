"""Keys by which people are recognised and their codes are sealed: by number, outside the database.

The first comes from the installation's secret. Each later one is a file of 32 random bytes in the
folder `person-keys` beside the embedded database, which every machine of the installation must see.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from identity.personal_code import FIRST_VERSION, SubjectKeys
from server.derived_key import KEY_BYTES, derived_key

FOLDER = "person-keys"
LAST_VERSION = 255
"""A key's number is one byte of whatever was made with it."""


class KeyMissing(Exception):
    """Something was made with a key that is not here; carries the key's number."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class PersonKeys:
    """All keys by their numbers; the highest makes what is new, all open what is old.

    A key that another process makes is seen at the next use: the folder's time of change tells.
    """

    def __init__(self, secret: bytes, folder: Path | None = None) -> None:
        self._first = derived_key(secret, "subject"), derived_key(secret, "persons")
        self._folder = folder
        self._seen: int | None = None
        self._keys = {FIRST_VERSION: self._first}

    @property
    def newest(self) -> int:
        return max(self._all())

    @property
    def versions(self) -> tuple[int, ...]:
        """Return the numbers of all keys, the newest first."""
        return tuple(sorted(self._all(), reverse=True))

    def subject_keys(self, version: int) -> SubjectKeys:
        """Raises KeyMissing."""
        return SubjectKeys(self._of(version)[0], version=version)

    def sealing_key(self, version: int) -> bytes:
        """Raises KeyMissing."""
        return self._of(version)[1]

    def _of(self, version: int) -> tuple[bytes, bytes]:
        try:
            return self._all()[version]
        except KeyError:
            raise KeyMissing(version) from None

    def _all(self) -> Mapping[int, tuple[bytes, bytes]]:
        if self._folder is None:
            return self._keys
        try:
            changed = self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            return self._keys
        if changed != self._seen:
            self._keys = {FIRST_VERSION: self._first} | _read(self._folder)
            self._seen = changed
        return self._keys


def make_key(folder: Path) -> int:
    """Make the next key, readable by this user alone, and return its number. Raises ValueError at the end."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    version = max([FIRST_VERSION, *_read(folder)]) + 1
    if version > LAST_VERSION:
        raise ValueError("a key's number is one byte")
    draft = folder / f".{version}.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, folder / f"{version}.key")
    finally:
        draft.unlink()
    return version


def remove_key(folder: Path, version: int) -> None:
    (folder / f"{version}.key").unlink()


def _read(folder: Path) -> dict[int, tuple[bytes, bytes]]:
    found = {}
    for file in folder.glob("*.key"):
        if file.stem.isdigit() and FIRST_VERSION < int(file.stem) <= LAST_VERSION:
            secret = file.read_bytes()
            found[int(file.stem)] = derived_key(secret, "subject"), derived_key(secret, "persons")
    return found
