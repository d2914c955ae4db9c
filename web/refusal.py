"""What the web room itself refuses, before any ground room is asked.

EdgeRefusal
├── BadBody              the body is broken, or says what JSON, a form or multipart cannot say
├── WrongMediaType       the body is of a kind that is not taken here
├── TooLarge             more bytes than may come; carries how many may
├── TooSlow              the body comes in too slowly
├── Invalid              well formed, but a field is missing or wrong; carries which
├── ForeignHost          the Host is not ours
├── ForeignOrigin        another site's page sent this
├── CsrfFailed           the form's secret is missing, or another browser's
├── TooManyRequests      this address asks too often; carries when to come back
├── TookTooLong          the answer was not ready in time
├── SignInNeeded         only for staff, and nobody is signed in
├── PageNotFound         there is nothing at this address
├── MethodNotAllowed     there is, but not by this method; carries which may be
├── NotUpgradable        a WebSocket was expected
├── KeyNeeded            a call of the API without a key that is in force
├── SignatureNeeded      a gateway's call without a signature of now that is right
├── ScopeMissing         the key is not for this; carries what it would have to be for
├── IdempotencyKeyReused another call came with the same key before
├── StillUnderWay        the first call with this key has not been answered yet
└── ChangedMeanwhile     a form was filled in that shows what is no longer so
"""

from collections.abc import Mapping


class EdgeRefusal(Exception):
    """An answer that the web room gives by itself."""


class BadBody(EdgeRefusal):
    """Carries a short word for the log; it never repeats what was sent."""


class WrongMediaType(EdgeRefusal):
    pass


class TooLarge(EdgeRefusal):
    def __init__(self, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self.most_bytes = most_bytes


class TooSlow(EdgeRefusal):
    pass


class Invalid(EdgeRefusal):
    """Carries field → kind of error (pydantic's names), and not the values."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(tuple(fields))
        self.fields = fields


class ForeignHost(EdgeRefusal):
    pass


class ForeignOrigin(EdgeRefusal):
    pass


class CsrfFailed(EdgeRefusal):
    pass


class TooManyRequests(EdgeRefusal):
    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


class TookTooLong(EdgeRefusal):
    pass


class SignInNeeded(EdgeRefusal):
    pass


class PageNotFound(EdgeRefusal):
    pass


class MethodNotAllowed(EdgeRefusal):
    def __init__(self, allowed: str) -> None:
        super().__init__(allowed)
        self.allowed = allowed


class NotUpgradable(EdgeRefusal):
    pass


class KeyNeeded(EdgeRefusal):
    pass


class SignatureNeeded(EdgeRefusal):
    pass


class ScopeMissing(EdgeRefusal):
    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class IdempotencyKeyReused(EdgeRefusal):
    pass


class StillUnderWay(EdgeRefusal):
    pass


class ChangedMeanwhile(EdgeRefusal):
    pass
