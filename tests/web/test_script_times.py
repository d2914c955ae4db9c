"""Times that scripts write: by the reader's clocks, also when these are put forward."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from web.script_times import offsets, script_times

HELSINKI = ZoneInfo("Europe/Helsinki")
HOUR = timedelta(hours=1)


def shown(zone: ZoneInfo, moment: datetime, *, told_at: datetime) -> datetime:
    """Read a clock as the script does."""
    at = moment.timestamp() * 1_000
    [*_, minutes] = [minutes for since, minutes in offsets(zone, told_at) if since <= at]
    return (moment + timedelta(minutes=minutes)).replace(tzinfo=None)


@pytest.mark.parametrize("name", ["Europe/Helsinki", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"])
@pytest.mark.parametrize("day", [datetime(2026, month, 24, 21, 40, tzinfo=UTC) for month in range(1, 13)])
def test_clocks_are_those_of_the_zone_for_a_day_before_and_two_after(name: str, day: datetime) -> None:
    zone = ZoneInfo(name)

    for hours in range(-24, 48):
        moment = day + hours * HOUR
        assert shown(zone, moment, told_at=day) == moment.astimezone(zone).replace(tzinfo=None)


def test_one_offset_is_told_where_nothing_is_put_forward() -> None:
    assert [minutes for _, minutes in offsets(HELSINKI, datetime(2026, 11, 23, 13, 7, tzinfo=UTC))] == [120]
    assert [minutes for _, minutes in offsets(HELSINKI, datetime(2026, 3, 28, 22, tzinfo=UTC))] == [120, 180]


@pytest.mark.parametrize(
    ("language", "one", "more"),
    [("fi", "1 minuutti", "5 minuuttia"), ("sv", "1 minut", "5 minuter"), ("en", "1 minute", "5 minutes")],
)
def test_a_length_has_a_form_for_one_and_one_for_more(language: str, one: str, more: str) -> None:
    told = script_times(language, HELSINKI, datetime(2026, 11, 23, 13, tzinfo=UTC))["lengths"]

    assert isinstance(told, dict)
    for count, text in ((1, one), (5, more)):
        form: str = told["minute_long"][0 if count == 1 else 1]
        assert form % {"count": count} == text
