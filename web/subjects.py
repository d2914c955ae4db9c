"""What the staff sets up, each as it stands in plain values: the log compares them before and after."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.change import Standing, Thing, Told
from booking.closure import ClosureKind
from booking.errors import NotFound
from booking.letter_text import PARTS, TextPlace
from booking.wording import WordingKind, found_among
from web.i18n import LANGUAGES
from web.offering_standing import offering_standing
from web.ports import Unit


class Subject(Protocol):
    @property
    def thing(self) -> Thing: ...
    @property
    def id(self) -> UUID | None: ...
    async def standing(self, unit: Unit) -> Standing | None:
        """Return how it stands, None when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class AnOffering:
    id: UUID
    thing: Thing = Thing.OFFERING

    async def standing(self, unit: Unit) -> Standing | None:
        in_order = list(await unit.offerings.all())
        found = next((one for one in in_order if one.id == self.id), None)
        if found is None:
            return None
        meeting = sorted(str(one.id) for one in await unit.advisers.of_offering(self.id))
        return offering_standing(found) | {
            "place": Told(str(in_order.index(found) + 1)),
            "advisers": _hidden(meeting),
        }


@dataclass(frozen=True, slots=True)
class APerson:
    """Of people the log has only which field changed."""

    id: UUID
    thing: Thing = Thing.PERSON

    async def standing(self, unit: Unit) -> Standing | None:
        member = next((one for one in await unit.staff.all() if one.id == self.id), None)
        if member is None:
            return None
        adviser = await unit.advisers.get(self.id)
        kept = await unit.staff.by_login(member.login)
        met = await unit.hours.offered_by(self.id)
        app = await unit.second_factors.find(self.id)
        passkeys = await unit.passkeys.of(self.id)
        return {
            "name": _hidden(member.name),
            "role": _hidden(member.role),
            "team": _hidden(member.team_id),
            "languages": _hidden(member.languages),
            "is_active": _hidden(member.is_active),
            "introduction": _hidden(sorted(adviser.texts.items())),
            "photo": _hidden(adviser.photo_id),
            "offerings": _hidden(sorted(map(str, met))),
            "email": _hidden(member.email),
            "phone": _hidden(member.phone),
            "second_factor": _hidden((app.made_at if app else "", [one.id for one in passkeys])),
            "password": _hidden(kept.password_hash if kept else ""),
        }


@dataclass(frozen=True, slots=True)
class HoursOf:
    """An adviser's hours and time off from now on."""

    id: UUID
    now: datetime
    thing: Thing = Thing.HOURS

    async def standing(self, unit: Unit) -> Standing:
        openings = await unit.hours.openings(self.id, since=self.now)
        zones = {one.zone for one in openings.weekly} | {one.zone for one in openings.days}
        return {
            "zone": _hidden((await unit.advisers.get(self.id)).zone or ", ".join(sorted(zones))),
            "week": _hidden(sorted(repr(replace(line, zone="")) for line in openings.weekly)),
            "days": _hidden(sorted(repr(replace(line, zone="")) for line in openings.days)),
            "time_off": _hidden(sorted(repr(one) for one in openings.closures if one.adviser_id)),
        }


@dataclass(frozen=True, slots=True)
class ATeam:
    id: UUID
    thing: Thing = Thing.TEAM

    async def standing(self, unit: Unit) -> Standing | None:
        name = next((one.name for one in await unit.catalogue.teams() if one.id == self.id), None)
        return None if name is None else {"name": Told(name)}


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """The days on which the whole house is closed, by their date on its wall."""

    zone: ZoneInfo
    now: datetime
    id: None = None
    thing: Thing = Thing.CLOSED_DAYS

    async def standing(self, unit: Unit) -> Standing:
        closed = await unit.hours.closed_for_all(since=self.now)
        return {
            one.span.start.astimezone(self.zone).date().isoformat(): Told(one.name or "–")
            for one in closed
            if one.kind is ClosureKind.HOLIDAY
        }


@dataclass(frozen=True, slots=True)
class ADisruption:
    id: UUID
    thing: Thing = Thing.DISRUPTION

    async def standing(self, unit: Unit) -> Standing | None:
        try:
            found = await unit.disruptions.get(self.id)
        except NotFound:
            return None
        return {"reminder": _hidden(found.reminder_at), "end": _hidden(found.ended_at)}


@dataclass(frozen=True, slots=True)
class ALetter:
    """Where a letter stands; whose it is is not told."""

    id: UUID
    thing: Thing = Thing.LETTER

    async def standing(self, unit: Unit) -> Standing:
        return {"letter": Told(await unit.letters.state(self.id))}


@dataclass(frozen=True, slots=True)
class AWebhook:
    """Of its address, which is often a key, and of its secret the log has only that they changed."""

    id: UUID
    thing: Thing = Thing.WEBHOOK

    async def standing(self, unit: Unit) -> Standing | None:
        try:
            found = await unit.subscribers.get(self.id)
        except NotFound:
            return None
        return {
            "name": Told(found.name),
            "address": _hidden(found.address),
            "format": Told(found.format.value),
            "language": Told(found.language),
            "kinds": Told(", ".join(sorted(found.kinds))),
            "state": Told(found.state.value),
            "secret": _hidden(found.secret_made_at),
        }


@dataclass(frozen=True, slots=True)
class ALetterText:
    """The words of a letter in one place; without any, the house's hold."""

    place: TextPlace
    thing: Thing = Thing.LETTER_TEXT

    @property
    def id(self) -> UUID | None:
        return self.place.offering_id

    async def standing(self, unit: Unit) -> Standing:
        words = await unit.letter_texts.find(self.place) or {}
        name = f"letter_text.{self.place.kind}.{self.place.language}"
        return {f"{name}.{part}": Told(words.get(part, "")) for part in PARTS[self.place.channel]}


@dataclass(frozen=True, slots=True)
class AWording:
    """A ready sentence or a tag, in the organisation's words."""

    kind: WordingKind
    id: UUID

    @property
    def thing(self) -> Thing:
        return Thing(self.kind.value)

    async def standing(self, unit: Unit) -> Standing | None:
        wordings = await unit.wordings.all(self.kind)
        found = found_among(wordings, self.id)
        if found is None:
            return None
        texts = {f"wording.{language}": Told(found.texts.get(language, "")) for language in LANGUAGES}
        place = [one.id for one in wordings].index(self.id) + 1
        return texts | {"place": Told(str(place)), "in_use": Told("no" if found.is_withdrawn else "yes")}


def _hidden(value: object) -> Told:
    return Told(str(value), is_shown=False)
