"""Letters that did not arrive, and those in doubt, of which an admin decides what becomes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from aiohttp import web

from booking.letter_figures import TroubledLetter
from web.body import Nothing, read_form, read_query
from web.guard import staff
from web.i18n import N_
from web.keys import CLOCK, SITE, UNITS
from web.noting import set_up
from web.pages.letter_words import CHANNELS, LETTERS, OTHER_LETTER, why_words
from web.pages.letters import HOME, LettersQuestion, shown_days
from web.path import path_id
from web.ports import Unit
from web.render import page
from web.subjects import ALetter

MOST_SHOWN = 200
LEFT = "left by a person"
DONE: Mapping[str, str] = MappingProxyType(
    {
        "again": N_("The letter is sent again now."),
        "left": N_("The letter is left as it is."),
        "late": N_("Somebody else has decided about this letter meanwhile."),
    }
)


class TroubleQuestion(LettersQuestion):
    """`done` is what was done a moment ago."""

    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A letter in words: message ids, and the adviser's name."""

    letter: TroubledLetter
    kind: str
    channel: str
    adviser: str
    why: str


async def failed(request: web.Request) -> web.Response:
    member = staff(request)
    question, zone = read_query(request, TroubleQuestion), request.app[SITE].zone
    since = shown_days(request.app[CLOCK]().astimezone(zone).date(), zone)[0]
    async with request.app[UNITS].read() as unit:
        found = await unit.letters.failed(since=since, channel=question.channel, limit=MOST_SHOWN + 1)
        lines = await _lines(unit, found[:MOST_SHOWN])
    is_cut = len(found) > MOST_SHOWN
    template = "admin/letters/failed.html"
    return page(request, template, member=member, lines=lines, is_cut=is_cut, most=MOST_SHOWN)


async def in_doubt(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, TroubleQuestion)
    async with request.app[UNITS].read() as unit:
        found = await unit.letters.in_doubt(channel=question.channel, limit=MOST_SHOWN)
        lines = await _lines(unit, found)
    return page(
        request,
        "admin/letters/in_doubt.html",
        member=member,
        waiting=[one for one in lines if one.letter.is_open],
        tried_again=[one for one in lines if not one.letter.is_open],
        done=DONE.get(question.done, ""),
        is_good=question.done != "late",
    )


async def again(request: web.Request) -> web.Response:
    now = request.app[CLOCK]()
    letter_id = path_id(request, "letter_id")
    return await _decide(request, lambda unit: unit.letters.send_again(letter_id, now), "again")


async def leave(request: web.Request) -> web.Response:
    letter_id = path_id(request, "letter_id")
    return await _decide(request, lambda unit: unit.letters.leave(letter_id, LEFT), "left")


async def _decide(request: web.Request, work: Callable[[Unit], Awaitable[bool]], done: str) -> web.Response:
    member = staff(request)
    await read_form(request, Nothing)
    is_decided = await set_up(request, member, ALetter(path_id(request, "letter_id")), work)
    raise web.HTTPSeeOther(f"{HOME}/in-doubt?done={done if is_decided else 'late'}")


async def _lines(unit: Unit, found: Sequence[TroubledLetter]) -> Sequence[Line]:
    names = {one.id: one.name for one in await unit.staff.all()}
    return [
        Line(
            letter=one,
            kind=LETTERS.get(one.kind, OTHER_LETTER),
            channel=CHANNELS[one.channel],
            adviser=names.get(one.adviser_id, ""),
            why=why_words(one.reason),
        )
        for one in found
    ]


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(f"{HOME}/failed", failed),
    web.get(f"{HOME}/in-doubt", in_doubt),
    web.post(f"{HOME}/{{letter_id}}/again", again),
    web.post(f"{HOME}/{{letter_id}}/leave", leave),
)
