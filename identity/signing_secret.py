"""Secrets by which webhooks are signed, written as Standard Webhooks has them."""

import secrets
from base64 import b64encode

PREFIX = "whsec_"
BYTES = 32


def fresh_signing_secret() -> str:
    """Make 256 random bits: `whsec_` and base64."""
    return PREFIX + b64encode(secrets.token_bytes(BYTES)).decode()
