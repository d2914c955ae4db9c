"""Letters in the staff's words: which one, by which way, and why it did not arrive."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from booking.fact import Fact
from booking.letter import REMINDERS, Channel, LetterKind
from booking.not_reminded import NotReminded
from booking.undelivered import last_not_reminded
from web.i18n import N_

CHANNELS: Mapping[Channel, str] = MappingProxyType(
    {Channel.MAIL: N_("E-mail"), Channel.SMS: N_("Text message")}
)
LETTERS: Mapping[LetterKind, str] = MappingProxyType(
    {
        LetterKind.BOOKED: N_("Booked"),
        LetterKind.MOVED: N_("Moved to another time"),
        LetterKind.CANCELLED: N_("Cancelled"),
        LetterKind.RESTORED: N_("Booked again"),
        LetterKind.REASSIGNED: N_("Another adviser"),
        LetterKind.NEW_ADDRESS: N_("New contact details"),
        LetterKind.OLD_ADDRESS: N_("To the former address"),
        LetterKind.LOST_LINK: N_("Lost link"),
        LetterKind.OVERLAP: N_("Another appointment at that time"),
        LetterKind.THREE_DAYS: N_("Reminder three days before"),
        LetterKind.ONE_DAY: N_("Reminder one day before"),
        LetterKind.FIFTEEN_MINUTES: N_("Reminder a quarter of an hour before"),
        LetterKind.DISRUPTION: N_("Disruption"),
        LetterKind.DISRUPTION_REMINDER: N_("Disruption: reminder"),
        LetterKind.DISRUPTION_OVER: N_("The disruption is over"),
        LetterKind.OFFER: N_("An earlier time is offered"),
        LetterKind.NO_SHOW: N_("After a missed appointment"),
        LetterKind.WAITING_FOR_YOU: N_("We are waiting for you"),
        LetterKind.RUNNING_LATE: N_("The adviser is late"),
        LetterKind.CANCEL_ASKED: N_("Question whether to cancel"),
    }
)
LOST = frozenset({"undelivered", "failed", "rejected", "expired"})
"""What the gateway says of a text message that will not arrive."""

OTHER_LETTER = N_("Letter")
WHY: Mapping[str, str] = MappingProxyType(
    {
        NotReminded.NO_ADDRESS: N_("There is no address."),
        NotReminded.NO_CHANNEL: N_("Nothing is set up that could send it."),
        NotReminded.REFUSED: N_("The address does not take it."),
        NotReminded.GAVE_UP: N_("It could not be sent in time."),
        NotReminded.TOO_LATE: N_("It could not be sent in time."),
        NotReminded.CAME_BACK: N_("It came back."),
        **dict.fromkeys(LOST, N_("The text message service could not deliver it.")),
        NotReminded.STOPPED: N_("The customer has stopped text messages."),
    }
)


def not_reminded_words(facts: Sequence[Fact]) -> tuple[str, str] | None:
    """Return what the desk says of the last letter that did not arrive, and why, as message ids."""
    fact = last_not_reminded(facts)
    if fact is None:
        return None
    is_reminder = fact.detail.get("letter") in REMINDERS
    return N_("Not reminded") if is_reminder else N_("Letter did not arrive"), why_words(
        fact.detail.get("why")
    )


def why_words(why: object) -> str:
    """Return why a letter did not arrive; what the other side said is a refusal, or a return."""
    if str(why).startswith("came back:"):
        return WHY[NotReminded.CAME_BACK]
    return WHY.get(str(why), WHY[NotReminded.REFUSED])
