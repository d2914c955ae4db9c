"""The texts that the meeting's scripts show: names that the scripts know → message ids."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from signalling.sentence import Sentence
from signalling.statement import Statement
from web.device_help import ways
from web.failure_words import DEVICES, FAILURES, cause_of, device_of
from web.i18n import N_, gettext
from web.picture_words import PICTURE
from web.public_site import Site

ARRIVED = N_("Somebody has come to the waiting room")
"""What a notice says beside the bell: nobody's name, since anybody may see it."""

CALLED = N_("A colleague asks you into a meeting")
"""The same, when a meeting is to be handed over."""

LINK_COPIED = N_("The link is copied.")

SEEN_BY_PHONE: Mapping[str, str] = MappingProxyType(
    {
        "phone_shows": N_("%(name)s shows something by phone: the picture is beside theirs."),
        "phone_shows_no_more": N_("The phone of %(name)s shows nothing any more."),
        "phone_of": N_("Phone of %(name)s"),
        "phone_larger": N_("Larger"),
        "phone_smaller": N_("Smaller"),
    }
)
"""What whoever sees a customer's second camera is told of it."""

GUESTS: Mapping[str, str] = MappingProxyType(
    {"interpreter": N_("interpreter"), "support": N_("support person"), "expert": N_("expert")}
)
"""As what somebody is invited: the words of signalling.participant."""

COMMON: Mapping[str, str] = MappingProxyType(
    {
        "starting": N_("Opening the camera and the microphone"),
        "allow": N_("The browser asks now. Choose “Allow”."),
        "answer_below": N_("Answer what stands below: it concerns the microphone and the camera."),
        "connecting": N_("Connecting picture and sound"),
        "connected": N_("You are connected"),
        "interrupted": N_("The connection to the other person has broken. We keep trying."),
        "link_small": N_("The connection is weak. Your picture is sent smaller for now."),
        "link_voice": N_(
            "The connection is weak. The picture rests, and the voice goes on. It comes back by itself."
        ),
        "link_screen": N_(
            "The connection is weak. The screen is shown without the face, and changes more slowly."
        ),
        "screen_of": N_("%(name)s shares the screen"),
        "screen_over": N_("%(name)s no longer shares the screen."),
        "link_text": N_(
            "Picture and sound do not get through. You can write under Messages; we keep trying."
        ),
        "reconnecting": N_("The connection to our server has broken. We keep trying; the meeting goes on."),
        "microphone_off": N_("Mute"),
        "microphone_on": N_("Unmute"),
        "camera_off": N_("Camera off"),
        "camera_on": N_("Camera on"),
        "you_muted": N_("Your microphone is off."),
        "you_unmuted": N_("Your microphone is on."),
        "camera_is_off": N_("Your camera is off."),
        "camera_is_on": N_("Your camera is on."),
        "peer_muted": N_("%(name)s has muted the microphone."),
        "peer_camera_off": N_("%(name)s has turned the camera off."),
        "peer_without_picture": N_("%(name)s is here without a picture."),
        "wrote": N_("%(name)s wrote: %(text)s"),
        "you": N_("You"),
        "aside": N_("between you alone"),
        "beside": "%(name)s · %(role)s",
        "send_away": N_("Ask to leave"),
        "make_large": N_("Show in large: %(name)s"),
        "role_customer": N_("customer"),
        "role_adviser": N_("adviser"),
        "role_colleague": N_("colleague"),
        **{f"role_{role}": text for role, text in GUESTS.items()},
        "peer_left": N_("%(name)s has left."),
        "peer_away": N_(
            "%(name)s has dropped out: the window or the network. Stay here, they may come back in a moment."
        ),
        "peer_lost": N_("%(name)s has lost the connection and may come back."),
        "over": N_("The meeting has ended"),
        "over_help": N_("Thank you. You can close this window."),
        "left": N_("You have left the meeting"),
        "left_help": N_("You can come back as long as the meeting goes on."),
        "replaced": N_("The meeting is open in another window"),
        "replaced_help": N_("It was opened there later than here. To go on in this window, come in again."),
        "full": N_("Another adviser is in this meeting"),
        "full_help": N_("Only one can sit at the table. Try again when they have left."),
        "signed_out": N_("You are signed out"),
        "signed_out_help": N_("Your session has ended. Come in again: you are asked to sign in first."),
        "outdated": N_("The page is out of date"),
        "outdated_help": N_("Load it again to go on."),
        "no_entry": N_("This browser has not come in by the door"),
        "no_entry_help": N_("Open the link in your letter again and come in."),
        "refused": N_("The adviser cannot see you now"),
        "refused_help": N_("Wait a little and come in again, or call us: %(phone)s"),
        "wrong_person": N_("The adviser could not let you in"),
        "wrong_person_help": N_("You did not seem to be who booked. If that is wrong, call us: %(phone)s"),
        "microphone": N_("Microphone"),
        "camera": N_("Camera"),
    }
)

