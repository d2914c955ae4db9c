"""What the pages before the waiting room say of how somebody comes in, and hear of what the adviser says."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from booking.approach import Approach, Place
from signalling.arrival import Arrival
from signalling.failure import Failure
from web.body import read_json
from web.format import Reader
from web.help_for import help_for
from web.i18n import language_of
from web.keys import CLOCK, RATES, UNITS
from web.own_words import sentence_words
from web.pages.visit import visit_of

MOST_A_MINUTE = 90
"""A page speaks every four seconds, and some have it open in several windows."""


class Coming(BaseModel):
    """Closed lists alone."""

    place: Place
    arrival: Arrival


async def coming(request: web.Request) -> web.Response:
    """Keep it while the door is open, and answer with what the page is to show."""
    said = await read_json(request, Coming)
    found, now = await visit_of(request), request.app[CLOCK]()
    await request.app[RATES].a_minute(MOST_A_MINUTE, "arrival", str(found.appointment.id))
    before, said_to_them, language = None, "", language_of(request)
    if found.is_door_open(now):
        approach = Approach(
            appointment_id=found.appointment.id, at=now, place=said.place, arrival=asdict(said.arrival)
        )
        async with request.app[UNITS].read() as unit:
            before = (await unit.approaches.of([approach.appointment_id])).get(approach.appointment_id)
            if before and before.said:
                said_to_them = (await sentence_words(unit, language)).of(before.said["sentence"])
        if approach.is_news_after(before):
            await request.app[UNITS].do(lambda unit: unit.approaches.keep(approach))
    answer = web.json_response(_told(Reader(language, found.zone), before, said_to_them, said))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told(reader: Reader, kept: Approach | None, sentence: str, coming: Coming) -> dict[str, Any]:
    """Say the adviser's sentence and help to the reader.

    Without theirs, help for what fails; the waiting room's page has its own.
    """
    said = kept.said if kept else None
    own = None if coming.place is Place.WAITING_ROOM else coming.arrival.failure
    shown = (kept.help if kept else None) or own
    advice = help_for(reader.language, Failure(shown), coming.arrival) if shown else None
    return {
        "sentence": sentence,
        "at": reader.time(datetime.fromisoformat(said["at"])) if said and sentence else "",
        "text": advice.text if advice else "",
        "help": advice.help if advice else "",
        "picture": advice.picture if advice else "",
    }


ROUTES: tuple[web.RouteDef, ...] = (web.post("/a/{token}/arrival", coming),)
