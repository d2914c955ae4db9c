"""What the adviser's check of their own devices says, beside the words of the failures."""

from collections.abc import Mapping
from types import MappingProxyType

from web.i18n import N_

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "check_waiting": N_("Not checked yet"),
        "check_good": N_("Works"),
        "check_bad": N_("To be mended"),
        "check_opening": N_("The browser is asking. Choose “Allow”."),
        "check_speak": N_("Say something aloud"),
        "check_heard": N_("You are heard"),
        "check_seen": N_("You are seen"),
        "check_left_out": N_("Left out"),
        "check_play": N_("Play the tone, and say whether you heard it"),
        "check_sound_heard": N_("You hear the tone"),
        "check_measuring": N_("Measuring for a few seconds…"),
        "check_ready": N_("You are ready"),
        "check_ready_help": N_(
            "Microphone, camera, loudspeaker and connection work. Customers see and hear you."
        ),
        "check_mend": N_("One thing to mend"),
        "check_no_sound_help": N_(
            "Turn the volume up, and look which loudspeaker or headset the computer uses. "
            "Then play the tone again."
        ),
        "check_left_out_microphone_help": N_(
            "Without a microphone customers do not hear you. Check it with the microphone."
        ),
        "check_left_out_camera_help": N_(
            "Without a camera customers do not see you. Check it with the camera."
        ),
        "check_line_failed": N_("The connection could not be measured. Measure it again."),
    }
)
