"""Who sees, what is kept, when it goes: sentences made of the settings, for one meeting or for all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from babel.units import format_unit

from booking.offering import Offering
from web.format import Reader
from web.i18n import N_, gettext
from web.public_site import Site

A_YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the sentences are about: one offering, or all of them where nothing is chosen yet.

    `colleagues` are the other advisers of who meets, None: nobody is chosen. `writes_sms` says that this
    customer gets text messages, or can still ask for them; `has_helper` that they have made a helper's link.
    """

    site: Site
    offerings: Sequence[Offering]
    colleagues: int | None = None
    writes_sms: bool = True
    has_helper: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A question that people ask, and what is true of it here."""

    question: str
    sentences: Sequence[str]


def promises(case: Case, reader: Reader) -> Sequence[Promise]:
    """Say it all in the reader's language, the most asked first."""
    return [
        Promise(gettext(reader.language, question), list(answers(case, reader)))
        for question, answers in _QUESTIONS
    ]


def _seeing(case: Case, reader: Reader) -> Iterator[str]:
    said = reader.language
    yield gettext(
        said,
        N_(
            "In the meeting: you and one adviser. Others come only after you were told who and why; "
            "who is not of the organisation only if you say yes, and then they see the page that you two "
            "look at, too."
        ),
    )
    opens = _OPENED_BY[None if case.colleagues is None else case.colleagues > 0]
    yield gettext(said, opens, others=case.colleagues)


def _recording(_: Case, reader: Reader) -> Iterator[str]:
    yield gettext(reader.language, N_("No. Picture and sound are never recorded, and travel encrypted."))


def _network(case: Case, reader: Reader) -> Iterator[str]:
    said, keeping = reader.language, case.site.keeping
    ways = {offering.relays(as_set=keeping.relays_all) for offering in case.offerings}
    ways = ways or {keeping.relays_all}
    yield gettext(said, _WAYS[frozenset(ways)])
    if keeping.hides_private and False in ways:
        yield gettext(said, N_("Addresses inside our own network are taken out."))


def _identification(case: Case, reader: Reader) -> Iterator[str]:
    said, asking = reader.language, [one for one in case.offerings if one.asks_identity]
    if not asking:
        yield gettext(
            said,
            N_(
                "You come in without identifying yourself. An adviser may ask for it in the "
                "meeting, and you may say no."
            ),
        )
        return
    if len(asking) < len(case.offerings):
        yield gettext(said, N_("Some appointments ask for identification, others do not. Where it is asked:"))
    yield gettext(
        said,
        N_(
            "Your name, the service that you used, the time and your personal identity code, "
            "which is kept encrypted. All of it goes %(length)s after your last appointment."
        ),
        length=_length(case.site.keeping.persons, reader),
    )
    yield gettext(said, _CODE_SEEN[frozenset(one.shows_code for one in asking)])


def _papers(case: Case, reader: Reader) -> Iterator[str]:
    said = reader.language
    yield gettext(
        said,
        N_(
            "Documents stay until whoever handed them in takes them away. They are not removed by themselves."
        ),
    )
    yield gettext(
        said,
        N_(
            "Messages written in the meeting go when the meeting is ended, at the latest when "
            "the appointment is closed."
        ),
    )
    if any(one.questions for one in case.offerings):
        yield gettext(said, N_("What you answer when you book stays with the appointment."))


def _letters(case: Case, reader: Reader) -> Iterator[str]:
    said, keeping = reader.language, case.site.keeping
    has_sms = case.site.has_sms and case.writes_sms
    by = N_("We write to you by e-mail and text message. What we wrote is kept for %(length)s.")
    yield gettext(
        said,
        by if has_sms else N_("We write to you by e-mail alone. What we wrote is kept for %(length)s."),
        length=_length(keeping.letters, reader),
    )
    if has_sms and case.site.reads_sms:
        yield gettext(
            said,
            N_("A text message that you send us is kept for %(length)s, and until the appointment is over."),
            length=_length(keeping.messages, reader),
        )


