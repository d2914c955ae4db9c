"""What each text message says: short, neutral, what and when; the link and the answers follow."""

from collections.abc import Mapping

from booking.letter import LetterKind
from web.i18n import N_

SHORT: Mapping[LetterKind, str] = {
    LetterKind.BOOKED: N_("Video appointment booked: %(day)s at %(time)s."),
    LetterKind.MOVED: N_("New time of the video appointment: %(day)s at %(time)s."),
    LetterKind.RESTORED: N_("The video appointment holds after all: %(day)s at %(time)s."),
    LetterKind.REASSIGNED: N_("Video appointment %(day)s at %(time)s: another adviser, the same time."),
    LetterKind.CANCELLED: N_("Video appointment cancelled: %(day)s at %(time)s."),
    LetterKind.OVERLAP: N_(
        "There already is a video appointment on %(day)s at %(time)s. No second one was booked."
    ),
    LetterKind.THREE_DAYS: N_("Reminder: video appointment %(day)s at %(time)s."),
    LetterKind.ONE_DAY: N_("Reminder: video appointment %(day)s at %(time)s."),
    LetterKind.FIFTEEN_MINUTES: N_("The video appointment begins at %(time)s. The way in:"),
    LetterKind.DISRUPTION: N_(
        "Disruption on our side: video appointment %(day)s at %(time)s. We are sorry. Other times:"
    ),
    LetterKind.DISRUPTION_REMINDER: N_(
        "Please choose, as the disruption still stands: video appointment %(day)s at %(time)s."
    ),
    LetterKind.DISRUPTION_OVER: N_(
        "The disruption is over: the video appointment %(day)s at %(time)s can take place."
    ),
    LetterKind.OFFER: N_("An earlier time is free: %(day)s at %(time)s. To take it:"),
    LetterKind.NO_SHOW: N_("We did not meet: the video appointment was %(day)s at %(time)s. A new time:"),
    LetterKind.WAITING_FOR_YOU: N_("We are waiting: the video appointment began at %(time)s. The way in:"),
    LetterKind.RUNNING_LATE: N_(
        "Your adviser is about %(delay)s late: video appointment at %(time)s. It takes place. The way in:"
    ),
    LetterKind.CANCEL_ASKED: N_(
        "Shall we cancel the video appointment %(day)s at %(time)s? Reply YES to cancel, NO to keep it."
    ),
}

ANSWERS = N_("Reply OK to confirm, CANCEL if you cannot come.")
CANCEL_ONLY = N_("Reply CANCEL if you cannot come.")
"""To who has confirmed already."""
