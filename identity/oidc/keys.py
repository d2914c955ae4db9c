"""A broker's public keys: which of them may verify an assertion."""

from collections.abc import Iterable
from dataclasses import dataclass
from warnings import catch_warnings, simplefilter

from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, RSAKey

SMALLEST_RSA_BITS = 2048
MOST = 32

VerifyingKey = RSAKey | ECKey


@dataclass(frozen=True, slots=True)
class VerifyingKeys:
    """Public signing keys by `kid`. What is weak, private, for encryption or nameless was left out."""

    by_kid: dict[str, VerifyingKey]

    def get(self, kid: str) -> VerifyingKey | None:
        return self.by_kid.get(kid)


def verifying_keys(jwks: object) -> VerifyingKeys:
    """Read a JWK Set (RFC 7517); one bad key does not spoil the others."""
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    keys = _usable(listed[:MOST]) if isinstance(listed, list) else ()
    return VerifyingKeys({str(key.kid): key for key in keys})


def _usable(listed: list[object]) -> Iterable[VerifyingKey]:
    for jwk in listed:
        if not isinstance(jwk, dict) or not isinstance(jwk.get("kid"), str) or "d" in jwk:
            continue
        key = _imported(jwk) if jwk.get("use", "sig") == "sig" else None
        if key is not None:
            yield key


def _imported(jwk: dict[str, str | list[str]]) -> VerifyingKey | None:
    try:
        if jwk.get("kty") == "RSA":
            return _imported_rsa(jwk)
        if jwk.get("kty") == "EC" and jwk.get("crv") == "P-256":
            return ECKey.import_key(jwk)
    except (JoseError, SecurityWarning, ValueError, TypeError, KeyError):
        return None
    return None


def _imported_rsa(jwk: dict[str, str | list[str]]) -> RSAKey | None:
    """The library only warns of a small key; its warning is an error here. Raises SecurityWarning."""
    with catch_warnings():
        simplefilter("error", SecurityWarning)
        key = RSAKey.import_key(jwk)
    return key if key.public_key.key_size >= SMALLEST_RSA_BITS else None
