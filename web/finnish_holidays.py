"""Finland's public holidays, with the eves on which most are off, named in three languages."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays

NAMED_IN: Mapping[str, str] = MappingProxyType({"fi": "fi", "sv": "sv_FI", "en": "en_US"})


@cache
def finnish_holidays(year: int, language: str) -> Mapping[date, str]:
    """Return a year's days in order, Sundays too; two on one day are named together."""
    found = holidays.country_holidays("FI", years=year, language=NAMED_IN[language], expand=False)
    return MappingProxyType(dict(sorted(found.items())))
