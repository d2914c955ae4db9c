"""Who may come to which route: one table, which a middleware asks before any handler does anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from aiohttp import web

from identity.permission import Right


class Way(Enum):
    """How somebody passes who neither signs in nor holds a key; the handler finds things by that alone."""

    OPEN = "anybody"
    LINK = "the holder of the secret in the address"
    TICKET = "the holder of a ticket, in the first frame"
    SIGNED = "a gateway that signs what it sends"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a program's key must be good for."""

    name: str


@dataclass(frozen=True, slots=True)
class Watching:
    """A right, used by a page that asks by itself: that keeps no session open, since nobody need be there."""

    right: Right


Needs = Right | Watching | Scope | Way

# A line with a method is about that route alone, others about an address and all below; the longest counts.
NEEDS: Mapping[str, Needs] = MappingProxyType(
    {
        "/": Way.OPEN,
        "/book": Way.OPEN,
        "/lost-link": Way.OPEN,
        "/practice": Way.OPEN,
        "/privacy": Way.OPEN,
        "/accessibility": Way.OPEN,
        "/photos/{photo_id}": Way.OPEN,
        "/identify/{provider}": Way.OPEN,
        "/sign-in": Way.OPEN,
        "/sign-out": Way.OPEN,
        "/.well-known": Way.OPEN,
        "/robots.txt": Way.OPEN,
        "/embed/button.js": Way.OPEN,
        "/static": Way.OPEN,
        "/health": Way.OPEN,
        "/demo": Way.OPEN,
        "/a/{token}": Way.LINK,
        "/h/{helper_token}": Way.LINK,
        "/g/{guest_token}": Way.LINK,
        "/c/{camera_token}": Way.LINK,
        "/o/{offer_token}": Way.LINK,
        "/i/{invitation}": Way.LINK,
        "/calendar/{token}.ics": Way.LINK,
        "/first-admin/{set_up}": Way.LINK,
        "/ws/meetings/{appointment_id}": Way.TICKET,
        "/channels/sms": Way.SIGNED,
        "GET /desk": Right.SEE_DESK,
        "/desk/states": Watching(Right.SEE_DESK),
        "/desk/waiting": Watching(Right.SEE_DESK),
        "/ws/desk": Watching(Right.SEE_DESK),
        "/desk/appointments/{appointment_id}": Right.SEE_DESK,
        "POST /desk/appointments/{appointment_id}/identity": Right.SEE_PERSONAL_CODE,
        "/desk/appointments/{appointment_id}/claim": Right.MEET,
        "/desk/appointments/{appointment_id}/release": Right.MEET,
        "/desk/appointments/{appointment_id}/coming": Watching(Right.SEE_DESK),
        "/desk/appointments/{appointment_id}/tell": Right.MEET,
        "/desk/appointments/{appointment_id}/meeting": Right.MEET,
        "/desk/appointments/{appointment_id}/ticket": Right.MEET,
        "/desk/appointments/{appointment_id}/colleagues": Right.MEET,
        "/desk/appointments/{appointment_id}/cannot-come": Right.MEET,
        "/desk/appointments/{appointment_id}/documents": Right.HAND_IN_DOCUMENTS,
        "/desk/messages": Right.SEE_DESK,
        "/desk/taking": Right.MEET,
        "/desk/device-check": Right.MEET,
        "/desk/book": Right.SEE_DESK,
        "/desk/invitations": Right.SEE_DESK,
        "/desk/share": Right.SEE_DESK,
        "/desk/password": Right.OWN_SIGN_IN,
        "/desk/access": Right.OWN_SIGN_IN,
        "/desk/hours": Right.MEET,
        "/desk/why": Right.MEET,
        "/desk/calendar": Right.MEET,
        "/desk/profile": Right.MEET,
        "/desk/disruptions": Right.MEET,
        "GET /admin": Right.SEE_STATISTICS,
        "/admin/attendance.csv": Right.SEE_STATISTICS,
        "/admin/tags.csv": Right.SEE_STATISTICS,
        "/admin/feedback.csv": Right.SEE_STATISTICS,
        "/admin/disruptions": Right.DISRUPT,
        "/admin/why": Right.MANAGE_PEOPLE,
        "/admin/people": Right.MANAGE_PEOPLE,
        "/admin/teams": Right.MANAGE_PEOPLE,
        "/admin/holidays": Right.MANAGE_OFFERINGS,
        "/admin/offerings": Right.MANAGE_OFFERINGS,
        "/admin/sentences": Right.MANAGE_OFFERINGS,
        "/admin/tags": Right.MANAGE_OFFERINGS,
        "/admin/letters": Right.SEE_OUTBOX,
        "/admin/letters/texts": Right.MANAGE_OFFERINGS,
        "/admin/letters/trial-address": Right.MANAGE_OFFERINGS,
        "/admin/rehearsal": Right.SEE_OUTBOX,
        "/admin/webhooks": Right.MANAGE_WEBHOOKS,
        "/admin/access-log": Right.SEE_ACCESS_LOG,
        "/admin/changes": Right.SEE_CHANGES,
        "/api/v1/offerings": Scope("booking"),
        "/api/v1/holds": Scope("booking"),
        "/api/v1/appointments": Scope("booking"),
        "/api/v1/statistics": Scope("statistics"),
        "/api/v1/openapi.json": Way.OPEN,
        "/api/v1/docs": Way.OPEN,
    }
)


def needs_of(method: str, address: str) -> Needs | None:
    """Return what a route asks of whoever comes; None for one of which the table says nothing."""
    found = NEEDS.get(f"{'GET' if method == 'HEAD' else method} {address}")
    while found is None and address:
        found = NEEDS.get(address)
        address = address.rpartition("/")[0]
    return found


def require_lines(routes: Iterable[web.AbstractRoute]) -> None:
    """Raise LookupError for a route that nobody has said anything of: better no start than an open door."""
    for route in routes:
        address = route.resource.canonical if route.resource else ""
        if needs_of(route.method, address) is None:
            raise LookupError(f"{route.method} {address} has no line in web/rights.py")
