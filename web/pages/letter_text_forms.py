"""Which letter's words are asked for, and the form in which they are written."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, Field

from booking.errors import NotFound
from booking.letter import Channel, LetterKind
from booking.letter_text import PARTS, Part, TextPlace, Words
from web.fields import Language, MaybeId
from web.i18n import N_, language_of
from web.keys import LETTER_ROOM
from web.ports import Unit

HOME = "/admin/letters/texts"
LABELS = {
    Part.SUBJECT: N_("Subject"),
    Part.OPENING: N_("Opening"),
    Part.CLOSING: N_("Closing"),
    Part.TEXT: N_("Text message"),
}

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "day": N_("The day of the appointment"),
        "time": N_("When it begins"),
        "when": N_("How far ahead it is: today, tomorrow, in 3 days"),
        "door": N_("From when one can come in"),
        "length": N_("How long it is"),
        "adviser": N_("Whom the customer will meet"),
        "name": N_("The customer's name"),
        "organisation": N_("The organisation"),
        "phone": N_("Our phone number"),
        "delay": N_("How late the adviser is"),
        "link": N_("The customer's personal link"),
    }
)
"""What each variable of `letter_rules` stands for."""

Typed = Annotated[
    str,
    Field(max_length=8000),
    BeforeValidator(lambda text: text.replace("\r\n", "\n") if isinstance(text, str) else text),
]


class PlaceQuestion(BaseModel):
    """For which offering, all when left out; `done` is what was done a moment ago."""

    offering: MaybeId = None
    language: Language | Literal[""] = ""
    channel: Channel = Channel.MAIL
    done: str = ""


class WordsForm(PlaceQuestion):
    """`go` is the button that was pressed, `seen` the word for what the form showed."""

    subject: Typed = ""
    opening: Typed = ""
    closing: Typed = ""
    text: Typed = ""
    seen: str = Field(default="", max_length=40)
    go: Literal["look", "save", "test", "reset"]
    sure: Literal["", "1"] = ""

    def words(self, channel: Channel) -> Words:
        return {part: getattr(self, part) for part in PARTS[channel]}


def place_of(request: web.Request, question: PlaceQuestion) -> TextPlace:
    """Return which letter's words an address asks for. Raises NotFound for what nobody may write."""
    try:
        kind = LetterKind(request.match_info["kind"])
    except ValueError:
        raise NotFound from None
    if kind not in request.app[LETTER_ROOM].kinds(question.channel):
        raise NotFound
    return TextPlace(
        kind=kind,
        language=question.language or language_of(request),
        channel=question.channel,
        offering_id=question.offering,
    )


def address_of(place: TextPlace, **more: str) -> str:
    """Return the address of the page on which these words are written."""
    asked: dict[str, Any] = {
        "offering": place.offering_id or "",
        "language": place.language,
        "channel": place.channel.value,
    }
    return f"{HOME}/{place.kind}?{urlencode({**asked, **more})}"


async def matters_of(unit: Unit, place: TextPlace) -> Sequence[str]:
    """Return what the offerings are called that the words are for, in every language."""
    offerings = await unit.offerings.all()
    concerned = [one for one in offerings if place.offering_id in (None, one.id)]
    return [name for one in concerned for name in one.names.values()]
