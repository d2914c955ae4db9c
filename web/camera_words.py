"""What the page of a customer's phone says, which shows something in a meeting."""

from collections.abc import Mapping
from types import MappingProxyType

from web.device_help import ways
from web.i18n import N_, gettext
from web.meeting_words import failure_words

ON_THE_PHONE: Mapping[str, str] = MappingProxyType(
    {
        "camera_ready": N_("You alone see this picture. Press “Show” when it is as you want it."),
        "camera_connecting": N_("Connecting the picture"),
        "camera_shown": N_("Shown: those in the meeting see this picture now."),
        "camera_nobody": N_("Nobody is there to see it just now. Whoever comes back sees it."),
        "camera_reconnecting": N_("The connection has broken. We keep trying."),
        "camera_stopped": N_("Nobody sees the picture any more. Press “Show” to go on."),
        "camera_hidden": N_(
            "You went away from this page, or the phone's screen went dark: so nobody saw the picture any "
            "more. Press “Show” to go on."
        ),
        "camera_lost": N_("Something else took the camera, perhaps a phone call. Nobody sees the picture."),
        "camera_end": N_("Nothing is shown any more"),
        "camera_over": N_("It was ended on the computer, or the meeting is over. You can close this page."),
        "camera_taken": N_(
            "The code was opened on another phone, or it is over. Make a new one on the computer if you want "
            "to show something."
        ),
        "camera_elsewhere": N_("It goes on in another window of this phone."),
    }
)


def camera_words(language: str) -> dict[str, object]:
    """Return what the phone's page says, with what can keep its camera shut."""
    said = {name: gettext(language, text) for name, text in ON_THE_PHONE.items()}
    return {**said, "failures": failure_words(language), "ways": ways(language)}
