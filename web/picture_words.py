"""What the meeting's scripts say of one's own picture and devices: names → message ids."""

from collections.abc import Mapping
from types import MappingProxyType

from web.i18n import N_

PICTURE: Mapping[str, str] = MappingProxyType(
    {
        "hide_me": N_("Hide me"),
        "show_me": N_("Show me"),
        "you_are_hidden": N_("Picture and voice are cut. Nobody sees or hears you."),
        "you_are_shown": N_("You are seen and heard as before."),
        "microphone_replaced": N_("That microphone is gone. In use now: %(name)s."),
        "camera_replaced": N_("That camera is gone. In use now: %(name)s."),
        "microphone_found": N_("A new microphone: %(name)s. It can be chosen below."),
        "camera_found": N_("A new camera: %(name)s. It can be chosen below."),
        "picture_proving": N_("The background is not blurred yet. A neutral picture is shown until it is."),
        "picture_slow": N_(
            "This device is too slow to blur the background. A neutral picture is shown instead."
        ),
        "picture_failed": N_(
            "Blurring the background does not work here. A neutral picture is shown instead."
        ),
    }
)
