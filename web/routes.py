"""Every route of the house, collected from the modules that serve them."""

from itertools import chain

from aiohttp import web

from web import meeting_socket
from web.api import appointments, changes, docs, figures, holds, offerings, openapi
from web.pages import (
    about,
    assets,
    attendance,
    booking,
    booking_details,
    contact,
    demo,
    demo_bank,
    desk,
    desk_colleague,
    desk_moving,
    desk_restoring,
    documents,
    door,
    embed,
    front,
    holding,
    hours,
    identification,
    login,
    lost_link,
    manage,
    meeting,
    moving,
    other_times,
    precall,
    restoring,
    sharing,
)

MODULES = (
    front,
    booking,
    booking_details,
    holding,
    manage,
    moving,
    restoring,
    contact,
    lost_link,
    other_times,
    door,
    identification,
    meeting,
    meeting_socket,
    documents,
    precall,
    desk,
    desk_moving,
    desk_colleague,
    desk_restoring,
    sharing,
    attendance,
    hours,
    login,
    demo,
    demo_bank,
    holds,
    offerings,
    appointments,
    changes,
    figures,
    openapi,
    docs,
    about,
    embed,
    assets,
)

ROUTES: tuple[web.RouteDef, ...] = tuple(chain.from_iterable(module.ROUTES for module in MODULES))
