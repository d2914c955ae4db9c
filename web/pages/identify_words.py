"""What to tell a customer whose identification came to nothing: what happened, and what to do now."""

from collections.abc import Mapping
from types import MappingProxyType

from identity.failure import Failure
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
        "": N_("The identification did not succeed. Try again."),
    }
)
