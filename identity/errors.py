"""The refusals of the identity room.

Refusal
├── NotFound                 nobody of the staff has this id, or not for your eyes
├── NotAllowed               signed in, but the role lacks the right
├── SessionOver              no live session stands behind the cookie
├── SignInRefused            login and password do not belong together
├── CodeRefused              the code after the password is wrong, or was used before
├── PasskeyRefused           a passkey's answer does not hold, whatever the reason
├── NotOnStaff               known to the issuer, but nobody here, or in no group that may come in
├── IssuerFailed             the sign-in by the issuer came to nothing, for whatever reason
├── LinkOver                 a link for the first admin was used, is too old, or there is an admin
├── AdminThere               there is an admin, who can take others on
├── TooManyAttempts          too many failed sign-ins for now
├── LoginTaken               somebody else of the staff has this login
├── OwnAccess                an admin would take their own access away
├── OwnTeam                  an admin would move themselves to another team
├── TicketRefused
│   ├── TicketInvalid        not ours, or not for this purpose
│   ├── TicketExpired        older than its 60 seconds
│   └── TicketUsed           a second use
├── AnswerRefused            what was typed for a prompting provider will not do
├── AttemptUnknown           state unknown, used before, or begun in another browser
└── IdentificationFailed     carries its Failure
    ├── IdentificationCancelled
    ├── BankUnavailable
    ├── AnotherPerson        not the person who booked
    ├── AssertionRefused     one of the checks on the assertion failed
    │   └── CallbackRefused  already what the browser brought back
    ├── ForeignIdentity      identified by another country, without a Finnish personal identity code
    ├── AttemptExpired
    ├── AssuranceTooLow
    ├── CodeWrong            not the code that was delivered; carries how many tries are left
    ├── CodeVoid             none was delivered, or it was used, tried too often or is over
    ├── ReturnRefused        not signed by a customer's passkey, or not for this trip
    ├── NotEnrolled          nobody answers to the number that was typed
    ├── CodeMismatch         the word that keeps strangers from asking is missing or another
    ├── ServiceBlocked       the person has shut this use of it
    ├── DeviceUnreachable    the other device is off or out of reach
    ├── PinLocked            too many wrong PINs
    ├── CredentialUnusable   there, but it cannot be used
    └── CredentialInvalid    there, but no longer valid

NotLoadable                  stops the start; never seen by a browser
├── DemoInProduction
└── ProviderMissing
"""

from datetime import datetime, timedelta

from identity.failure import Failure
from identity.permission import Right


class Refusal(Exception):
    """An answer that the identity room gives."""


class NotFound(Refusal):
    pass


class NotAllowed(Refusal):
    def __init__(self, right: Right) -> None:
        super().__init__(right)
        self.right = right


class SessionOver(Refusal):
    pass


class SignInRefused(Refusal):
    pass


class CodeRefused(Refusal):
    pass


class PasskeyRefused(Refusal):
    pass


class NotOnStaff(Refusal):
    pass


class IssuerFailed(Refusal):
    pass


class LinkOver(Refusal):
    pass


class AdminThere(Refusal):
    pass


class TooManyAttempts(Refusal):
    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class LoginTaken(Refusal):
    pass


class OwnAccess(Refusal):
    pass


class OwnTeam(Refusal):
    pass


class TicketRefused(Refusal):
    pass


class TicketInvalid(TicketRefused):
    pass


class TicketExpired(TicketRefused):
    pass


class TicketUsed(TicketRefused):
    pass


class AnswerRefused(Refusal):
    """What a person typed for a prompting provider will not do; carries the question's name."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


class AttemptUnknown(Refusal):
    pass


class IdentificationFailed(Refusal):
    """The root of all that a customer may meet on the way to and from the bank."""

    failure: Failure


class IdentificationCancelled(IdentificationFailed):
    failure = Failure.CANCELLED


class BankUnavailable(IdentificationFailed):
    """Carries the other side's own word for it, where it said one that we know; for the log alone.

    It is hearsay when a browser brought it: we have not seen for ourselves that nobody answers.
    """

    failure = Failure.BANK_UNAVAILABLE

    def __init__(self, code: str = "", *, is_hearsay: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.is_hearsay = is_hearsay


class AnotherPerson(IdentificationFailed):
    failure = Failure.ANOTHER_PERSON


class AssertionRefused(IdentificationFailed):
    """Carries which check failed, for the log alone: the customer reads one text for all of them."""

    failure = Failure.ASSERTION_REFUSED

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


class CallbackRefused(AssertionRefused):
    """What the browser brought back was not the broker's answer; nobody was asked about it."""


class ForeignIdentity(IdentificationFailed):
    failure = Failure.FOREIGN_IDENTITY


class AttemptExpired(IdentificationFailed):
    failure = Failure.EXPIRED

    def __init__(self, expired_at: datetime) -> None:
        super().__init__(expired_at)
        self.expired_at = expired_at


class AssuranceTooLow(IdentificationFailed):
    failure = Failure.TOO_LOW


class CodeWrong(IdentificationFailed):
    failure = Failure.CODE_WRONG

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class CodeVoid(IdentificationFailed):
    failure = Failure.CODE_VOID


class ReturnRefused(IdentificationFailed):
    """Carries which check failed, for the log alone."""

    failure = Failure.PASSKEY_REFUSED

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


class NotEnrolled(IdentificationFailed):
    failure = Failure.NOT_ENROLLED


class CodeMismatch(IdentificationFailed):
    failure = Failure.CODE_MISMATCH


class ServiceBlocked(IdentificationFailed):
    failure = Failure.SERVICE_BLOCKED


class DeviceUnreachable(IdentificationFailed):
    failure = Failure.DEVICE_UNREACHABLE


class PinLocked(IdentificationFailed):
    failure = Failure.PIN_LOCKED


class CredentialUnusable(IdentificationFailed):
    failure = Failure.CREDENTIAL_UNUSABLE


class CredentialInvalid(IdentificationFailed):
    failure = Failure.CREDENTIAL_INVALID


class NotLoadable(Exception):
    """A provider that the settings name and that must not, or cannot, serve."""

    def __init__(self, provider: str) -> None:
        super().__init__(provider)
        self.provider = provider


class DemoInProduction(NotLoadable):
    pass


class ProviderMissing(NotLoadable):
    pass
