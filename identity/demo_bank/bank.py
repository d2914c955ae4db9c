"""The demo bank itself: takes a request, lets somebody pick a test person, and vouches for them.

It stands on the other side of the wire and takes nothing less than the
Finnish Trust Network asks for since 31 August 2025: signed requests,
private_key_jwt, PKCE; and it gives signed and encrypted assertions. Codes
live in the memory of the process.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from identity.demo_bank.bank_keys import BankKeys, entity_statement, signed_jwks
from identity.demo_bank.id_token import Grant, IdTokens
from identity.demo_bank.once import Once
from identity.demo_bank.people import PEOPLE
from identity.demo_bank.refused import BankRefused
from identity.demo_bank.registration import Client, bank_at
from identity.demo_bank.request import ERROR, Request, judged
from identity.demo_bank.swap import check_client, check_form
from identity.oidc.pkce import challenge
from identity.secret import fresh, is_same

CODE_LASTS = timedelta(minutes=1)
SITTING = timedelta(minutes=20)
"""How long a test person may look at the bank's page."""
MOST_CODES = 1000


class Mood(StrEnum):
    """How the bank will answer the service, on a test person's wish."""

    WELL = "well"
    SLOW = "slow"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """`is_slow` asks whoever carries it to take longer than anybody waits."""

    body: bytes
    is_slow: bool = False
    content_type: str = "application/json"


class DemoBank:
    """Knows one service: its id, its one return address, and its public keys."""

    def __init__(self, *, tokens: IdTokens, opened_at: datetime) -> None:
        self._tokens = tokens
        self._issuer = tokens.issuer
        self._client = tokens.client
        self._grants: dict[str, tuple[Grant, Mood]] = {}
        self._answered, self._asserted = Once(), Once()
        self.entity_statement = entity_statement(tokens.keys, tokens.issuer, now=opened_at)

    @property
    def token_address(self) -> str:
        return self._issuer + "/token"

    def signed_jwks(self, *, now: datetime) -> str:
        return signed_jwks(self._tokens.keys, self._issuer, now=now)

    def asked(self, query: Mapping[str, str], *, now: datetime, sat_for: timedelta = timedelta(0)) -> Request:
        """Read a request. Raises BankRefused, and then nobody is sent anywhere.

        It must have been good when it came; `sat_for` is how long its person may have thought since.
        """
        request = judged(query, self._client, self._issuer, now=now, sat_for=sat_for)
        if self._answered.has(request.jti, now=now):
            raise BankRefused(ERROR, "jti")
        return request

    def approve(self, request: Request, person_key: str, *, now: datetime, mood: Mood = Mood.WELL) -> str:
        """Return where to send the browser of somebody who said who they are."""
        person = PEOPLE.get(person_key)
        if person is None:
            raise BankRefused("invalid_request", "person")
        code = fresh()
        back = self._back(request, {"code": code, "iss": self._issuer}, now=now)
        alive = [(c, kept) for c, kept in self._grants.items() if now < kept[0].at + CODE_LASTS]
        self._grants = {**dict(alive[-(MOST_CODES - 1) :]), code: (Grant(request, person, now), mood)}
        return back

    def cancel(self, request: Request, *, now: datetime) -> str:
        return self._back(request, {"error": "access_denied", "iss": self._issuer}, now=now)

    def fail(self, request: Request, *, now: datetime) -> str:
        return self._back(request, {"error": "temporarily_unavailable", "iss": self._issuer}, now=now)

    def swap(self, form: Mapping[str, str], *, now: datetime) -> TokenAnswer:
        """Give the assertion for a code, once (RFC 6749, 4.1.3; RFC 7636, 4.6). Raises BankRefused."""
        check_form(form)
        check_client(form, self._client, self.token_address, self._asserted, now=now)
        grant, mood = self._granted(form, now=now)
        if mood is Mood.GARBAGE:
            return TokenAnswer(b"<html>It works!</html>")
        answer = {
            "token_type": "Bearer",
            "access_token": fresh(),
            "expires_in": 600,
            "scope": "openid",
            "id_token": self._tokens.made(grant, now=now),
        }
        return TokenAnswer(json.dumps(answer).encode(), is_slow=mood is Mood.SLOW)

    def _granted(self, form: Mapping[str, str], *, now: datetime) -> tuple[Grant, Mood]:
        grant, mood = self._grants.pop(form["code"], (None, Mood.WELL))
        if grant is None or now >= grant.at + CODE_LASTS:
            raise BankRefused("invalid_grant", "code")
        if form["redirect_uri"] != grant.request.redirect_uri:
            raise BankRefused("invalid_grant", "redirect_uri")
        verifier = form["code_verifier"]
        if not verifier.isascii() or not is_same(challenge(verifier), grant.request.code_challenge):
            raise BankRefused("invalid_grant", "code_verifier")
        return grant, mood

    def _back(self, request: Request, answer: Mapping[str, str], *, now: datetime) -> str:
        """Answer a request, which is worth nothing afterwards. Raises BankRefused for one answered before."""
        if not self._answered.is_new(request.jti, until=request.until + SITTING, now=now):
            raise BankRefused(ERROR, "jti")
        return f"{request.redirect_uri}?{urlencode({**answer, 'state': request.state})}"


def open_bank(client: Client, keys: BankKeys, public_url: str, *, now: datetime) -> DemoBank:
    """Open the bank for the demo that browsers reach at `public_url`."""
    return DemoBank(tokens=IdTokens(bank_at(public_url), client, keys), opened_at=now)
