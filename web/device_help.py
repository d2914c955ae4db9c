"""How to open a microphone or a camera that is shut: a sentence and a picture for each system and browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from signalling.arrival import Browser, System
from web.i18n import N_, gettext


class Cause(StrEnum):
    """What keeps one device shut, or all of the page from having any; a failure's name ends in it."""

    BLOCKED = "blocked"
    BLOCKED_BY_SYSTEM = "blocked_by_system"
    DISMISSED = "dismissed"
    UNANSWERED = "unanswered"
    IN_USE = "in_use"
    MISSING = "missing"
    SILENT = "silent"
    FAILED = "failed"
    IN_APP = "in_app"


class Picture(StrEnum):
    """A symbol of web/static/img/help.svg."""

    BAR_LEFT = "bar-left"
    BAR_BOTTOM = "bar-bottom"
    PHONE_BAR = "phone-bar"
    MENU_ABOVE = "menu-above"
    SETTINGS = "settings"
    PHONE_SETTINGS = "phone-settings"
    QUESTION = "question"
    PHONE_QUESTION = "phone-question"
    TAKEN = "taken"
    PLUG = "plug"
    SILENT = "silent"
    IN_APP = "in-app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to mend a cause; without systems or browsers it is for all of them."""

    cause: Cause
    help: str
    picture: Picture
    systems: Sequence[System] = ()
    browsers: Sequence[Browser] = ()


GENERAL: Mapping[Cause, str] = MappingProxyType(
    {
        Cause.BLOCKED: N_("Press the sign at the left of the address, and allow %(device)s."),
        Cause.BLOCKED_BY_SYSTEM: N_(
            "Open the settings of your device, and allow %(device)s for the browser."
        ),
        Cause.DISMISSED: N_("Press “Try again”, and choose “Allow” when the browser asks."),
        Cause.UNANSWERED: N_("The browser asks at the top of the window. Choose “Allow” there."),
        Cause.IN_USE: N_("Close other video calls and programs. This page goes on by itself."),
        Cause.MISSING: N_("Plug %(device)s in or switch it on. This page goes on by itself."),
        Cause.SILENT: N_(
            "See that the microphone is not muted by a key or on the headset, or choose another one below."
        ),
        Cause.FAILED: N_("Try again. If it does not help, restart the browser."),
        Cause.IN_APP: N_("Open the menu of the app, and choose to open the page in the browser."),
    }
)
"""What helps where the browser is not known."""

_PHONES = (System.ANDROID, System.IOS)
_BY_BROWSER_SETTINGS = N_(
    "Open the Settings of the phone, choose the browser there, and switch on %(device)s."
)

