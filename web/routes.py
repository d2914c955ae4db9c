"""Every route of the house, collected from the modules that serve them."""

from itertools import chain

from aiohttp import web

from web.pages import about, assets

MODULES = (about, assets)

ROUTES: tuple[web.RouteDef, ...] = tuple(chain.from_iterable(module.ROUTES for module in MODULES))
