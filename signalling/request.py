"""What a browser says: each message of PROTOCOL.md's C side, read strictly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from signalling.arrival import Arrival, read_arrival
from signalling.assurance import Level
from signalling.candidate import IceCandidate, Malformed, read_candidate
from signalling.errors import BadMessage
from signalling.failure import Failure
from signalling.fields import Fields
from signalling.message import RefusedReason
from signalling.participant import Lost, Role
from signalling.sdp import Sdp, read_sdp
from signalling.second_camera import Camera
from signalling.sentence import LONGEST_ID, is_sentence_id
from signalling.statement import Statement

VERSION = 2
MOST_SDP = 32 * 1024
MOST_CANDIDATE = 512
MOST_TEXT = 2_000
MOST_REASON = 200
MOST_NAME = 100
MOST_REF = 64
MOST_VISIT = 64
MOST_TICKET = 4_096
MOST_PAGE = 10_000
_LARGEST = 2**31 - 1


class DescriptionType(StrEnum):
    OFFER = "offer"
    ANSWER = "answer"
    ROLLBACK = "rollback"


class MediaState(StrEnum):
    CONNECTED = "connected"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Hello:
    version: int
    ticket: str
    visit: str
    seen: int


@dataclass(frozen=True, slots=True)
class Ready:
    audio: bool
    video: bool


@dataclass(frozen=True, slots=True)
class Admit:
    """Lets somebody in; `statement` is the adviser's word about their room, None from who says nothing."""

    participant: UUID
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Says anew what an adviser's room is like: it may change while they meet."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Refuse:
    participant: UUID
    reason: RefusedReason


@dataclass(frozen=True, slots=True)
class Tell:
    """Says a ready sentence, by its id, to somebody who waits, shows a help picture, or takes it away."""

    participant: UUID
    sentence: str | None
    help: Failure | None
    says_help: bool


@dataclass(frozen=True, slots=True)
class SendBack:
    participant: UUID


@dataclass(frozen=True, slots=True)
class CallIn:
    """Calls a colleague to take over; whether they may, the caller asks the staff."""

    colleague: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class CallOff:
    guest: UUID


@dataclass(frozen=True, slots=True)
class Invite:
    """Asks for a guest with a link of their own, to whom the customer is to agree."""

    role: Role
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LinkAgain:
    """Asks for a new link of one who is invited; the one before leads nowhere from then on."""

    guest: UUID


@dataclass(frozen=True, slots=True)
class Consent:
    guest: UUID
    yes: bool


@dataclass(frozen=True, slots=True)
class Confer:
    on: bool


@dataclass(frozen=True, slots=True)
class ShareScreen:
    """One of the staff begins or ends to show their screen; its picture does not pass the server."""

    on: bool


@dataclass(frozen=True, slots=True)
class Unbind:
    """An adviser's browser sees media whose certificate is not the one that the proof is for."""

    participant: UUID
    reason: Lost


@dataclass(frozen=True, slots=True)
class AskProof:
    participant: UUID
    assurance: Level


@dataclass(frozen=True, slots=True)
class Decline:
    pass


