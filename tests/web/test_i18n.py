"""Texts, moments and lengths of time in three languages."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.web.house import house
from web.format import Reader
from web.i18n import gettext

HELSINKI = ZoneInfo("Europe/Helsinki")
START = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "span", "duration", "percent"),
    [
        (
            "fi",
            "maanantai 23.11.2026 klo 12.30",
            "maanantai 23.11.2026 klo 12.30–13.15",
            "1 tunti 30 minuuttia",
            "12,5 %",
        ),
        (
            "sv",
            "måndag 23.11.2026 kl. 12.30",
            "måndag 23.11.2026 kl. 12.30–13.15",
            "1 timme 30 minuter",
            "12,5 %",
        ),
        (
            "en",
            "Monday 23 November 2026 at 12:30",
            "Monday 23 November 2026, 12:30–13:15",
            "1 hour 30 minutes",
            "12.5%",
        ),
    ],
)
def test_a_reader_sees_the_clock_of_their_wall(
    language: str, moment: str, span: str, duration: str, percent: str
) -> None:
    reader = Reader(language, HELSINKI)

    assert reader.moment(START) == moment
    assert reader.span(START, START + timedelta(minutes=45)) == span
    assert reader.duration(timedelta(minutes=90)) == duration
    assert reader.percent(0.125).replace("\N{NO-BREAK SPACE}", " ") == percent


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "3.30 (UTC+3)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "3.30 (UTC+2)"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "2.59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "4.00"),
    ],
)
def test_the_nights_when_clocks_turn_are_shown_as_the_clocks_show_them(moment: datetime, shown: str) -> None:
    assert Reader("fi", HELSINKI).time(moment) == shown


def test_english_is_the_key_and_values_are_filled_in() -> None:
    key = "This page tells what %(organisation)s keeps about you when you book a video appointment, "
    key += "and for what."

    told = gettext("en", key, organisation="Pohjola")

    assert told == key.replace("%(organisation)s", "Pohjola")
    assert gettext("fi", key, organisation="Pohjola").startswith(
        "Tällä sivulla kerrotaan, mitä tietoja Pohjola"
    )


@pytest.mark.parametrize(
    ("asked", "cookie", "header", "chosen"),
    [
        ("", "", "", "fi"),
        ("", "", "de-DE, en;q=0.8, sv;q=0.9", "sv"),
        ("", "", "sv;q=nonsense, en", "en"),
        ("", "en", "sv", "en"),
        ("?lang=sv", "en", "fi", "sv"),
        ("?lang=xx", "xx", "en-GB", "en"),
    ],
)
async def test_what_was_chosen_goes_before_what_the_browser_asks_for(
    asked: str, cookie: str, header: str, chosen: str
) -> None:
    async with house() as front:
        headers = {"Accept-Language": header, **({"Cookie": f"lang={cookie}"} if cookie else {})}
        async with front.client.get(front.url(f"/shown{asked}"), headers=headers) as answer:
            assert answer.headers["Content-Language"] == chosen


async def test_the_way_to_another_language_keeps_the_address() -> None:
    async with house() as front:
        text = await (await front.client.get(front.url("/shown?day=3&lang=en"))).text()

    assert 'href="/shown?day=3&amp;lang=fi" lang="fi"' in text


async def test_the_way_to_another_language_never_leads_to_another_site() -> None:
    async with house() as front:
        _, writer = streams = await asyncio.open_connection("127.0.0.1", front.port)
        writer.write(
            b"GET //evil.example/x HTTP/1.1\r\nHost: localhost\r\n"
            b"Accept: text/html\r\nConnection: close\r\n\r\n"
        )
        text = (await streams[0].read()).decode()
        writer.close()

    assert 'href="/evil.example/x?lang=en"' in text
    assert 'href="//' not in text


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("fi", "2026-11-01", "1.11.2026"),
        ("sv", "2026-11-01", "1.11.2026"),
        ("en", "2026-11-01", "1 November 2026"),
        ("fi", "2026-02-30", "2026-02-30"),
        ("en", "since 2026-11-01", "since 2026-11-01"),
    ],
)
def test_an_answer_that_is_a_day_reads_as_days_are_written(language: str, value: str, shown: str) -> None:
    assert Reader(language, HELSINKI).answer(value) == shown
