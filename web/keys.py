"""Under which key a handler finds what the application was built with."""

from collections.abc import Callable, Mapping
from datetime import datetime

from aiohttp import web

from identity.provider import IdentityProvider
from identity.staff_issuer.code_flow import StaffCodeFlow
from identity.tickets import Signer
from signalling.documents.ports import Blobs, Converter
from signalling.ports import Meetings, RelayAccess
from signalling.precall.ports import ConnectionTests
from web.desk_news import DeskNews
from web.disturbances import Disturbances
from web.letter_room import LetterRoom
from web.ports import Portraits, Targets, Units
from web.public_site import Allowance, Site
from web.rates import Rates
from web.static import Assets

UNITS: web.AppKey[Units] = web.AppKey("units", Units)
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("clock")
SITE = web.AppKey("site", Site)
SECRET = web.AppKey("secret", bytes)
ALLOWANCE = web.AppKey("allowance", Allowance)
RATES = web.AppKey("rates", Rates)
SMS_SECRET = web.AppKey("sms_secret", bytes)
"""What a gateway for text messages signs with; empty or absent where none calls."""
DESK_NEWS = web.AppKey("desk_news", DeskNews)
ASSETS = web.AppKey("assets", Assets)
PROVIDERS: web.AppKey[Mapping[str, IdentityProvider]] = web.AppKey("providers", Mapping)
DISTURBANCES = web.AppKey("disturbances", Disturbances)
STAFF_ISSUER = web.AppKey("staff_issuer", StaffCodeFlow)
"""By whom the staff signs in; absent where the organisation has set up none."""
SIGNER = web.AppKey("signer", Signer)
SWITCHBOARD: web.AppKey[Meetings] = web.AppKey("switchboard", Meetings)
RELAY: web.AppKey[RelayAccess] = web.AppKey("relay", RelayAccess)
PRECALL: web.AppKey[ConnectionTests] = web.AppKey("precall", ConnectionTests)
BLOBS: web.AppKey[Blobs] = web.AppKey("blobs", Blobs)
CONVERTER: web.AppKey[Converter] = web.AppKey("converter", Converter)
LETTER_ROOM: web.AppKey[LetterRoom] = web.AppKey("letter_room", LetterRoom)
PORTRAITS: web.AppKey[Portraits] = web.AppKey("portraits", Portraits)
TARGETS: web.AppKey[Targets] = web.AppKey("targets", Targets)

ADDRESS = web.RequestKey("address", str)
WHO_SEES = web.RequestKey("who_sees", str)
"""Where it is told who sees what a page is about, and how long it is kept."""
REQUEST_ID = web.RequestKey("request_id", str)
