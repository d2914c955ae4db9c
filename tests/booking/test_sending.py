"""What holds letters up that are to come: nobody at a channel, or more than it can send in time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from booking.coming import Coming, Happening
from booking.letter import Channel, LetterKind
from booking.sending import Hitch, Trouble, hitches

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NOON = NOW + timedelta(hours=2)
MINUTE, NOBODY = timedelta(minutes=1), UUID(int=0)
ALIVE: Mapping[str, timedelta] = {"mail": timedelta(seconds=9)}


def letter(at: datetime = NOON, *, within: int = 10, channel: Channel = Channel.MAIL) -> Coming:
    """Make a letter that is of use for so many minutes."""
    return Coming(
        at=at,
        happening=Happening.LETTER,
        offering_id=NOBODY,
        adviser_id=NOBODY,
        start=at + timedelta(hours=1),
        letter=LetterKind.ONE_DAY,
        channel=channel,
        leave_by=at + within * MINUTE,
    )


def test_letters_that_leave_in_time_are_held_up_by_nothing() -> None:
    assert hitches([letter()] * 10, {Channel.MAIL: 1}, ALIVE, now=NOW) == []


def test_more_letters_than_can_leave_in_time_are_counted_with_their_moments() -> None:
    [found] = hitches([letter()] * 13, {Channel.MAIL: 1}, ALIVE, now=NOW)

    assert (found.trouble, found.letters, found.a_minute) == (Trouble.SLOW, 3, 1)
    assert (found.since, found.until) == (NOON, NOON + 12 * MINUTE)


def test_the_letter_that_is_nearest_to_its_last_moment_goes_first() -> None:
    comings = [*([letter(within=60)] * 12), *([letter(within=5)] * 5)]

    assert hitches(comings, {Channel.MAIL: 1}, ALIVE, now=NOW) == []


def test_a_queue_that_has_gone_by_delays_nobody_later() -> None:
    comings = [*([letter()] * 10), letter(NOON + 10 * MINUTE, within=1)]

    assert hitches(comings, {Channel.MAIL: 1}, ALIVE, now=NOW) == []


@pytest.mark.parametrize(
    ("ages", "trouble", "since"),
    [
        ({}, Trouble.STILL, None),
        ({"mail": timedelta(minutes=5)}, Trouble.STILL, NOW - 5 * MINUTE),
    ],
)
def test_a_channel_that_is_set_up_and_silent_stands_still(
    ages: Mapping[str, timedelta], trouble: Trouble, since: datetime | None
) -> None:
    [found] = hitches([letter()], {Channel.MAIL: 600}, ages, now=NOW)

    assert found == Hitch(channel=Channel.MAIL, trouble=trouble, letters=1, since=since)


def test_a_channel_that_is_not_set_up_sends_nothing_unless_somebody_else_serves_it() -> None:
    text = letter(channel=Channel.SMS)

    nobody = hitches([text], {}, {"sms": timedelta(hours=2)}, now=NOW)
    another = hitches([text], {}, {"sms": timedelta(seconds=9)}, now=NOW)

    assert [one.trouble for one in nobody] == [Trouble.NOBODY]
    assert another == []


def test_a_channel_without_letters_is_not_spoken_of() -> None:
    assert hitches([letter()], {Channel.MAIL: 600}, ALIVE, now=NOW) == []
