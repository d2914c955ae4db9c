"""Names of weekdays in the reader's language (CLDR by Babel)."""

from babel.dates import get_day_names

from web.format import MANNERS


def weekday_name(weekday: int, language: str) -> str:
    """Return a weekday's name, Monday being 0, as it stands at a line's beginning."""
    name: str = get_day_names("wide", context="stand-alone", locale=MANNERS[language].locale)[weekday]
    return name[:1].upper() + name[1:]
