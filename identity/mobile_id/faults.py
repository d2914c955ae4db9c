"""Every status and fault code of the protocol, and what it means to the person: two closed tables."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from identity.errors import (
    AssertionRefused,
    AttemptExpired,
    BankUnavailable,
    CodeMismatch,
    CredentialInvalid,
    CredentialUnusable,
    DeviceUnreachable,
    IdentificationCancelled,
    IdentificationFailed,
    NotEnrolled,
    PinLocked,
    ServiceBlocked,
)

REQUEST_OK, VALID_SIGNATURE, OUTSTANDING = 100, 502, 504

Failing = Callable[[], IdentificationFailed]

# Detail codes that say more than their code does.
DETAILS: Mapping[int, Failing] = MappingProxyType(
    {1011: CodeMismatch, 1012: CodeMismatch} | dict.fromkeys((1041, 1042, 1043), ServiceBlocked)
)
# What is not here is our fault or the operators': "does not work just now".
CODES: Mapping[int, Failing] = MappingProxyType(
    {
        105: NotEnrolled,  # one text for all details, or numbers could be tried out
        209: DeviceUnreachable,
        401: IdentificationCancelled,
        402: PinLocked,
        403: PinLocked,
    }
    | dict.fromkeys((404, 405, 406, 407), CredentialUnusable)
    | dict.fromkeys((422, 423, 424, 425), CredentialInvalid)
)
EXPIRED = 208
STATUSES: Mapping[int, Failing] = MappingProxyType(
    {
        500: lambda: AssertionRefused("status_500"),  # signed, but nobody validated it
        501: CredentialInvalid,
        503: CredentialInvalid,
        505: CredentialUnusable,
    }
)


def failure_of_fault(code: int, detail: int | None, *, now: datetime) -> IdentificationFailed:
    """Return what a SOAP fault means; its code stands in the log, and its text nowhere."""
    if code == EXPIRED:
        return AttemptExpired(now)
    failing = DETAILS.get(detail or 0) if detail is not None and detail // 10 == code else None
    failing = failing or CODES.get(code)
    return failing() if failing else BankUnavailable(f"mss_{detail or code}")


def failure_of_status(status: int) -> IdentificationFailed:
    """Return what a status means that is neither in order nor outstanding."""
    failing = STATUSES.get(status)
    return failing() if failing else AssertionRefused("status")