BY_ROLE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "customer": MappingProxyType(
            {
                "waiting": N_("You are in the waiting room"),
                "place_first": N_("You are next. An adviser will let you in."),
                "place_second": N_("There is one before you. An adviser will let you in."),
                "reconnecting_waiting": N_(
                    "The connection to our server has broken. We keep trying, and you keep your place."
                ),
                "place": N_("There are %(before)s before you. An adviser will let you in."),
                "back_again": N_("The adviser has asked you to wait here again. You keep your place."),
                "how_long_ahead": N_("Your time begins at %(time)s, in about %(length)s."),
                "how_long_now": N_("It is your time now. The adviser lets you in as soon as they are ready."),
                "how_long_behind": N_("It is your time now, and others are before you. You keep your place."),
                "how_long_after": N_(
                    "Your time was at %(time)s, and it takes longer than planned. "
                    "You have not been forgotten."
                ),
                "proving_begun": N_("Go on in the other tab. We wait for you here."),
                "proving_failed": N_("That did not succeed. You may try again, or tell the adviser."),
                "proven": N_("Thank you. The adviser now sees who you are."),
                "admitted": N_("You are in the meeting"),
                "let_you_in": N_("The adviser has let you in."),
                "phone_offered": N_(
                    "Coming in does not succeed: %(cause)s. Shall we hold the appointment by phone?"
                ),
                "phone_offered_slow": N_("Coming in takes long. Shall we hold the appointment by phone?"),
                "link_phone": N_(
                    "Picture and sound do not get through. "
                    "You can go on by phone or write under Messages; we keep trying."
                ),
                "call_sent": N_(
                    "Thank you. The adviser knows, and calls you. Keep the phone at hand; "
                    "you may stay here or go."
                ),
                "call_number": N_("Check the phone number."),
                "call_not_sent": N_("Your wish did not reach us. Please call us."),
                "guest_asked": N_(
                    "%(by)s asks a colleague to go on with you: %(name)s. The reason: “%(reason)s” "
                    "Papers and messages stay, and you need not identify yourself again."
                ),
                "conferring": N_(
                    "They confer for a moment. You do not hear or see them; they still hear and see you."
                ),
                "invited_asked": N_(
                    "%(by)s asks whether %(name)s (%(role)s) may come. The reason: “%(reason)s” "
                    "Nobody comes before you have said yes. "
                    "Then they see the page that you two look at, too."
                ),
                "invited_agreed": N_("You agreed that %(name)s (%(role)s) comes."),
                "invited_refused": N_("%(name)s does not come, as you wish."),
                "invited_withdrawn": N_("%(name)s does not come after all."),
                "guest_declined": N_("%(name)s cannot come after all. %(by)s goes on with you."),
                "guest_unanswered": N_("%(name)s cannot come after all. %(by)s goes on with you."),
                "guest_withdrawn": N_("%(name)s does not come after all. %(by)s goes on with you."),
                "handed_over": N_("%(name)s goes on with you now. Papers and messages are as before."),
                "phone_code": N_("Make a code"),
                "phone_new_code": N_("Make a new code"),
                "phone_waited_for": N_("We wait for your phone."),
                "phone_shown": N_("Your phone shows its picture to those in the meeting."),
                "phone_rests": N_("Your phone shows nothing now. Press “Show” on it to go on."),
                "phone_is_over": N_("Your phone shows nothing. To show something, make a new code."),
                "link_copied": LINK_COPIED,
                "stated": N_("%(name)s said at %(time)s: “%(statement)s”"),
                "not_stated": N_("%(name)s has not said who else is in the room."),
                "alone": N_("The adviser is not here just now. Stay: they may come back."),
            }
        ),
        "guest": MappingProxyType(
            {
                "waiting": N_("You wait to be let in"),
                "conferring": N_(
                    "They confer for a moment. You do not hear or see them; they still hear and see you."
                ),
                "place_first": N_("The adviser lets you in once the customer has agreed."),
                "reconnecting_waiting": N_(
                    "The connection to our server has broken. We keep trying, and you keep your place."
                ),
                "admitted": N_("You are in the meeting"),
                "let_you_in": N_("The adviser has let you in."),
                "alone": N_("The adviser is not here just now. Stay: they may come back."),
                "link_phone": N_(
                    "Picture and sound do not get through. You can write under Messages; we keep trying."
                ),
            }
        ),
        "adviser": MappingProxyType(
            {
                "waiting": N_("Coming in"),
                "alone": N_("The customer is not here yet. A bell rings when they come."),
                "admitted": N_("In the meeting"),
                "let_you_in": N_("In the meeting"),
                "link_phone": N_(
                    "Picture and sound do not get through. "
                    "Call the customer or write under Messages; we keep trying."
                ),
                "knock_ready": N_("is in the waiting room and ready"),
                "knock_checking": N_("is in the waiting room and tries camera and microphone"),
                "knock_away": N_("has lost the connection at %(time)s; the place is kept"),
                "peer_sent_back": N_("%(name)s is back in the waiting room."),
                "knock_stuck": N_("is in the waiting room and stuck: %(failure)s"),
                "knock_said": N_("%(name)s is in the waiting room."),
                "arrived": ARRIVED,
                "call_asked": N_("At %(time)s the customer asked to be called instead."),
                "call_asked_since": N_("At %(time)s the customer asked to be called instead: %(cause)s."),
                "guest_asked": N_("%(name)s has been asked to go on, and the customer has been told why."),
                "conferring": N_(
                    "You speak in private: the others do not hear, see or read you. You hear and see them."
                ),
                "sharing": N_("You share your screen. Everybody in the meeting sees it."),
                "sharing_aside": N_("You share your screen. For now your colleague alone sees it."),
                "sharing_over": N_("Your screen is no longer shared."),
                "sharing_failed": N_(
                    "The screen could not be shared. "
                    "Perhaps the computer's settings do not allow this browser to."
                ),
                "invited_asked": N_("The customer is asked whether %(name)s (%(role)s) may come."),
                "invited_agreed": N_(
                    "The customer agrees that %(name)s (%(role)s) comes. Send them the link, and let them in."
                ),
                "invited_refused": N_("The customer does not want %(name)s (%(role)s) to come."),
                "invited_withdrawn": N_("%(name)s is no longer invited. The customer has been told."),
                "link_copied": LINK_COPIED,
                "table_full": N_("There is no room at the table for one more. Four is the most."),
                "mail_subject": N_("You are invited to a meeting"),
                "link_new": N_("Here is a new link. The old one leads nowhere any more."),
                "called_asked": N_("The customer has not answered yet."),
                "called_agreed": N_("The customer has agreed."),
                "called_over": N_("Is to go on with the meeting."),
                "guest_declined": N_("%(name)s cannot come now. The customer has been told."),
                "guest_unanswered": N_("%(name)s has not answered. The customer has been told."),
                "guest_withdrawn": N_("%(name)s is no longer asked. The customer has been told."),
                "handed_over": N_(
                    "%(name)s goes on now. You can introduce each other, and leave when you like."
                ),
                "took_over": N_("The meeting is yours now. Your colleague may still be here."),
                "at_desk": N_("%(name)s (at the desk)"),
                "statement_unsaid": N_("not said yet"),
                "let_in": N_("Let in"),
                "not_now": N_("Not now"),
                "wrong_one": N_("The wrong person"),
                "since": N_("Waiting since %(time)s"),
                "standing_none": N_("Not identified"),
                "standing_booking": N_("Identified when booking"),
                "standing_unknown": N_("Identified %(ago)s ago, connection not known"),
                "standing_checking": N_("Identified %(ago)s ago"),
                "standing_bound": N_("Identified %(ago)s ago, this connection"),
                "standing_lost": N_("Identification does not hold"),
                "proving_asked": N_("Asked. The customer sees a button for it."),
                "proving_begun": N_("The customer is identifying in another tab."),
                "proving_declined": N_("The customer does not want to identify now."),
                "proving_failed": N_("The identification did not succeed. The customer may try again."),
                "proving_failed_cancelled": N_("The customer interrupted the identification."),
                "proving_failed_bank_unavailable": N_("The identification service does not answer."),
                "proving_failed_another_person": N_("Somebody else identified than who booked."),
                "ended_help": N_("The appointment's history has what happened."),
            }
        ),
    }
)

