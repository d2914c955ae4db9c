"""What the signalling room refuses, as values without prose.

Refusal
├── MeetingRefusal
│   ├── BadMessage           a message that is not of PROTOCOL.md; carries the field
│   ├── NotAdmitted          only who was admitted may send this
│   ├── NotForRole           only an adviser may send this
│   ├── ParticipantUnknown   nobody with this id is there
│   ├── TableFull            the seat is somebody else's
│   ├── ClaimedAlready       a colleague takes this customer
│   ├── TooManyMessages      more of one kind than a visit may send; carries the kind
│   ├── NotOnTheTable        the page is not one of the document that is shown
│   └── MeetingOver          it was ended
├── DocumentRefused …        see documents/errors.py
└── ConnectionTestRefusal …  see precall/errors.py
"""


class Refusal(Exception):
    """The root of what this room refuses."""


class MeetingRefusal(Refusal):
    """A message or an arrival that the meeting does not take; the socket answers it with `error` or `bye`."""


class BadMessage(MeetingRefusal):
    """A message that PROTOCOL.md does not know; `field` is where, or "" for the whole."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotAdmitted(MeetingRefusal):
    """Sent from the waiting room, or by somebody who is not there."""


class NotForRole(MeetingRefusal):
    """Sent by a role that may not."""


class ParticipantUnknown(MeetingRefusal):
    """Nobody with this id is there (any more)."""


class TableFull(MeetingRefusal):
    """Another person of the same role sits at the table."""


class ClaimedAlready(MeetingRefusal):
    """A colleague has said that they take this customer."""


class TooManyMessages(MeetingRefusal):
    """More of one kind than one visit may send."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NotOnTheTable(MeetingRefusal):
    """No document is shown, another one is, or it does not have this page."""


class MeetingOver(MeetingRefusal):
    """It was ended; nobody comes in any more."""
