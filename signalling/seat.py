"""One participant's place in a meeting, from the knock to the leaving."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from signalling.arrival import Arrival
from signalling.assurance import Level
from signalling.failure import Failure
from signalling.ice import IceServer
from signalling.message import Knock, Muted, Peer, Person, Waiting
from signalling.participant import Participant, Role
from signalling.request import MediaState
from signalling.sentence import Said
from signalling.statement import Stated


@dataclass(slots=True, kw_only=True)
class Seat:
    """What the meeting knows of one participant.

    `fingerprints` are the certificates of the last description to each of the others.
    `away_since` is set while no browser of theirs is here, `asked` while an adviser waits for their proof.
    `said` and `help` are what one who waits was told; `arrival` is how they come in. `stated` is what an
    adviser said last of the room they sit in.
    """

    who: Participant
    visit: str
    arrived_at: datetime
    is_admitted: bool = False
    ready_at: datetime | None = None
    arrival: Arrival | None = None
    said: Said | None = None
    help: Failure | None = None
    stated: Stated | None = None
    failure: Failure | None = None
    away_since: datetime | None = None
    muted: Muted = field(default_factory=Muted)
    media: MediaState | None = None
    asked: Level | None = None
    descriptions: int = 0
    candidates: int = 0
    fingerprints: dict[UUID, frozenset[str]] = field(default_factory=dict)
    reports: int = 0
    arrivals: int = 0
    hindered: set[Failure] = field(default_factory=set)

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None

    @property
    def is_present(self) -> bool:
        return self.away_since is None

    def comes_back(self, who: Participant, visit: str) -> None:
        """Take the younger ticket's word; a page loaded anew has its media before it.

        What was lost for a page's media stays lost for the same proof on that page.
        """
        who = replace(who, role=self.who.role)  # a ticket knows nothing of a seat that was handed over
        if visit != self.visit:
            self.descriptions = self.candidates = self.reports = self.arrivals = 0
            self.media = self.failure = self.help = None
            self.fingerprints = {}
            self.who = who
        self.proves(who)
        self.visit, self.away_since = visit, None

    def proves(self, who: Participant) -> None:
        """Take what a younger ticket says; the same proof again does not undo that it was lost."""
        if who.proof != replace(self.who.proof, lost=None):
            self.who = who

    def knock(self) -> Knock:
        return Knock(self.who, self.arrived_at, self.is_ready, self.failure, self.arrival, self.away_since)

    def waits(self, place: int) -> Waiting:
        return Waiting(place, self.said, self.help)

    def goes_back(self) -> None:
        """Leave the table for the waiting room; what the media were is over."""
        self.is_admitted, self.said, self.help = False, None, None
        self.media = self.failure = self.asked = None

    def as_peer_of(self, other: Participant, servers: tuple[IceServer, ...]) -> Peer:
        """Show it to another: an adviser sees how surely we know who it is, a customer does not.

        A camera is told nobody's name, and nothing that is said at the table.
        """
        is_polite = _gives_way(other, self.who)
        if other.role is Role.CAMERA:
            return Peer(Person(self.who.id, self.who.role, ""), self.visit, is_polite, Muted(), servers)
        is_known = other.is_adviser and self.who.role is not Role.CAMERA
        seen = self.who if is_known else Person(self.who.id, self.who.role, self.who.name)
        return Peer(seen, self.visit, is_polite, self.muted, servers, self.stated)


_ORDER = (
    Role.CAMERA,
    Role.ADVISER,
    Role.COLLEAGUE,
    Role.INTERPRETER,
    Role.SUPPORT,
    Role.EXPERT,
    Role.CUSTOMER,
)
"""Of two, who stands further behind is the polite side."""


def _gives_way(one: Participant, other: Participant) -> bool:
    """Tell which of two is the polite side; exactly one is."""
    return (_ORDER.index(one.role), one.id) > (_ORDER.index(other.role), other.id)
