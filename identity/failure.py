"""Why an identification came to nothing: the closed list of this room."""

from enum import StrEnum


class Failure(StrEnum):
    CANCELLED = "cancelled"
    BANK_UNAVAILABLE = "bank_unavailable"
    ANOTHER_PERSON = "another_person"
    ASSERTION_REFUSED = "assertion_refused"
    FOREIGN_IDENTITY = "foreign_identity"
    EXPIRED = "expired"
    TOO_LOW = "too_low"
