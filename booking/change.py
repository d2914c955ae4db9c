"""A line of the log of set-up: who changed what of which thing, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

LONGEST_SHOWN = 120
"""What is longer is named as changed, and not written out."""


class Thing(StrEnum):
    OFFERING = "offering"
    PERSON = "person"
    HOURS = "hours"
    TEAM = "team"
    CLOSED_DAYS = "closed_days"
    DISRUPTION = "disruption"
    LETTER = "letter"
    WEBHOOK = "webhook"
    LETTER_TEXT = "letter_text"
    SENTENCE = "sentence"
    TAG = "tag"


class Deed(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Told:
    """How a field stands, in plain text; what is told of a person is compared and never shown."""

    value: str
    is_shown: bool = True


Standing: TypeAlias = Mapping[str, Told]
"""How a thing stands, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that changed; both values, or neither."""

    name: str
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a member of the staff did to a thing of the set-up; the closed days of the house have no id."""

    at: datetime
    by: UUID
    thing: Thing
    thing_id: UUID | None
    deed: Deed
    fields: tuple[ChangedField, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A change in the log, with its number there: a later one has a greater number."""

    number: int
    change: Change


def changed_fields(before: Standing, after: Standing) -> tuple[ChangedField, ...]:
    """Return what differs between two standings of a thing, in the order in which it stands."""
    names = dict.fromkeys((*after, *before))
    return tuple(
        _changed(name, before.get(name, NOTHING), after.get(name, NOTHING))
        for name in names
        if before.get(name, NOTHING).value != after.get(name, NOTHING).value
    )


NOTHING = Told("")


def _changed(name: str, old: Told, new: Told) -> ChangedField:
    if old.is_shown and new.is_shown and max(len(old.value), len(new.value)) <= LONGEST_SHOWN:
        return ChangedField(name, old.value, new.value)
    return ChangedField(name)
