"""A wish for a link that was lost."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequest:
    """A wish for the links that belong to an e-mail address; `address` is a digest of where it came from."""

    email: str
    address: bytes
    at: datetime
    id: UUID = field(default_factory=uuid4)
