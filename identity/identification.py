"""Proof of who someone is, as a provider gave it and as we keep it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from identity.assurance import Assurance
from identity.login_attempt import Purpose
from identity.personal_code import PersonalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """What a provider found out.

    `subject_key` is who it is, and None where nobody vouches for more than
    the name, or than having been given a code. `code` lives until the unit
    that seals it ends. Where nobody vouches for the name either, it is the one
    that was booked. `person_id` is whom a passkey of theirs told.
    """

    subject_key: bytes | None = field(repr=False)
    code: PersonalCode | None = field(default=None, repr=False)
    given_name: str
    family_name: str
    assurance: Assurance
    method: str
    at: datetime
    vouches_for_name: bool = True
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """What we keep: who came to which appointment, how surely we know it, and for which media connection.

    `fingerprint` is the SHA-256 of the certificate that the nonce committed
    to; without it the identification proves who came, and no connection.
    `person_id` is None where nobody told a personal identity code.
    `instead_of` is the level that the appointment asks for, where a lower one
    sufficed because strong identification was down.
    """

    id: UUID
    appointment_id: UUID
    provider: str
    method: str
    assurance: Assurance
    subject_key: bytes | None = field(repr=False)
    given_name: str
    family_name: str
    at: datetime
    purpose: Purpose = Purpose.DOOR
    fingerprint: bytes | None = None
    person_id: UUID | None = None
    instead_of: Assurance | None = None

    @property
    def level(self) -> Assurance:
        """What it is worth for the browser that came in: at booking, only the booking was proven."""
        return Assurance.NONE if self.purpose is Purpose.BOOKING else self.assurance

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def suffices(self, asked: Assurance) -> bool:
        """Tell whether it is sure enough, or was while strong identification was down."""
        if self.level >= asked:
            return True
        return self.purpose is not Purpose.BOOKING and (self.instead_of or Assurance.NONE) >= asked
