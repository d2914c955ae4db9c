"""The check of an id_token: each rule by its name, and nothing believed before its signature is.

joserfc stands here and in keys.py; it refuses `crit` that it does not know,
keys that are not for signing, and any algorithm that is not listed. The
claims are checked here and not by it, because the clock is the caller's.
"""

import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from joserfc import jws
from joserfc.errors import JoseError

from identity.assurance import Assurance
from identity.errors import AssertionRefused, AssuranceTooLow
from identity.oidc.broker import Profile
from identity.oidc.keys import VerifyingKeys
from identity.personal_code import NotAPersonalCode, PersonalCode, personal_code
from identity.secret import is_same

LONGEST = 32_768
LONGEST_TEXT = 512
LATEST = 1e12  # seconds; NaN and what no float holds are not below it

Claims = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """What a broker asserts about a person, after all checks."""

    code: PersonalCode = field(repr=False)
    given_name: str
    family_name: str
    birth_date: date
    assurance: Assurance


def key_id(token: str) -> str:
    """Read which key is said to have signed, before anything is believed.

    Raises AssertionRefused when the token is too large, has not three parts,
    names no key, or names an algorithm that no profile may allow.
    """
    if len(token) > LONGEST or token.count(".") != 2:
        raise AssertionRefused("shape")
    head = token.split(".", 1)[0]
    try:
        header = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (NotBase64, ValueError, RecursionError):
        raise AssertionRefused("shape") from None
    kid = header.get("kid") if isinstance(header, dict) else None
    if not isinstance(kid, str):
        raise AssertionRefused("kid")
    return kid


def check(token: str, keys: VerifyingKeys, profile: Profile, *, nonce: str, now: datetime) -> Asserted:
    """Judge an id_token (OIDC Core, 3.1.3.7; Finnish Trust Network).

    Raises AssertionRefused with the name of the first check that failed, and
    AssuranceTooLow when the person was identified less surely than asked.
    """
    claims = _verified(token, keys, profile)
    _check_parties(claims, profile)
    _check_times(claims, profile, now=now)
    if not is_same(_text(claims, "nonce"), nonce):
        raise AssertionRefused("nonce")
    assurance = _assurance(claims, profile)
    return _asserted(claims, profile, assurance, today=now.date())


def _verified(token: str, keys: VerifyingKeys, profile: Profile) -> Claims:
    key = keys.get(key_id(token))
    if key is None:
        raise AssertionRefused("kid")
    try:
        # A `jwk`, `jku` or `x5c` in the header is not looked at: the key is given.
        read = jws.deserialize_compact(token, key, algorithms=list(profile.algorithms))
        claims = json.loads(read.payload)
    except (JoseError, ValueError, TypeError, RecursionError):
        # The cause may hold claims, and with them a personal identity code.
        raise AssertionRefused("signature") from None
    if not isinstance(claims, dict):
        raise AssertionRefused("shape")
    return claims


def _check_parties(claims: Claims, profile: Profile) -> None:
    if claims.get("iss") != profile.issuer:
        raise AssertionRefused("iss")
    if claims.get("aud") not in (profile.client_id, [profile.client_id]):
        raise AssertionRefused("aud")
    if claims.get("azp", profile.client_id) != profile.client_id:
        raise AssertionRefused("azp")


def _check_times(claims: Claims, profile: Profile, *, now: datetime) -> None:
    moment, skew = now.timestamp(), profile.skew.total_seconds()
    issued = _number(claims, "iat")
    if moment >= _number(claims, "exp") + skew:
        raise AssertionRefused("exp")
    if issued > moment + skew or issued < moment - profile.oldest.total_seconds():
        raise AssertionRefused("iat")
    if "nbf" in claims and _number(claims, "nbf") > moment + skew:
        raise AssertionRefused("nbf")


def _assurance(claims: Claims, profile: Profile) -> Assurance:
    level = profile.level(_text(claims, "acr"))
    if level is None:
        raise AssertionRefused("acr")
    if level < profile.assurance:
        raise AssuranceTooLow
    return level


def _asserted(claims: Claims, profile: Profile, assurance: Assurance, *, today: date) -> Asserted:
    _text(claims, "sub")
    try:
        code = personal_code(_text(claims, profile.claims.personal_code), today=today)
    except NotAPersonalCode:
        raise AssertionRefused("personal_code") from None
    if code.is_artificial and profile.is_production:
        raise AssertionRefused("artificial_person")
    if claims.get(profile.claims.birth_date, code.birth_date.isoformat()) != code.birth_date.isoformat():
        raise AssertionRefused("birth_date")
    given_name = _text(claims, profile.claims.given_name)
    family_name = _text(claims, profile.claims.family_name)
    return Asserted(
        code=code,
        given_name=given_name,
        family_name=family_name,
        birth_date=code.birth_date,
        assurance=assurance,
    )


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    is_text = isinstance(value, str) and value.strip() and len(value) <= LONGEST_TEXT and value.isprintable()
    if not isinstance(value, str) or not is_text:
        raise AssertionRefused(name)
    return value


def _number(claims: Claims, name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LATEST:
        raise AssertionRefused(name)
    return value
