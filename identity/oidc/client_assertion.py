"""What we sign towards a broker: that it is us who swaps a code, and what we ask for (RFC 7523, RFC 9101)."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from joserfc import jws

from identity.oidc.own_key import OwnKey
from identity.secret import fresh

ALGORITHM = "RS256"
ASSERTION_LASTS = timedelta(seconds=90)
REQUEST_LASTS = timedelta(minutes=5)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def signed(claims: Mapping[str, object], key: OwnKey, *, typ: str = "JWT") -> str:
    header = {"alg": ALGORITHM, "kid": key.kid, "typ": typ}
    return jws.serialize_compact(header, json.dumps(claims), key.key, algorithms=[ALGORITHM])


def client_assertion(client_id: str, audience: str, key: OwnKey, *, now: datetime) -> str:
    """Say once, for a minute and a half, that we are this client."""
    return signed({"iss": client_id, "sub": client_id, "aud": audience, **_moment(now, ASSERTION_LASTS)}, key)


def proof(client_id: str, audience: str, key: OwnKey, *, now: datetime) -> dict[str, str]:
    """Return the fields of a form that show that it is us."""
    said = client_assertion(client_id, audience, key, now=now)
    return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": said}


def request_object(
    asked: Mapping[str, str], client_id: str, audience: str, key: OwnKey, *, now: datetime
) -> str:
    """Sign what is asked for, so that no browser can change it."""
    return signed({**asked, "iss": client_id, "aud": audience, **_moment(now, REQUEST_LASTS)}, key)


def _moment(now: datetime, lasts: timedelta) -> dict[str, object]:
    issued = int(now.timestamp())
    return {"jti": fresh(), "iat": issued, "exp": issued + int(lasts.total_seconds())}
