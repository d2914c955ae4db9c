"""The trip to the issuer and back: the request, the swap of the code, the checks of what it brought."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from identity.errors import AssertionRefused, BankUnavailable, IdentificationCancelled
from identity.oidc.broker_keys import BrokerKeys
from identity.oidc.claim import text
from identity.oidc.key_source import PlainKeys
from identity.oidc.pkce import METHOD, challenge
from identity.oidc.signed import Claims, key_id, verified
from identity.oidc.strict_json import read_object
from identity.oidc.token_rules import check_access_token, check_parties, check_times
from identity.provider import Fetch, FetchFailed
from identity.secret import is_same
from identity.staff_issuer.discovery import Endpoints, discovery_address, endpoints_in
from identity.staff_issuer.issuer import Claimed, Issuer
from identity.staff_issuer.trip import StaffTrip

KNOWN_FOR = timedelta(hours=24)
LONGEST_CODE = 4096
LONGEST_TOKEN = 128_000
MOST_GROUPS = 1000


class StaffCodeFlow:
    """Its only memory is what the issuer publishes: addresses and keys."""

    def __init__(self, issuer: Issuer, fetch: Fetch) -> None:
        self._issuer = issuer
        self._fetch = fetch
        self._known: tuple[Endpoints, BrokerKeys, datetime] | None = None

    @property
    def issuer(self) -> Issuer:
        return self._issuer

    async def begin(
        self, trip: StaffTrip, state: str, return_to: str, *, language: str, now: datetime
    ) -> str:
        """Return where to send the browser. Raises BankUnavailable and AssertionRefused."""
        endpoints, _ = await self._published(now=now)
        asked = {
            "response_type": "code",
            "client_id": self._issuer.client_id,
            "redirect_uri": return_to,
            "scope": self._issuer.scope,
            "state": state,
            "nonce": trip.nonce,
            "ui_locales": language,
            "code_challenge": challenge(trip.verifier),
            "code_challenge_method": METHOD,
        }
        glue = "&" if "?" in endpoints.authorization else "?"
        return f"{endpoints.authorization}{glue}{urlencode(asked)}"

    async def complete(
        self, trip: StaffTrip, query: Mapping[str, str], return_to: str, *, now: datetime
    ) -> Claimed:
        """Judge what came back; a code is swapped once and never tried again.

        Raises IdentificationCancelled, BankUnavailable and AssertionRefused.
        """
        code = self._code(query)
        endpoints, keys = await self._published(now=now)
        answer = await self._swapped(code, trip, endpoints, return_to)
        token = text(answer, "id_token", longest=LONGEST_TOKEN)
        key = await keys.get(key_id(token), now=now)
        claims = verified(token, key, algorithms=self._issuer.algorithms)
        check_parties(claims, self._issuer)
        check_times(claims, self._issuer, now=now)
        if not is_same(text(claims, "nonce"), trip.nonce):
            raise AssertionRefused("nonce")
        access_token = answer.get("access_token")
        check_access_token(claims, access_token if isinstance(access_token, str) else None)
        return _claimed(claims, self._issuer)

    def _code(self, query: Mapping[str, str]) -> str:
        if query.get("iss", self._issuer.issuer) != self._issuer.issuer:  # RFC 9207
            raise AssertionRefused("callback_iss")
        code, error = query.get("code"), query.get("error")
        if bool(code) == bool(error) or len(code or "") > LONGEST_CODE:
            raise AssertionRefused("callback")
        if error == "access_denied":
            raise IdentificationCancelled
        if not code:
            raise BankUnavailable
        return code

    async def _swapped(
        self, code: str, trip: StaffTrip, endpoints: Endpoints, return_to: str
    ) -> Mapping[str, object]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_to,
            "client_id": self._issuer.client_id,
            "client_secret": self._issuer.client_secret,
            "code_verifier": trip.verifier,
        }
        return read_object(await self._asked(endpoints.token, form), check="token_answer")

    async def _published(self, *, now: datetime) -> tuple[Endpoints, BrokerKeys]:
        """Ask the issuer for its addresses when they are needed, and once a day."""
        if self._known is None or now - self._known[2] >= KNOWN_FOR:
            document = await self._asked(discovery_address(self._issuer.issuer))
            endpoints = endpoints_in(document, self._issuer.issuer)
            self._known = endpoints, BrokerKeys(PlainKeys(endpoints.jwks), self._asked), now
        return self._known[:2]

    async def _asked(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        try:
            return await self._fetch(url, form)
        except FetchFailed as failed:
            is_our_fault = form is not None and failed.status is not None and 400 <= failed.status < 500
            raise (AssertionRefused("token_answer") if is_our_fault else BankUnavailable()) from failed


def _claimed(claims: Claims, issuer: Issuer) -> Claimed:
    groups = claims.get(issuer.groups_claim, [])
    is_list = isinstance(groups, list) and len(groups) <= MOST_GROUPS
    if not isinstance(groups, list) or not is_list or not all(isinstance(one, str) for one in groups):
        raise AssertionRefused("groups")
    is_verified = claims.get("email_verified") is True
    return Claimed(
        subject=text(claims, "sub"),
        login=text(claims, "preferred_username") if "preferred_username" in claims else "",
        email=text(claims, "email") if is_verified else "",
        groups=frozenset(groups),
    )
