"""All faults, by complaint; more complaints get rows in a file of theirs, and a line in tests/README.md."""

from tests.faults import clocks, letters, links, old_times, one_slot, returned, text_messages, words

FAULTS = (
    *one_slot.FAULTS,
    *clocks.FAULTS,
    *links.FAULTS,
    *letters.FAULTS,
    *old_times.FAULTS,
    *text_messages.FAULTS,
    *words.FAULTS,
    *returned.FAULTS,
)
