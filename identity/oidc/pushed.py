"""The request, handed to the broker beforehand (RFC 9126): the browser carries no more than a word for it."""

from urllib.parse import urlencode

from identity.errors import AssertionRefused, BankUnavailable
from identity.oidc.authorization import signed_request
from identity.oidc.broker import Profile
from identity.oidc.claim import text
from identity.oidc.client_assertion import proof
from identity.oidc.own_key import OwnKey
from identity.oidc.strict_json import read_object
from identity.provider import Fetch, FetchFailed
from identity.trip import Trip


async def pushed_address(profile: Profile, trip: Trip, key: OwnKey, fetch: Fetch) -> str:
    """Push the request, and return where to send the browser. Raises BankUnavailable."""
    form = {
        "client_id": profile.client_id,
        "request": signed_request(profile, trip, key),
        **proof(profile.client_id, profile.assertion_aud, key, now=trip.now),
    }
    try:
        answer = read_object(await fetch(profile.pushed_endpoint, form), check="pushed")
        word = text(answer, "request_uri")
    except (FetchFailed, AssertionRefused):
        raise BankUnavailable("pushed") from None
    asked = urlencode({"client_id": profile.client_id, "request_uri": word})
    return f"{profile.authorization_endpoint}?{asked}"
