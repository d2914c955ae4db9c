"""What the meeting's page says of each failure: what it is, and what to do in any browser."""

from collections.abc import Mapping
from types import MappingProxyType

from signalling.failure import Failure
from web.device_help import GENERAL, Cause
from web.i18n import N_

FAILURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Failure.MICROPHONE_BLOCKED: (N_("The browser blocks the microphone"), GENERAL[Cause.BLOCKED]),
        Failure.MICROPHONE_BLOCKED_BY_SYSTEM: (
            N_("The settings of the device block the microphone"),
            GENERAL[Cause.BLOCKED_BY_SYSTEM],
        ),
        Failure.MICROPHONE_DISMISSED: (
            N_("The question about the microphone was closed"),
            GENERAL[Cause.DISMISSED],
        ),
        Failure.MICROPHONE_UNANSWERED: (
            N_("The question about the microphone waits for an answer"),
            GENERAL[Cause.UNANSWERED],
        ),
        Failure.MICROPHONE_IN_USE: (N_("Another program uses the microphone"), GENERAL[Cause.IN_USE]),
        Failure.MICROPHONE_MISSING: (N_("No microphone was found"), GENERAL[Cause.MISSING]),
        Failure.MICROPHONE_SILENT: (N_("No sound comes from the microphone"), GENERAL[Cause.SILENT]),
        Failure.MICROPHONE_FAILED: (N_("The microphone did not open"), GENERAL[Cause.FAILED]),
        Failure.CAMERA_BLOCKED: (N_("The browser blocks the camera"), GENERAL[Cause.BLOCKED]),
        Failure.CAMERA_BLOCKED_BY_SYSTEM: (
            N_("The settings of the device block the camera"),
            GENERAL[Cause.BLOCKED_BY_SYSTEM],
        ),
        Failure.CAMERA_DISMISSED: (N_("The question about the camera was closed"), GENERAL[Cause.DISMISSED]),
        Failure.CAMERA_UNANSWERED: (
            N_("The question about the camera waits for an answer"),
            GENERAL[Cause.UNANSWERED],
        ),
        Failure.CAMERA_IN_USE: (N_("Another program uses the camera"), GENERAL[Cause.IN_USE]),
        Failure.CAMERA_MISSING: (N_("No camera was found"), GENERAL[Cause.MISSING]),
        Failure.CAMERA_FAILED: (N_("The camera did not open"), GENERAL[Cause.FAILED]),
        Failure.DEVICES_DENIED: (
            N_("The browser may not use the camera and the microphone"),
            N_("Press the camera or lock sign beside the address, allow both, and try again."),
        ),
        Failure.DEVICES_MISSING: (
            N_("No camera or microphone was found"),
            N_("Plug one in or switch it on, and try again. You can also go on with what there is."),
        ),
        Failure.DEVICES_IN_USE: (
            N_("Another program uses the camera or the microphone"),
            N_("Close other video calls and programs, and try again."),
        ),
        Failure.DEVICES_FAILED: (
            N_("The camera or the microphone did not open"),
            N_("Try again. If it does not help, restart the browser."),
        ),
        Failure.BROWSER_IN_APP: (N_("This page is open inside another app"), GENERAL[Cause.IN_APP]),
        Failure.BROWSER_TOO_OLD: (
            N_("This browser cannot hold video meetings"),
            N_("Use a recent Firefox, Chrome, Edge or Safari. The link in your letter works there, too."),
        ),
        Failure.PAGE_INSECURE: (
            N_("The address of this page is not secure"),
            N_("Open the link in your letter again. Its address begins with https."),
        ),
        Failure.MEDIA_NOT_CONNECTED: (
            N_("Picture and sound do not get through"),
            N_("Try another network, such as the phone's own. You can write messages meanwhile."),
        ),
        Failure.MEDIA_LOST: (
            N_("Picture and sound have broken off"),
            N_("We keep trying. Moving closer to the router or to another network often helps."),
        ),
        Failure.SERVER_UNREACHABLE: (
            N_("Our server cannot be reached"),
            N_("Check your network. We keep trying, and you come back to the same place."),
        ),
    }
)
"""The text and the help; `%(device)s` is the microphone or the camera."""

DEVICES: Mapping[str, str] = MappingProxyType(
    {"microphone": N_("the microphone"), "camera": N_("the camera")}
)


def device_of(name: str) -> str:
    """Return which device a failure is of; nothing for the others."""
    device = name.partition("_")[0]
    return device if device in DEVICES else ""


def cause_of(name: str) -> str:
    """Return by which cause a browser's own way is found; nothing where all browsers have one."""
    cause = name.partition("_")[2]
    return cause if device_of(name) or cause == Cause.IN_APP else ""
