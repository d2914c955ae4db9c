"""Lengths of time as a form asks for them: a number with its unit, or minutes alone."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from web.i18n import N_

Unit = Literal["minutes", "hours", "days"]
UNITS: Mapping[str, timedelta] = MappingProxyType(
    {"days": timedelta(days=1), "hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}
)
UNIT_NAMES = (("minutes", N_("minutes")), ("hours", N_("hours")), ("days", N_("days")))


def within(least: timedelta, most: timedelta) -> Callable[[int, ValidationInfo], int]:
    """Check a number by its unit, which the field `<name>_unit` before it has told."""

    def check(amount: int, info: ValidationInfo) -> int:
        span = amount * UNITS[info.data.get(f"{info.field_name}_unit", "minutes")]
        if span < least:
            raise PydanticCustomError("too_brief", "too short a time")
        if span > most:
            raise PydanticCustomError("too_lengthy", "too long a time")
        return amount

    return check


Amount = Annotated[int, Field(ge=0, le=100_000)]
Ahead = Annotated[Amount, AfterValidator(within(timedelta(0), timedelta(days=60)))]
"""So long before the start."""


def span_of(amount: int, unit: str) -> timedelta:
    return amount * UNITS[unit]


def with_unit(name: str, span: timedelta) -> dict[str, str]:
    """Return what a form shows: the number in the largest unit that leaves nothing over."""
    unit = next((unit for unit, one in UNITS.items() if not span % one), "minutes")
    return {name: str(span // UNITS[unit]), f"{name}_unit": unit if span else "hours"}


def in_minutes(span: timedelta) -> str:
    return str(span // UNITS["minutes"])