ARRIVAL: Mapping[str, str] = MappingProxyType(
    {
        "step_opened": N_("Has opened the page"),
        "step_asking_microphone": N_("The browser asks about the microphone"),
        "step_asking_camera": N_("The browser asks about the camera"),
        "step_checking": N_("Tries the devices"),
        "step_ready": N_("Ready"),
        "device_phone": N_("Phone"),
        "device_tablet": N_("Tablet"),
        "device_computer": N_("Computer"),
        "system_android": "Android",
        "system_ios": "iOS",
        "system_windows": "Windows",
        "system_macos": "macOS",
        "system_linux": "Linux",
        "system_chromeos": "ChromeOS",
        "browser_chrome": "Chrome",
        "browser_edge": "Edge",
        "browser_firefox": "Firefox",
        "browser_safari": "Safari",
        "browser_samsung": "Samsung Internet",
        "browser_in_app": N_("A browser inside another app"),
        "microphone_none": N_("No microphone"),
        "microphone_silent": N_("The microphone is silent"),
        "microphone_heard": N_("The microphone is heard"),
        "microphone_muted": N_("The microphone is muted"),
    }
)
"""How somebody comes in, for the adviser: the words of signalling.arrival; what is unknown is not said."""

SENTENCES: Mapping[Sentence, str] = MappingProxyType(
    {
        Sentence.IN_A_MOMENT: N_("I'll be there in a moment"),
        Sentence.FEW_MINUTES: N_("It will take a few minutes yet. Thank you for waiting."),
        Sentence.TEN_MINUTES: N_("I am about ten minutes late. I am sorry, and I am coming."),
        Sentence.TAKE_YOUR_TIME: N_("There is no hurry. Take the time that you need."),
        Sentence.WE_SEE_YOU: N_("I see that you are here. All is well."),
        Sentence.YOU_ARE_RIGHT: N_("You are in the right place at the right time."),
        Sentence.TRY_WITHOUT_CAMERA: N_("You can come in without a camera. Sound is enough."),
        Sentence.WE_CALL_YOU: N_("If this does not work, I will call you on the phone."),
        Sentence.BACK_SOON: N_("I need a moment. Please wait here; I will let you in again."),
    }
)
"""What an adviser can say in one tap to who waits; the ids alone go over the wire."""

