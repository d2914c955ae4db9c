"""Who takes part in a meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from signalling.assurance import Level


class Role(StrEnum):
    """As what somebody sits at the table; whoever is neither customer nor adviser was called in.

    A camera is a customer's phone, and no person.
    """

    CUSTOMER = "customer"
    ADVISER = "adviser"
    COLLEAGUE = "colleague"
    INTERPRETER = "interpreter"
    SUPPORT = "support"
    EXPERT = "expert"
    CAMERA = "camera"

    @property
    def is_guest(self) -> bool:
        return self not in (Role.CUSTOMER, Role.ADVISER)

    @property
    def is_invited(self) -> bool:
        """Tell whether they come by a link of their own, and only when the customer agrees."""
        return self in (Role.INTERPRETER, Role.SUPPORT, Role.EXPERT)

    def meets(self, other: "Role") -> bool:
        """Tell whether media go between two: from each to each, but a camera shows its owner nothing."""
        return Role.CAMERA not in (self, other) or Role.CUSTOMER not in (self, other)


class Purpose(StrEnum):
    """What an identification was for; at booking it tells who booked, and not who is here."""

    BOOKING = "booking"
    DOOR = "door"
    MEETING = "meeting"


class Lost(StrEnum):
    """What showed that it does not hold for the media: their description, or their certificate."""

    DESCRIPTION = "description"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How surely we know who it is, by which method, since when, and for which media connection.

    `titles` name the method by language; `fingerprint` is in hex the SHA-256
    of the certificate with which they must speak; without it the connection
    is not known. Once `lost`, nothing is proven of the one who speaks.
    """

    assurance: Level = Level.NONE
    method: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    identified_at: datetime | None = None
    purpose: Purpose | None = None
    fingerprint: str | None = None
    lost: Lost | None = None

    @property
    def level(self) -> Level:
        """What it is worth for the one who is here now."""
        is_here = self.purpose in (Purpose.DOOR, Purpose.MEETING)
        return self.assurance if is_here and self.lost is None else Level.NONE


@dataclass(frozen=True, slots=True)
class Participant:
    """One person in one meeting; the id stays the same over reloads, tabs and lost connections."""

    id: UUID
    role: Role
    name: str
    proof: Proof = Proof()

    @property
    def is_adviser(self) -> bool:
        return self.role is Role.ADVISER

    @property
    def is_staff(self) -> bool:
        """Tell whether they are of the organisation, and came in by its door."""
        return self.role in (Role.ADVISER, Role.COLLEAGUE)
