"""What to tell a customer whose identification came to nothing: what happened, and what to do now."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from booking.fact import Actor, Fact, FactKind
from identity.failure import Failure
from web.errors import NEW_CODE
from web.i18n import N_

FAILED: Mapping[str, str] = MappingProxyType(
    {
        Failure.CANCELLED: N_("The identification was interrupted. Nothing was lost: try again."),
        Failure.BANK_UNAVAILABLE: N_("The identification service does not answer. Try again in a moment."),
        Failure.ANOTHER_PERSON: N_("The names differ. The person who booked must identify."),
        Failure.ASSERTION_REFUSED: N_(
            "We could not trust the answer of the identification service. Try again."
        ),
        Failure.FOREIGN_IDENTITY: N_(
            "What you identified with gave no Finnish personal identity code. Choose another way, or call us."
        ),
        Failure.EXPIRED: N_("The identification took too long, so it was stopped. Try again."),
        Failure.TOO_LOW: N_("This appointment asks for a stronger way to identify. Choose another one."),
        Failure.CODE_WRONG: N_("This is not the code. Check it, and try again."),
        Failure.CODE_VOID: NEW_CODE,
        Failure.PASSKEY_REFUSED: N_("Your passkey did not work here. Choose another way to identify."),
        Failure.NOT_ENROLLED: N_(
            "This number has no mobile certificate. Check the number, or choose another way to identify."
        ),
        Failure.CODE_MISMATCH: N_(
            "Check your prevention code: it is missing or another one. Then try again."
        ),
        Failure.SERVICE_BLOCKED: N_(
            "This use is blocked in the settings of your mobile certificate. Your operator can open it. "
            "Choose another way to identify."
        ),
        Failure.DEVICE_UNREACHABLE: N_(
            "Your phone could not be reached. Check that it is on and has a signal, and try again."
        ),
        Failure.PIN_LOCKED: N_(
            "The PIN of your mobile certificate is locked. Your operator can help. "
            "Choose another way to identify."
        ),
        Failure.CREDENTIAL_UNUSABLE: N_(
            "Your mobile certificate cannot be used. Your operator can help. Choose another way to identify."
        ),
        Failure.CREDENTIAL_INVALID: N_(
            "Your mobile certificate is not valid any more. Your operator can help. "
            "Choose another way to identify."
        ),
        "": N_("The identification did not succeed. Try again."),
    }
)

_SETTLED = frozenset({FactKind.IDENTIFICATION_BEGUN, FactKind.IDENTIFICATION_DONE})


def last_failure(facts: Sequence[Fact]) -> str:
    """Return the message id of what the last identification failed by; nothing when it did not."""
    last = None
    for fact in facts:
        if fact.kind in _SETTLED or (fact.by is Actor.CUSTOMER and fact.kind is FactKind.DOOR_OPENED):
            last = None
        elif fact.kind is FactKind.IDENTIFICATION_FAILED:
            last = fact
    if last is None:
        return ""
    return FAILED.get(str(last.detail.get("reason", "")), FAILED[""])
