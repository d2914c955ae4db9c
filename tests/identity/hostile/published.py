"""What a broker publishes of its keys: the signed set, and the statement by which it is believed."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from joserfc.jwk import RSAKey

from identity.demo_bank.bank_keys import BankKeys, public
from tests.identity.hostile.fault import Fault, Step
from tests.identity.hostile.making import b64, jws_by, jws_by_hand
from tests.identity.hostile.signatures import ROGUE

SMALL_MODULUS = b64(generate_private_key(65537, 1024).public_key().public_numbers().n.to_bytes(128, "big"))
Published = Callable[[BankKeys, str, datetime], str]


def claims_of(keys: BankKeys, issuer: str, now: datetime) -> dict[str, object]:
    moment = int(now.timestamp())
    said = {"iss": issuer, "sub": issuer, "iat": moment, "exp": moment + 3600}
    return {**said, "keys": [public(keys.signing)]}


def set_with(*, by: Callable[[BankKeys], RSAKey] | None = None, **members: object) -> Published:
    """Publish the right set with other claims, or signed by another key; None leaves a claim out."""

    def made(keys: BankKeys, issuer: str, now: datetime) -> str:
        said = {**claims_of(keys, issuer, now), **members}
        given = {name: value for name, value in said.items() if value is not None}
        return jws_by_hand(_header(keys), json.dumps(given).encode(), by(keys) if by else keys.entity)

    return made


def headed(**members: object) -> Published:
    return lambda keys, issuer, now: jws_by_hand(
        {**_header(keys), **members}, json.dumps(claims_of(keys, issuer, now)).encode(), keys.entity
    )


def by(alg: str) -> Published:
    return lambda keys, issuer, now: jws_by(
        alg, _header(keys), json.dumps(claims_of(keys, issuer, now)).encode()
    )


def key_with(change: Callable[[BankKeys], Mapping[str, object]]) -> Published:
    """Publish the right key with other members."""
    return lambda keys, issuer, now: set_with(keys=[{**public(keys.signing), **change(keys)}])(
        keys, issuer, now
    )


def moved(seconds: int, name: str) -> Published:
    """Publish the right set, with a time so many seconds from now."""

    def made(keys: BankKeys, issuer: str, now: datetime) -> str:
        members: dict[str, object] = {name: int(now.timestamp()) + seconds}
        return set_with(by=None, **members)(keys, issuer, now)

    return made


def statement_with(*, by: Callable[[BankKeys], RSAKey] | None = None, **members: object) -> Published:
    def made(keys: BankKeys, issuer: str, now: datetime) -> str:
        said = {"iss": issuer, "sub": issuer, "jwks": {"keys": [public(keys.entity)]}, **members}
        header = {**_header(keys), "typ": "entity-statement+jwt"}
        return jws_by_hand(header, json.dumps(said).encode(), by(keys) if by else keys.entity)

    return made


def _header(keys: BankKeys) -> dict[str, object]:
    return {"alg": "RS256", "kid": keys.entity.kid, "typ": "jwk-set+jwt"}


def _set(name: str, check: str, jwks: Published) -> Fault:
    """Make a row whose keys are no good before anybody is sent away."""
    return Fault(name=name, check=check, jwks=jwks, status=503, reason="bank_unavailable", step=Step.BEGIN)


def _key(name: str, jwks: Published) -> Fault:
    """Make a row whose one key is left out of the set, so that the assertion's is unknown."""
    return Fault(name=name, check="kid", jwks=jwks)


def _statement(name: str, check: str, statement: Published, *, is_pinned: bool = True) -> Fault:
    return Fault(
        name=name,
        check=check,
        statement=statement,
        is_pinned=is_pinned,
        status=503,
        reason="bank_unavailable",
        step=Step.BEGIN,
    )


PUBLISHED: Sequence[Fault] = (
    _set("jwks-wrong-entity-key", "jwks_signature", set_with(by=lambda _: ROGUE)),
    _set("jwks-by-the-signing-key", "jwks_signature", set_with(by=lambda keys: keys.signing)),
    _set("jwks-sig-none", "jwks_signature", by("none")),
    _set("jwks-sig-hs256", "jwks_signature", by("HS256")),
    _set("jwks-sig-es256", "jwks_signature", by("ES256")),
    _set("jwks-kid-unknown", "jwks_kid", headed(kid="another")),
    _set("jwks-kid-absent", "kid", headed(kid=None)),
    _set("jwks-jku", "jws_header", headed(jku="https://rogue.example/")),
    _set("jwks-crit", "jws_header", headed(crit=["exp"])),
    _set("jwks-iss-other", "jwks_issuer", set_with(iss="https://rogue.example")),
    _set("jwks-iss-not-sub", "jwks_issuer", set_with(sub="https://rogue.example")),
    _set("jwks-iss-missing", "jwks_issuer", set_with(iss=None, sub=None)),
    _set("jwks-expired", "jwks_exp", moved(0, "exp")),
    _set("jwks-exp-text", "jwks_exp", set_with(exp="never")),
    _set("jwks-iat-future", "jwks_iat", moved(61, "iat")),
    _set("jwks-unsigned", "shape", lambda keys, issuer, now: json.dumps(claims_of(keys, issuer, now))),
    _set("jwks-garbage", "shape", lambda *_: "<html>It works!</html>"),
    _set("jwks-large", "shape", set_with(filler="x" * 100_000)),
    _set("jwks-too-large", "keys", lambda *_: "x" * (256 * 1024 + 1)),
    _key("key-private", key_with(lambda keys: {"d": keys.signing.as_dict(private=True)["d"]})),
    _key("key-for-encryption", key_with(lambda _: {"use": "enc"})),
    _key("key-of-1024-bits", key_with(lambda _: {"n": SMALL_MODULUS})),
    _key("key-without-kid", key_with(lambda _: {"kid": None})),
    _key("key-of-another-kind", key_with(lambda _: {"kty": "oct", "k": "AAAA"})),
    _key("keys-none", set_with(keys=[])),
    _key("keys-missing", set_with(keys=None)),
    _statement("statement-not-pinned", "entity_pin", statement_with(), is_pinned=False),
    _statement("statement-iss-not-sub", "entity_issuer", statement_with(sub="https://rogue.example")),
    _statement("statement-of-another", "entity_issuer", statement_with(iss="https://a", sub="https://a")),
    _statement("statement-expired", "entity_exp", statement_with(exp=1)),
    _statement("statement-by-another", "entity_signature", statement_with(by=lambda _: ROGUE)),
    _statement("statement-without-keys", "entity_kid", statement_with(jwks={"keys": []})),
)
TAKEN: Sequence[Fault] = (
    Fault(name="jwks-no-exp", jwks=set_with(exp=None)),
    Fault(name="jwks-no-typ", jwks=headed(typ=None)),
    Fault(
        name="kid-absent-beside",
        jwks=lambda keys, issuer, now: set_with(keys=[{"kty": "RSA"}, public(keys.signing)])(
            keys, issuer, now
        ),
    ),
)
