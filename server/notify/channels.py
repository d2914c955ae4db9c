"""Find the channels that are installed and asked for."""

from collections.abc import Sequence
from importlib.metadata import entry_points

from server.notify.channel import ENTRY_POINTS, ChannelContext, Sender


def load_senders(context: ChannelContext) -> Sequence[Sender]:
    """Return a sender for each entry point whose settings ask for it, in the order of their names."""
    found = (
        entry.load()(context) for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda one: one.name)
    )
    return [sender for sender in found if sender is not None]
