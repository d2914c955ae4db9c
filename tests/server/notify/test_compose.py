"""What letters say, in which language, and what they never tell."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.letter import LetterKind
from tests.server.notify.ainos import SITE, START, letter


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fi", "Aikanne tiistai 24.11.2026 klo 14.00"),
        ("sv", "Er tid tisdag 24.11.2026 kl. 14.00"),
        ("en", "Your appointment on Tuesday 24 November 2026 at 14:00"),
    ],
)
def test_letter_is_written_in_the_customers_language_and_wall_time(language: str, subject: str) -> None:
    assert letter(language=language).subject == subject


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_letter_names_its_time_its_people_and_its_links(kind: LetterKind, language: str) -> None:
    written = letter(kind, language)

    for words in (written.text, written.html):
        assert "Aino Virtanen" in words
        assert "Ilmari Seppä" in words
        assert "Esimerkkipankki" in words
        assert all(link.url in words for link in written.links)


def test_big_button_of_the_last_reminder_leads_to_the_door() -> None:
    assert letter(LetterKind.FIFTEEN_MINUTES).links[0].url == f"https://tapaa.example.org/a/{'t' * 22}/door"


@pytest.mark.parametrize(("language", "greeting"), [("fi", "Hei,"), ("sv", "Hej,"), ("en", "Hello,")])
@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "www.evil.example", "Call 0600 123456"])
def test_who_typed_no_name_is_greeted_without_it(language: str, greeting: str, name: str) -> None:
    written = letter(language=language, name=name)

    assert written.name == ""
    for words in (written.text, written.html):
        assert greeting in words
        assert name not in words


def test_only_letters_of_a_changed_appointment_or_address_carry_it_for_the_calendar() -> None:
    carrying = {kind for kind in LetterKind if letter(kind).calendar}

    about_the_appointment = {LetterKind.BOOKED, LetterKind.MOVED, LetterKind.RESTORED, LetterKind.REASSIGNED}
    assert carrying == about_the_appointment | {LetterKind.CANCELLED, LetterKind.NEW_ADDRESS}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_letter_to_an_address_that_was_given_up_holds_no_link_and_says_whom_to_call(language: str) -> None:
    written = letter(LetterKind.OLD_ADDRESS, language)

    for words in (written.text, written.html):
        assert "/a/" not in words
        assert SITE.phone in words
    assert written.links == ()
    assert written.calendar == b""


@pytest.mark.parametrize(
    ("now", "language", "expected"),
    [
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), "fi", "Videotapaamisenne on 3 päivän kuluttua."),
        (datetime(2026, 11, 19, 12, 0, tzinfo=UTC), "en", "Your video appointment is in 5 days."),
        # By the customer's calendar: in Helsinki it is Monday until 22 UTC.
        (datetime(2026, 11, 23, 21, 59, tzinfo=UTC), "sv", "Ert videomöte är i morgon."),
        (datetime(2026, 11, 23, 22, 1, tzinfo=UTC), "en", "Your video appointment is today."),
    ],
)
@pytest.mark.parametrize("kind", [LetterKind.THREE_DAYS, LetterKind.ONE_DAY, LetterKind.FIFTEEN_MINUTES])
def test_a_reminder_says_truly_how_far_ahead_the_day_is_whenever_it_leaves(
    kind: LetterKind, now: datetime, language: str, expected: str
) -> None:
    assert expected in letter(kind, language, now=now).text


@pytest.mark.parametrize("kind", [LetterKind.THREE_DAYS, LetterKind.ONE_DAY])
def test_who_has_said_that_they_are_coming_is_not_asked_again(kind: LetterKind) -> None:
    asked = letter(kind, "en")
    told = letter(kind, "en", confirmed_at=START - timedelta(days=5))

    assert any(link.url.endswith("/confirm") for link in asked.links)
    for words in (told.text, told.html):
        assert "/confirm" not in words
        assert "I am coming" not in words
        assert "Please tell us" not in words
    assert {link.url.rpartition("/")[2] for link in told.links} >= {
        "move",
        "cancel",
        "call",
        "practice",
    }


def test_the_way_in_says_from_when_the_door_is_open() -> None:
    written = letter(LetterKind.FIFTEEN_MINUTES, "en", now=START - timedelta(hours=2))

    assert "Your video appointment is today. You can come in from 13:45 on." in written.text
