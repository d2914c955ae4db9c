"""Whatever shows the staff or a program a customer's data says so, and the access log has it."""

from collections.abc import Mapping
from types import MappingProxyType

from aiohttp import web

from web.looking import declared
from web.routes import ROUTES

OF_STAFF = ("/desk", "/admin", "/api", "/ws/desk", "/calendar")

LISTS: Mapping[str, str] = MappingProxyType(
    {
        "/desk/states": "how each row of the day stands, by id; the page that it belongs to is written",
        "/desk/appointments/{appointment_id}/coming": "at which step somebody is, without a name",
        "/desk/waiting": "who waits now, by name and time; each is opened on the page of their meeting",
        "/admin/disruptions/{disruption_id}": "the team's customers whom it caught, by name and time",
        "/desk/disruptions/{disruption_id}": "the same, an adviser's own",
        "/admin/people/{staff_id}/deactivate": "an adviser's times ahead; names for their team alone",
        "/admin/people/{staff_id}/hours": "times that would lie outside the hours; names for the team alone",
        "/desk/hours": "the same, an adviser's own",
        "/admin/rehearsal": "letters of the days to come, the team's by name",
    }
)
"""Lists by name and time, of which whoever is meant is opened on a page of their own."""

NOBODYS = (
    "/admin", "/admin/attendance.csv", "/admin/changes", "/admin/disruptions",
    "/admin/disruptions/new", "/admin/holidays", "/admin/letters", "/admin/letters/failed",
    "/admin/letters/in-doubt", "/admin/letters/texts", "/admin/letters/texts/{kind}", "/admin/offerings",
    "/admin/offerings/new", "/admin/offerings/{offering_id}", "/admin/offerings/{offering_id}/advisers",
    "/admin/offerings/{offering_id}/close", "/admin/offerings/{offering_id}/{list}",
    "/admin/offerings/{offering_id}/{list}/{place}", "/admin/offerings/{offering_id}/{section}",
    "/admin/people", "/admin/people/new", "/admin/people/{staff_id}", "/admin/people/{staff_id}/sessions",
    "/admin/sentences", "/admin/sentences/{sentence_id}", "/admin/tags", "/admin/tags.csv",
    "/admin/feedback.csv",
    "/admin/tags/{tag_id}", "/admin/teams",
    "/admin/webhooks", "/admin/webhooks/new", "/admin/webhooks/{subscriber_id}",
    "/admin/webhooks/{subscriber_id}/edit", "/admin/why", "/api/v1/docs", "/api/v1/offerings",
    "/api/v1/offerings/{offering_id}/slots", "/api/v1/openapi.json", "/api/v1/statistics/attendance",
    "/api/v1/statistics/refill", "/calendar/{token}.ics", "/desk/access", "/desk/access/app",
    "/desk/appointments/{appointment_id}/colleagues",
    "/desk/book", "/desk/book/{offering_id}", "/desk/book/{offering_id}/details", "/desk/device-check",
    "/desk/calendar",
    "/desk/disruptions", "/desk/disruptions/new", "/desk/invitations", "/desk/password", "/desk/profile",
    "/desk/share",
    "/desk/share/qr.png", "/desk/share/qr.svg", "/desk/why", "/ws/desk",
)  # fmt: skip
"""Set-up, figures, times and the staff's own: no customer stands there."""


def canonical(path: str) -> str:
    """Leave the patterns away: `{page:[0-9]{1,3}}` is `{page}`."""
    app = web.Application()
    return app.router.add_resource(path).canonical


def test_every_page_of_the_staff_and_every_call_says_what_it_shows_of_a_customer() -> None:
    routes = {canonical(one.path): one.handler for one in ROUTES if one.method == "GET"}
    of_staff = {path: handler for path, handler in routes.items() if path.startswith(OF_STAFF)}
    say = {path for path, handler in of_staff.items() if declared(handler)}

    assert len(say) > 10
    assert of_staff.keys() - say - LISTS.keys() - set(NOBODYS) == set()
    assert say & (LISTS.keys() | set(NOBODYS)) == set()
    assert (LISTS.keys() | set(NOBODYS)) - of_staff.keys() == set()
