"""How far a customer has come, for the adviser's desk: read from the facts, kept nowhere."""

from collections.abc import Sequence
from enum import StrEnum

from booking.fact import TIMED, Actor, Fact, FactKind, is_at_the_door


class Stage(StrEnum):
    """Where the customer is now."""

    NOT_HERE = "not_here"
    AT_DOOR = "at_door"
    IDENTIFYING = "identifying"
    IDENTIFICATION_FAILED = "identification_failed"
    WAITING = "waiting"
    IN_MEETING = "in_meeting"
    LOST_CONNECTION = "lost_connection"
    LEFT = "left"


_BY_CUSTOMER = {
    FactKind.DOOR_OPENED: Stage.AT_DOOR,
    FactKind.IDENTIFICATION_BEGUN: Stage.IDENTIFYING,
    FactKind.IDENTIFICATION_FAILED: Stage.IDENTIFICATION_FAILED,
    FactKind.IDENTIFICATION_DONE: Stage.AT_DOOR,
    FactKind.READY: Stage.WAITING,
    FactKind.MEDIA_CONNECTED: Stage.IN_MEETING,
    FactKind.MEDIA_FAILED: Stage.LOST_CONNECTION,
    FactKind.LEFT: Stage.LEFT,
}
_BY_ANYBODY = {
    FactKind.ADMITTED: Stage.IN_MEETING,
    FactKind.SENT_BACK: Stage.WAITING,
    FactKind.ENDED: Stage.LEFT,
}


def stage(facts: Sequence[Fact]) -> Stage:
    """Return where the last telling fact leaves the customer."""
    for fact in reversed(facts):
        if fact.kind in TIMED:
            return Stage.NOT_HERE
        if fact.kind in _BY_ANYBODY:
            return _BY_ANYBODY[fact.kind]
        if fact.by is Actor.CUSTOMER and fact.kind in _BY_CUSTOMER and is_at_the_door(fact):
            return _BY_CUSTOMER[fact.kind]
    return Stage.NOT_HERE
