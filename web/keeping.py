"""How long an installation keeps what, and whether its meetings are relayed, as it was set up."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Frozen at the start. `persons` is how long after the last appointment it is known who was identified.

    With `relays_all` neither side's browser learns the other's network address; `hides_private` takes the
    addresses of the organisation's own network out where it might. Without `has_relay` nothing can be
    relayed. `messages` is how long text messages
    that customers sent are kept, `notes` the team's private notes, `afterwords` what both sides
    wrote at the end.
    """

    relays_all: bool
    has_relay: bool
    hides_private: bool
    persons: timedelta
    letters: timedelta
    messages: timedelta
    notes: timedelta
    afterwords: timedelta
