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
    CODE_WRONG = "code_wrong"
    CODE_VOID = "code_void"
    PASSKEY_REFUSED = "passkey_refused"
    NOT_ENROLLED = "not_enrolled"
    CODE_MISMATCH = "code_mismatch"
    SERVICE_BLOCKED = "service_blocked"
    DEVICE_UNREACHABLE = "device_unreachable"
    PIN_LOCKED = "pin_locked"
    CREDENTIAL_UNUSABLE = "credential_unusable"
    CREDENTIAL_INVALID = "credential_invalid"
