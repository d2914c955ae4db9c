"""The one table: each refusal of every room → status, what happened, what to do now."""

from collections.abc import Mapping
from types import MappingProxyType

from booking import errors as booking
from identity import errors as identity
from signalling import errors as signalling
from signalling.documents import errors as documents
from signalling.precall import errors as precall
from web import refusal as edge
from web.answer import Answer
from web.i18n import N_

NOTHING_HERE = Answer(
    404,
    N_("We could not find this page"),
    N_("The link may be old or incomplete. Open it from your letter again, or start from the front page."),
)
NOTHING_FOR_STAFF = Answer(
    404,
    N_("We could not find this page"),
    N_("There is nothing here any more, or it belongs to another team. Go back and look for it once more."),
)
SIGN_IN_AGAIN = Answer(
    401, N_("Please sign in"), N_("You are not signed in, or your session has ended. Sign in again.")
)
TRY_AGAIN = N_("Go back and try again. If it happens again, call us.")
BY_PHONE = N_("Try again. If it does not work, call us: we will find another way.")
NOT_UNDERSTOOD = Answer(400, N_("We did not understand what was sent"), TRY_AGAIN)
RELOAD = N_("Go back, load the page again and send the form once more.")
FAILED = Answer(
    500,
    N_("Our server could not answer"),
    N_("It is not your fault. Try again in a moment, or call us."),
)
BUSY = Answer(503, N_("We are very busy just now"), N_("Wait a moment and try again."))
NOT_IDENTIFIED = N_("We could not confirm who you are")
NO_FINNISH_CODE = N_(
    "What you identified with gave no Finnish personal identity code. Choose another way, or call us."
)
NEW_CODE = N_("This code is not valid any more, or there is none. Ask us for a new one.")
CLAIMED = Answer(
    409, N_("A colleague is taking this customer"), N_("Take the next one, or ask your colleague.")
)
TICKET_OVER = Answer(
    403, N_("This way in has been used or is too old"), N_("Load the page again to come in.")
)
IN_MEETING = Answer(
    409, N_("This cannot be done in the meeting now"), N_("Load the page again to see where things stand.")
)

