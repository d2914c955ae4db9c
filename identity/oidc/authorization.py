"""Where the browser is sent, and with what (OIDC Core 3.1.2.1, RFC 9101)."""

from urllib.parse import urlencode

from identity.oidc.broker import Profile
from identity.oidc.client_assertion import request_object
from identity.oidc.own_key import OwnKey
from identity.oidc.pkce import METHOD, challenge
from identity.trip import Trip


def address(profile: Profile, trip: Trip, key: OwnKey) -> str:
    """Return the broker's address with the request; beside a signed one stands only what the profile says."""
    outer = {"client_id": profile.client_id} if profile.sends_outer_client_id else {}
    asked = urlencode({**outer, "request": signed_request(profile, trip, key)})
    return f"{profile.authorization_endpoint}?{asked}"


def signed_request(profile: Profile, trip: Trip, key: OwnKey) -> str:
    return request_object(
        parameters(profile, trip), profile.client_id, profile.request_aud, key, now=trip.now
    )


def parameters(profile: Profile, trip: Trip) -> dict[str, str]:
    """Return what is asked for. Nothing of it is about the person: not even who is expected."""
    asked = {
        "response_type": "code",
        "client_id": profile.client_id,
        "redirect_uri": trip.return_to,
        "scope": profile.scope,
        "state": trip.attempt.state,
        "nonce": trip.attempt.nonce,
        "acr_values": profile.acr_asked(trip.asked),
        "ui_locales": profile.languages.get(trip.language, trip.language),
        "prompt": profile.prompt,
        **profile.further,
    }
    if profile.service_name_parameter:
        asked[profile.service_name_parameter] = profile.service_name
    if profile.method_parameter and trip.method:
        asked[profile.method_parameter] = trip.method
    if profile.uses_pkce:
        asked |= {"code_challenge": challenge(trip.attempt.verifier), "code_challenge_method": METHOD}
    return {name: value for name, value in asked.items() if value}
