"""An admin's words take the place of the house's, and what the house adds stays."""

from itertools import product

import pytest

from booking.letter import BY_MAIL_ALONE, Channel, LetterKind
from booking.letter_text import Part, Words
from tests.server.notify.ainos import SITE, START, letter

OWN = {
    Part.SUBJECT: "Time {{ day }} {{ time }}, {{ organisation }}",
    Part.OPENING: "{{ name }}, {{ adviser }} has {{ length }} for you {{ when }}.\n\nThe door: {{ door }}.",
    Part.CLOSING: "Call {{ phone }} <b>now</b>.",
}
SHORT = {Part.TEXT: "{{ organisation }}: {{ day }} {{ time }}. {{ link }}"}


def test_own_words_are_said_with_what_the_letter_speaks_of() -> None:
    written = letter(LetterKind.ONE_DAY, "en", own_words=OWN)

    assert written.subject == "Time Tuesday 24 November 2026 14:00, Esimerkkipankki"
    opening = "Aino Virtanen, Ilmari Seppä has 45 minutes for you tomorrow.\n\nThe door: 13:45."
    assert opening in written.text
    assert opening.replace("\n", "<br>") in written.html
    assert "Call 09 123 456 <b>now</b>." in written.text
    assert "&lt;b&gt;now&lt;/b&gt;" in written.html


@pytest.mark.parametrize("kind", list(LetterKind))
def test_no_own_words_take_away_when_with_whom_the_links_or_the_phone(kind: LetterKind) -> None:
    bare = {Part.SUBJECT: "x", Part.OPENING: "y", Part.CLOSING: ""}
    house, own = letter(kind, "en"), letter(kind, "en", own_words=bare)

    assert own.links == house.links
    assert own.calendar == house.calendar
    for words in (own.text, own.html):
        assert all(link.url in words for link in house.links)
        assert "Ilmari Seppä" in words
        assert SITE.phone in words
        assert "14:00" in words
    assert own.text.count("http") == house.text.count("http")


EACH = [
    (kind, language, channel)
    for kind, language, channel in product(LetterKind, ("fi", "sv", "en"), Channel)
    if channel is Channel.MAIL or kind not in BY_MAIL_ALONE
]


@pytest.mark.parametrize(("kind", "language", "channel"), EACH, ids=str)
def test_each_letter_is_composed_in_its_language_for_its_channel(
    kind: LetterKind, language: str, channel: Channel
) -> None:
    for words in (None, OWN if channel is Channel.MAIL else SHORT):
        written = letter(kind, language, channel=channel, own_words=words)
        assert "{{" not in written.subject + written.text + written.html
        assert bool(written.html) is (channel is Channel.MAIL)


def test_a_text_message_in_own_words_has_its_link() -> None:
    written = letter(LetterKind.BOOKED, "en", channel=Channel.SMS, own_words=SHORT)

    assert written.text == (
        f"Esimerkkipankki: Tuesday 24 November 2026 14:00. https://tapaa.example.org/a/{'t' * 22}"
    )


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (Channel.MAIL, {**OWN, Part.SUBJECT: "Your mortgage  MEETING, {{ day }} {{ time }}"}),
        (Channel.SMS, {Part.TEXT: "Mortgage meeting {{ day }} {{ time }}. {{ link }}"}),
    ],
)
def test_own_words_that_name_the_offering_to_strangers_give_way_to_the_houses(
    channel: Channel, words: Words
) -> None:
    house = letter(LetterKind.ONE_DAY, "en", channel=channel)

    written = letter(
        LetterKind.ONE_DAY, "en", channel=channel, own_words=words, matters=("Laina", "Mortgage meeting")
    )

    assert (written.subject, written.text) == (house.subject, house.text)


def test_inside_a_mail_own_words_may_name_the_offering() -> None:
    words = {**OWN, Part.OPENING: "Your mortgage meeting is {{ when }}."}

    written = letter(LetterKind.ONE_DAY, "en", own_words=words, matters=("Mortgage meeting",))

    assert "Your mortgage meeting is tomorrow." in written.text


def test_who_has_confirmed_is_not_asked_again_by_own_words() -> None:
    asks = {**OWN, Part.OPENING: "Are you coming?"}

    assert "Are you coming?" in letter(LetterKind.THREE_DAYS, "en", own_words=asks).text
    confirmed = letter(LetterKind.THREE_DAYS, "en", own_words=asks, confirmed_at=START)
    assert "Are you coming?" not in confirmed.text
    assert confirmed.subject == letter(LetterKind.THREE_DAYS, "en", own_words=asks).subject


@pytest.mark.parametrize("broken", ["{{ gone }}", "{{", "{{ name.__class__ }}", "{% if name %}x{% endif %}"])
def test_words_that_cannot_be_read_any_more_are_replaced_by_the_houses(broken: str) -> None:
    assert letter(own_words={**OWN, Part.OPENING: broken}) == letter()


@pytest.mark.parametrize("name", ["{{ adviser }}", "{{ 7*7 }}", "www.evil.example", "%(day)s"])
def test_what_a_customer_typed_is_no_variable_and_no_link_in_own_words(name: str) -> None:
    written = letter(name=name, own_words=OWN)

    assert name not in written.text + written.html
    assert "49" not in written.text.partition("Ilmari")[0]
