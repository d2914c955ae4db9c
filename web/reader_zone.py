"""Whose clock a customer reads: the zone that they chose, else the one that times are offered in."""

from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

from aiohttp import web
from babel.dates import get_timezone_location

from web.cookies import bake, cookie
from web.format import MANNERS

COOKIE = "zone"
LASTS = timedelta(days=180)
KNOWN = frozenset(available_timezones()) - {"Factory", "localtime"}
"""Less what is no place: another machine of ours might not know it, or mean another by it."""

OFFERED = (
    "Europe/Helsinki",
    "Europe/Stockholm",
    "Europe/Oslo",
    "Europe/Copenhagen",
    "Europe/Tallinn",
    "Europe/Riga",
    "Europe/Vilnius",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Athens",
    "Europe/Bucharest",
    "Europe/Warsaw",
    "Europe/Zurich",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Atlantic/Canary",
    "Atlantic/Reykjavik",
    "Atlantic/Azores",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Toronto",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Africa/Cairo",
    "Africa/Nairobi",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Australia/Perth",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Honolulu",
)
"""What the small chooser shows; a link or the device may name any that is known."""


def chosen_zone(request: web.Request) -> ZoneInfo | None:
    """Return the zone in the address, else the one that this browser remembers, if there is either."""
    for name in (request.query.get("zone"), cookie(request, COOKIE)):
        if name in KNOWN:
            return ZoneInfo(name)
    return None


def zone_of(request: web.Request, offered_in: str) -> ZoneInfo:
    """Return the zone in which somebody reads times offered in another, and remember a new choice."""
    if request.query.get("zone") in KNOWN:
        bake(request, COOKIE, request.query["zone"], lasts=LASTS)
    return chosen_zone(request) or ZoneInfo(offered_in)


def zone_choices(current: ZoneInfo, language: str) -> list[tuple[str, str]]:
    """Return (name, city) of the zones to choose from, by city; the current one is always among them."""
    names = {*OFFERED, current.key}
    return sorted(((name, city_of(name, language)) for name in names), key=lambda pair: pair[1])


def other_zones() -> list[str]:
    """Return the names of all zones that the small chooser leaves out."""
    return sorted(KNOWN - set(OFFERED))


def city_of(zone: str, language: str) -> str:
    """Return the city that a zone is named after, in a language."""
    return get_timezone_location(ZoneInfo(zone), locale=MANNERS[language].locale, return_city=True)
