"""What happened to an appointment, in a few words that name nobody and no matter."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.fact import FactKind
from web.i18n import N_, gettext

FACT_WORDS: Mapping[FactKind, str] = MappingProxyType(
    {
        FactKind.BOOKED: N_("Appointment booked"),
        FactKind.MOVED: N_("Appointment moved"),
        FactKind.CONFIRMED: N_("Customer says they are coming"),
        FactKind.CANCELLED: N_("Appointment cancelled"),
        FactKind.RESTORED: N_("Cancelled appointment restored"),
        FactKind.REASSIGNED: N_("Appointment given to another adviser"),
        FactKind.CONTACT_CHANGED: N_("Contact details changed"),
        FactKind.WAITLISTED: N_("Customer waits for an earlier time"),
        FactKind.WAITLIST_LEFT: N_("Customer no longer waits for an earlier time"),
        FactKind.FREED: N_("Appointment gave up its time"),
        FactKind.OFFERED: N_("Earlier time offered"),
        FactKind.OFFER_CLAIMED: N_("Earlier time taken"),
        FactKind.OFFER_DECLINED: N_("Earlier time declined"),
        FactKind.OFFER_EXPIRED: N_("Offer of an earlier time ran out"),
        FactKind.REMINDED: N_("Reminder sent"),
        FactKind.NOT_REMINDED: N_("Letter did not arrive"),
        FactKind.CODE_MADE: N_("Code made for the customer"),
        FactKind.CONNECTION_TESTED: N_("Connection tested"),
        FactKind.DOOR_OPENED: N_("Customer came in"),
        FactKind.IDENTIFICATION_BEGUN: N_("Identification begun"),
        FactKind.IDENTIFICATION_FAILED: N_("Identification failed"),
        FactKind.IDENTIFICATION_DONE: N_("Identification done"),
        FactKind.IDENTIFICATION_LOST: N_("Identification no longer holds for the connection"),
        FactKind.HINDERED: N_("Something kept the customer from coming in"),
        FactKind.READY: N_("Customer waits in the waiting room"),
        FactKind.ADVISER_READY: N_("Adviser came to the meeting"),
        FactKind.CLAIMED: N_("Adviser takes the customer"),
        FactKind.ADMITTED: N_("Customer let in"),
        FactKind.SENT_BACK: N_("Customer sent back to the waiting room"),
        FactKind.STATED: N_("Adviser said who is in the room"),
        FactKind.CALLED_IN: N_("Adviser asked somebody to the meeting"),
        FactKind.CONSENTED: N_("Customer agreed that somebody else comes"),
        FactKind.NOT_CONSENTED: N_("Customer did not agree that somebody else comes"),
        FactKind.JOINED: N_("Somebody came to the meeting besides"),
        FactKind.GUEST_LEFT: N_("Who came besides has left the meeting"),
        FactKind.HANDED_OVER: N_("Meeting handed over to a colleague"),
        FactKind.MEDIA_CONNECTED: N_("Picture and sound connected"),
        FactKind.MEDIA_FAILED: N_("Picture and sound failed"),
        FactKind.DOCUMENT_SHOWN: N_("Document shown"),
        FactKind.SCREEN_SHARED: N_("Sharing a screen began"),
        FactKind.SCREEN_ENDED: N_("Sharing a screen ended"),
        FactKind.LEFT: N_("Somebody left the meeting"),
        FactKind.ENDED: N_("Meeting ended"),
        FactKind.PHONED: N_("Customer was called"),
        FactKind.CALL_ASKED: N_("Customer asks to be called"),
        FactKind.CALLED_BACK: N_("Customer was called back"),
        FactKind.WAITED_FOR: N_("Customer is waited for"),
        FactKind.RUNNING_LATE: N_("Adviser is late"),
        FactKind.BOOKED_AGAIN: N_("Customer booked a new time"),
        FactKind.FAULT_OPENED: N_("Disruption began"),
        FactKind.FAULT_CLOSED: N_("Disruption ended"),
        FactKind.MEETING_FAILED: N_("Somebody said that the meeting failed"),
        FactKind.DISPUTED: N_("Outcome disputed"),
        FactKind.WRAPPED_UP: N_("Adviser looked back at the meeting"),
        FactKind.FEEDBACK_GIVEN: N_("Customer said how it went"),
    }
)


def fact_words(kind: FactKind, language: str) -> str:
    return gettext(language, FACT_WORDS.get(kind, kind.value))