STATEMENTS: Mapping[Statement, str] = MappingProxyType(
    {
        Statement.ALONE_HEADSET: N_("I am alone in the room, with a headset."),
        Statement.ALONE: N_("I am alone in the room, without a headset."),
        Statement.OTHERS_CANNOT_HEAR: N_("Others are in the room. They hear neither of us."),
        Statement.OTHERS_HEAR_ME: N_("Others are in the room. They hear me, but not you."),
        Statement.OTHERS_MAY_HEAR: N_("Others are in the room and may hear both of us."),
    }
)
"""What an adviser can say of the room they sit in; the ids alone go over the wire."""

LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "low": N_("low assurance"),
        "substantial": N_("substantial assurance"),
        "high": N_("high assurance"),
    }
)


def arrival_words(arrival: Mapping[str, Any]) -> Sequence[str]:
    """Say how somebody comes in, as message ids: what fails or the step first, then the devices."""
    failure, device = str(arrival.get("failure")), arrival.get("device") or {}
    first = FAILURES[failure][0] if failure in FAILURES else ARRIVAL.get(f"step_{arrival.get('step')}", "")
    parts = [f"{part}_{device.get(part)}" for part in ("kind", "system", "browser")]
    names = [part.replace("kind_", "device_") for part in parts] + [f"microphone_{arrival.get('microphone')}"]
    return [text for text in (first, *(ARRIVAL.get(name, "") for name in names)) if text]


def words(language: str, role: str, site: Site) -> dict[str, object]:
    """Return what the scripts of one role say; places like `%(name)s` are filled there, the phone here."""
    levels = {f"assurance_{level}": text for level, text in LEVELS.items()}
    sentences = {f"sentence_{sentence}": text for sentence, text in SENTENCES.items()}
    statements = {f"statement_{statement}": text for statement, text in STATEMENTS.items()}
    told = {**levels, **sentences, **statements}
    told |= SEEN_BY_PHONE if role != "customer" else {}
    said = {**COMMON, **PICTURE, **BY_ROLE[role], **told, **(ARRIVAL if role == "adviser" else {})}
    translated = {
        name: gettext(language, text).replace("%(phone)s", site.phone) for name, text in said.items()
    }
    return {**translated, "failures": failure_words(language), "ways": ways(language)}


def failure_words(language: str) -> dict[str, dict[str, str]]:
    """Return what is said of each failure by name, with the cause by which a browser's own way is found."""
    return {
        name: {
            "text": gettext(language, text),
            "help": gettext(language, advice).replace("%(device)s", _device(name, language)),
            "cause": cause_of(name),
            "device": _device(name, language),
        }
        for name, (text, advice) in FAILURES.items()
    }


def _device(name: str, language: str) -> str:
    device = device_of(name)
    return gettext(language, DEVICES[device]) if device else ""
