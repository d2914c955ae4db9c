"""Proof Key for Code Exchange (RFC 7636), by SHA-256 alone."""

from base64 import urlsafe_b64encode
from hashlib import sha256

METHOD = "S256"


def challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")
