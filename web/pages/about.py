"""Privacy, accessibility, and what machines ask of every site."""

from datetime import timedelta

from aiohttp import web

from web.keys import CLOCK, SITE, UNITS
from web.moments import moment_json
from web.promises import Case, promises
from web.render import page, reader_of
from web.rights import NEEDS, Way

SECURITY_TXT_LASTS = timedelta(days=180)


async def privacy(request: web.Request) -> web.Response:
    """Say of all that can be had here what each appointment's own page says of itself."""
    async with request.app[UNITS].read() as unit:
        case = Case(site=request.app[SITE], offerings=await unit.offerings.all())
    return page(request, "about/privacy.html", promises=promises(case, reader_of(request)))


async def accessibility(request: web.Request) -> web.Response:
    return page(request, "about/accessibility.html")


async def security_txt(request: web.Request) -> web.Response:
    """Say whom to tell of a hole (RFC 9116); it must bear an expiry, which moves with each day."""
    site = request.app[SITE]
    today = request.app[CLOCK]().replace(hour=0, minute=0, second=0, microsecond=0)
    contact = site.security_contact or (
        f"mailto:{site.email}" if site.email else f"tel:{site.phone.replace(' ', '')}"
    )
    return web.Response(
        text="\n".join(
            (
                f"Contact: {contact}",
                f"Expires: {moment_json(today + SECURITY_TXT_LASTS)}",
                f"Preferred-Languages: {', '.join(site.languages)}",
                f"Canonical: {site.public_url}/.well-known/security.txt",
                "",
            )
        )
    )


async def robots_txt(_: web.Request) -> web.Response:
    """Personal links must not be found by searching."""
    links = sorted(path.partition("{")[0] for path, needs in NEEDS.items() if needs is Way.LINK)
    hidden = (*links, "/desk", "/admin", "/api/")
    return web.Response(text="\n".join(["User-agent: *", *(f"Disallow: {path}" for path in hidden), ""]))


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/privacy", privacy),
    web.get("/accessibility", accessibility),
    web.get("/.well-known/security.txt", security_txt),
    web.get("/robots.txt", robots_txt),
)
