"""What one event of a meeting comes to: messages to send, facts to write, a state to keep."""

from collections.abc import Iterable
from typing import NamedTuple

from signalling.happening import Happened
from signalling.message import Envelope


class Step(NamedTuple):
    """`is_changed` asks for the meeting's state to be kept; `is_binding`, before any message leaves."""

    envelopes: tuple[Envelope, ...] = ()
    happened: tuple[Happened, ...] = ()
    is_changed: bool = False
    is_binding: bool = False

    @property
    def is_written(self) -> bool:
        return self.is_changed or bool(self.happened)


def joined(steps: Iterable[Step]) -> Step:
    """Return all of them as one, in order."""
    parts = tuple(steps)
    return Step(
        tuple(envelope for part in parts for envelope in part.envelopes),
        tuple(happened for part in parts for happened in part.happened),
        any(part.is_changed for part in parts),
        any(part.is_binding for part in parts),
    )
