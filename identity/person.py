"""One customer, whom several appointments may belong to: recognised by a key, never by a name."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever a provider has told the personal identity code of; the code itself is kept sealed.

    The names are those that the provider told last.
    """

    id: UUID
    subject_key: bytes = field(repr=False)
    given_name: str
    family_name: str
    since: datetime
    last_identified_at: datetime

    @property
    def login(self) -> str:
        """By what a device lists a passkey of theirs."""
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"
