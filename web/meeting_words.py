"""The texts that the meeting's scripts show: names that the scripts know → message ids."""

from collections.abc import Mapping
from types import MappingProxyType

from web.device_help import ways
from web.failure_words import DEVICES, FAILURES, cause_of, device_of
from web.i18n import N_, gettext
from web.public_site import Site

COMMON: Mapping[str, str] = MappingProxyType(
    {
        "starting": N_("Opening the camera and the microphone"),
        "allow": N_("The browser asks whether it may use the camera and the microphone. Choose Allow."),
        "connecting": N_("Connecting picture and sound"),
        "connected": N_("You are connected"),
        "interrupted": N_("The connection to the other person has broken. We keep trying."),
        "reconnecting": N_("The connection to our server has broken. We keep trying; the meeting goes on."),
        "microphone_off": N_("Mute"),
        "microphone_on": N_("Unmute"),
        "camera_off": N_("Camera off"),
        "camera_on": N_("Camera on"),
        "you_muted": N_("Your microphone is off."),
        "you_unmuted": N_("Your microphone is on."),
        "camera_is_off": N_("Your camera is off."),
        "camera_is_on": N_("Your camera is on."),
        "peer_muted": N_("%(name)s has muted the microphone."),
        "peer_camera_off": N_("%(name)s has turned the camera off."),
        "wrote": N_("%(name)s wrote: %(text)s"),
        "you": N_("You"),
        "peer_left": N_("%(name)s has left."),
        "peer_lost": N_("%(name)s has lost the connection and may come back."),
        "over": N_("The meeting has ended"),
        "over_help": N_("Thank you. You can close this window."),
        "left": N_("You have left the meeting"),
        "left_help": N_("You can come back as long as the meeting goes on."),
        "replaced": N_("The meeting is open in another window"),
        "replaced_help": N_("It was opened there later than here. To go on in this window, come in again."),
        "full": N_("Another adviser is in this meeting"),
        "full_help": N_("Only one can sit at the table. Try again when they have left."),
        "signed_out": N_("You are signed out"),
        "signed_out_help": N_("Your session has ended. Come in again: you are asked to sign in first."),
        "outdated": N_("The page is out of date"),
        "outdated_help": N_("Load it again to go on."),
        "no_entry": N_("This browser has not come in by the door"),
        "no_entry_help": N_("Open the link in your letter again and come in."),
        "refused": N_("The adviser cannot see you now"),
        "refused_help": N_("Wait a little and come in again, or call us: %(phone)s"),
        "wrong_person": N_("The adviser could not let you in"),
        "wrong_person_help": N_("You did not seem to be who booked. If that is wrong, call us: %(phone)s"),
        "microphone": N_("Microphone"),
        "camera": N_("Camera"),
    }
)

BY_ROLE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "customer": MappingProxyType(
            {
                "waiting": N_("You are in the waiting room"),
                "place_first": N_("You are next. An adviser will let you in."),
                "place": N_("There are %(before)s before you. An adviser will let you in."),
                "proving_begun": N_("Go on in the other tab. We wait for you here."),
                "proving_failed": N_("That did not succeed. You may try again, or tell the adviser."),
                "proven": N_("Thank you. The adviser now sees who you are."),
                "admitted": N_("You are in the meeting"),
                "let_you_in": N_("The adviser has let you in."),
                "alone": N_("The adviser is not here just now. Stay: they may come back."),
            }
        ),
        "adviser": MappingProxyType(
            {
                "waiting": N_("Coming in"),
                "alone": N_("The customer is not here yet. A bell rings when they come."),
                "admitted": N_("You are in the meeting"),
                "let_you_in": N_("You are in the meeting"),
                "knock_ready": N_("is in the waiting room and ready"),
                "knock_checking": N_("is in the waiting room and tries camera and microphone"),
                "knock_stuck": N_("is in the waiting room and stuck: %(failure)s"),
                "knock_said": N_("%(name)s is in the waiting room."),
                "let_in": N_("Let in"),
                "not_now": N_("Not now"),
                "wrong_one": N_("The wrong person"),
                "since": N_("Waiting since %(time)s"),
                "standing_none": N_("Not identified"),
                "standing_booking": N_("Identified when booking"),
                "standing_unknown": N_("Identified %(ago)s ago, connection not known"),
                "standing_checking": N_("Identified %(ago)s ago"),
                "standing_bound": N_("Identified %(ago)s ago, this connection"),
                "standing_lost": N_("Identification does not hold"),
                "proving_asked": N_("Asked. The customer sees a button for it."),
                "proving_begun": N_("The customer is identifying in another tab."),
                "proving_declined": N_("The customer does not want to identify now."),
                "proving_failed": N_("The identification did not succeed. The customer may try again."),
                "proving_failed_cancelled": N_("The customer interrupted the identification."),
                "proving_failed_bank_unavailable": N_("The identification service does not answer."),
                "proving_failed_another_person": N_("Somebody else identified than who booked."),
                "ended_help": N_("The appointment's history has what happened."),
            }
        ),
    }
)

LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "low": N_("low assurance"),
        "substantial": N_("substantial assurance"),
        "high": N_("high assurance"),
    }
)

FAILURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "devices_denied": (
            N_("The browser may not use the camera and the microphone"),
            N_("Press the camera or lock sign beside the address, allow both, and try again."),
        ),
        "devices_missing": (
            N_("No camera or microphone was found"),
            N_("Plug one in or switch it on, and try again. You can also go on with what there is."),
        ),
        "devices_in_use": (
            N_("Another program uses the camera or the microphone"),
            N_("Close other video calls and programs, and try again."),
        ),
        "devices_failed": (
            N_("The camera or the microphone did not open"),
            N_("Try again. If it does not help, restart the browser."),
        ),
        "browser_too_old": (
            N_("This browser cannot hold video meetings"),
            N_("Use a recent Firefox, Chrome, Edge or Safari, and an address that begins with https."),
        ),
        "media_not_connected": (
            N_("Picture and sound do not get through"),
            N_("Try another network, such as the phone's own. You can write messages meanwhile."),
        ),
        "media_lost": (
            N_("Picture and sound have broken off"),
            N_("We keep trying. Moving closer to the router or to another network often helps."),
        ),
        "server_unreachable": (
            N_("Our server cannot be reached"),
            N_("Check your network. We keep trying, and you come back to the same place."),
        ),
    }
)
"""The texts and the help of this room's failures; the names are signalling.failure.Failure's."""


def words(language: str, role: str, site: Site) -> dict[str, object]:
    """Return what the scripts of one role say; places like `%(name)s` are filled there, the phone here."""
    levels = {f"assurance_{level}": text for level, text in LEVELS.items()}
    said = {**COMMON, **BY_ROLE[role], **levels}
    translated = {
        name: gettext(language, text).replace("%(phone)s", site.phone) for name, text in said.items()
    }
    return {**translated, "failures": failure_words(language), "ways": ways(language)}


def failure_words(language: str) -> dict[str, dict[str, str]]:
    """Return what is said of each failure by name, with the cause by which a browser's own way is found."""
    return {
        name: {
            "text": gettext(language, text),
            "help": gettext(language, advice).replace("%(device)s", _device(name, language)),
            "cause": cause_of(name),
            "device": _device(name, language),
        }
        for name, (text, advice) in FAILURES.items()
    }


def _device(name: str, language: str) -> str:
    device = device_of(name)
    return gettext(language, DEVICES[device]) if device else ""
