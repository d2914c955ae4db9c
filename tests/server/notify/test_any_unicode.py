"""Whatever a customer types, a letter has its own headers, recipient, calendar and links, and no more."""

from dataclasses import replace
from email.utils import getaddresses

from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from booking.letter import Channel, LetterKind
from booking.name_shown import name_shown
from server.notify.letter import Letter
from tests.server.notify.ainos import SITE, START, letter
from tests.server.notify.parts import LINKISH, SENDER, body, page, received, sent
from web.fields import EMAIL, PHONE

ONCE = (
    "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "MIME-Version",
    "Content-Type",
)  # fmt: skip
NASTY = (
    "\r\nBcc: louhi@evil.example", "\r\n\r\nHello", "\r\nATTENDEE:mailto:louhi@evil.example", "\nEND:VEVENT",
    "www.evil.example", "https://evil.example/", "evil.example", "evil。example", "0600 123 456",
    "aino@evil.example", "<a href='//evil.example'>", "</p>", "&lt;", '"', "\\", ";", ",", ":", "<", ">",
    "=?utf-8?q?=0D=0ABcc:?=", "%(day)s", "{{ 7*7 }}", "{% raw %}", "\u202e", "\u2066", "\u200b", "\u2028",
    "\x85", "\x00", "\x0b", "\x7f", "\u0301", "ı", "ﬁ", "Aino", "Åsa-Märta", " ", "  ",
)  # fmt: skip

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = st.lists(st.one_of(st.sampled_from(NASTY), any_text), min_size=1, max_size=5).map("".join)
emails = st.from_regex(EMAIL, fullmatch=True).filter(lambda email: len(email) <= 254)
phones = st.from_regex(PHONE, fullmatch=True)
kinds = st.sampled_from(LetterKind)
languages = st.sampled_from(("fi", "sv", "en"))
FEW = settings(deadline=None, max_examples=50)
OURS = tuple(f"{SITE.public_url}/{root}" for root in ("a/", "o/"))


def without_ours(words: str, written: Letter) -> str:
    """Return the words without what the house writes into each: its addresses, its phone, the moment."""
    for link in sorted(written.links, key=lambda one: -len(one.url)):
        words = words.replace(link.url, "")
    for moment in (written.subject, SITE.phone, "24.11.2026", "23.11.2026", "22.11.2026"):
        words = words.replace(moment, "")
    return words


@FEW
@given(names, emails, kinds, languages)
@example("Virtanen, Aino", "aino@example.com", LetterKind.BOOKED, "fi")
def test_mail_has_one_of_each_header_and_one_recipient(
    name: str, email: str, kind: LetterKind, language: str
) -> None:
    content = sent(replace(letter(kind, language, name), to=email))

    message = received(content)
    assert sorted(message.keys()) == sorted(ONCE)
    assert [address for _, address in getaddresses([str(message["To"])])] == [email]
    assert [one.addr_spec for one in message["To"].addresses] == [email]
    assert message["To"].addresses[0].display_name == name_shown(name)
    assert [one.addr_spec for one in message["From"].addresses] == [SENDER]
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@FEW
@given(names, kinds, languages)
def test_mail_has_no_link_but_ours(name: str, kind: LetterKind, language: str) -> None:
    written = letter(kind, language, name)

    message = received(sent(written))
    shown, harmless = (
        page(body(received(sent(one)), "text/html")) for one in (written, letter(kind, language))
    )
    assert shown.tags == harmless.tags
    assert shown.addresses == harmless.addresses
    assert all(one.startswith((*OURS, "tel:")) for one in shown.addresses)
    for words in (body(message, "text/plain"), " ".join(shown.words)):
        assert not LINKISH.search(without_ours(words, written))


@FEW
@given(names, phones, kinds, languages)
def test_text_message_has_one_link_and_nothing_typed(
    name: str, phone: str, kind: LetterKind, language: str
) -> None:
    written = letter(kind, language, name, channel=Channel.SMS, phone=phone)

    assert written.text == letter(kind, language, channel=Channel.SMS).text
    assert written.text.count("://") == len(written.links[:1])
    assert written.text.isprintable()


@FEW
@given(names, emails, phones, st.sampled_from((LetterKind.BOOKED, LetterKind.CANCELLED)), languages)
def test_calendar_says_the_same_to_two_libraries_whatever_was_typed(
    name: str, email: str, phone: str, kind: LetterKind, language: str
) -> None:
    written = letter(kind, language, name, email=email, phone=phone)

    assert all(len(line) <= 75 for line in written.calendar.split(b"\r\n"))
    [ours] = Calendar.from_ical(written.calendar).walk("VEVENT")
    [theirs] = IcsCalendarStream.calendar_from_ics(written.calendar.decode()).events
    plain = Calendar.from_ical(letter(kind, language).calendar).walk("VEVENT")[0]
    assert sorted(ours.keys()) == sorted(plain.keys())
    assert {key: ours[key] for key in ours if key != "ATTENDEE"} == {
        key: plain[key] for key in plain if key != "ATTENDEE"
    }
    assert str(ours["ATTENDEE"]) == f"mailto:{email}"
    assert [str(one.uri) for one in theirs.attendees] == [f"mailto:{email}"]
    assert (str(ours["SUMMARY"]), str(ours["DESCRIPTION"])) == (theirs.summary, theirs.description)
    assert (ours.decoded("DTSTART"), theirs.start) == (START, START)
    assert str(ours["UID"]) == theirs.uid
