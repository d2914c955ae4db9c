"""The demo bank itself: takes a request, lets somebody pick a test person, and vouches for them.

It stands on the other side of the wire: it shares no state and no key with
the provider that asks it. Codes live in the memory of the process.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from joserfc import jws
from joserfc.jwk import ECKey

from identity.demo_bank.people import PEOPLE, TestPerson
from identity.demo_bank.registration import CLIENT_ID, bank_at, return_to
from identity.oidc.pkce import METHOD, challenge
from identity.secret import fresh, is_same

ALGORITHM = "ES256"
CODE_LASTS = timedelta(minutes=1)
TOKEN_LASTS = timedelta(minutes=5)
MOST_CODES = 1000
ASKED = ("client_id", "redirect_uri", "state", "nonce", "acr_values", "code_challenge")


class BankRefused(Exception):
    """The bank does not take a request; `error` is the word of OAuth 2.0 (RFC 6749, 5.2)."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a service asked for; it travels through the bank's page in hidden fields."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    acr_values: str
    code_challenge: str


@dataclass(frozen=True, slots=True)
class _Grant:
    request: Request
    person: TestPerson
    expires_at: datetime


class DemoBank:
    """Knows one service, by its client id and its one return address."""

    def __init__(self, *, issuer: str, client_id: str, redirect_uri: str) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._redirect_uri = redirect_uri
        self._key = ECKey.generate_key("P-256", {"kid": fresh(), "use": "sig", "alg": ALGORITHM})
        self._grants: dict[str, _Grant] = {}

    def jwks(self) -> dict[str, list[dict[str, object]]]:
        return {"keys": [dict(self._key.as_dict(private=False))]}

    def asked(self, query: Mapping[str, str]) -> Request:
        """Read a request. Raises BankRefused, and then nobody is sent anywhere."""
        fixed = {
            "response_type": "code",
            "code_challenge_method": METHOD,
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
        }
        if any(query.get(name) != value for name, value in fixed.items()):
            raise BankRefused("invalid_request")
        if not all(query.get(name) for name in ASKED) or "openid" not in query.get("scope", "").split():
            raise BankRefused("invalid_request")
        return Request(**{name: query[name] for name in ASKED})

    def approve(self, request: Request, person_key: str, *, now: datetime) -> str:
        """Return where to send the browser of somebody who said who they are."""
        person = PEOPLE.get(person_key)
        if person is None:
            raise BankRefused("invalid_request")
        self._forget(now=now)
        code = fresh()
        self._grants[code] = _Grant(request, person, now + CODE_LASTS)
        return _back(request, {"code": code, "iss": self._issuer})

    def cancel(self, request: Request) -> str:
        return _back(request, {"error": "access_denied", "iss": self._issuer})

    def fail(self, request: Request) -> str:
        return _back(request, {"error": "temporarily_unavailable", "iss": self._issuer})

    def swap(self, form: Mapping[str, str], *, now: datetime) -> dict[str, object]:
        """Give the assertion for a code, once (RFC 6749, 4.1.3; RFC 7636, 4.6). Raises BankRefused."""
        if form.get("grant_type") != "authorization_code":
            raise BankRefused("unsupported_grant_type")
        grant = self._grants.pop(form.get("code", ""), None)
        if grant is None or now >= grant.expires_at:
            raise BankRefused("invalid_grant")
        if form.get("client_id") != self._client_id or form.get("redirect_uri") != self._redirect_uri:
            raise BankRefused("invalid_grant")
        verifier = form.get("code_verifier", "")
        if not verifier.isascii() or not is_same(challenge(verifier), grant.request.code_challenge):
            raise BankRefused("invalid_grant")
        return {
            "token_type": "Bearer",
            "access_token": fresh(),
            "expires_in": 60,
            "id_token": self._assertion(grant, now=now),
        }

    def _assertion(self, grant: _Grant, *, now: datetime) -> str:
        issued, person = int(now.timestamp()), grant.person
        claims = {
            "iss": self._issuer,
            "aud": self._client_id,
            "azp": self._client_id,
            "sub": fresh(),
            "iat": issued,
            "auth_time": issued,
            "exp": issued + int(TOKEN_LASTS.total_seconds()),
            "nonce": grant.request.nonce,
            "acr": grant.request.acr_values,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "name": f"{person.family_name} {person.given_name}",
            "birthdate": person.birth_date,
            "personal_identity_code": person.personal_code,
        }
        header = {"alg": ALGORITHM, "kid": self._key.kid, "typ": "JWT"}
        return jws.serialize_compact(header, json.dumps(claims), self._key, algorithms=[ALGORITHM])

    def _forget(self, *, now: datetime) -> None:
        alive = [(code, grant) for code, grant in self._grants.items() if now < grant.expires_at]
        self._grants = dict(alive[-(MOST_CODES - 1) :])


def open_bank(public_url: str) -> DemoBank:
    """Open the bank for the demo that browsers reach at `public_url`."""
    return DemoBank(issuer=bank_at(public_url), client_id=CLIENT_ID, redirect_uri=return_to(public_url))


def _back(request: Request, answer: Mapping[str, str]) -> str:
    return f"{request.redirect_uri}?{urlencode({**answer, 'state': request.state})}"
