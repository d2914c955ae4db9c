"""The trip to a broker and back: the request, the swap of the code, the broker's keys."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from identity.errors import AssertionRefused, BankUnavailable, IdentificationCancelled
from identity.login_attempt import LoginAttempt
from identity.oidc.assertion import Asserted, check, key_id
from identity.oidc.broker import Profile
from identity.oidc.keys import VerifyingKeys, verifying_keys
from identity.oidc.pkce import METHOD, challenge
from identity.provider import Fetch, FetchFailed
from identity.secret import is_same
from identity.trip import Trip

CANCELLED = frozenset({"access_denied", "cancel"})
LONGEST_CODE = 4096
REFETCH_AFTER = timedelta(minutes=1)
KEYS_LAST = timedelta(hours=24)


class CodeFlow:
    """Speaks with one broker. Its only memory is the broker's public keys."""

    def __init__(self, profile: Profile, fetch: Fetch) -> None:
        self._profile = profile
        self._fetch = fetch
        self._keys = VerifyingKeys({})
        self._fetched_at: datetime | None = None

    def begin(self, trip: Trip) -> str:
        attempt = trip.attempt
        asked = {
            "response_type": "code",
            "client_id": self._profile.client_id,
            "redirect_uri": trip.return_to,
            "scope": self._profile.scope,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "acr_values": self._profile.acr_asked,
            "ui_locales": trip.language,
            "code_challenge": challenge(attempt.verifier),
            "code_challenge_method": METHOD,
        }
        return f"{self._profile.authorization_endpoint}?{urlencode(asked)}"

    async def complete(self, trip: Trip, query: Mapping[str, str]) -> Asserted:
        """Judge what came back. A code is swapped once and never tried again.

        Raises IdentificationCancelled, BankUnavailable, AssertionRefused or AssuranceTooLow.
        """
        code = self._code(query, trip.attempt)
        token = await self._token(code, trip)
        await self._know(key_id(token), now=trip.now)
        return check(token, self._keys, self._profile, nonce=trip.attempt.nonce, now=trip.now)

    def _code(self, query: Mapping[str, str], attempt: LoginAttempt) -> str:
        if not is_same(query.get("state", ""), attempt.state):
            raise AssertionRefused("state")
        if query.get("iss", self._profile.issuer) != self._profile.issuer:  # RFC 9207
            raise AssertionRefused("iss")
        code, error = query.get("code"), query.get("error")
        if (code is None) == (error is None) or len(code or "") > LONGEST_CODE:
            raise AssertionRefused("callback")
        if error in CANCELLED:
            raise IdentificationCancelled
        if code is None:
            raise BankUnavailable
        return code

    async def _token(self, code: str, trip: Trip) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": trip.return_to,
            "client_id": self._profile.client_id,
            "code_verifier": trip.attempt.verifier,
        }
        answer = await self._asked(self._profile.token_endpoint, form)
        token = answer.get("id_token") if isinstance(answer, dict) else None
        if not isinstance(token, str):
            raise AssertionRefused("token_answer")
        return token

    async def _know(self, kid: str, *, now: datetime) -> None:
        """Fetch the broker's keys when they are old, or when one is unknown; at most once a minute."""
        age = KEYS_LAST if self._fetched_at is None else now - self._fetched_at
        if age >= KEYS_LAST or (self._keys.get(kid) is None and age >= REFETCH_AFTER):
            self._keys = verifying_keys(await self._asked(self._profile.jwks_endpoint))
            self._fetched_at = now

    async def _asked(self, url: str, form: Mapping[str, str] | None = None) -> object:
        try:
            body = await self._fetch(url, form)
        except FetchFailed as failed:
            is_our_fault = failed.status is not None and 400 <= failed.status < 500
            raise (AssertionRefused("token_answer") if is_our_fault else BankUnavailable()) from failed
        try:
            answer: object = json.loads(body)
        except (ValueError, RecursionError):
            raise BankUnavailable from None
        return answer
