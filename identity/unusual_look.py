"""Looks that somebody should ask about: four plain rules, none of which says that anything was wrong."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from identity.look import Kept, Look, Thing, Viewer
from identity.permission import Right
from identity.person_name import have_one_family_name
from identity.staff import StaffMember

MANY = 20
WITHIN = timedelta(hours=1)
DAY_BEGINS, DAY_ENDS = time(6), time(21)


class Rule(StrEnum):
    NOT_THEIRS = "not_theirs"
    MANY = "many"
    AT_NIGHT = "at_night"
    OWN_NAME = "own_name"


@dataclass(frozen=True, slots=True)
class Concerned:
    """Of the appointment that was looked at: whose it is, on which day, and the customer's name."""

    adviser_id: UUID
    on: date
    customer: str


@dataclass(frozen=True, slots=True)
class Unusual:
    kept: Kept
    rules: Sequence[Rule]


def unusual(
    looks: Sequence[Kept],
    *,
    concerned: Mapping[UUID, Concerned],
    members: Mapping[UUID, StaffMember],
    zone: ZoneInfo,
) -> list[Unusual]:
    """Return the looks of the staff that one of the rules names, in the order in which they are given."""
    bursts = _bursts(looks)
    found = []
    for kept in looks:
        member = members.get(kept.look.by) if kept.look.by else None
        if member and kept.look.viewer is Viewer.STAFF and kept.look.thing is not Thing.LOG:
            about = concerned.get(kept.look.appointment_id) if kept.look.appointment_id else None
            rules = list(_rules(kept.look, member, about, kept.look.at.astimezone(zone)))
            if kept.number in bursts:
                rules.append(Rule.MANY)
            if rules:
                found.append(Unusual(kept, rules))
    return found


def _rules(look: Look, member: StaffMember, about: Concerned | None, at: datetime) -> Iterator[Rule]:
    is_opened = look.thing is not Thing.TEXT  # texts stand on the page of the day, unasked
    is_anothers = about is not None and about.adviser_id != member.id and about.on != at.date()
    if is_anothers and is_opened and member.may(Right.MEET):
        yield Rule.NOT_THEIRS
    if about and is_opened and have_one_family_name(member.name, about.customer):
        yield Rule.OWN_NAME
    if not DAY_BEGINS <= at.time() < DAY_ENDS:
        yield Rule.AT_NIGHT


def _bursts(looks: Sequence[Kept]) -> Collection[int]:
    """Return the number of the look by which somebody came over the limit, once in each such hour."""
    opened: dict[UUID, list[Kept]] = {}
    for kept in sorted(looks, key=lambda one: one.number):
        if kept.look.by and kept.look.appointment_id and kept.look.thing not in (Thing.TEXT, Thing.LOG):
            opened.setdefault(kept.look.by, []).append(kept)
    return {number for theirs in opened.values() for number in _over(theirs)}


def _over(looks: Sequence[Kept]) -> Iterator[int]:
    recent: dict[UUID, datetime] = {}
    for kept in looks:
        look = kept.look
        recent = {one: at for one, at in recent.items() if at > look.at - WITHIN}
        if look.appointment_id:
            recent[look.appointment_id] = look.at
        if len(recent) > MANY:
            yield kept.number
            recent = {}
