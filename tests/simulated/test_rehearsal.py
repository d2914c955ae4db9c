"""What the rehearsal foretells is what comes: every letter, door and release, and nothing else."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from booking.appointment import Appointment
from booking.coming import Coming, Happening
from booking.fact import told_span
from booking.rehearse import rehearse
from booking.time_span import TimeSpan
from tests.simulated.days import Came, Days
from tests.simulated.town import DAY, HOUR, ZONES, Town, founded
from tests.web.face_house import FaceHouse, face_house

MEMORY = Path("/dev/shm")
"""Where there is one, no test need wait for its disk."""
NIGHTS = {
    "2026-10-25": (datetime(2026, 10, 3, 6, tzinfo=UTC), datetime(2026, 10, 24, 21, tzinfo=UTC)),
    "2027-03-28": (datetime(2027, 3, 8, 6, tzinfo=UTC), datetime(2027, 3, 27, 21, tzinfo=UTC)),
}
OUTAGE = 6 * HOUR


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY) as made:
        yield Path(made)


@pytest.fixture
async def house(folder: Path) -> AsyncIterator[FaceHouse]:
    async with face_house(folder) as house:
        yield house


def expected(foretold: Sequence[Coming]) -> Counter[Came]:
    return Counter(_came(one) for one in foretold if not one.is_lost)


def _came(one: Coming) -> Came:
    is_hold = one.happening is Happening.HOLD_ENDS
    whose = one.adviser_id if is_hold or one.appointment is None else one.appointment.id
    return one.at, one.happening, whose, one.letter or "", one.channel or ""


def wall(start: datetime, zone: str) -> str:
    """Return the time as an English clock on the wall shows it."""
    local = start.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local:%M}"


def sample(town: Town) -> Sequence[Appointment]:
    """Return live ones of each zone, of those that start in the nights when clocks turn some first."""
    near = sorted(
        town.appointments, key=lambda one: (_offset(one, -DAY) == _offset(one, DAY), one.span.start)
    )
    live = [one for one in near if one.is_live and one.span.start > town.begin]
    return [one for zone in sorted(set(ZONES)) for one in [one for one in live if one.zone == zone][:12]]


def _offset(one: Appointment, away: timedelta) -> timedelta | None:
    return (one.span.start + away).astimezone(ZoneInfo(one.zone)).utcoffset()


async def check_pages(house: FaceHouse, town: Town) -> None:
    """Hold the wall time of page, calendar file and facts against the moment, by Python's own clock."""
    browser = house.browser()
    for one in sample(town):
        address = f"/a/{town.tokens[one.id]}"
        page = await browser.opens(f"{address}?lang=en")
        file = await browser.opens(f"{address}/calendar.ics")
        (event,) = Calendar.from_ical(file.text).walk("VEVENT")
        (booked,) = await house.history(one.id)

        local = one.span.start.astimezone(ZoneInfo(one.zone))
        assert wall(one.span.start, one.zone) in page.text, address
        assert event.decoded("DTSTART") == one.span.start
        assert (told_span(booked), one.wall_start) == (one.span, f"{local:%Y-%m-%dT%H:%M}")


def check_letters(town: Town, real: Days) -> None:
    """Hold the wall time of each letter that was sent against the moment."""
    known = {one.id: one for one in town.appointments}
    assert real.sent
    for appointment_id, letter in real.sent:
        one = known[appointment_id]
        assert wall(one.span.start, one.zone) in letter.text
        if letter.calendar:
            (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
            assert event.decoded("DTSTART") == one.span.start


async def lived(house: FaceHouse, begin: datetime, silent: TimeSpan, *, days: int, size: int) -> str:
    """Rehearse, let the days come, and return in a line how they compare."""
    house.now = begin
    town = await founded(house.units, begin, days=days, size=size)
    until = begin + days * DAY
    async with house.units.read() as unit:
        foretold = await rehearse(unit, until, now=begin, silent=silent)
    await check_pages(house, town)
    real = Days(town, house.engines, begin, silent)
    await real.live(until)
    wanted, came = expected(foretold), Counter(real.came)
    different = (wanted - came) + (came - wanted)
    assert list(different)[:9] == []
    lost = Counter(
        (one.appointment.id, one.letter, one.channel) for one in foretold if one.is_lost and one.appointment
    )
    assert lost
    assert lost == Counter(await real.too_late())
    assert any(one.is_late for one in foretold)
    check_letters(town, real)
    counts = [
        sum(one.happening is Happening.LETTER for one in foretold) - lost.total(),
        sum(one.happening is Happening.DOOR for one in foretold),
        sum(one.is_release for one in foretold),
    ]
    told = "{} letters, {} doors, {} releases".format(*counts)
    return f"{size} appointments: {told}, {lost.total()} lost in the outage, {len(different)} different"


async def test_three_days_come_as_they_were_foretold(house: FaceHouse) -> None:
    """The same as below, few enough for every run; both nights lie in the slow ones."""
    night = datetime(2026, 10, 24, 21, tzinfo=UTC)
    silent = TimeSpan(night, night + OUTAGE)

    print(await lived(house, night - DAY - 3 * HOUR, silent, days=3, size=120))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("night", NIGHTS)
async def test_thirty_days_over_a_night_when_clocks_turn_come_as_they_were_foretold(
    house: FaceHouse, night: str
) -> None:
    begin, outage = NIGHTS[night]
    silent = TimeSpan(outage, outage + OUTAGE)

    told = await lived(house, begin, silent, days=30, size=5_000)

    print(f"\n30 days over {night}, {told}")
