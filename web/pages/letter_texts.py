"""Which letters are said in whose words, for admins; and where their letters on trial go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from booking.letter import Channel, LetterKind
from booking.letter_text import TextPlace
from identity.staff import StaffMember
from web.fields import MaybeEmail, Phone
from web.forms import Form, submitted
from web.guard import staff
from web.i18n import NAMES, gettext, language_of
from web.keys import LETTER_ROOM, UNITS
from web.letter_room import LetterRoom
from web.letter_rules import matter_named
from web.noting import set_up
from web.pages.letter_text_forms import HOME, address_of, matters_of
from web.pages.letter_words import CHANNELS, LETTERS, OTHER_LETTER
from web.ports import Unit
from web.render import page
from web.subjects import APerson


class AddressForm(BaseModel):
    """Where an admin's own letters on trial go; nowhere when left empty."""

    email: MaybeEmail = ""
    phone: Phone = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What own words are for, and their page; words that name an offering by now are not used for it."""

    words: str
    address: str
    tells_matter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A letter, and where somebody has written its words: what they are for, and the page of them."""

    title: str
    address: str
    own: Sequence[Own]


async def texts(request: web.Request) -> web.Response:
    return await _shown(request, staff(request))


async def keep_address(request: web.Request) -> web.Response:
    member = staff(request)
    form = await submitted(request, AddressForm)
    if form.model is None:
        return await _shown(request, member, form, 422)
    told = form.model

    async def keep(unit: Unit) -> None:
        current = (await unit.staff.locked([member.id]))[member.id]
        await unit.staff.change(replace(current, email=told.email, phone=told.phone))

    await set_up(request, member, APerson(member.id), keep)
    raise web.HTTPSeeOther(f"{HOME}#trial")


async def _shown(
    request: web.Request, member: StaffMember, form: Form[AddressForm] | None = None, status: int = 200
) -> web.Response:
    language = language_of(request)
    async with request.app[UNITS].read() as unit:
        places = await unit.letter_texts.places()
        offerings = {one.id: one.name(language) for one in await unit.offerings.all()}
        own = [(one.kind, await _own(unit, one, offerings, language)) for one in sorted(places, key=_order)]
    return page(
        request,
        "admin/letters/texts.html",
        status,
        member=member,
        lines=[
            _line(kind, channel, [words for whose, words in own if whose is kind])
            for kind, channel in _kinds(request.app[LETTER_ROOM]).items()
        ],
        form=form or Form(values={"email": member.email, "phone": member.phone}),
        home=HOME,
    )


def _kinds(room: LetterRoom) -> Mapping[LetterKind, Channel]:
    """Return all letters whose words may be written, each with the first channel by which it goes."""
    found: dict[LetterKind, Channel] = {}
    for channel in Channel:
        for kind in room.kinds(channel):
            found.setdefault(kind, channel)
    return found


def _line(kind: LetterKind, channel: Channel, own: Sequence[Own]) -> Line:
    address = f"{HOME}/{kind}" if channel is Channel.MAIL else f"{HOME}/{kind}?channel={channel}"
    return Line(title=LETTERS.get(kind, OTHER_LETTER), address=address, own=own)


def _order(place: TextPlace) -> tuple[str, str]:
    return place.channel, place.language


async def _own(unit: Unit, place: TextPlace, offerings: Mapping[UUID, str], language: str) -> Own:
    words = await unit.letter_texts.find(place) or {}
    return Own(
        words=_place_words(place, offerings, language),
        address=address_of(place),
        tells_matter=bool(matter_named(words, await matters_of(unit, place))),
    )


def _place_words(place: TextPlace, offerings: Mapping[UUID, str], language: str) -> str:
    """Say for what words are: `E-mail, svenska, Mortgage`."""
    channel = gettext(language, CHANNELS[place.channel])
    offering = [offerings.get(place.offering_id, "")] if place.offering_id else []
    return ", ".join([channel, NAMES[place.language], *offering])


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(HOME, texts),
    web.post("/admin/letters/trial-address", keep_address),
)
