"""What a customer can choose from to identify: providers, and our own ways where they are allowed."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from booking.offering import Offering
from identity.assurance import Assurance
from web.bank_down import Down, bank_is_down
from web.guard import came_in
from web.keys import CLOCK, UNITS
from web.own_ways import CODE, PASSKEY, QUESTIONS, OwnWay
from web.pages.ending import silent_here
from web.pages.identifying import ways
from web.pages.visit import Visit
from web.pages.ways_shown import Way, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`is_instead` says that our own ways stand there because the bank is down."""

    providers: Sequence[Way]
    own: Sequence[OwnWay] = ()
    is_instead: bool = False


async def choice_of(request: web.Request, found: Visit, asked_now: Assurance = Assurance.NONE) -> Choice:
    """Return what this browser can choose from now; our own ways stand behind the door alone."""
    now = request.app[CLOCK]()
    async with request.app[UNITS].read() as unit:
        facts = await unit.facts.of(found.appointment.id)
        session = await came_in(request, unit, found.appointment.id)
    is_silent = await silent_here(request, found.appointment.id) is not None
    down = Down.SEEN if is_silent else bank_is_down(facts, now=now)
    offered = ways(request, found.offering.assurance, asked_now)
    providers = await shown(request, offered, is_waited_for=down is Down.NO)
    if asked_now or session is None or not found.is_door_open(now):
        return Choice(providers=providers)
    suffices = _suffices(found.offering)
    return Choice(
        providers=providers,
        own=own_ways(found.offering, down),
        is_instead=not suffices and down is not Down.NO,
    )


def own_ways(offering: Offering, down: Down) -> tuple[OwnWay, ...]:
    """Return those that suffice anyway, or that the organisation allows while the bank is down.

    To be asked needs nothing that anybody was given: it takes that we have seen the bank down ourselves.
    """
    if not offering.asks_identity:
        return ()
    is_allowed = down is not Down.NO and offering.when_down != "nothing"
    found = [PASSKEY, CODE] if _suffices(offering) or is_allowed else []
    if down is Down.SEEN and offering.when_down == "questions":
        found.append(QUESTIONS)
    return tuple(found)


def asked_by(offering: Offering, way: OwnWay) -> Assurance:
    """Return the level that an attempt by one of our own ways asks for: no more than it reaches."""
    return min(Assurance.of(offering.assurance), way.assurance)


def _suffices(offering: Offering) -> bool:
    return Assurance.of(offering.assurance) <= Assurance.LOW