@dataclass(frozen=True, slots=True)
class Prove:
    """Brings a fresh ticket to an open line; whether it is good, the caller asks the tickets."""

    ticket: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Describe:
    """An offer or an answer; `sdp` is None for a rollback."""

    to: UUID
    type: DescriptionType
    sdp: Sdp | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One more address, for the section that `place` names; None: it was the last."""

    to: UUID
    candidate: IceCandidate | None
    place: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Say:
    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Lay:
    """Asks for a document on the table; who may show it, the documents know."""

    document: UUID | None
    lock: Level | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    document: UUID
    page: int


@dataclass(frozen=True, slots=True)
class Mute:
    audio: bool
    video: bool


@dataclass(frozen=True, slots=True)
class Media:
    state: MediaState
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class AskIce:
    pass


@dataclass(frozen=True, slots=True)
class Ping:
    pass


@dataclass(frozen=True, slots=True)
class Leave:
    pass


@dataclass(frozen=True, slots=True)
class End:
    pass


Request = (
    Ready
    | Arrival
    | Admit
    | State
    | Refuse
    | Tell
    | SendBack
    | CallIn
    | CallOff
    | Invite
    | LinkAgain
    | Consent
    | Confer
    | ShareScreen
    | Camera
    | Unbind
    | AskProof
    | Decline
    | Prove
    | Describe
    | Candidate
    | Say
    | Lay
    | Turn
    | Mute
    | Media
    | AskIce
    | Ping
    | Leave
    | End
)


def read_hello(frame: Mapping[str, object]) -> Hello:
    """Raises BadMessage for anything else; the version is looked at by the caller."""
    fields = Fields(frame)
    if fields.text("type", 40) != "hello":
        raise BadMessage("type")
    return Hello(
        version=fields.number("version", _LARGEST),
        ticket=fields.text("ticket", MOST_TICKET, least=1),
        visit=fields.text_or_none("visit", MOST_VISIT) or "",
        seen=fields.number_or_none("seen", _LARGEST) or 0,
    )


def read(frame: Mapping[str, object]) -> Request:
    """Raises BadMessage, which names the field."""
    fields = Fields(frame)
    reader = _READERS.get(fields.text("type", 40))
    if reader is None:
        raise BadMessage("type")
    return reader(fields)


def _description(fields: Fields) -> Describe:
    inner = fields.object("description")
    kind = inner.choice("type", DescriptionType)
    if kind is DescriptionType.ROLLBACK:
        return Describe(fields.id("to"), kind, None)
    try:
        sdp = read_sdp(inner.text("sdp", MOST_SDP, least=1))
    except Malformed as malformed:
        raise BadMessage("description.sdp") from malformed
    return Describe(fields.id("to"), kind, sdp)


def _candidate(fields: Fields) -> Candidate:
    inner = fields.object("candidate")
    line = inner.text("candidate", MOST_CANDIDATE)
    try:
        candidate = read_candidate(line) if line else None
    except Malformed as malformed:
        raise BadMessage("candidate.candidate") from malformed
    place = {
        "sdpMid": inner.text_or_none("sdpMid", 32),
        "sdpMLineIndex": inner.number_or_none("sdpMLineIndex", 64),
        "usernameFragment": inner.text_or_none("usernameFragment", 256),
    }
    return Candidate(fields.id("to"), candidate, place)


def _ask_proof(fields: Fields) -> AskProof:
    """To ask for nothing would be to ask for `none`."""
    assurance = fields.choice("assurance", Level)
    if assurance is Level.NONE:
        raise BadMessage("assurance")
    return AskProof(fields.id("participant"), assurance)


def _tell(fields: Fields) -> Tell:
    """A sentence, a help, or both; a help that is null takes away what is shown."""
    sentence = fields.text_or_none("sentence", LONGEST_ID)
    if not (fields.has("help") if sentence is None else is_sentence_id(sentence)):
        raise BadMessage("sentence")
    return Tell(
        fields.id("participant"), sentence, fields.choice_or_none("help", Failure), fields.has("help")
    )


def _call_in(fields: Fields) -> CallIn:
    return CallIn(fields.id("colleague"), _said(fields, "reason", MOST_REASON))


def _invite(fields: Fields) -> Invite:
    role = fields.choice("role", Role)
    if not role.is_invited:
        raise BadMessage("role")
    return Invite(role, _said(fields, "name", MOST_NAME), _said(fields, "reason", MOST_REASON))


def _said(fields: Fields, name: str, most: int) -> str:
    """Read a text that says something."""
    text = fields.text(name, most).strip()
    if not text:
        raise BadMessage(name)
    return text


def _text(fields: Fields) -> Say:
    text = fields.text("text", MOST_TEXT)
    if not text.strip():
        raise BadMessage("text")
    return Say(fields.text("ref", MOST_REF, least=1), text)


_READERS: Mapping[str, Callable[[Fields], Request]] = {
    "ready": lambda f: Ready(f.flag("audio"), f.flag("video")),
    "admit": lambda f: Admit(f.id("participant"), f.choice_or_none("statement", Statement)),
    "statement": lambda f: State(f.choice("statement", Statement)),
    "refuse": lambda f: Refuse(f.id("participant"), f.choice("reason", RefusedReason)),
    "arrival": read_arrival,
    "tell": _tell,
    "send_back": lambda f: SendBack(f.id("participant")),
    "call_in": _call_in,
    "call_off": lambda f: CallOff(f.id("guest")),
    "invite": _invite,
    "link_again": lambda f: LinkAgain(f.id("guest")),
    "consent": lambda f: Consent(f.id("guest"), f.flag("yes")),
    "confer": lambda f: Confer(f.flag("on")),
    "screen": lambda f: ShareScreen(f.flag("on")),
    "camera": lambda f: Camera(f.flag("on")),
    "unbound": lambda f: Unbind(f.id("participant"), f.choice("reason", Lost)),
    "ask_proof": _ask_proof,
    "decline": lambda _: Decline(),
    "prove": lambda f: Prove(f.text("ticket", MOST_TICKET, least=1)),
    "description": _description,
    "candidate": _candidate,
    "text": _text,
    "document": lambda f: Lay(f.id_or_none("document"), f.choice_or_none("lock", Level)),
    "page": lambda f: Turn(f.id("document"), f.number("page", MOST_PAGE, least=1)),
    "mute": lambda f: Mute(f.flag("audio"), f.flag("video")),
    "media": lambda f: Media(f.choice("state", MediaState), f.choice_or_none("failure", Failure)),
    "ice": lambda _: AskIce(),
    "ping": lambda _: Ping(),
    "leave": lambda _: Leave(),
    "end": lambda _: End(),
}
TYPES = frozenset(_READERS)
