"""What each letter says: message ids only, neutral by rule: no letter tells the matter."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.letter import LetterKind
from web.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A link of a letter: where it leads below the customer's own address."""

    label: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One letter's words. The first action is the big one.

    Filled in are `%(day)s` and `%(time)s`, in the lead also `%(when)s` ("tomorrow", "in 3 days"),
    `%(door)s`, from when one can come in, and `%(delay)s`, how late the adviser is. Who has said
    that they are coming is told `confirmed_lead`, where there is one, and never asked again.
    """

    subject: str
    lead: str
    actions: tuple[Action, ...]
    closing: str = ""
    confirmed_lead: str = ""

    def lead_for(self, *, is_confirmed: bool) -> str:
        return (is_confirmed and self.confirmed_lead) or self.lead

    def actions_for(self, *, is_confirmed: bool) -> tuple[Action, ...]:
        return tuple(one for one in self.actions if not (is_confirmed and one is CONFIRM))


MANAGE = Action(label=N_("Manage your appointment"), path="")
CONFIRM = Action(label=N_("I am coming"), path="/confirm")
MOVE = Action(label=N_("Choose another time"), path="/move")
CANCEL = Action(label=N_("Cancel the appointment"), path="/cancel")
TRY = Action(label=N_("Practise in 60 seconds"), path="/practice")
CALL = Action(label=N_("Ask us to call you"), path="/call")
DOOR = Action(label=N_("Come in"), path="/door")
NEW = Action(label=N_("See your appointment"), path="")

OTHER_TIMES = Action(label=N_("Choose another time"), path="/other-times")
KEEP = Action(label=N_("Keep the time as it is"), path="/other-times")
AGAIN = Action(label=N_("Book a new time"), path="/again")
TAKE = Action(label=N_("Take the earlier time"), path="")
KEEP_OWN = Action(label=N_("Keep my own time"), path="/decline")

NO_INSTALL = N_("You need nothing but a browser: no account and no installation.")

WORDINGS: Mapping[LetterKind, Wording] = {
    LetterKind.BOOKED: Wording(
        subject=N_("Your appointment on %(day)s at %(time)s"),
        lead=N_("Your video appointment is booked."),
        actions=(MANAGE, MOVE, CANCEL, TRY),
        closing=NO_INSTALL,
    ),
    LetterKind.MOVED: Wording(
        subject=N_("Your appointment is now on %(day)s at %(time)s"),
        lead=N_("Your video appointment has a new time. The old one no longer holds."),
        actions=(MANAGE, MOVE, CANCEL, TRY),
        closing=NO_INSTALL,
    ),
    LetterKind.RESTORED: Wording(
        subject=N_("Your appointment on %(day)s at %(time)s holds after all"),
        lead=N_("Your video appointment was cancelled, and is now booked again at the same time."),
        actions=(MANAGE, MOVE, CANCEL, TRY),
        closing=NO_INSTALL,
    ),
    LetterKind.REASSIGNED: Wording(
        subject=N_("Your appointment on %(day)s at %(time)s: another adviser"),
        lead=N_("Another adviser will meet you. The time and your links stay as they were."),
        actions=(MANAGE, MOVE, CANCEL),
    ),
    LetterKind.NEW_ADDRESS: Wording(
        subject=N_("Your appointment on %(day)s at %(time)s: your link"),
        lead=N_("From now on we write to this address. Here is the link to your video appointment."),
        actions=(MANAGE, MOVE, CANCEL, TRY),
        closing=NO_INSTALL,
    ),
    LetterKind.OLD_ADDRESS: Wording(
        subject=N_("Your e-mail address was changed"),
        lead=N_("From now on we write about this video appointment to another address, as was asked for."),
        actions=(),
        closing=N_("If it was not you who changed the address, please call us."),
    ),
    LetterKind.LOST_LINK: Wording(
        subject=N_("Your link to the appointment on %(day)s at %(time)s"),
        lead=N_("Somebody asked for the link to your video appointment, and here it is."),
        actions=(MANAGE, MOVE, CANCEL, TRY),
        closing=N_("If it was not you who asked, you need not do anything: the link comes to you alone."),
    ),
    LetterKind.OVERLAP: Wording(
        subject=N_("You already have an appointment on %(day)s at %(time)s"),
        lead=N_(
            "Somebody, probably you, wanted to book another video appointment for you at the same time. "
            "It was not booked. To make room for it, move or cancel this one first."
        ),
        actions=(MOVE, CANCEL, MANAGE),
        closing=N_("If it was not you, you need not do anything: this appointment holds."),
    ),
    LetterKind.CANCELLED: Wording(
        subject=N_("Your appointment on %(day)s at %(time)s is cancelled"),
        lead=N_("Your video appointment is cancelled. You need not do anything."),
        actions=(NEW,),
    ),
    LetterKind.THREE_DAYS: Wording(
        subject=N_("Reminder: your appointment on %(day)s at %(time)s"),
        lead=N_("Your video appointment is %(when)s. Please tell us whether you are coming."),
        confirmed_lead=N_(
            "Your video appointment is %(when)s. You have told us that you are coming: thank you."
        ),
        actions=(CONFIRM, MOVE, CANCEL, CALL, TRY),
        closing=N_("If you cannot come, somebody else gets the time. Cancelling is always all right."),
    ),
    LetterKind.ONE_DAY: Wording(
        subject=N_("Reminder: your appointment on %(day)s at %(time)s"),
        lead=N_("Your video appointment is %(when)s. Please try your connection beforehand."),
        actions=(TRY, CONFIRM, MOVE, CANCEL, CALL),
        closing=NO_INSTALL,
    ),
    LetterKind.FIFTEEN_MINUTES: Wording(
        subject=N_("Your appointment begins at %(time)s"),
        lead=N_("Your video appointment is %(when)s. You can come in from %(door)s on."),
        actions=(DOOR, CALL, MANAGE),
        closing=N_("If something does not work, call us: we will find a way."),
    ),
    LetterKind.DISRUPTION: Wording(
        subject=N_("Disruption: your appointment on %(day)s at %(time)s"),
        lead=N_("Something has come up on our side, and we may not be able to meet you then. We are sorry."),
        actions=(OTHER_TIMES, KEEP, CANCEL),
        closing=N_("Whatever you choose, nothing of this counts against you."),
    ),
    LetterKind.DISRUPTION_REMINDER: Wording(
        subject=N_("Please choose: your appointment on %(day)s at %(time)s"),
        lead=N_("The disruption on our side still stands. Please tell us what you would like to do."),
        actions=(OTHER_TIMES, KEEP, CANCEL),
        closing=N_("Whatever you choose, nothing of this counts against you."),
    ),
    LetterKind.DISRUPTION_OVER: Wording(
        subject=N_("Your appointment on %(day)s at %(time)s can take place"),
        lead=N_("The disruption on our side is over. Your appointment holds at its own time."),
        actions=(MANAGE, MOVE, CANCEL),
        closing=N_("If the time no longer suits you, choose another one. We are sorry for the trouble."),
    ),
    LetterKind.NO_SHOW: Wording(
        subject=N_("We did not meet on %(day)s at %(time)s"),
        lead=N_("We waited for you, but did not meet. That happens, and a new time is only a tap away."),
        actions=(AGAIN,),
        closing=N_("If something on our side stood in the way, please call us."),
    ),
    LetterKind.WAITING_FOR_YOU: Wording(
        subject=N_("We are waiting for you: your appointment began at %(time)s"),
        lead=N_("Your adviser is there and waits for you. You can still come in."),
        actions=(DOOR, AGAIN, CALL),
        closing=N_("If you cannot come now, book a new time: that is all right."),
    ),
    LetterKind.RUNNING_LATE: Wording(
        subject=N_("Your adviser is late: your appointment at %(time)s"),
        lead=N_("Your adviser is about %(delay)s late. We are sorry. Your appointment takes place."),
        actions=(DOOR, MANAGE),
        closing=N_("You can come in already and wait. Nothing of this counts against you."),
    ),
    LetterKind.OFFER: Wording(
        subject=N_("An earlier time is free: %(day)s at %(time)s"),
        lead=N_("You asked us to tell you when an earlier time is free. Here is one."),
        actions=(TAKE, KEEP_OWN),
        closing=N_("If you do nothing, your own appointment stays as it is."),
    ),
    LetterKind.CANCEL_ASKED: Wording(
        subject=N_("Shall we cancel your appointment on %(day)s at %(time)s?"),
        lead=N_("You wrote that you cannot come. Nothing has been cancelled yet."),
        actions=(CANCEL, MOVE, MANAGE),
    ),
}
