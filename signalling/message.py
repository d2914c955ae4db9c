"""What the server says: each message of PROTOCOL.md's S side, and its form on the wire."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, NamedTuple
from uuid import UUID

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


class Message:
    """One message to one browser; `type` is its name on the wire."""

    __slots__ = ()
    type: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Muted:
    audio: bool = False
    video: bool = False


@dataclass(frozen=True, slots=True)
class Waiting(Message):
    """All that one who waits is told; no name, id or text of anybody's may ever stand in it."""

    type: ClassVar[str] = "waiting"
    place: int
    said: Said | None = None
    help: Failure | None = None


@dataclass(frozen=True, slots=True)
class Refused(Message):
    type: ClassVar[str] = "refused"
    reason: RefusedReason


@dataclass(frozen=True, slots=True)
class Knock(Message):
    type: ClassVar[str] = "knock"
    participant: Participant
    since: datetime
    ready: bool
    failure: str | None
    arrival: Arrival | None = None
    away: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gone(Message):
    type: ClassVar[str] = "gone"
    id: UUID
    reason: GoneReason


@dataclass(frozen=True, slots=True)
class Away(Message):
    """The line of one at the table is gone; they may come back to their seat."""

    type: ClassVar[str] = "away"
    id: UUID


@dataclass(frozen=True, slots=True)
class TextSaid(Message):
    type: ClassVar[str] = "text"
    seq: int
    sender: UUID
    name: str
    at: datetime
    text: str
    ref: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLaid(Message):
    """What lies on the table; `document` None: nothing any more.

    Whoever is not as surely identified as `lock` asks for is told no name, no page and no number of them;
    an invited guest is not identified at all.
    """

    type: ClassVar[str] = "document"
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


@dataclass(frozen=True, slots=True)
class PageTurned(Message):
    type: ClassVar[str] = "page"
    sender: UUID
    document: UUID
    page: int


@dataclass(frozen=True, slots=True)
class Admitted(Message):
    type: ClassVar[str] = "admitted"
    you: UUID
    role: Role
    relay_only: bool
    texts: tuple[TextSaid, ...]
    table: DocumentLaid | None
    muted: Muted
    stated: Stated | None = None
    screen: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ice(Message):
    type: ClassVar[str] = "ice"
    ice_servers: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A participant for the eyes of one who must not see the proof."""

    id: UUID
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Peer(Message):
    type: ClassVar[str] = "peer"
    participant: Participant | Person
    visit: str
    polite: bool
    muted: Muted
    ice_servers: tuple[IceServer, ...]
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class DescriptionTold(Message):
    type: ClassVar[str] = "description"
    sender: UUID
    description: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CandidateTold(Message):
    type: ClassVar[str] = "candidate"
    sender: UUID
    candidate: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class MuteTold(Message):
    type: ClassVar[str] = "mute"
    sender: UUID
    audio: bool
    video: bool


@dataclass(frozen=True, slots=True)
class CallAsked(Message):
    """To an adviser: the customer asks for a call in place of the meeting, at this number; None: no more."""

    type: ClassVar[str] = "call_asked"
    at: datetime | None
    phone: str = ""
    cause: Failure | None = None


@dataclass(frozen=True, slots=True)
class StatedTold(Message):
    """What an adviser states of their room, for those at the table; who waits is told nothing of it."""

    type: ClassVar[str] = "stated"
    sender: UUID
    statement: Statement
    at: datetime


@dataclass(frozen=True, slots=True)
class GuestTold(Message):
    """Who is called to the table and why, for all who sit there; once they come they are a `peer`."""

    type: ClassVar[str] = "guest"
    id: UUID
    role: Role
    name: str
    reason: str
    takes_over: bool
    state: GuestState


@dataclass(frozen=True, slots=True)
class GuestLink(Message):
    """To the adviser who invites: the link by which the guest comes, told once and kept as a hash."""

    type: ClassVar[str] = "guest_link"
    id: UUID
    link: str


@dataclass(frozen=True, slots=True)
class ConferTold(Message):
    """Those of the staff at the table speak among themselves, or no more."""

    type: ClassVar[str] = "confer"
    on: bool


@dataclass(frozen=True, slots=True)
class ScreenTold(Message):
    """Somebody of the staff shows their screen to the reader, or no more."""

    type: ClassVar[str] = "screen"
    sender: UUID
    on: bool


@dataclass(frozen=True, slots=True)
class RoleTold(Message):
    """Somebody at the table, perhaps the reader, sits there as something else from now on."""

    type: ClassVar[str] = "role"
    id: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class ProofTold(Message):
    """How surely an adviser may now know who somebody is."""

    type: ClassVar[str] = "proof"
    id: UUID
    name: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class ProofAsked(Message):
    """An adviser asks a customer who they are, this surely; None: no more."""

    type: ClassVar[str] = "proof_asked"
    assurance: Level | None


@dataclass(frozen=True, slots=True)
class Proving(Message):
    """How far somebody is who was asked, for themselves and for an adviser; `reason` is why it failed."""

    type: ClassVar[str] = "proving"
    id: UUID
    state: ProvingState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Pong(Message):
    type: ClassVar[str] = "pong"


@dataclass(frozen=True, slots=True)
class Error(Message):
    type: ClassVar[str] = "error"
    error: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Bye(Message):
    type: ClassVar[str] = "bye"
    reason: ByeReason


class Envelope(NamedTuple):
    """A message and whose browser it goes to."""

    to: UUID
    message: Message


Names = tuple[tuple[str, str], ...]
_NAMES: dict[type[object], Names] = {}


def wire(message: Message) -> str:
    """Return the frame: JSON with `type`; `from` is the wire's name of `sender`, a word that Python keeps."""
    return _ENCODER.encode(message)


def _plain(value: object) -> object:
    """Say in JSON's words what JSON's writer does not know by itself."""
    names = _NAMES.get(type(value))
    if names is None:
        if isinstance(value, UUID):
            return _id(value)
        if isinstance(value, datetime):
            return value.isoformat().replace("+00:00", "Z")
        if isinstance(value, Mapping):
            return dict(value)
        names = _named(type(value))
    said = {told: getattr(value, name) for name, told in names}
    return {"type": value.type, **said} if isinstance(value, Message) else said


@lru_cache(maxsize=4_096)
def _id(value: UUID) -> str:
    """The same few speak in a meeting all the time."""
    return str(value)


def _named(kind: type[object]) -> Names:
    """Pair a dataclass's fields with their names on the wire. Raises TypeError for any other class."""
    if not is_dataclass(kind):
        raise TypeError(kind)
    names = tuple((each.name, "from" if each.name == "sender" else each.name) for each in fields(kind))
    return _NAMES.setdefault(kind, names)


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain)
"""Made once: a message is written for every frame that leaves."""


def close_code(message: Message) -> int | None:
    """Return the code with which the server closes after a message; None: it does not."""
    if isinstance(message, Bye):
        return CLOSE_CODES[message.reason]
    return REFUSED_CODE if isinstance(message, Refused) else None
