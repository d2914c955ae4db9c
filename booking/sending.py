"""What would hold letters up: a channel that nobody sends by, or one that is too slow for what is to come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import heappop, heappush

from booking.coming import Coming
from booking.letter import Channel

STILL_AFTER = timedelta(seconds=60)
SERVED_WITHIN = timedelta(hours=1)
"""A channel that somebody sent by in this time is served, though this process knows no sender of it."""

MINUTE = timedelta(minutes=1)


class Trouble(StrEnum):
    """Why letters do not leave in time: no sender is set up, none is at work, or they are too many."""

    NOBODY = "nobody"
    STILL = "still"
    SLOW = "slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hitch:
    """What holds so many letters of a channel up.

    Of one that stands still, `since` is when somebody was last at work, None for never. Of one that is slow,
    `since` is when the first of its late letters falls due, and `until` when the last of them leaves.
    """

    channel: Channel
    trouble: Trouble
    letters: int
    since: datetime | None = None
    until: datetime | None = None
    a_minute: int = 0


def hitches(
    comings: Sequence[Coming],
    a_minute: Mapping[Channel, int],
    ages: Mapping[str, timedelta],
    *,
    now: datetime,
) -> Sequence[Hitch]:
    """Return what holds letters up that are to come, at most one thing a channel.

    `a_minute` tells how many leave by each channel that is set up, `ages` how long each has been silent.
    """
    letters = [one for one in comings if one.letter and not one.is_lost]
    found = (
        _hitch(channel, mine, a_minute.get(channel, 0), ages.get(channel.value), now)
        for channel in Channel
        if (mine := [one for one in letters if one.channel is channel])
    )
    return [one for one in found if one]


def _hitch(
    channel: Channel, letters: Sequence[Coming], a_minute: int, age: timedelta | None, now: datetime
) -> Hitch | None:
    is_known = a_minute > 0 or (age is not None and age < SERVED_WITHIN)
    if not is_known:
        return Hitch(channel=channel, trouble=Trouble.NOBODY, letters=len(letters))
    if age is None or age >= STILL_AFTER:
        since = None if age is None else now - age
        return Hitch(channel=channel, trouble=Trouble.STILL, letters=len(letters), since=since)
    late = list(_late(letters, MINUTE / a_minute)) if a_minute else []
    if not late:
        return None
    return Hitch(
        channel=channel,
        trouble=Trouble.SLOW,
        letters=len(late),
        since=min(one.at for one, _ in late),
        until=max(leaves_at for _, leaves_at in late),
        a_minute=a_minute,
    )


def _late(letters: Sequence[Coming], gap: timedelta) -> Iterator[tuple[Coming, datetime]]:
    """Yield the letters whose turn comes after their last moment; the nearest to its own goes first."""
    coming = sorted(letters, key=lambda one: one.at, reverse=True)
    waiting: list[tuple[datetime, int, Coming]] = []
    turn = coming[-1].at
    while coming or waiting:
        turn = turn if waiting else max(turn, coming[-1].at)
        while coming and coming[-1].at <= turn:
            one = coming.pop()
            heappush(waiting, (one.leave_by or one.at, len(coming), one))
        _, _, first = heappop(waiting)
        if first.leave_by and turn >= first.leave_by:
            yield first, turn
        turn += gap
