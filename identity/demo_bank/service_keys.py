"""Our own keys towards the demo bank, as the demo writes them down at its first start."""

import json
from datetime import UTC, datetime

from joserfc.jwk import RSAKey

from identity.oidc.own_key import KeyUse, OwnKey, OwnKeys, made_key

BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
"""Since when the bank knows them: as if they had been agreed on long ago, whatever clock a demo goes by."""


def made_service_keys(bits: int = 2048) -> OwnKeys:
    """Make what signs for us, and what others encrypt to."""
    return OwnKeys(
        tuple(_published(made_key(use, now=BEFORE, bits=bits)) for use in (KeyUse.SIGNING, KeyUse.ENCRYPTION))
    )


def written(keys: OwnKeys) -> bytes:
    return json.dumps({key.use.value: key.key.as_dict(private=True) for key in keys.keys}).encode()


def read(text: bytes) -> OwnKeys:
    return OwnKeys(
        tuple(
            _published(OwnKey(use=KeyUse(use), key=RSAKey.import_key(jwk), made_at=BEFORE))
            for use, jwk in json.loads(text).items()
        )
    )


def _published(key: OwnKey) -> OwnKey:
    return OwnKey(use=key.use, key=key.key, made_at=key.made_at, published_at=key.made_at)
