"""The admin's form of a webhook, and the words of its choices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, ClassVar
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from booking.fact import FactKind
from booking.notice import Fault, Notified
from booking.subscriber import Format, Stopped, Subscriber
from booking.target import LONGEST, bad_target
from web.fact_words import FACT_WORDS
from web.fields import Language, Name
from web.i18n import N_, NAMES

FORMATS: Mapping[Format, tuple[str, str]] = MappingProxyType(
    {
        Format.STANDARD: (N_("For programs"), N_("Standard Webhooks: JSON with a signature")),
        Format.CHAT: (N_("For a team's chat"), N_("A ready line of text, without names")),
        Format.TICKET: (N_("For a ticket system"), N_("A ready title and text, without names")),
    }
)
FAULTS: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.ANSWER: N_("The receiver did not accept it"),
        Fault.TIMEOUT: N_("No answer in time"),
        Fault.UNREACHABLE: N_("Could not connect"),
        Fault.CERTIFICATE: N_("The certificate is not in order"),
        Fault.TARGET_REFUSED: N_("The address leads to a network that is not allowed"),
        Fault.REDIRECTED: N_("The receiver sent us to another address"),
        Fault.GONE: N_("What it was about has been deleted meanwhile"),
        Fault.CUT_OFF: N_("Sending was cut off each time, and nobody knows whether it arrived"),
    }
)
NOTIFIED: Mapping[Notified, tuple[str, str]] = MappingProxyType(
    {
        Notified.WAITING: (N_("Waiting"), ""),
        Notified.CLAIMED: (N_("On its way"), ""),
        Notified.DELIVERED: (N_("Delivered"), "good"),
        Notified.FAILED: (N_("Failed"), "danger"),
    }
)
STOPPED: Mapping[Stopped, str] = MappingProxyType(
    {
        Stopped.GONE: N_("The receiver said that this address is gone for good (410)."),
        Stopped.FAILING: N_("Nothing had arrived for three days, though we tried again and again."),
    }
)

_LAST_OF_BOOKING = list(FactKind).index(FactKind.CONNECTION_TESTED)
GROUPS: Sequence[tuple[str, Sequence[FactKind]]] = (
    (N_("Booking and reminding"), list(FactKind)[:_LAST_OF_BOOKING]),
    (N_("Meeting and afterwards"), list(FactKind)[_LAST_OF_BOOKING:]),
)


def _target(text: str) -> str:
    wrong = bad_target(text)
    if wrong:
        raise PydanticCustomError(f"target_{wrong.value}", "no address that webhooks may go to")
    return text


class WebhookForm(BaseModel):
    """All that an admin says of a webhook."""

    LABELS: ClassVar[Mapping[str, str]] = {
        "name": N_("Name"),
        "address": N_("Address"),
        "format": N_("Format"),
        "language": N_("Language of the text"),
        "kinds": N_("Events"),
    }

    name: Name
    address: Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_target)]
    format: Format
    language: Language
    kinds: list[FactKind] = Field(
        default_factory=list, min_length=1, max_length=len(FactKind), validate_default=True
    )
    seen: str = Field(default="", max_length=64)

    def subscriber(self, now: datetime) -> Subscriber:
        return Subscriber(
            id=uuid4(),
            name=self.name,
            address=self.address,
            kinds=frozenset(self.kinds),
            made_at=now,
            secret_made_at=now,
            format=self.format,
            language=self.language,
        )

    def changed(self, before: Subscriber) -> Subscriber:
        return replace(
            before,
            name=self.name,
            address=self.address,
            kinds=frozenset(self.kinds),
            format=self.format,
            language=self.language,
        )

    @staticmethod
    def of(subscriber: Subscriber) -> Mapping[str, Any]:
        return {
            "name": subscriber.name,
            "address": subscriber.address,
            "format": subscriber.format.value,
            "language": subscriber.language,
            "kinds": sorted(kind.value for kind in subscriber.kinds),
        }


CHOICES: Mapping[str, object] = MappingProxyType(
    {
        "formats": [(one.value, *words) for one, words in FORMATS.items()],
        "languages": [(code, name, "") for code, name in NAMES.items()],
        "groups": GROUPS,
        "kind_words": FACT_WORDS,
        "labels": WebhookForm.LABELS,
    }
)
"""What the form's template needs."""
