"""What becomes of a personal identity code: keys that tell nothing, and a seal that only we can open."""

import os
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from identity.personal_code import PersonalCode, personal_code
from server.person_keys import PersonKeys

NONCE_BYTES = 12
PURPOSE = b"kohtaamo person\0"


class BrokenSeal(Exception):
    """Sealed for another row, with another key of the same number, or changed since."""


class Vault:
    """AES-256-GCM under the newest key; a seal holds for the row of one person alone."""

    def __init__(self, keys: PersonKeys) -> None:
        self.keys = keys

    def subject_keys(self, code: PersonalCode) -> Sequence[bytes]:
        """Return what the code's person may be known by, the newest first."""
        return [self.keys.subject_keys(version).of(code) for version in self.keys.versions]

    def seal(self, code: PersonalCode, person_id: UUID) -> bytes:
        """Return the key's number, a nonce and the sealed code."""
        version = self.keys.newest
        cipher, nonce = AESGCM(self.keys.sealing_key(version)), os.urandom(NONCE_BYTES)
        sealed = cipher.encrypt(nonce, code.text.encode("ascii"), _bound_to(version, person_id))
        return bytes([version]) + nonce + sealed

    def open(self, sealed: bytes, person_id: UUID) -> PersonalCode:
        """Raises BrokenSeal and KeyMissing."""
        version, nonce, body = sealed[0], sealed[1 : NONCE_BYTES + 1], sealed[NONCE_BYTES + 1 :]
        cipher = AESGCM(self.keys.sealing_key(version))
        try:
            text = cipher.decrypt(nonce, body, _bound_to(version, person_id)).decode("ascii")
        except InvalidTag:
            raise BrokenSeal from None
        return personal_code(text, today=date.max)


def _bound_to(version: int, person_id: UUID) -> bytes:
    return PURPOSE + bytes([version]) + person_id.bytes
