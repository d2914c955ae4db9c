"""All faults, by complaint; more complaints get rows in a file of theirs, and a line in tests/README.md."""

from tests.faults import (
    clocks,
    devices,
    firewall,
    getting_in,
    letters,
    links,
    networks,
    old_times,
    one_slot,
    read_aloud,
    returned,
    sound_gone,
    text_messages,
    words,
)

FAULTS = (
    *one_slot.FAULTS,
    *clocks.FAULTS,
    *links.FAULTS,
    *letters.FAULTS,
    *getting_in.FAULTS,
    *old_times.FAULTS,
    *text_messages.FAULTS,
    *words.FAULTS,
    *returned.FAULTS,
    *devices.FAULTS,
    *sound_gone.FAULTS,
    *networks.FAULTS,
    *firewall.FAULTS,
    *read_aloud.FAULTS,
)
