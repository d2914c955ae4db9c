"""The people of the meeting's tests, and what they see."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from signalling.answer import answer
from signalling.assurance import Level
from signalling.ice import IcePolicy
from signalling.meeting import Meeting
from signalling.message import Message
from signalling.participant import Participant, Proof, Purpose, Role
from signalling.request import Admit, Describe, DescriptionType, Ready, Request
from signalling.sdp import Sdp, read_sdp
from signalling.step import Step

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
APPOINTMENT = UUID(int=1)
FINGERPRINT = "5a" * 32
PROOF = Proof(
    assurance=Level.SUBSTANTIAL,
    method="demo-bank",
    identified_at=datetime(2026, 11, 23, 10, 20, tzinfo=UTC),
    purpose=Purpose.DOOR,
    fingerprint=FINGERPRINT,
)
AINO = Participant(UUID(int=10), Role.CUSTOMER, "Aino Kaleva", PROOF)
AINOS_PHONE = Participant(UUID(int=11), Role.CUSTOMER, "Aino Kaleva")
ILMARI = Participant(UUID(int=20), Role.ADVISER, "Ilmari Seppä")
LOUHI = Participant(UUID(int=21), Role.ADVISER, "Louhi Pohjola")
TURN = IcePolicy(turn_urls=("turn:turn.example.org",), turn_secret="north")

SECTION = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\n"


def sdp(*lines: str) -> Sdp:
    """Return a description of one voice, with these lines at its end."""
    head = "v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
    return read_sdp(head + SECTION + "".join(f"{line}\r\n" for line in lines))


def offer(to: Participant, *lines: str) -> Describe:
    return Describe(to.id, DescriptionType.OFFER, sdp(*lines))


def told(step: Step, who: Participant) -> list[Message]:
    """Return what one person is sent, in order."""
    return [envelope.message for envelope in step.envelopes if envelope.to == who.id]


def kinds(step: Step, who: Participant) -> list[str]:
    return [message.type for message in told(step, who)]


def happenings(step: Step) -> list[tuple[str, str]]:
    return [(each.what.value, each.by.value) for each in step.happened]


@dataclass(slots=True)
class Scene:
    """A meeting and a clock that stands still unless it is moved."""

    meeting: Meeting = field(default_factory=lambda: Meeting(TURN))
    now: datetime = NOW

    def arrives(self, who: Participant, visit: str = "", seen: int = 0) -> Step:
        return self.meeting.arrive(who, visit or f"page of {who.name}", now=self.now, seen=seen)

    def says(self, who: Participant, request: Request) -> Step:
        return answer(self.meeting, who.id, request, now=self.now)

    def drops(self, who: Participant) -> Step:
        return self.meeting.drop(who.id, now=self.now)


def waiting_room() -> Scene:
    """Ilmari is at the table, Aino waits and is ready."""
    scene = Scene()
    scene.arrives(ILMARI)
    scene.arrives(AINO)
    scene.says(AINO, Ready(audio=True, video=True))
    return scene


def at_the_table() -> Scene:
    scene = waiting_room()
    scene.says(ILMARI, Admit(AINO.id))
    return scene