def _helping(case: Case, reader: Reader) -> Iterator[str]:
    said = reader.language
    yield gettext(
        said,
        N_("You have made a link for somebody who helps you. You can take it back at any time.")
        if case.has_helper
        else N_("Only if you make a link for them. You can take it back at any time."),
    )
    yield gettext(
        said,
        N_(
            "Who has the link sees the time, the steps on your way in, your kind of device and what to "
            "do. They do not see your name or what it is about, and do not hear or see you. The link "
            "ends when the appointment is over."
        ),
    )


def _booking(case: Case, reader: Reader) -> Iterator[str]:
    said = reader.language
    yield gettext(
        said,
        N_(
            "Your name, contact details and what happened to the appointment have no end "
            "date. Ask us to remove them whenever you like."
        ),
    )
    yield gettext(
        said,
        N_(
            "The team may keep a private note of its own. It is kept encrypted, and goes %(length)s "
            "after it was last written, but not before the appointment is over."
        ),
        length=_length(case.site.keeping.notes, reader),
    )
    yield gettext(
        said,
        N_(
            "The team reads what your adviser sums up for you at the end and the words that you leave. "
            "Both are kept encrypted, and go %(length)s after they were last written. Your other "
            "answers on how it went stay with the appointment, and are counted without your name."
        ),
        length=_length(case.site.keeping.afterwords, reader),
    )


def _looks(_: Case, reader: Reader) -> Iterator[str]:
    yield gettext(
        reader.language,
        N_(
            "Each time the staff opens your appointment, your documents or who you are, it is "
            "written down who did and when. That log is kept, and you may ask us for what it "
            "says of you."
        ),
    )


def _length(length: timedelta, reader: Reader) -> str:
    """Write whole years as years: nobody counts 731 days."""
    years = round(length / A_YEAR)
    if years and abs(length - years * A_YEAR) < timedelta(days=2):
        return format_unit(years, "duration-year", "long", locale=reader.manner.locale)
    return reader.length(length)


_OPENED_BY = {
    None: N_(
        "The adviser whom you get, other advisers of the same team and the team's administrators "
        "can open the appointment and its documents."
    ),
    False: N_("Your adviser and the team's administrators can open the appointment and its documents."),
    True: N_(
        "Your adviser, other advisers of the same team (%(others)s) and the team's administrators "
        "can open the appointment and its documents."
    ),
}

_WAYS = {
    frozenset({True}): N_(
        "No. Picture and sound go through our relay, which cannot see or hear them. "
        "Neither side learns the other's network address."
    ),
    frozenset({False}): N_(
        "Picture and sound go straight between you where the networks let them. The "
        "adviser's device can then learn your network address, and yours the adviser's."
    ),
    frozenset({True, False}): N_(
        "In some appointments no: picture and sound go through our relay, which cannot see or hear them. In "
        "the others they go straight between you where the networks let them, and each side's device can "
        "learn the other's network address."
    ),
}

_CODE_SEEN = {
    frozenset({True}): N_(
        "The adviser sees the personal identity code only by giving a reason, which is written down."
    ),
    frozenset({False}): N_("Advisers do not see the personal identity code."),
    frozenset({True, False}): N_(
        "In some appointments the adviser sees the personal identity code, and only by giving a reason, "
        "which is written down. In the others advisers do not see it."
    ),
}

_QUESTIONS: Sequence[tuple[str, Callable[[Case, Reader], Iterator[str]]]] = (
    (N_("Who sees and hears?"), _seeing),
    (N_("Is it recorded?"), _recording),
    (N_("Does the other side learn my network address?"), _network),
    (N_("What is kept of who I am?"), _identification),
    (N_("Documents, messages and answers"), _papers),
    (N_("Can somebody help me in?"), _helping),
    (N_("Letters"), _letters),
    (N_("The appointment itself"), _booking),
    (N_("Who has looked at it?"), _looks),
)
