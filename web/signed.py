"""Bodies that a gateway signs: who knows the secret alone is listened to."""

import hmac
from datetime import timedelta

from aiohttp import web

from web.keys import ADDRESS, ALLOWANCE, CLOCK, RATES, SMS_SECRET
from web.receive import received
from web.refusal import PageNotFound, SignatureNeeded

TIMESTAMP = "X-Kohtaamo-Timestamp"
SIGNATURE = "X-Kohtaamo-Signature"
TOLERANCE = timedelta(minutes=5)
MOST_BYTES = 16 * 1024


async def signed_body(request: web.Request) -> bytes:
    """Return a body whose signature is right: HMAC-SHA256 over `timestamp.body`, of now.

    Raises SignatureNeeded, PageNotFound where no secret is set, TooManyRequests for who guesses, and what
    reading a body raises.
    """
    secret = request.app.get(SMS_SECRET)
    if not secret:
        raise PageNotFound
    guesses = request.app[ALLOWANCE].unknown_keys_a_minute
    await request.app[RATES].left(guesses, "signature", request[ADDRESS])
    body = await received(request, MOST_BYTES)
    if not _is_right(request, secret, body):
        await request.app[RATES].a_minute(guesses, "signature", request[ADDRESS])
        raise SignatureNeeded
    return body


def _is_right(request: web.Request, secret: bytes, body: bytes) -> bool:
    said = request.headers.get(TIMESTAMP, "")
    if not (said.isascii() and said.isdigit() and len(said) <= 12):
        return False
    age = request.app[CLOCK]().timestamp() - int(said)
    wanted = hmac.new(secret, f"{said}.".encode() + body, "sha256").hexdigest()
    given = request.headers.get(SIGNATURE, "").lower().encode(errors="surrogateescape")
    return abs(age) <= TOLERANCE.total_seconds() and hmac.compare_digest(wanted.encode(), given)
