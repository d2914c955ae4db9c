"""What the server says: each message of PROTOCOL.md's S side, and its form on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.json import Encoder

from signalling.arrival import Arrival
from signalling.assurance import Level
from signalling.failure import Failure
from signalling.guest import GuestState
from signalling.ice import IceServer
from signalling.participant import Participant, Proof, Role
from signalling.sentence import Said
from signalling.statement import Stated, Statement


class ByeReason(StrEnum):
    LEFT = "left"
    ENDED = "ended"
    REPLACED = "replaced"
    TICKET = "ticket"
    FULL = "full"
    VERSION = "version"
    TOO_MANY_ERRORS = "too_many_errors"
    SIGNED_OUT = "signed_out"
    RESTART = "restart"


class GoneReason(StrEnum):
    LEFT = "left"
    LOST = "lost"
    REFUSED = "refused"
    SENT_BACK = "sent_back"


class RefusedReason(StrEnum):
    NOT_NOW = "not_now"
    WRONG_PERSON = "wrong_person"


CLOSE_CODES: Mapping[ByeReason, int] = {
    ByeReason.LEFT: 1000,
    ByeReason.ENDED: 4000,
    ByeReason.REPLACED: 4001,
    ByeReason.TICKET: 4002,
    ByeReason.FULL: 4004,
    ByeReason.VERSION: 4005,
    ByeReason.TOO_MANY_ERRORS: 1008,
    ByeReason.SIGNED_OUT: 4006,
    ByeReason.RESTART: 1012,
}
REFUSED_CODE = 4003


class ProvingState(StrEnum):
    ASKED = "asked"
    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"
    DECLINED = "declined"


class Message(Struct, frozen=True, tag_field="type", rename={"sender": "from"}):
    """One message to one browser; its tag is its name on the wire, and `from` a word that Python keeps."""

    @property
    def type(self) -> str:
        return str(self.__struct_config__.tag)


@dataclass(frozen=True, slots=True)
class Muted:
    audio: bool = False
    video: bool = False


class Waiting(Message, frozen=True, tag="waiting"):
    """All that one who waits is told; no name, id or text of anybody's may ever stand in it."""

    place: int
    said: Said | None = None
    help: Failure | None = None


class Refused(Message, frozen=True, tag="refused"):
    reason: RefusedReason


class Knock(Message, frozen=True, tag="knock"):
    participant: Participant
    since: datetime
    ready: bool
    failure: str | None
    arrival: Arrival | None = None
    away: datetime | None = None


class Gone(Message, frozen=True, tag="gone"):
    id: UUID
    reason: GoneReason


class Away(Message, frozen=True, tag="away"):
    """The line of one at the table is gone; they may come back to their seat."""

    id: UUID


class TextSaid(Message, frozen=True, tag="text"):
    seq: int
    sender: UUID
    name: str
    at: datetime
    text: str
    ref: str
    aside: bool = False


class DocumentLaid(Message, frozen=True, tag="document"):
    """What lies on the table; `document` None: nothing any more.

    Whoever is not as surely identified as `lock` asks for is told no name, no page and no number of them;
    an invited guest is not identified at all.
    """

    sender: UUID
    document: UUID | None
    name: str = ""
    pages: int = 0
    page: int = 0
    lock: Level = Level.NONE

    def told_to(self, who: Participant) -> "DocumentLaid":
        if self.is_open_to(who):
            return self
        return DocumentLaid(self.sender, self.document, lock=self.lock)

    def is_open_to(self, who: Participant) -> bool:
        return who.is_staff or who.proof.level.reaches(self.lock)


class PageTurned(Message, frozen=True, tag="page"):
    sender: UUID
    document: UUID
    page: int


class Admitted(Message, frozen=True, tag="admitted"):
    you: UUID
    role: Role
    relay_only: bool
    texts: tuple[TextSaid, ...]
    table: DocumentLaid | None
    muted: Muted
    stated: Stated | None = None
    screen: UUID | None = None


class Ice(Message, frozen=True, tag="ice"):
    ice_servers: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A participant for the eyes of one who must not see the proof."""

    id: UUID
    role: Role
    name: str


class Peer(Message, frozen=True, tag="peer"):
    participant: Participant | Person
    visit: str
    polite: bool
    muted: Muted
    ice_servers: tuple[IceServer, ...]
    stated: Stated | None = None


class DescriptionTold(Message, frozen=True, tag="description"):
    sender: UUID
    description: Mapping[str, str]


class CandidateTold(Message, frozen=True, tag="candidate"):
    sender: UUID
    candidate: Mapping[str, str | int | None]


class MuteTold(Message, frozen=True, tag="mute"):
    sender: UUID
    audio: bool
    video: bool


class CallAsked(Message, frozen=True, tag="call_asked"):
    """To an adviser: the customer asks for a call in place of the meeting, at this number; None: no more."""

    at: datetime | None
    phone: str = ""
    cause: Failure | None = None


class StatedTold(Message, frozen=True, tag="stated"):
    """What an adviser states of their room, for those at the table; who waits is told nothing of it."""

    sender: UUID
    statement: Statement
    at: datetime


class GuestTold(Message, frozen=True, tag="guest"):
    """Who is called to the table and why, for all who sit there; once they come they are a `peer`."""

    id: UUID
    role: Role
    name: str
    reason: str
    takes_over: bool
    state: GuestState


class GuestLink(Message, frozen=True, tag="guest_link"):
    """To the adviser who invites: the link by which the guest comes, told once and kept as a hash."""

    id: UUID
    link: str


class ConferTold(Message, frozen=True, tag="confer"):
    """Those of the staff at the table speak among themselves, or no more."""

    on: bool


class ScreenTold(Message, frozen=True, tag="screen"):
    """Somebody of the staff shows their screen to the reader, or no more."""

    sender: UUID
    on: bool


class RoleTold(Message, frozen=True, tag="role"):
    """Somebody at the table, perhaps the reader, sits there as something else from now on."""

    id: UUID
    role: Role


class ProofTold(Message, frozen=True, tag="proof"):
    """How surely an adviser may now know who somebody is."""

    id: UUID
    name: str
    proof: Proof


class ProofAsked(Message, frozen=True, tag="proof_asked"):
    """An adviser asks a customer who they are, this surely; None: no more."""

    assurance: Level | None


class Proving(Message, frozen=True, tag="proving"):
    """How far somebody is who was asked, for themselves and for an adviser; `reason` is why it failed."""

    id: UUID
    state: ProvingState
    reason: str | None = None


class Pong(Message, frozen=True, tag="pong"):
    pass


class Error(Message, frozen=True, tag="error"):
    error: str
    field: str | None = None


class Bye(Message, frozen=True, tag="bye"):
    reason: ByeReason


class Envelope(NamedTuple):
    """A message and whose browser it goes to."""

    to: UUID
    message: Message


_ENCODER = Encoder()


def wire(message: Message) -> bytes:
    """Return the frame: JSON in UTF-8."""
    return _ENCODER.encode(message)


def close_code(message: Message) -> int | None:
    """Return the code with which the server closes after a message; None: it does not."""
    if isinstance(message, Bye):
        return CLOSE_CODES[message.reason]
    return REFUSED_CODE if isinstance(message, Refused) else None
