"""Whether the access log is whole, for admins: the walk along its chain that the command takes, too."""

from aiohttp import web

from identity.look import Thing
from identity.look_chain import Break, Chain
from web.body import Nothing, read_form
from web.guard import staff
from web.i18n import N_
from web.keys import UNITS
from web.looking import looks_at, saw
from web.pages.access_log import HOME
from web.render import page

MOST = 250_000
"""A longer log is walked along by the command: a page must not take so long."""

WORDS = {
    Break.MISSING: N_("The look at place %(place)s is missing."),
    Break.CHANGED: N_("The look at place %(place)s is not what was written."),
    Break.CUT: N_("The looks from place %(place)s on are missing."),
    Break.OTHER_HEAD: N_("The end of the chain at place %(place)s was not written by this installation."),
    Break.OTHER_PAST: N_("What stands up to place %(place)s is not what was noted earlier."),
}


@looks_at(Thing.LOG)
async def verify(request: web.Request) -> web.Response:
    member = staff(request)
    await read_form(request, Nothing)
    async with request.app[UNITS].read() as unit:
        head, waiting = await unit.access_chain.head(), await unit.access_chain.waiting()
        is_long, chain = head.place > MOST, Chain()
        broken = None if is_long else await chain.walk(unit.access_chain.links()) or chain.ends_at(head)
    saw(request, Thing.LOG, None)
    return page(
        request,
        "admin/access_log_whole.html",
        member=member,
        is_long=is_long,
        broken=broken,
        words=WORDS[broken.at] if broken else "",
        head=head,
        waiting=waiting,
    )


ROUTES: tuple[web.RouteDef, ...] = (web.post(f"{HOME}/verify", verify),)
