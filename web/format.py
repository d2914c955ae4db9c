"""Moments, lengths of time and numbers as a reader of a language expects them (CLDR by Babel)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from web.i18n import N_, gettext

ZONE = N_("time zone: %(city)s")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""How a form sends a day."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language writes dates and times; patterns of CLDR."""

    locale: str
    date: str
    short_date: str
    time: str
    moment: str
    span: str


MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        "fi": Manner(
            "fi_FI", "cccc d.M.yyyy", "ccc d.M.", "H.mm", "{date} klo {time}", "{date} klo {time}–{end}"
        ),
        "sv": Manner(
            "sv_FI", "cccc d.M.yyyy", "ccc d.M.", "H.mm", "{date} kl. {time}", "{date} kl. {time}–{end}"
        ),
        "en": Manner(
            "en_GB", "cccc d MMMM yyyy", "ccc d MMM", "H:mm", "{date} at {time}", "{date}, {time}–{end}"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a language, and the zone whose clock hangs on their wall.

    `home` is the organisation's zone; times of another say which it is.
    """

    language: str
    zone: ZoneInfo
    home: ZoneInfo | None = None

    @property
    def manner(self) -> Manner:
        return MANNERS[self.language]

    def date(self, moment: datetime) -> str:
        return self._shown(moment, self.manner.date)

    def short_date(self, moment: datetime) -> str:
        return self._shown(moment, self.manner.short_date)

    def time(self, moment: datetime) -> str:
        """Hour and minute, with the offset in the hour that comes twice: `3.15 (UTC+3)`."""
        shown = self._shown(moment, self.manner.time)
        local = moment.astimezone(self.zone)
        comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        return f"{shown} ({_offset(local)})" if comes_twice else shown

    def moment(self, moment: datetime) -> str:
        """Date and time: `maanantai 23.11.2026 klo 12.30`."""
        text = self.manner.moment.format(date=self.date(moment), time=self.time(moment))
        return f"{text} {self.zone_note()}".rstrip()

    def span(self, start: datetime, end: datetime) -> str:
        """Date, start and end, of a span within one day: `maanantai 23.11.2026 klo 12.30–13.15`."""
        text = self.manner.span.format(date=self.date(start), time=self.time(start), end=self.time(end))
        return f"{text} {self.zone_note()}".rstrip()

    def zone_note(self) -> str:
        """Name the zone where it is not the organisation's: `(time zone: Stockholm)`; else nothing."""
        if self.home is None or self.home.key == self.zone.key:
            return ""
        city = get_timezone_location(self.zone, locale=self.manner.locale, return_city=True)
        return f"({gettext(self.language, ZONE) % {'city': city}})"

    def answer(self, value: str) -> str:
        """Write an answer that is a day as days are written, `1.11.2026`; any other as it was given."""
        if not DAY.fullmatch(value):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        return format_date(day, self.manner.date.removeprefix("cccc "), locale=self.manner.locale)

    def duration(self, length: timedelta) -> str:
        """Hours and minutes in words: `1 tunti 30 minuuttia`."""
        hours, minutes = divmod(round(length.total_seconds() / 60), 60)
        parts = [(hours, "duration-hour"), (minutes, "duration-minute")]
        words = [format_unit(n, unit, "long", locale=self.manner.locale) for n, unit in parts if n]
        return " ".join(words) or format_unit(0, "duration-minute", "long", locale=self.manner.locale)

    def length(self, length: timedelta) -> str:
        """Whole days as such, all else as hours and minutes: `3 päivää`."""
        days, rest = divmod(length, timedelta(days=1))
        if rest or not days:
            return self.duration(length)
        return format_unit(days, "duration-day", "long", locale=self.manner.locale)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.manner.locale)

    def percent(self, fraction: float) -> str:
        """One decimal: `12,5 %`."""
        return format_percent(
            fraction, "#,##0.0 %" if self.language != "en" else "#,##0.0%", locale=self.manner.locale
        )

    def _shown(self, moment: datetime, pattern: str) -> str:
        return format_datetime(moment, pattern, tzinfo=self.zone, locale=self.manner.locale)


def _offset(local: datetime) -> str:
    minutes = round((local.utcoffset() or timedelta(0)).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
