"""No page is left out when the accessibility tests look at what people read."""

from aiohttp import web

from tests.journeys.pages import (
    ADMINS,
    ADVISERS,
    COMING_IN,
    CUSTOMERS,
    ELSEWHERE,
    GUESTS,
    MEET_NOW,
    OTHER_WAYS,
    PHONES,
    STAFF_SIGN_IN,
    STEP_BY_STEP,
    WEBHOOKS,
)
from web.routes import ROUTES

NO_PAGES = {
    "/.well-known/kohtaamo-signed-jwks.jwt",
    "/.well-known/openid-federation",
    "/.well-known/security.txt",
    "/a/{token}/calendar.ics",
    "/a/{token}/delay",
    "/a/{token}/sentences/{sentence}",
    "/desk/appointments/{appointment_id}/colleagues",
    "/desk/appointments/{appointment_id}/coming",
    "/h/{helper_token}/steps",
    "/admin/attendance.csv",
    "/admin/tags.csv",
    "/admin/feedback.csv",
    "/calendar/{token}.ics",
    "/demo/bank/.well-known/openid-federation",
    "/demo/bank/signed_jwks.jwt",
    "/demo/outbox.json",
    "/demo/phone/roots.pem",
    "/desk/share/qr.png",
    "/desk/share/qr.svg",
    "/desk/states",
    "/desk/waiting",
    "/embed/button.js",
    "/identify/{provider}/logo.svg",
    "/photos/{photo_id}",
    "/robots.txt",
    "/sign-in/issuer/callback",
}
"""Files, pictures and data."""

MACHINES = ("/api/", "/static/", "/ws/", "/health/")


def pages() -> set[str]:
    """Collect the addresses that answer a GET with a page, the way aiohttp writes them."""
    app = web.Application()
    app.add_routes([route for route in ROUTES if route.method == "GET"])
    found = {resource.canonical for resource in app.router.resources()}
    return {
        each
        for each in found - NO_PAGES
        if not each.startswith(MACHINES) and not each.endswith("/documents/{document_id}/pages/{page}")
    }


def test_every_page_is_looked_at_for_accessibility() -> None:
    looked_at = [
        *ADMINS,
        *ADVISERS,
        *CUSTOMERS,
        *STEP_BY_STEP,
        *COMING_IN,
        *GUESTS,
        *PHONES,
        *MEET_NOW,
        *WEBHOOKS,
        *STAFF_SIGN_IN,
        *OTHER_WAYS,
        *ELSEWHERE,
    ]

    assert sorted(looked_at) == sorted(pages())
