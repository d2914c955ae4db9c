"""Signatures of Standard Webhooks: HMAC-SHA256 over id, moment and body, one for each secret."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from identity.signing_secret import PREFIX


def signed_headers(
    notice_id: UUID, body: bytes, secrets: Sequence[str], *, now: datetime
) -> Mapping[str, str]:
    """Return the three headers; the id is the same at every try, the moment and the signatures are new."""
    told_id, moment = f"msg_{notice_id.hex}", str(int(now.timestamp()))
    content = f"{told_id}.{moment}.".encode() + body
    return {
        "webhook-id": told_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(secret, content) for secret in secrets),
    }


def _signature(secret: str, content: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return "v1," + b64encode(hmac.digest(key, content, "sha256")).decode()
