"""The request for a token: its form, and how the service shows that it is itself (RFC 7523)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from identity.demo_bank.from_client import moment_of, signed_claims
from identity.demo_bank.once import Once
from identity.demo_bank.refused import BankRefused
from identity.demo_bank.registration import Client

ASSERTION_LASTS = timedelta(seconds=120)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ERROR = "invalid_client"
FORM = {
    "grant_type",
    "code",
    "redirect_uri",
    "client_id",
    "code_verifier",
    "client_assertion_type",
    "client_assertion",
}
"""All that a token request says; a secret is none of it."""


def check_form(form: Mapping[str, str]) -> None:
    """Raises BankRefused."""
    if form.get("grant_type") != "authorization_code":
        raise BankRefused("unsupported_grant_type", "grant_type")
    if set(form) != FORM or not all(form.values()):
        raise BankRefused("invalid_request", "form")


def check_client(
    form: Mapping[str, str], client: Client, address: str, said_once: Once, *, now: datetime
) -> None:
    """See that it is the service itself that asks, now and for the first time. Raises BankRefused."""
    if form["client_id"] != client.id or form["client_assertion_type"] != ASSERTION_TYPE:
        raise BankRefused(ERROR, "client_assertion_type")
    claims = signed_claims(form["client_assertion"], client.keys(), error=ERROR)
    for name, value in {"iss": client.id, "sub": client.id, "aud": address}.items():
        if claims.get(name) != value:
            raise BankRefused(ERROR, name)
    until = moment_of(claims, longest=ASSERTION_LASTS, now=now, error=ERROR)
    jti = claims.get("jti")
    if not isinstance(jti, str) or not jti or not said_once.is_new(jti, until=until, now=now):
        raise BankRefused(ERROR, "jti")
