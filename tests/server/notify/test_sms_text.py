"""Each text message is short, neutral, in the customer's language, with one link and what can be answered."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from booking.letter import BY_MAIL_ALONE, Channel, LetterDue, LetterKind
from booking.revision import Revision
from server.notify.compose import compose
from server.notify.letter import Letter
from server.notify.occasion import Occasion
from server.notify.segments import is_gsm, segments
from tests.server.notify.ainos import ILMARI, SITE, START, appointment, offered

NAME = "Pohjois-Pohjanmaan hyvinvointialueen talous- ja velkaneuvonta – Ekonomi- och skuldrådgivningen"
ADDRESS = "https://videotapaaminen.pohde-esimerkki.fi"
LONG = replace(SITE, organisation=NAME, public_url=ADDRESS, reads_sms=True)
BY_SMS = [kind for kind in LetterKind if kind not in BY_MAIL_ALONE]


def message(
    kind: LetterKind, language: str = "fi", *, confirmed: bool = False, zone: str = "Europe/Helsinki"
) -> Letter:
    due = LetterDue(appointment_id=UUID(int=1), kind=kind, sequence=0, channel=Channel.SMS)
    booked = appointment(language)
    customer = replace(booked.customer, phone="+358401234567", reached_by="sms")
    occasion = Occasion(
        due=due,
        appointment=replace(
            booked, customer=customer, zone=zone, confirmed_at=booked.booked_at if confirmed else None
        ),
        adviser=ILMARI,
        revision=Revision(0, booked.booked_at),
        token="t" * 22,
        message_id="<1@tapaa.example.org>",
        now=START - timedelta(days=1),
        offered=offered(kind),
    )
    return compose(occasion, LONG)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", BY_SMS)
def test_every_text_message_fits_into_two_parts_and_names_the_time(kind: LetterKind, language: str) -> None:
    text = message(kind, language).text

    assert is_gsm(text)
    assert segments(text) <= 2
    assert "14" in text or START.strftime("%H") in text
    assert "Aino" not in text
    assert "Ilmari" not in text
    assert text.startswith("Pohjois-Pohjanmaan: ")


@pytest.mark.parametrize("kind", BY_SMS)
def test_there_is_one_link_in_a_text_message_and_none_in_a_question(kind: LetterKind) -> None:
    written = message(kind)

    assert written.text.count("https://") == len(written.links) == (kind is not LetterKind.CANCEL_ASKED)
    assert all(link.url in written.text for link in written.links)


def test_a_reminder_says_how_to_answer() -> None:
    link = f"{ADDRESS}/a/{'t' * 22}"

    assert message(LetterKind.ONE_DAY).text == (
        f"Pohjois-Pohjanmaan: Muistutus: videotapaaminen ti 24.11. klo 14.00. {link} "
        "Vastaus OK vahvistaa. Jos tulo ei onnistu, vastaus EN PÄÄSE."
    )
    assert message(LetterKind.ONE_DAY, "sv", confirmed=True).text.endswith(
        f"{link} Svara KAN INTE om ni inte kan komma."
    )


def test_the_question_whether_to_cancel_names_day_and_time() -> None:
    assert message(LetterKind.CANCEL_ASKED).text == (
        "Pohjois-Pohjanmaan: Perutaanko videotapaaminen ti 24.11. klo 14.00? "
        "Vastaus KYLLÄ peruu, EI pitää ajan."
    )


def test_a_clock_that_is_not_ours_is_named() -> None:
    assert "13.00 (tidszon: Stockholm)" in message(LetterKind.ONE_DAY, "sv", zone="Europe/Stockholm").text
