"""Complaint 18: a device is asked for by surprise, or a refusal is taken for another."""

from tests.faults.fault import Fault

_JOURNEY = "tests/journeys/test_device_faults.py::"

FAULTS = (
    Fault(
        complaint=18,
        what="microphone and camera are asked for before anything is said of them",
        file="web/static/js/meeting/coming_in.js",
        old='if ((await permissionOf(device)) !== "prompt") return',
        new="return",
        seen_by=f"{_JOURNEY}test_nothing_is_asked_by_surprise_and_sound_alone_or_neither_is_a_way_to_come",
    ),
    Fault(
        complaint=18,
        what="an iPhone that refuses at once is told to answer a question that never came",
        file="web/static/js/devices/named.js",
        old=" || took < TOO_FAST_MS",
        new="",
        seen_by=f"{_JOURNEY}test_each_of_twelve_device_faults_is_seen_helped_and_mended",
    ),
)
