"""The trip to a broker and back: the request, the swap of the code, and the judgement of what it brought."""

from collections.abc import Callable, Mapping

from identity.errors import (
    AssertionRefused,
    BankUnavailable,
    CallbackRefused,
    IdentificationCancelled,
    IdentificationFailed,
)
from identity.login_attempt import LoginAttempt
from identity.oidc.assertion import Asserted, Expected, check_claims
from identity.oidc.authorization import address
from identity.oidc.broker import Profile
from identity.oidc.broker_keys import BrokerKeys
from identity.oidc.client_assertion import proof
from identity.oidc.encrypted import decrypted
from identity.oidc.own_key import KeyUse, OwnKey, OwnKeys
from identity.oidc.pushed import pushed_address
from identity.oidc.signed import key_id, verified
from identity.oidc.strict_json import read_object
from identity.provider import Fetch, FetchFailed
from identity.secret import is_same
from identity.trip import Trip

LONGEST_CODE = 4096
TAKEN = (200, 201)
KNOWN_ERRORS = frozenset(
    {
        "authfailed",
        "generalerror",
        "idexpired",
        "inpro",
        "interaction_required",
        "invalid_ftn_idp_id",
        "invalid_request",
        "invalid_request_object",
        "invalid_scope",
        "login_required",
        "request_not_supported",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
    }
)
"""What a broker may call a failure; any other word is not repeated, since the browser brought it."""


class CodeFlow:
    """Speaks with one broker. Its only memory is the broker's public keys."""

    def __init__(self, profile: Profile, fetch: Fetch, own_keys: Callable[[], OwnKeys] = OwnKeys) -> None:
        self._profile = profile
        self._fetch = fetch
        self._own_keys = own_keys
        self._broker_keys = BrokerKeys(profile.keys, self._published)

    async def begin(self, trip: Trip) -> str:
        """Return where to send the browser. Raises BankUnavailable where its return could not be judged."""
        key = self._signing_key(trip)
        await self._ready(trip)
        if self._profile.pushed_endpoint:
            return await pushed_address(self._profile, trip, key, self._fetch)
        return address(self._profile, trip, key)

    async def complete(self, trip: Trip, query: Mapping[str, str]) -> Asserted:
        """Judge what came back. A code is swapped once and never tried again.

        Raises IdentificationCancelled, BankUnavailable, AssertionRefused,
        ForeignIdentity or AssuranceTooLow.
        """
        answer = await self._swapped(self._code(query, trip.attempt), trip)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise AssertionRefused("token_answer")
        token = decrypted(token, self._own_keys().decrypting(now=trip.now), self._profile)
        key = await self._broker_keys.get(key_id(token), now=trip.now)
        claims = verified(token, key, algorithms=self._profile.jws_algs)
        access_token = answer.get("access_token")
        expected = Expected(
            nonce=trip.attempt.nonce,
            asked=trip.asked,
            began_at=trip.attempt.created_at,
            access_token=access_token if isinstance(access_token, str) else None,
        )
        return check_claims(claims, self._profile, expected, now=trip.now)

    async def _ready(self, trip: Trip) -> None:
        try:
            await self._broker_keys.know(now=trip.now)
        except AssertionRefused as refused:
            raise BankUnavailable(refused.check) from None

    def _code(self, query: Mapping[str, str], attempt: LoginAttempt) -> str:
        """Return the code. The state decides first, so that nobody's error ends another's attempt."""
        if not is_same(query.get("state", ""), attempt.state):
            raise CallbackRefused("state")
        said = query.get("iss", "" if self._profile.names_itself else self._profile.issuer)
        if said != self._profile.issuer:  # RFC 9207
            raise CallbackRefused("callback_iss")
        code, error = query.get("code"), query.get("error")
        if bool(code) == bool(error) or len(code or "") > LONGEST_CODE:
            raise CallbackRefused("callback")
        if error in self._profile.cancels:
            raise IdentificationCancelled
        if not code:
            raise BankUnavailable(error if error in KNOWN_ERRORS else "other_error", is_hearsay=True)
        return code

    async def _swapped(self, code: str, trip: Trip) -> Mapping[str, object]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": trip.return_to,
            "client_id": self._profile.client_id,
            **self._proofs(trip),
        }
        try:
            body = await self._fetch(self._profile.token_endpoint, form)
        except FetchFailed as failed:
            raise _refusal(failed) from failed
        try:
            return read_object(body, check="garbage")
        except AssertionRefused as garbage:
            raise BankUnavailable(garbage.check) from None

    def _proofs(self, trip: Trip) -> dict[str, str]:
        """Return what shows that it is us, and the same trip."""
        verifier = {"code_verifier": trip.attempt.verifier} if self._profile.uses_pkce else {}
        key = self._signing_key(trip)
        return {
            **verifier,
            **proof(self._profile.client_id, self._profile.assertion_aud, key, now=trip.now),
        }

    def _signing_key(self, trip: Trip) -> OwnKey:
        key = self._own_keys().used(KeyUse.SIGNING, now=trip.now)
        if key is None:
            raise BankUnavailable("no_signing_key")
        return key

    async def _published(self, url: str) -> bytes:
        try:
            return await self._fetch(url)
        except FetchFailed as failed:
            raise BankUnavailable("keys") from failed


def _refusal(failed: FetchFailed) -> IdentificationFailed:
    """Tell apart a broker that does not take us, one that we do not understand, and one that is away."""
    if failed.status in TAKEN:
        return BankUnavailable("garbage")
    is_our_fault = failed.status is not None and 400 <= failed.status < 500
    return AssertionRefused("token_answer") if is_our_fault else BankUnavailable()
