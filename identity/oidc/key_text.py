"""One of our keys as a file keeps it: JSON, with the private JWK inside."""

import json
from datetime import UTC, datetime
from warnings import catch_warnings, simplefilter

from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import RSAKey

from identity.oidc.keys import SMALLEST_RSA_BITS
from identity.oidc.own_key import KeyUse, OwnKey


class NotAKey(ValueError):
    """Carries nothing: what was read may be a private key."""


def written(key: OwnKey) -> bytes:
    moments = {
        name: None if at is None else at.astimezone(UTC).isoformat()
        for name, at in (
            ("made_at", key.made_at),
            ("published_at", key.published_at),
            ("retired_at", key.retired_at),
            ("over_at", key.over_at),
        )
    }
    text = {"use": key.use.value, **moments, "jwk": key.key.as_dict(private=True)}
    return json.dumps(text, indent=1).encode()


def from_pem(use: KeyUse, pem: bytes, *, now: datetime) -> OwnKey:
    """Take over a private key that was made elsewhere, of 2048 bits or more. Raises NotAKey."""
    try:
        with catch_warnings():
            simplefilter("error", SecurityWarning)
            key = RSAKey.import_key(pem)
    except (JoseError, SecurityWarning, ValueError, TypeError):
        raise NotAKey from None
    if not key.is_private or key.private_key is None or key.private_key.key_size < SMALLEST_RSA_BITS:
        raise NotAKey
    return OwnKey(use=use, key=key, made_at=now)


def read(text: bytes) -> OwnKey:
    """Raises NotAKey."""
    try:
        said = json.loads(text)
        moments = {
            name: None if said[name] is None else datetime.fromisoformat(said[name])
            for name in ("published_at", "retired_at", "over_at")
        }
        key = RSAKey.import_key(said["jwk"])
        if not key.is_private:
            raise NotAKey
        return OwnKey(
            use=KeyUse(said["use"]), key=key, made_at=datetime.fromisoformat(said["made_at"]), **moments
        )
    except (JoseError, ValueError, TypeError, KeyError):
        raise NotAKey from None
