"""The order in which a request meets what stands before its handler: the first is the outermost."""

from aiohttp import web

from web.api.known_keys import KNOWN_KEYS, KnownKeys
from web.disturbances import Disturbances
from web.keys import DISTURBANCES
from web.live_sessions import LIVE_SESSIONS, LiveSessions, keep_looking
from web.middleware.address import address
from web.middleware.csrf import csrf
from web.middleware.deadline import deadline
from web.middleware.fence import host, origin, rate
from web.middleware.headers import protect
from web.middleware.journal import journal
from web.middleware.looks import looks
from web.middleware.refusals import refusals
from web.middleware.rights import rights
from web.middleware.uploads import uploads
from web.wire import WIRES, hang_up

ORDER = (address, journal, refusals, deadline, host, rate, origin, csrf, rights, uploads, looks)


def dress(app: web.Application) -> None:
    """Put everything around an application's handlers. It has SITE, ALLOWANCE, RATES, SECRET and ASSETS."""
    app.middlewares.extend(ORDER)
    app.on_response_prepare.append(protect)
    app[WIRES] = set()
    app[KNOWN_KEYS] = KnownKeys()
    app[DISTURBANCES] = Disturbances()
    app[LIVE_SESSIONS] = LiveSessions()
    app.cleanup_ctx.append(keep_looking)
    app.on_shutdown.append(hang_up)
