"""The secret of our own forms: a signed double-submit cookie, bound to the session where there is one.

The cookie holds 128 random bits; a form repeats not them but their HMAC, so that who can plant a cookie
(a neighbouring subdomain) still cannot make the form's value.
"""

import hmac
import secrets
from hashlib import sha256

from aiohttp import web
from markupsafe import Markup

from web.cookies import SESSION, bake, cookie
from web.keys import SECRET
from web.refusal import CsrfFailed

COOKIE = "csrf"
FIELD = "csrf"
HEADER = "X-CSRF-Token"

_NONCE = web.RequestKey("csrf_nonce", str)


def csrf_token(request: web.Request) -> str:
    """Return the value for forms and fetch() of this page, and bake its cookie when there is none yet."""
    nonce = cookie(request, COOKIE) or request.get(_NONCE)
    if nonce is None:
        nonce = request[_NONCE] = secrets.token_urlsafe(16)
        bake(request, COOKIE, nonce)
    return _signed(request, nonce)


def csrf_field(request: web.Request) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token(request))


def check_csrf(request: web.Request, token: str | None) -> None:
    """Raise CsrfFailed unless the token was made for this browser and this session."""
    nonce = cookie(request, COOKIE)
    if not nonce or not token or not hmac.compare_digest(token.encode(), _signed(request, nonce).encode()):
        raise CsrfFailed


def _signed(request: web.Request, nonce: str) -> str:
    """Bind to the session: signing in or out makes older forms void."""
    session = cookie(request, SESSION) or ""
    message = f"csrf\n{nonce}\n{session}".encode("utf-8", "surrogateescape")
    return hmac.new(request.app[SECRET], message, sha256).hexdigest()
