"""Lead people to an offering: a link with its source, a button for another site, a QR code for paper."""

from typing import Any
from uuid import UUID

from aiohttp import web
from markupsafe import escape
from pydantic import BaseModel
from yarl import URL

from booking.offering import Offering
from web.body import read_query
from web.fields import MaybeLanguage, SourceTag
from web.forms import Form, blank, queried
from web.guard import staff
from web.i18n import N_, gettext, language_of
from web.keys import SITE, UNITS
from web.pages.desk_seat import desk_page
from web.pages.embed import PATH as BUTTON
from web.public_site import Site
from web.qr import qr_inline, qr_png, qr_svg

QR = N_("QR code that leads to: %(name)s")


class Shared(BaseModel):
    """What is shared, where it will stand, and the language of who reads it there, if it is known."""

    offering: UUID
    source: SourceTag = ""
    language: MaybeLanguage = None


async def share(request: web.Request) -> web.Response:
    """Ask what is to be shared; once that is in the address, show it in its three forms."""
    member = staff(request)
    form: Form[Shared] = queried(request, Shared) if "offering" in request.query else blank()
    async with request.app[UNITS].read() as unit:
        offerings = [one for one in await unit.offerings.all() if one.is_open]
        offering = await unit.offerings.get(form.model.offering) if form.model else None
    ways = _ways(request, form.model, offering) if form.model and offering else None
    return desk_page(
        request,
        member,
        "desk/share.html",
        422 if form.errors else 200,
        offerings=offerings,
        form=form,
        ways=ways,
    )


async def code_svg(request: web.Request) -> web.Response:
    return _file(qr_svg(await _address(request)), "image/svg+xml", "svg")


async def code_png(request: web.Request) -> web.Response:
    return _file(qr_png(await _address(request)), "image/png", "png")


def link_to(site: Site, shared: Shared) -> str:
    """Return the public address of an offering with its source and language."""
    told = {"source": shared.source, "lang": shared.language or ""}
    query = {name: value for name, value in told.items() if value}
    return str(URL(f"{site.public_url}/book/{shared.offering}").with_query(query))


def script_tag(site: Site, shared: Shared) -> str:
    told = {"offering": str(shared.offering), "source": shared.source, "lang": shared.language or ""}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items() if value)
    return f'<script src="{escape(site.public_url)}{BUTTON}"{data} async></script>'


def _ways(request: web.Request, shared: Shared, offering: Offering) -> dict[str, Any]:
    site, language = request.app[SITE], language_of(request)
    address = link_to(site, shared)
    return {
        "offering": offering,
        "link": address,
        "tag": script_tag(site, shared),
        "code": qr_inline(address),
        "label": gettext(language, QR, name=offering.name(language)),
        "query": request.query_string,
    }


async def _address(request: web.Request) -> str:
    """Return what the code in the address says. Raises booking's NotFound for no offering of ours."""
    shared = read_query(request, Shared)
    async with request.app[UNITS].read() as unit:
        await unit.offerings.get(shared.offering)
    return link_to(request.app[SITE], shared)


def _file(body: bytes, content_type: str, suffix: str) -> web.Response:
    headers = {
        "Content-Disposition": f'attachment; filename="kohtaamo-qr.{suffix}"',
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return web.Response(body=body, content_type=content_type, headers=headers)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/desk/share", share),
    web.get("/desk/share/qr.svg", code_svg),
    web.get("/desk/share/qr.png", code_png),
)
