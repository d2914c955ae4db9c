"""Assertions that are sealed as they must be, and signed in one way that they must not be."""

import json
from collections.abc import Callable, Sequence

from joserfc.jwk import RSAKey

from identity.demo_bank.bank_keys import BankKeys
from tests.identity.hostile.fault import Fault
from tests.identity.hostile.making import b64, jws_by, jws_by_hand, rsa_signature

ROGUE = RSAKey.generate_key(2048)
Sign = Callable[[bytes, BankKeys], str]


def headed(**members: object) -> Sign:
    """Sign rightly, with other members in the header; None leaves one out."""
    return lambda payload, keys: jws_by_hand({**_header(keys), **members}, payload, keys.signing)


def by_rogue(**members: object) -> Sign:
    return lambda payload, keys: jws_by_hand({**_header(keys), **members}, payload, ROGUE)


def by(alg: str) -> Sign:
    return lambda payload, keys: jws_by(alg, _header(keys), payload, keys.signing.as_pem(private=False))


def by_rsa(alg: str) -> Sign:
    return lambda payload, keys: rsa_signature(alg, _header(keys), payload, keys.signing)


def spoilt(change: Callable[[list[str]], list[str]]) -> Sign:
    return lambda payload, keys: ".".join(
        change(jws_by_hand(_header(keys), payload, keys.signing).split("."))
    )


def carrying(payload: bytes) -> Sign:
    return lambda _, keys: jws_by_hand(_header(keys), payload, keys.signing)


def twice(payload: bytes, keys: BankKeys) -> str:
    """Say one claim twice: the right one, and a rogue's."""
    return jws_by_hand(_header(keys), b'{"iss":"https://rogue.example",' + payload[1:], keys.signing)


def other_payload(parts: list[str]) -> list[str]:
    return [parts[0], b64(json.dumps({"sub": "rogue"}).encode()), parts[2]]


def _header(keys: BankKeys) -> dict[str, object]:
    return {"alg": "RS256", "kid": keys.signing.kid, "typ": "JWT"}


def _by_entity(payload: bytes, keys: BankKeys) -> str:
    return jws_by_hand({**_header(keys), "kid": keys.entity.kid}, payload, keys.entity)


def _headed_twice(payload: bytes, keys: BankKeys) -> str:
    parts = jws_by_hand(_header(keys), payload, keys.signing).split(".")
    header = b'{"alg":"none",' + json.dumps(_header(keys)).encode()[1:]
    return ".".join([b64(header), *parts[1:]])


def _signed(name: str, check: str, sign: Sign) -> Fault:
    return Fault(name=name, check=check, sign=sign)


SIGNATURES: Sequence[Fault] = (
    _signed("idtoken-sig-none", "signature", by("none")),
    _signed("invalid-sig-rs256", "signature", spoilt(lambda parts: [*parts[:2], parts[2][:-8] + "AAAAAAAA"])),
    _signed("invalid-sig-hs256", "signature", by("HS256")),
    _signed("invalid-sig-es256", "signature", by("ES256")),
    _signed("invalid-sig-ps256", "signature", by_rsa("PS256")),
    _signed("invalid-sig-rs512", "signature", by_rsa("RS512")),
    _signed("signature-empty", "signature", spoilt(lambda parts: [*parts[:2], ""])),
    _signed("signature-of-another-payload", "signature", spoilt(other_payload)),
    _signed("rogue-key", "signature", by_rogue()),
    _signed("rogue-key-as-jwk", "jws_header", by_rogue(jwk={"kty": "RSA"})),
    _signed("header-jwk", "jws_header", headed(jwk={"kty": "RSA"})),
    _signed("header-jku", "jws_header", headed(jku="https://rogue.example/jwks")),
    _signed("header-x5u", "jws_header", headed(x5u="https://rogue.example/chain")),
    _signed("rogue-key-as-x5c", "signature", by_rogue(x5c=["AA=="])),
    _signed("header-crit", "jws_header", headed(crit=["exp"])),
    _signed("header-b64-false", "jws_header", headed(crit=["b64"], b64=False)),
    _signed("alg-lower-case", "signature", headed(alg="rs256")),
    _signed("alg-missing", "signature", headed(alg=None)),
    _signed("kid-absent-single-jwks", "kid", headed(kid=None)),
    _signed("kid-unknown", "kid", headed(kid="another")),
    _signed("kid-number", "kid", headed(kid=7)),
    _signed("kid-of-the-entity", "kid", _by_entity),
    _signed("claims-twice", "shape", twice),
    _signed("claims-list", "shape", carrying(b"[]")),
    _signed("claims-text", "shape", carrying(b"nothing")),
    _signed("claims-not-utf-8", "shape", carrying(b'{"iss":"\xff"}')),
    _signed("two-parts", "shape", spoilt(lambda parts: parts[:2])),
    _signed("four-parts", "shape", spoilt(lambda parts: [*parts, "AA"])),
    _signed("header-no-object", "shape", spoilt(lambda parts: [b64(b"[]"), *parts[1:]])),
    _signed("header-no-base64", "shape", spoilt(lambda parts: ["a", *parts[1:]])),
    _signed("header-twice", "shape", _headed_twice),
)
TAKEN: Sequence[Fault] = (
    _signed("no-typ", "", headed(typ=None)),
    _signed("x5c-beside", "", headed(x5c=["AA=="])),
)
