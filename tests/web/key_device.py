"""A device that keeps a passkey, as WebAuthn describes it; a test may have it lie."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass(slots=True)
class KeyDevice:
    """`lies` may name another challenge, origin, relying party, flags, count, handle, type or key."""

    origin: str
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    id: bytes = field(default_factory=lambda: token_bytes(32))
    handle: str = ""
    count: int = 0

    def makes(self, options: Mapping[str, Any], **lies: Any) -> str:
        """Answer a request to enrol."""
        self.handle = options["user"]["id"]
        point = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cose
        data = self._data(options["rp"]["id"], ATTESTED, lies) + attested
        said = self._said("webauthn.create", options["challenge"], lies)
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._written({"clientDataJSON": text(said), "attestationObject": text(statement)})

    def signs(self, options: Mapping[str, Any], **lies: Any) -> str:
        """Answer a request to sign in."""
        self.count += 1
        data = self._data(options["rpId"], 0, lies)
        said = self._said("webauthn.get", options["challenge"], lies)
        key: EllipticCurvePrivateKey = lies.get("key", self.key)
        signature = key.sign(data + sha256(said).digest(), ECDSA(SHA256()))
        return self._written(
            {
                "clientDataJSON": text(said),
                "authenticatorData": text(data),
                "signature": text(signature),
                "userHandle": lies.get("handle", self.handle),
            }
        )

    def _data(self, party: str, flags: int, lies: Mapping[str, Any]) -> bytes:
        party_hash = sha256(str(lies.get("party", party)).encode()).digest()
        told = lies.get("flags", PRESENT | VERIFIED) | flags
        return party_hash + bytes([told]) + int(lies.get("count", self.count)).to_bytes(4)

    def _said(self, kind: str, challenge: str, lies: Mapping[str, Any]) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said | {name: value for name, value in lies.items() if name in said}).encode()

    def _written(self, response: Mapping[str, Any]) -> str:
        own = {"id": text(self.id), "rawId": text(self.id), "type": "public-key"}
        return json.dumps({**own, "response": response, "clientExtensionResults": {}})


def text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def content_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
