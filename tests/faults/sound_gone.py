"""Complaints 19 and 20: a phone call that kills the sound for good, and an unplugged headset."""

from tests.faults.fault import Fault

LOST = (
    "tests/journeys/test_devices_lost.py::"
    "test_unplugged_microphone_is_replaced_and_said_and_taken_sound_comes_back_by_one_tap"
)

FAULTS = (
    Fault(
        complaint=19,
        what="sound that the system has taken away is not asked back",
        file="web/static/js/meeting/taken.js",
        old="this.#tracks.some(({ muted, readyState }) => muted && readyState",
        new="this.#tracks.some(({ muted, readyState }) => !muted && !readyState",
        seen_by=LOST,
    ),
    Fault(
        complaint=20,
        what="nothing takes the place of an unplugged microphone",
        file="web/static/js/meeting/mid_call.js",
        old="    this.#comingIn.lost(device);\n",
        new="",
        seen_by=LOST,
    ),
)
