"""Where our keys towards brokers lie: a folder that only we may read, a file a key."""

import os
from pathlib import Path

from identity.ftn.provider import NAME
from identity.oidc.federation import RelyingParty
from identity.oidc.key_text import NotAKey, read, written
from identity.oidc.own_key import OwnKey, OwnKeys
from server.settings import BadSettings
from web.public_site import Site

FOLDER = "broker-keys"


def known_as(site: Site) -> RelyingParty:
    """Return who we are to brokers: what our entity statement says."""
    return RelyingParty(
        public_url=site.public_url,
        organisation=site.organisation,
        redirect_uris=(f"{site.public_url}/identify/{NAME}/callback",),
    )


class KeyFolder:
    """Gives the keys as they stand: files that changed since are read again, the others not."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._seen: frozenset[tuple[str, int]] = frozenset()
        self._keys = OwnKeys()

    def __call__(self) -> OwnKeys:
        """Raises BadSettings for a file that cannot be read, or that others may read.

        Once keys were read, those go on being used: a file that somebody spoils
        at noon must not turn customers away.
        """
        try:
            self._look()
        except BadSettings:
            if not self._keys.keys:
                raise
        return self._keys

    def keep(self, key: OwnKey) -> None:
        """Write a key so that nobody ever sees half of it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(key)
        draft = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(written(key))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def remove(self, key: OwnKey) -> None:
        self._path(key).unlink(missing_ok=True)

    def _look(self) -> None:
        try:
            found = self._files()
            seen = frozenset((path.name, path.stat().st_mtime_ns) for path in found)
            if seen != self._seen:
                self._keys = OwnKeys(tuple(_read(path) for path in found))
                self._seen = seen
        except OSError as error:
            raise BadSettings(f"{self._folder} cannot be read ({error.strerror})") from None

    def _path(self, key: OwnKey) -> Path:
        return self._folder / f"{key.use}-{key.kid}.json"

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []


def _read(path: Path) -> OwnKey:
    if path.stat().st_mode & 0o077:
        raise BadSettings(f"{path} may be read by others; run `chmod 600` on it")
    try:
        return read(path.read_bytes())
    except NotAKey:
        raise BadSettings(f"{path} holds no key of ours") from None
