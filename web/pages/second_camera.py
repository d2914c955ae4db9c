"""Where the QR code in a customer's meeting leads: their phone shows something, and is no person there."""

from aiohttp import web

from booking.errors import NotFound
from booking.guest_link import InvitedGuest
from identity.secret import fresh, kept
from signalling.participant import Role
from signalling.second_camera import OPENS_WITHIN
from web.body import Nothing, read_json
from web.camera_words import camera_words
from web.cookies import CAMERA, bake, cookie
from web.csrf import csrf_token
from web.first_script import FIRST
from web.i18n import language_of
from web.keys import ASSETS, CLOCK, SIGNER, SITE, UNITS
from web.moments import moment_json
from web.policy import Policy
from web.render import page
from web.script_times import script_times

SCRIPT = "js/second_camera/main.js"


async def show(request: web.Request) -> web.Response:
    """Show a phone its page: of whose meeting it is, it says nothing. Of a link that is over, that it is."""
    try:
        camera = await _camera(request)
    except NotFound:
        return page(request, "second_camera/over.html", 404)
    language = language_of(request)
    answer = page(
        request,
        "second_camera/camera.html",
        policy=Policy.CAMERA,
        first=FIRST,
        modules=request.app[ASSETS].modules(SCRIPT),
        data={
            "role": Role.CAMERA.value,
            "socket": f"/ws/meetings/{camera.appointment_id}",
            "ticket": f"/c/{request.match_info['camera_token']}/ticket",
            "entry": None,
            "certificate": None,
            "csrf": csrf_token(request),
            **script_times(language, request.app[SITE].zone, request.app[CLOCK]()),
            "words": camera_words(language),
        },
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def ticket(request: web.Request) -> web.Response:
    """Hand a ticket to the phone that asks first; from then on to that one alone. Raises NotFound."""
    await read_json(request, Nothing)
    await _camera(request)
    token, now = request.match_info["camera_token"], request.app[CLOCK]()
    browser = cookie(request, CAMERA) or fresh()
    camera = await request.app[UNITS].do(
        lambda unit: unit.guest_links.bind(token, kept(browser), since=now - OPENS_WITHIN)
    )
    bake(request, CAMERA, browser)
    told, issued = request.app[SIGNER].issue(
        appointment_id=camera.appointment_id,
        participant_id=camera.id,
        role=camera.role,
        name=camera.name,
        now=now,
    )
    answer = web.json_response({"ticket": told, "expires_at": moment_json(issued.exp)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _camera(request: web.Request) -> InvitedGuest:
    """Return as what the link's phone comes. Raises NotFound once it is over, or another phone's."""
    async with request.app[UNITS].read() as unit:
        camera = await unit.guest_links.by_token(request.match_info["camera_token"])
        appointment = await unit.appointments.get(camera.appointment_id)
    own = cookie(request, CAMERA)
    is_anothers = camera.browser is not None and (own is None or kept(own) != camera.browser)
    if camera.role != Role.CAMERA.value or not appointment.is_live or is_anothers:
        raise NotFound
    return camera


ROUTES: tuple[web.RouteDef, ...] = (
    web.get("/c/{camera_token}", show),
    web.post("/c/{camera_token}/ticket", ticket),
)
