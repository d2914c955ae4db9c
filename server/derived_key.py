"""One secret of the installation, and a key of its own for each purpose."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derived_key(secret: bytes, purpose: str) -> bytes:
    """Return 32 bytes that only the secret's holder can make again (HKDF-SHA-256, RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"kohtaamo {purpose}".encode()).derive(secret)