ANSWERS: Mapping[type[Exception], Answer] = MappingProxyType(
    {
        # The booking room.
        booking.NotFound: NOTHING_HERE,
        booking.SlotTaken: Answer(409, N_("This time has just been taken"), N_("Choose another time.")),
        booking.SlotNotOffered: Answer(409, N_("This time cannot be booked"), N_("Choose another time.")),
        booking.OwnOverlap: Answer(
            409,
            N_("You already have an appointment at that time"),
            N_("Choose another time, or move the other appointment first: its link is in your letter."),
        ),
        booking.TooManyHolds: Answer(
            429,
            N_("Too many times are kept for you already"),
            N_("Finish one of the forms you have open, or wait a few minutes."),
        ),
        booking.TooManyBookings: Answer(
            429,
            N_("You have as many appointments as can be booked here"),
            N_("Cancel one that you do not need, or call us."),
        ),
        booking.TooManyChanges: Answer(
            429,
            N_("The address was changed many times today"),
            N_("Try again tomorrow, or call us."),
        ),
        booking.TooManyWordings: Answer(
            409, N_("There are as many as can be picked from"), N_("Withdraw one that is not used first.")
        ),
        booking.NobodyFree: Answer(
            409, N_("No adviser is free just now"), N_("Choose a time, or ask us to call you.")
        ),
        booking.InQueueAlready: Answer(
            409,
            N_("You are in the queue already"),
            N_("Go back to the window in which you wait, or open the link in the letter that we sent you."),
        ),
        booking.HoldOver: Answer(409, N_("The time is no longer kept for you"), N_("Choose a time again.")),
        booking.InvitationOver: Answer(
            409,
            N_("This link has been used or has run out"),
            N_("Choose a time from the front page, or ask for a new link."),
        ),
        booking.ClaimedAlready: CLAIMED,
        booking.OfferLate: Answer(
            409, N_("The time to answer is over"), N_("Your own appointment stays as it was.")
        ),
        booking.OfferTaken: Answer(
            409, N_("Somebody else was quicker"), N_("Your own appointment stays as it was.")
        ),
        booking.OfferWithdrawn: Answer(
            409, N_("This time is no longer offered"), N_("Your own appointment stays as it was.")
        ),
        booking.BadAnswers: Answer(
            422, N_("A question is not answered yet"), N_("Go back and check what you filled in.")
        ),
        booking.TooLate: Answer(
            409, N_("It is too late for this"), N_("The time for this has passed. Call us if you need help.")
        ),
        booking.TooEarly: Answer(
            409, N_("It is too early for this"), N_("Come back closer to the appointment.")
        ),
        booking.WrongStatus: Answer(
            409,
            N_("This cannot be done to the appointment any more"),
            N_("Load the page again to see where it stands."),
        ),
        booking.BadHours: Answer(
            422,
            N_("These hours are not right"),
            N_("Hours run forward within one day, on five minutes, and do not overlap. Go back and check."),
        ),
        booking.LeftOutside: Answer(
            409,
            N_("Appointments would be left outside the hours"),
            N_("Nothing has been changed. Go back, look at the appointments and save again."),
        ),
        booking.BadPeriod: Answer(
            422, N_("The period is not right"), N_("Choose a start before the end, and 62 days at most.")
        ),
        booking.Contended: BUSY,
        booking.CommitUnknown: BUSY,
        # The identity room.
        identity.NotFound: NOTHING_HERE,
        identity.NotAllowed: Answer(
            403,
            N_("This page is not for your role"),
            N_("Ask your admin if you need it, or sign in as somebody else."),
        ),
        identity.SessionOver: SIGN_IN_AGAIN,
        identity.SignInRefused: Answer(
            401,
            N_("The name or the password is not right"),
            N_("Check both and try again. Mind capital letters."),
        ),
        identity.CodeRefused: Answer(
            401, N_("The code is not right"), N_("Wait for the next one, and try again.")
        ),
        identity.PasskeyRefused: Answer(
            401,
            N_("The passkey did not work"),
            N_("Try again, with another passkey, or in another way."),
        ),
        identity.NotOnStaff: Answer(
            403,
            N_("You have no access here"),
            N_("Your organisation knows you, but nobody has let you in here. Ask an admin."),
        ),
        identity.IssuerFailed: Answer(
            401, N_("The sign-in did not work"), N_("Try again, or sign in in another way.")
        ),
        identity.LinkOver: Answer(
            404,
            N_("This link opens nothing any more"),
            N_("It works once, within an hour, while there is no admin. Ask for another."),
        ),
        identity.AdminThere: Answer(409, N_("There is an admin already"), N_("Ask them to take you on.")),
        identity.TooManyAttempts: Answer(
            429,
            N_("Too many tries"),
            N_("To keep strangers out, signing in is paused. Wait a quarter of an hour."),
        ),
        identity.LoginTaken: Answer(
            409, N_("Somebody else signs in by this name"), N_("Choose another name for signing in.")
        ),
        identity.OwnAccess: Answer(
            409, N_("You cannot take your own access away"), N_("Ask another admin to do it.")
        ),
        identity.OwnTeam: Answer(
            409, N_("You cannot move yourself to another team"), N_("Ask another admin to do it.")
        ),
        identity.TicketInvalid: TICKET_OVER,
        identity.TicketExpired: TICKET_OVER,
        identity.TicketUsed: TICKET_OVER,
        identity.AnswerRefused: Answer(
            422,
            N_("What you typed will not do"),
            N_("Look at it once more, and try again."),
        ),
        identity.AttemptUnknown: Answer(
            409,
            N_("This identification was already used, or began in another browser"),
            N_("Open the appointment's link again and identify yourself in the same browser."),
        ),
        identity.IdentificationCancelled: Answer(409, N_("The identification was cancelled"), BY_PHONE),
        identity.BankUnavailable: Answer(503, N_("The identification service does not answer"), BY_PHONE),
        identity.AnotherPerson: Answer(
            403,
            NOT_IDENTIFIED,
            N_("The person who identified is not the one who booked. If that is wrong, call us."),
        ),
        identity.AssertionRefused: Answer(502, NOT_IDENTIFIED, BY_PHONE),
        identity.CallbackRefused: Answer(400, NOT_IDENTIFIED, BY_PHONE),
        identity.ForeignIdentity: Answer(403, NOT_IDENTIFIED, NO_FINNISH_CODE),
        identity.AttemptExpired: Answer(409, N_("The identification took too long"), BY_PHONE),
        identity.AssuranceTooLow: Answer(
            403,
            NOT_IDENTIFIED,
            N_("This appointment asks for a stronger identification. Choose another way to identify."),
        ),
        identity.CodeWrong: Answer(409, NOT_IDENTIFIED, N_("This is not the code. Check it, and try again.")),
        identity.CodeVoid: Answer(409, NOT_IDENTIFIED, NEW_CODE),
        identity.ReturnRefused: Answer(
            409, NOT_IDENTIFIED, N_("Your passkey did not work here. Choose another way to identify.")
        ),
        identity.NotEnrolled: Answer(409, NOT_IDENTIFIED, BY_PHONE),
        identity.CodeMismatch: Answer(409, NOT_IDENTIFIED, BY_PHONE),
        identity.ServiceBlocked: Answer(409, NOT_IDENTIFIED, BY_PHONE),
        identity.DeviceUnreachable: Answer(409, NOT_IDENTIFIED, BY_PHONE),
        identity.PinLocked: Answer(409, NOT_IDENTIFIED, BY_PHONE),
        identity.CredentialUnusable: Answer(409, NOT_IDENTIFIED, BY_PHONE),
        identity.CredentialInvalid: Answer(409, NOT_IDENTIFIED, BY_PHONE),
        # The signalling room: the meeting.
        signalling.BadMessage: NOT_UNDERSTOOD,
        signalling.NotAdmitted: Answer(
            403, N_("You have not been let in yet"), N_("Wait a moment: the adviser will let you in.")
        ),
        signalling.NotForRole: Answer(
            403, N_("Only the adviser can do this"), N_("Ask the adviser to do it.")
        ),
        signalling.ParticipantUnknown: Answer(
            404, N_("This person is not here any more"), N_("They may come back in a moment.")
        ),
        signalling.TableFull: Answer(
            409,
            N_("Somebody is already in this meeting with your link"),
            N_("Close other windows and try again, or call us."),
        ),
        signalling.ClaimedAlready: CLAIMED,
        signalling.TooManyMessages: Answer(
            429, N_("Too many messages in a short time"), N_("Wait a moment and try again.")
        ),
        signalling.NotOnTheTable: IN_MEETING,
        signalling.MeetingOver: Answer(
            409, N_("The meeting has ended"), N_("If something was left open, call us.")
        ),
        # The signalling room: documents.
        documents.NotADocument: Answer(
            422,
            N_("This file cannot be opened"),
            N_("Send a PDF, or a picture in the PNG or JPEG format."),
        ),
        documents.Encrypted: Answer(
            422, N_("The file is locked with a password"), N_("Remove the password and send it again.")
        ),
        documents.TooLarge: Answer(
            413, N_("The file is too large"), N_("Make it smaller or split it, and send it again.")
        ),
        documents.TooManyPages: Answer(
            422, N_("The file has too many pages"), N_("Split it and send the parts you need.")
        ),
        documents.TooManyDocuments: Answer(
            409,
            N_("The appointment has as many documents as it can hold"),
            N_("Remove one that is not needed."),
        ),
        documents.ConversionFailed: Answer(
            422,
            N_("We could not make pictures of this file"),
            N_("Save or print it as a new PDF and send that."),
        ),
        documents.DocumentNotFound: Answer(
            404,
            N_("This document is not here"),
            N_("It may have been taken away. Ask the person who sent it."),
        ),
        # The signalling room: the connection test.
        precall.ConnectionTestUnavailable: Answer(
            503,
            N_("The connection test does not work just now"),
            N_("You can still come to your appointment. Try the test later."),
        ),
        precall.TooManyConnectionTests: BUSY,
        precall.BadOffer: NOT_UNDERSTOOD,
        # The web room's own.
        edge.BadBody: NOT_UNDERSTOOD,
        edge.WrongMediaType: Answer(415, N_("We cannot read this kind of content"), TRY_AGAIN),
        edge.TooLarge: Answer(
            413, N_("Too much was sent"), N_("Make it shorter or smaller, and send it again.")
        ),
        edge.TooSlow: Answer(408, N_("The connection was too slow"), N_("Check your network and try again.")),
        edge.Invalid: Answer(
            422,
            N_("Something in the form is missing or not right"),
            N_("Go back and check what you filled in."),
        ),
        edge.ForeignHost: Answer(421, N_("This address is not ours"), N_("Use the address in your letter.")),
        edge.ForeignOrigin: Answer(403, N_("This was sent from another site"), RELOAD),
        edge.CsrfFailed: Answer(403, N_("The form has expired"), RELOAD),
        edge.TooManyRequests: Answer(429, N_("Too many requests"), N_("Wait a moment and try again.")),
        edge.TookTooLong: BUSY,
        edge.SignInNeeded: SIGN_IN_AGAIN,
        edge.KeyNeeded: Answer(
            401, N_("A key is needed"), N_("Send `Authorization: Bearer KEY` with a key that is in force.")
        ),
        edge.SignatureNeeded: Answer(
            401,
            N_("A signature is needed"),
            N_("Sign the time and the body with the agreed secret."),
        ),
        edge.ScopeMissing: Answer(
            403, N_("The key is not for this"), N_("Use a key with the scope that this call asks for.")
        ),
        edge.IdempotencyKeyReused: Answer(
            422,
            N_("This Idempotency-Key was used for another call"),
            N_("Use a new key for a new call."),
        ),
        edge.StillUnderWay: Answer(
            409,
            N_("The first call with this Idempotency-Key is still under way"),
            N_("Ask again in a moment."),
        ),
        edge.ChangedMeanwhile: Answer(
            409,
            N_("Somebody else has changed this meanwhile"),
            N_("Go back, load the page again and see what stands there now."),
        ),
        edge.PageNotFound: NOTHING_HERE,
        edge.MethodNotAllowed: Answer(
            405, N_("This cannot be done at this address"), N_("Start from the front page.")
        ),
        edge.NotUpgradable: Answer(
            400, N_("This address is for the meeting page only"), N_("Open the meeting by your link.")
        ),
    }
)


def answer_for(refusal: BaseException) -> Answer | None:
    """Return the row of a refusal, None for a fault."""
    return next((ANSWERS[kind] for kind in type(refusal).__mro__ if kind in ANSWERS), None)
