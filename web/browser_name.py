"""In a few words which browser this is: what a person needs to know it again, and no more than that."""

from collections.abc import Sequence

from aiohttp import web

# The first that fits: most of them also name those after them.
BROWSERS: Sequence[tuple[str, str]] = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Sequence[tuple[str, str]] = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(request: web.Request) -> str:
    """Return `Firefox, Windows`, or nothing for a program that says neither."""
    said = request.headers.get("User-Agent", "")
    return ", ".join(filter(None, (_first(BROWSERS, said), _first(SYSTEMS, said))))


def _first(names: Sequence[tuple[str, str]], said: str) -> str:
    return next((name for sign, name in names if sign in said), "")
