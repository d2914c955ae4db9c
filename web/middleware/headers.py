"""Headers of every answer; a signal, since files and sockets write theirs after the middlewares."""

from aiohttp import web

from web.keys import SITE
from web.policy import Policy, content_security_policy, permissions_policy
from web.render import POLICY

HSTS = "max-age=31536000"


async def protect(request: web.Request, answer: web.StreamResponse) -> None:
    """Say what the browser may do with this answer; what a handler has set stays."""
    site, policy, headers = request.app[SITE], request.get(POLICY, Policy.PLAIN), answer.headers
    headers.popall("Server", None)
    headers.setdefault("Content-Security-Policy", content_security_policy(site, policy=policy))
    headers.setdefault("Permissions-Policy", permissions_policy(policy))
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")
    if site.is_tls and not site.is_demo:
        headers.setdefault("Strict-Transport-Security", HSTS)
