"""The request for an identification: signed, complete, fresh, and with nothing beside it (RFC 9101)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from identity.demo_bank.from_client import Claims, moment_of, signed_claims
from identity.demo_bank.refused import BankRefused
from identity.demo_bank.registration import Client
from identity.oidc.broker import TEST_LEVELS
from identity.oidc.pkce import METHOD

LASTS = timedelta(minutes=10)
OUTER = {"client_id", "request"}
ERROR = "invalid_request_object"
LONG_ENOUGH = re.compile(r"[A-Za-z0-9_-]{22,128}")  # 128 bits or more
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
LANGUAGES = {"fi", "sv", "en"}
MEMBERS = {
    "iss",
    "aud",
    "iat",
    "exp",
    "jti",
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "acr_values",
    "ui_locales",
    "prompt",
    "code_challenge",
    "code_challenge_method",
}
"""All that a request may say, and must: nothing about the person stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a service asked for, after the bank's checks."""

    jti: str
    until: datetime
    redirect_uri: str
    state: str
    nonce: str
    acr: str
    language: str
    code_challenge: str


def judged(
    query: Mapping[str, str], client: Client, issuer: str, *, now: datetime, sat_for: timedelta
) -> Request:
    """Read a request as it came with the browser. Raises BankRefused."""
    if set(query) != OUTER:
        raise BankRefused("invalid_request", "outer")
    if query["client_id"] != client.id:
        raise BankRefused("unauthorized_client", "client_id")
    claims = signed_claims(query["request"], client.keys(), error=ERROR)
    _check_fixed(claims, client, issuer)
    until = moment_of(claims, longest=LASTS, now=now, grace=sat_for, error=ERROR)
    said = _texts(claims)
    return Request(
        jti=said["jti"],
        until=until,
        redirect_uri=said["redirect_uri"],
        state=said["state"],
        nonce=said["nonce"],
        acr=said["acr_values"],
        language=said["ui_locales"],
        code_challenge=said["code_challenge"],
    )


def _check_fixed(claims: Claims, client: Client, issuer: str) -> None:
    if set(claims) != MEMBERS:
        raise BankRefused(ERROR, "members")
    fixed: Mapping[str, object] = MappingProxyType(
        {
            "iss": client.id,
            "aud": issuer,
            "client_id": client.id,
            "redirect_uri": client.redirect_uri,
            "response_type": "code",
            "scope": "openid",
            "prompt": "login",
            "code_challenge_method": METHOD,
        }
    )
    for name, value in fixed.items():
        if claims[name] != value:
            raise BankRefused(ERROR, name)


def _texts(claims: Claims) -> dict[str, str]:
    said = {name: value for name, value in claims.items() if isinstance(value, str)}
    rules = {
        "jti": bool(said.get("jti")),
        "state": bool(LONG_ENOUGH.fullmatch(said.get("state", ""))),
        "nonce": bool(LONG_ENOUGH.fullmatch(said.get("nonce", ""))) and said["nonce"] != said["state"],
        "acr_values": said.get("acr_values") in TEST_LEVELS,
        "ui_locales": said.get("ui_locales") in LANGUAGES,
        "code_challenge": bool(CHALLENGE.fullmatch(said.get("code_challenge", ""))),
    }
    for name, is_right in rules.items():
        if not is_right:
            raise BankRefused(ERROR, name)
    return said
