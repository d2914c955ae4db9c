"""Makes tokens by hand, also such as no library makes: any header, any algorithm, any bytes."""

import json
import os
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.padding import PKCS7
from joserfc.jwk import RSAKey

Header = Mapping[str, object]


def _private(key: RSAKey) -> rsa.RSAPrivateKey:
    assert key.private_key is not None
    return key.private_key


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def written(members: Header) -> str:
    """Write a header; members that are None are left out."""
    return b64(json.dumps({name: value for name, value in members.items() if value is not None}).encode())


def jws_by_hand(header: Header, payload: bytes, key: RSAKey) -> str:
    """Sign by RS256, whatever the header says."""
    signed = f"{written(header)}.{b64(payload)}"
    signature = _private(key).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{b64(signature)}"


def jws_by(alg: str, header: Header, payload: bytes, secret: bytes = b"") -> str:
    """Sign truly by another algorithm than the one that was agreed on."""
    signed = f"{written({**header, 'alg': alg})}.{b64(payload)}"
    return f"{signed}.{b64(_signature(alg, signed.encode(), secret))}"


def _signature(alg: str, signed: bytes, secret: bytes) -> bytes:
    if alg == "none":
        return b""
    if alg == "HS256":
        mac = hmac.HMAC(secret, hashes.SHA256())
        mac.update(signed)
        return mac.finalize()
    return ec.generate_private_key(ec.SECP256R1()).sign(signed, ec.ECDSA(hashes.SHA256()))


def rsa_signature(alg: str, header: Header, payload: bytes, key: RSAKey) -> str:
    """Sign by another algorithm for the same key."""
    signed = f"{written({**header, 'alg': alg})}.{b64(payload)}"
    if alg == "PS256":
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        return f"{signed}.{b64(_private(key).sign(signed.encode(), pss, hashes.SHA256()))}"
    return f"{signed}.{b64(_private(key).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA512()))}"


def jwe_by_hand(header: Header, plain: bytes, key: RSAKey) -> str:
    """Encrypt as the header says, with whatever else stands in it."""
    content_key = os.urandom(32)
    if header.get("zip"):
        deflate = zlib.compressobj(wbits=-15)
        plain = deflate.compress(plain) + deflate.flush()
    protected = written(header)
    if header.get("enc") == "A256GCM":
        iv = os.urandom(12)
        sealed = AESGCM(content_key).encrypt(iv, plain, protected.encode())
        text, tag = sealed[:-16], sealed[-16:]
    else:
        iv = os.urandom(16)
        text, tag = _cbc_hs256(content_key, iv, plain, protected.encode())
    wrapped = b"" if header.get("alg") == "dir" else _wrapped(str(header.get("alg")), content_key, key)
    return ".".join((protected, *(b64(part) for part in (wrapped, iv, text, tag))))


def _wrapped(alg: str, content_key: bytes, key: RSAKey) -> bytes:
    public: rsa.RSAPublicKey = key.public_key
    if alg == "RSA1_5":
        return public.encrypt(content_key, padding.PKCS1v15())
    digest = hashes.SHA256() if alg == "RSA-OAEP-256" else hashes.SHA1()
    return public.encrypt(content_key, padding.OAEP(padding.MGF1(digest), digest, None))


def _cbc_hs256(key: bytes, iv: bytes, plain: bytes, aad: bytes) -> tuple[bytes, bytes]:
    pad = PKCS7(128).padder()
    cipher = Cipher(algorithms.AES(key[16:]), modes.CBC(iv)).encryptor()
    text = cipher.update(pad.update(plain) + pad.finalize()) + cipher.finalize()
    mac = hmac.HMAC(key[:16], hashes.SHA256())
    mac.update(aad + iv + text + (len(aad) * 8).to_bytes(8, "big"))
    return text, mac.finalize()[:16]
