"""What the connection test says: its verdicts, one sentence of advice for each finding, its figures."""

from collections.abc import Mapping
from types import MappingProxyType

from signalling.precall.verdict import Advice, Kind, Measures, Verdict
from web.format import Reader
from web.i18n import N_, gettext

VERDICTS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.GOOD: N_("Everything works well"),
        Kind.USABLE: N_("This is good enough for a meeting"),
        Kind.POOR: N_("This does not work well enough yet"),
    }
)

ADVICE: Mapping[Advice, str] = MappingProxyType(
    {
        Advice.COME_AS_YOU_ARE: N_("The meeting can be held with this device and from this place."),
        Advice.ALLOW_DEVICES: N_(
            "Allow the camera and the microphone with the icon beside the page's address, and test again."
        ),
        Advice.CONNECT_MICROPHONE: N_(
            "No microphone was found: connect one or take another device, and test again."
        ),
        Advice.CONNECT_CAMERA: N_(
            "No camera was found: the meeting can be held without a picture, or with another device."
        ),
        Advice.TRY_ANOTHER_NETWORK: N_(
            "Picture and sound do not get through this network: try another one, for example mobile data."
        ),
        Advice.CHECK_MICROPHONE: N_(
            "No sound came from the microphone: check that it is switched on, and test again."
        ),
        Advice.CHECK_CAMERA: N_(
            "No picture came from the camera: close other programs that may be using it, and test again."
        ),
        Advice.COME_CLOSER_TO_ROUTER: N_(
            "Part of the sound or picture was lost: move closer to the Wi-Fi router, or use a cable."
        ),
        Advice.STOP_DOWNLOADS: N_(
            "The connection is slow: stop other downloads and videos on the same network, and test again."
        ),
        Advice.CLOSE_PROGRAMS: N_(
            "The picture stutters: close other programs and browser tabs, and test again."
        ),
        Advice.TURN_UP_SOUND: N_(
            "You did not see or hear the adviser: turn the volume up or take a headset, and practise again."
        ),
        Advice.UPDATE_BROWSER: N_(
            "The page did not show: update the browser or take another one, and practise again."
        ),
        Advice.LOAD_AGAIN: N_(
            "The browser stopped in the middle: load this page again, or take another browser or device."
        ),
    }
)

UNREACHABLE = N_("Our server cannot be reached. Check your network, and try again.")

ASKING: Mapping[str, str] = MappingProxyType(
    {
        "asking_microphone": N_(
            "The browser asks for your microphone, so that you can be heard. Choose “Allow”."
        ),
        "asking_camera": N_(
            "Now the browser asks for your camera, so that you can be seen. Choose “Allow”, "
            "or go on without it."
        ),
    }
)

PAGE_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "start": N_("Start the test"),
        "again": N_("Test again"),
        **ASKING,
        "connecting": N_("Connecting to our server…"),
        "measuring": N_("Say a few words aloud. This takes a few seconds."),
        "unreachable": UNREACHABLE,
    }
)


def told(verdict: Verdict, language: str) -> dict[str, str]:
    """Return the verdict and the advice in a language."""
    return {
        "verdict": gettext(language, VERDICTS[verdict.kind]),
        "advice": gettext(language, ADVICE[verdict.advice]),
    }


def figures(measures: Measures, reader: Reader) -> list[dict[str, str]]:
    """Return what was measured, for who helps on the phone; what was not measured is left out."""
    language = reader.language
    found: list[tuple[str, str]] = []
    if measures.round_trip_ms is not None:
        found.append((N_("To our server and back"), f"{reader.number(round(measures.round_trip_ms))} ms"))
    if measures.frames_per_second is not None:
        found.append((N_("Pictures a second"), reader.number(round(measures.frames_per_second))))
    if measures.loss is not None:
        found.append((N_("Lost on the way"), reader.percent(measures.loss)))
    if measures.audio_returned or measures.video_returned:
        route = N_("through a relay server") if measures.uses_relay else N_("direct")
        found.append((N_("Route"), gettext(language, route)))
    return [{"name": gettext(language, name), "value": value} for name, value in found]
