"""Assertions that are signed as they must be, and sealed in one way that they must not be."""

import json
from collections.abc import Callable, Sequence

from joserfc.jwk import RSAKey

from tests.identity.hostile.fault import Fault, Setting
from tests.identity.hostile.making import b64, jwe_by_hand

ANOTHER = RSAKey.generate_key(2048)
Seal = Callable[[str, RSAKey], str]


def headed(**members: object) -> Seal:
    """Seal rightly, with other members in the header; None leaves one out."""
    return lambda token, key: jwe_by_hand({**_header(key), **members}, token.encode(), key)


def spoilt(change: Callable[[list[str]], list[str]]) -> Seal:
    return lambda token, key: ".".join(change(jwe_by_hand(_header(key), token.encode(), key).split(".")))


def turned(number: int) -> Seal:
    """Turn one letter in a part."""

    def change(parts: list[str]) -> list[str]:
        part = parts[number]
        letter = "B" if part[9] == "A" else "A"
        return [*parts[:number], part[:9] + letter + part[10:], *parts[number + 1 :]]

    return spoilt(change)


def carrying(payload: bytes) -> Seal:
    return lambda _, key: jwe_by_hand(_header(key), payload, key)


def to_another(token: str, key: RSAKey) -> str:
    return jwe_by_hand(_header(key), token.encode(), ANOTHER)


def claims_alone(token: str, key: RSAKey) -> str:
    """Seal what was to be signed: encryption vouches for nobody."""
    return jwe_by_hand(_header(key), token.split(".")[1].encode(), key)


def twice_sealed(token: str, key: RSAKey) -> str:
    return jwe_by_hand(_header(key), jwe_by_hand(_header(key), token.encode(), key).encode(), key)


def as_json(token: str, key: RSAKey) -> str:
    names = ("protected", "encrypted_key", "iv", "ciphertext", "tag")
    parts = jwe_by_hand(_header(key), token.encode(), key).split(".")
    return json.dumps(dict(zip(names, parts, strict=True)))


def _header(key: RSAKey) -> dict[str, object]:
    return {"alg": "RSA-OAEP", "enc": "A128CBC-HS256", "cty": "JWT", "kid": key.kid}


def _sealed(name: str, check: str, seal: Seal, setting: Setting = Setting.TEST) -> Fault:
    return Fault(name=name, check=check, seal=seal, setting=setting)


SEALS: Sequence[Fault] = (
    _sealed("unencrypted", "not_encrypted", lambda token, _: token),
    _sealed("json-serialisation", "not_encrypted", as_json),
    _sealed("jwe-four-parts", "not_encrypted", spoilt(lambda parts: parts[:4])),
    _sealed("jwe-six-parts", "not_encrypted", spoilt(lambda parts: [*parts, "AA"])),
    _sealed("alg-rsa1_5", "jwe_alg", headed(alg="RSA1_5")),
    _sealed("alg-not-agreed-on", "jwe_alg", headed(alg="RSA-OAEP-256")),
    _sealed("alg-dir", "jwe_alg", headed(alg="dir")),
    _sealed("jwe-alg-missing", "jwe_alg", headed(alg=None)),
    _sealed("enc-not-agreed-on", "jwe_enc", headed(enc="A256GCM")),
    _sealed("enc-missing", "jwe_enc", headed(enc=None)),
    _sealed("zip", "jwe_zip", headed(zip="DEF")),
    _sealed("jwe-crit", "jwe_crit", headed(crit=["exp"])),
    _sealed("cty-other", "jwe_cty", headed(cty="json")),
    _sealed("jwe-iss-other", "jwe_iss", headed(iss="https://rogue.example")),
    _sealed("jwe-aud-other", "jwe_aud", headed(aud="another-service")),
    _sealed("jwe-kid-unknown", "jwe_kid", headed(kid="another")),
    _sealed("jwe-kid-number", "jwe_kid", headed(kid=7)),
    _sealed("jwe-kid-absent-with-two", "jwe_kid", headed(kid=None), Setting.TWO_ENCRYPTION_KEYS),
    _sealed("wrong-enc-key", "decryption", to_another),
    _sealed("header-changed", "decryption", spoilt(lambda parts: [_again(parts[0]), *parts[1:]])),
    _sealed("encrypted-key-changed", "decryption", turned(1)),
    _sealed("iv-changed", "decryption", turned(2)),
    _sealed("ciphertext-changed", "decryption", turned(3)),
    _sealed("tag-changed", "decryption", turned(4)),
    _sealed("tag-short", "decryption", spoilt(lambda parts: [*parts[:4], parts[4][:11]])),
    _sealed("encrypted-key-empty", "decryption", spoilt(lambda parts: [parts[0], "", *parts[2:]])),
    _sealed("not-ascii-inside", "decryption", carrying(b"\xff\xff")),
    _sealed("too-large", "shape", carrying(b"a" * 70_000)),
    _sealed("jwe-header-no-object", "shape", spoilt(lambda parts: [b64(b"7"), *parts[1:]])),
    _sealed("jwe-header-no-base64", "shape", spoilt(lambda parts: ["a", *parts[1:]])),
    _sealed("jwe-header-twice", "shape", spoilt(lambda parts: [b64(b'{"alg":1,"alg":2}'), *parts[1:]])),
    _sealed("signed-by-nobody", "shape", claims_alone),
    _sealed("sealed-twice", "shape", twice_sealed),
    _sealed("nothing-inside", "shape", carrying(b"")),
)
TAKEN: Sequence[Fault] = (
    _sealed("kid-absent-with-one", "", headed(kid=None)),
    _sealed("no-cty", "", headed(cty=None)),
    _sealed("cty-lower-case", "", headed(cty="jwt")),
    _sealed("jwe-aud-repeated", "", headed(aud="kohtaamo-demo")),
)


def _again(header: str) -> str:
    """Write the same header in other bytes: what was sealed with it is not the same any more."""
    return b64(b'{"enc":"A128CBC-HS256","alg":"RSA-OAEP"}') if header else header
