"""Seal small secrets that must come back, with a key that stands outside the database."""

import hmac
import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.derived_key import derived_key
from server.person_keys import PersonKeys
from server.vault import Vault

VERSION = b"\x01"
NONCE_BYTES = 12


class BrokenSeal(Exception):
    """Sealed with another secret, for another purpose, or changed since."""


class Sealer:
    """AES-256-GCM under a key derived from the installation's secret.

    `vault` seals personal identity codes, with keys that can be changed; `person_keys` is their folder.
    """

    def __init__(self, secret: bytes, *, person_keys: Path | None = None) -> None:
        if len(secret) < 16:
            raise ValueError("a secret has at least 16 bytes")
        self.vault = Vault(PersonKeys(secret, person_keys))
        self._vouching = derived_key(secret, "access log head")
        self._cipher = AESGCM(derived_key(secret, "sealing 1"))

    def seal(self, plain: bytes, *, purpose: str) -> bytes:
        """Return version, nonce and sealed bytes; they open for the same purpose alone."""
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, plain, VERSION + purpose.encode())

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """Raise BrokenSeal."""
        nonce, body = sealed[1 : NONCE_BYTES + 1], sealed[NONCE_BYTES + 1 :]
        if sealed[:1] != VERSION or len(nonce) < NONCE_BYTES:
            raise BrokenSeal
        try:
            return self._cipher.decrypt(nonce, body, VERSION + purpose.encode())
        except InvalidTag as broken:
            raise BrokenSeal from broken

    def vouch(self, data: bytes) -> bytes:
        """Return a proof that this installation said so (HMAC-SHA-256)."""
        return hmac.digest(self._vouching, data, sha256)

    def vouches(self, data: bytes, proof: bytes) -> bool:
        return hmac.compare_digest(self.vouch(data), proof)
