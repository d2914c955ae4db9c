"""The check of an id_token: each rule by its name, and nothing believed before its signature is.

The claims are checked by our own code and not by a library, because the
clock is the caller's, and because a fact must name the rule that failed.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from identity.assurance import Assurance
from identity.errors import AssertionRefused, AssuranceTooLow, ForeignIdentity
from identity.oidc.broker import Profile
from identity.oidc.claim import number, text
from identity.oidc.signed import Claims
from identity.oidc.token_rules import check_access_token, check_parties, check_times
from identity.personal_code import NotAPersonalCode, PersonalCode, personal_code
from identity.secret import is_same

BANK, MOBILE = "bank", "mobile-certificate"
METHOD_WORD = re.compile(r"[A-Za-z0-9._:-]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the trip says that the answer must fit."""

    nonce: str = field(repr=False)
    asked: Assurance
    began_at: datetime
    access_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """What a broker asserts about a person, after all checks."""

    code: PersonalCode = field(repr=False)
    given_name: str
    family_name: str
    birth_date: date
    assurance: Assurance
    method: str


def check_claims(claims: Claims, profile: Profile, expected: Expected, *, now: datetime) -> Asserted:
    """Judge what a verified id_token claims (OIDC Core, 3.1.3.7; Finnish Trust Network).

    Raises AssertionRefused with the name of the first check that failed,
    ForeignIdentity, and AssuranceTooLow when the person was identified less
    surely than asked.
    """
    check_parties(claims, profile)
    check_times(claims, profile, now=now)
    if not is_same(text(claims, "nonce"), expected.nonce):
        raise AssertionRefused("nonce")
    _check_freshness(claims, profile, began_at=expected.began_at, now=now)
    check_access_token(claims, expected.access_token)
    names = profile.claims
    if names.foreign_id and names.foreign_id in claims and names.personal_code not in claims:
        raise ForeignIdentity
    assurance = _assurance(claims, profile, expected.asked)
    return _asserted(claims, profile, assurance, today=now.date())


def _check_freshness(claims: Claims, profile: Profile, *, began_at: datetime, now: datetime) -> None:
    """Refuse a session that was open at the bank before: the person must have identified for this trip."""
    if "auth_time" not in claims and not profile.needs_auth_time:
        return
    at, skew = number(claims, "auth_time"), profile.skew.total_seconds()
    if not began_at.timestamp() - skew <= at <= now.timestamp() + skew:
        raise AssertionRefused("auth_time")


def _assurance(claims: Claims, profile: Profile, asked: Assurance) -> Assurance:
    is_unsaid = "acr" not in claims and profile.unsaid_level is not None
    level = profile.unsaid_level if is_unsaid else profile.level(text(claims, "acr"))
    if level is None:
        raise AssertionRefused("acr")
    if level < asked:
        raise AssuranceTooLow
    return level


def _method(claims: Claims, profile: Profile) -> str:
    """Return by which method, in our words; a broker that does not tell is itself the method."""
    name = profile.claims.method
    if not profile.tells_method:
        return profile.name
    if not name:
        return _bank_or_mobile(claims, profile)
    said = claims.get(name)
    only = said[0] if isinstance(said, list) and len(said) == 1 else said
    if not isinstance(only, str) or not only.startswith(profile.method_prefix):
        raise AssertionRefused("method")
    word = only.removeprefix(profile.method_prefix)
    other = word if profile.takes_other_methods and METHOD_WORD.fullmatch(word) else None
    method = profile.methods.get(word, other)
    if method is None:
        raise AssertionRefused("method")
    return method


def _bank_or_mobile(claims: Claims, profile: Profile) -> str:
    mark = claims.get(profile.claims.mobile, "")
    method = MOBILE if mark else BANK
    if not isinstance(mark, str) or method not in profile.methods.values():
        raise AssertionRefused("method")
    return method


def _asserted(claims: Claims, profile: Profile, assurance: Assurance, *, today: date) -> Asserted:
    text(claims, "sub")
    method = _method(claims, profile)
    try:
        code = personal_code(text(claims, profile.claims.personal_code), today=today)
    except NotAPersonalCode:
        raise AssertionRefused("personal_code") from None
    if code.is_artificial and profile.is_production:
        raise AssertionRefused("artificial_person")
    if claims.get(profile.claims.birth_date, code.birth_date.isoformat()) != code.birth_date.isoformat():
        raise AssertionRefused("birth_date")
    return Asserted(
        code=code,
        given_name=text(claims, profile.claims.given_name),
        family_name=text(claims, profile.claims.family_name),
        birth_date=code.birth_date,
        assurance=assurance,
        method=method,
    )
