"""What came back wrong from the forms of hours, as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from web.pages.hours_forms import TypedWeek


@dataclass(frozen=True, slots=True)
class Filled:
    """A small form as it came, and field → what is wrong; it answers what the macros of forms ask."""

    values: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> Mapping[str, str]:
        return self.wrong

    def value(self, name: str) -> Any:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        return self.wrong.get(name, "")

    def pairs(self, count: int) -> list[tuple[str, str]]:
        """Return the rows of times, at least so many."""
        rows = list(zip(self.values.get("start", ()), self.values.get("end", ()), strict=False))
        return rows + [("", "")] * (count - len(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came back wrong: the week, the day or the time off, as it was typed."""

    week: TypedWeek | None = None
    day: Filled = field(default_factory=Filled)
    off: Filled = field(default_factory=Filled)

    @property
    def wrong_week(self) -> Filled:
        """Return what is wrong with the days of the week, for the summary above them."""
        days = enumerate(self.week.days if self.week else ())
        return Filled(wrong={week_field(weekday): day.error for weekday, day in days if day.error})


def week_field(weekday: int) -> str:
    return f"week-{weekday}"
