"""One of our keys as a file keeps it: JSON, with the private JWK inside."""

import json
from datetime import UTC, datetime

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

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