WAYS: Sequence[Way] = (
    Way(
        cause=Cause.BLOCKED,
        help=N_("Press the page sign beside the address, then Website Settings, and allow %(device)s."),
        picture=Picture.BAR_BOTTOM,
        systems=(System.IOS,),
        browsers=(Browser.SAFARI,),
    ),
    Way(
        cause=Cause.BLOCKED,
        help=_BY_BROWSER_SETTINGS,
        picture=Picture.PHONE_SETTINGS,
        systems=(System.IOS,),
    ),
    Way(
        cause=Cause.BLOCKED,
        help=N_("Press the sign at the left of the address, then Permissions, and allow %(device)s."),
        picture=Picture.PHONE_BAR,
        systems=(System.ANDROID,),
    ),
    Way(
        cause=Cause.BLOCKED,
        help=N_("Choose Safari in the menu above, then Settings for This Website, and allow %(device)s."),
        picture=Picture.MENU_ABOVE,
        browsers=(Browser.SAFARI,),
    ),
    Way(
        cause=Cause.BLOCKED,
        help=N_("Press the crossed-out sign at the left of the address, and remove the block there."),
        picture=Picture.BAR_LEFT,
        browsers=(Browser.FIREFOX,),
    ),
    Way(
        cause=Cause.BLOCKED,
        help=N_("Press the lock at the left of the address, then Permissions, and allow %(device)s."),
        picture=Picture.BAR_LEFT,
        browsers=(Browser.EDGE,),
    ),
    Way(
        cause=Cause.BLOCKED,
        help=N_("Press the sign with two sliders at the left of the address, and switch on %(device)s."),
        picture=Picture.BAR_LEFT,
        browsers=(Browser.CHROME,),
    ),
    Way(cause=Cause.BLOCKED, help=GENERAL[Cause.BLOCKED], picture=Picture.BAR_LEFT),
    Way(
        cause=Cause.BLOCKED_BY_SYSTEM,
        help=_BY_BROWSER_SETTINGS,
        picture=Picture.PHONE_SETTINGS,
        systems=(System.IOS,),
    ),
    Way(
        cause=Cause.BLOCKED_BY_SYSTEM,
        help=N_("Open the Settings of the phone: Apps, the browser, Permissions. Allow %(device)s."),
        picture=Picture.PHONE_SETTINGS,
        systems=(System.ANDROID,),
    ),
    Way(
        cause=Cause.BLOCKED_BY_SYSTEM,
        help=N_("Open the Settings of Windows, then Privacy. Allow %(device)s for apps."),
        picture=Picture.SETTINGS,
        systems=(System.WINDOWS,),
    ),
    Way(
        cause=Cause.BLOCKED_BY_SYSTEM,
        help=N_(
            "Open the System Settings of the Mac, then Privacy & Security. Allow %(device)s for the browser."
        ),
        picture=Picture.SETTINGS,
        systems=(System.MACOS,),
    ),
    Way(
        cause=Cause.BLOCKED_BY_SYSTEM,
        help=GENERAL[Cause.BLOCKED_BY_SYSTEM],
        picture=Picture.SETTINGS,
    ),
    Way(
        cause=Cause.DISMISSED,
        help=GENERAL[Cause.DISMISSED],
        picture=Picture.PHONE_QUESTION,
        systems=_PHONES,
    ),
    Way(cause=Cause.DISMISSED, help=GENERAL[Cause.DISMISSED], picture=Picture.QUESTION),
    Way(
        cause=Cause.UNANSWERED,
        help=N_("The browser asks on the screen. Choose “Allow” there."),
        picture=Picture.PHONE_QUESTION,
        systems=_PHONES,
    ),
    Way(cause=Cause.UNANSWERED, help=GENERAL[Cause.UNANSWERED], picture=Picture.QUESTION),
    Way(cause=Cause.IN_USE, help=GENERAL[Cause.IN_USE], picture=Picture.TAKEN),
    Way(cause=Cause.MISSING, help=GENERAL[Cause.MISSING], picture=Picture.PLUG),
    Way(cause=Cause.SILENT, help=GENERAL[Cause.SILENT], picture=Picture.SILENT),
    Way(cause=Cause.FAILED, help=GENERAL[Cause.FAILED], picture=Picture.PLUG),
    Way(
        cause=Cause.IN_APP,
        help=N_("Press the share sign or the compass, and choose to open the page in Safari."),
        picture=Picture.IN_APP,
        systems=(System.IOS,),
    ),
    Way(
        cause=Cause.IN_APP,
        help=N_("Press the three dots in the corner, and choose to open the page in the browser."),
        picture=Picture.IN_APP,
        systems=(System.ANDROID,),
    ),
    Way(cause=Cause.IN_APP, help=GENERAL[Cause.IN_APP], picture=Picture.IN_APP),
)
"""The first that fits is shown; each cause ends in one for every browser."""


def ways(language: str) -> list[dict[str, object]]:
    """Return all ways for the page's script, which knows the browser."""
    return [
        {
            "cause": way.cause,
            "help": gettext(language, way.help),
            "picture": way.picture,
            "systems": list(way.systems),
            "browsers": list(way.browsers),
        }
        for way in WAYS
    ]
