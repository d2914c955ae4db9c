"""Proof of who someone is, as a provider gave it and as we keep it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from identity.assurance import Assurance


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """What a provider found out. The personal identity code itself has already been left behind."""

    subject_key: bytes = field(repr=False)
    given_name: str
    family_name: str
    assurance: Assurance
    method: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """What we keep: who came to which appointment, and how surely we know it."""

    id: UUID
    appointment_id: UUID
    provider: str
    method: str
    assurance: Assurance
    subject_key: bytes = field(repr=False)
    given_name: str
    family_name: str
    at: datetime

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"
