"""One letter's words, as an admin writes them: kept, looked at, sent on trial, given up for the house's."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from booking.letter import Channel
from booking.letter_text import TextPlace, Words
from booking.offering import Offering
from identity.staff import StaffMember
from web.body import read_form, read_query
from web.forms import Form
from web.guard import staff
from web.i18n import N_, NAMES
from web.keys import LETTER_ROOM, RATES, SITE, UNITS
from web.letter_frame import allow_frames
from web.letter_room import Drawn, Trial
from web.letter_rules import VARIABLES, faults_in, matter_named, names_for, tidy
from web.noting import set_up
from web.pages.ask_first import Question, ask_first
from web.pages.letter_text_forms import (
    HOME,
    LABELS,
    MEANINGS,
    PlaceQuestion,
    WordsForm,
    address_of,
    matters_of,
    place_of,
)
from web.pages.letter_words import CHANNELS, LETTERS, OTHER_LETTER
from web.ports import Unit
from web.refusal import ChangedMeanwhile
from web.render import page
from web.seen import fingerprint, require_seen
from web.subjects import ALetterText

TRIALS_AN_HOUR = 10
TOLD = {
    "saved": N_("Saved. Letters that leave from now on say it so."),
    "reset": N_("The house's words hold again."),
    Trial.SENT: N_("The letter on trial was sent to you."),
    Trial.NO_CHANNEL: N_("Nothing is set up that could send e-mail."),
    Trial.NOT_TAKEN: N_("The mail server did not take the letter. Check your address, or try again later."),
    Trial.UNSURE: N_("The mail server did not answer in time: look whether the letter comes."),
}
TOLD_BY_SMS: Mapping[str, str] = {
    Trial.SENT: N_("The text message on trial was sent to you."),
    Trial.NO_CHANNEL: N_("Nothing is set up that could send text messages."),
    Trial.NOT_TAKEN: N_(
        "The text message service did not take the message. Check your number, or try again later."
    ),
    Trial.UNSURE: N_("The text message service did not answer in time: look whether the message comes."),
}
GOOD = frozenset({"saved", "reset", Trial.SENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a place stands: its own words, else everybody's, else the house's, and all offerings."""

    own: Words | None
    everybodys: Words | None
    houses: Words
    offerings: tuple[Offering, ...]

    @property
    def written(self) -> Words | None:
        """Return what somebody wrote and holds here; None where the house speaks."""
        return self.everybodys if self.own is None else self.own

    @property
    def words(self) -> Words:
        return self.houses if self.written is None else self.written


async def edit(request: web.Request) -> web.Response:
    member = staff(request)
    question = read_query(request, PlaceQuestion)
    place = place_of(request, question)
    return await _shown(request, member, place, told=question.done)


async def save(request: web.Request) -> web.Response:
    member = staff(request)
    told = await read_form(request, WordsForm)
    place = place_of(request, told)
    if told.go == "reset":
        return await _reset(request, member, place, told)
    words = tidy(told.words(place.channel))
    form: Form[WordsForm] = Form(values=told.model_dump())
    async with request.app[UNITS].read() as unit:
        matters = await matters_of(unit, place)
    faults = faults_in(words, request.app[LETTER_ROOM].demands(place, matters))
    if faults:
        form = Form(values=form.values, errors={part.value: fault for part, fault in faults.items()})
        return await _shown(request, member, place, form, status=422)
    if told.go != "save":
        return await _shown(request, member, place, form, words=words, is_trial=told.go == "test")
    try:
        await _keep(request, member, place, told.seen, words)
    except ChangedMeanwhile:
        return await _shown(request, member, place, form, status=409)
    raise web.HTTPSeeOther(address_of(place, done="saved"))


async def _reset(
    request: web.Request, member: StaffMember, place: TextPlace, told: WordsForm
) -> web.Response:
    """Ask first: words that somebody thought about are gone then."""
    if not told.sure:
        question = Question(
            title=N_("Back to the house's words?"),
            item=f"{_title(request, place)}: {NAMES[place.language]}",
            follows=N_(
                "What was written here is taken away. Letters that leave from now on say it as before."
            ),
            yes=N_("Take it away"),
            back=address_of(place),
            menu="letters",
        )
        asked = told.model_dump(mode="json", include={"language", "channel", "seen", "go"})
        return ask_first(request, member, question, {**asked, "offering": str(told.offering or "")})
    try:
        await _keep(request, member, place, told.seen, None)
    except ChangedMeanwhile:
        return await _shown(request, member, place, status=409)
    raise web.HTTPSeeOther(address_of(place, done="reset"))


async def _keep(
    request: web.Request, member: StaffMember, place: TextPlace, seen: str, words: Words | None
) -> None:
    """Keep the words, or go back to the house's. Raises ChangedMeanwhile."""

    async def keep(unit: Unit) -> None:
        await unit.letter_texts.lock(place)
        require_seen(seen, await unit.letter_texts.find(place))
        if words is None:
            await unit.letter_texts.remove(place)
        else:
            await unit.letter_texts.put(place, words)

    await set_up(request, member, ALetterText(place), keep)


async def _shown(
    request: web.Request,
    member: StaffMember,
    place: TextPlace,
    form: Form[WordsForm] | None = None,
    *,
    words: Words | None = None,
    status: int = 200,
    is_trial: bool = False,
    told: str = "",
) -> web.Response:
    """Show the form beside the letter as it would arrive: in `words`, else in those that are kept."""
    room = request.app[LETTER_ROOM]
    async with request.app[UNITS].read() as unit:
        standing = await _standing(request, unit, place)
        drawn = await room.draw(unit, place, words or standing.written)
        named = matter_named(standing.own or {}, await matters_of(unit, place))
    if is_trial:
        told = await _tried(request, member, place, drawn)
    is_typed = form is not None and status != 409
    answer = page(
        request,
        "admin/letters/text.html",
        status,
        member=member,
        place=place,
        title=_title(request, place),
        channels=[(one, CHANNELS[one]) for one in Channel if place.kind in room.kinds(one)],
        names=NAMES,
        labels=LABELS,
        offerings=standing.offerings,
        form=form or Form(values={part.value: text for part, text in standing.words.items()}),
        seen=form.value("seen") if form and is_typed else fingerprint(standing.own),
        is_own=standing.own is not None,
        is_stale=status == 409,
        told=(TOLD_BY_SMS if place.channel is Channel.SMS else {}).get(told) or TOLD.get(told, ""),
        is_good=told in GOOD,
        trial_to=_trial_to(member, place),
        drawn=drawn,
        named=named,
        variables=[
            (name, MEANINGS[name], drawn.values[name], parts)
            for name in VARIABLES
            if (parts := [part for part in standing.words if name in names_for(part, place.kind)])
        ],
        has_other_opening=room.has_other_opening(place.kind),
        home=HOME,
    )
    allow_frames(answer, request.app[SITE], [drawn.html])
    return answer


async def _standing(request: web.Request, unit: Unit, place: TextPlace) -> Standing:
    if place.offering_id:
        await unit.offerings.get(place.offering_id)
    held = await unit.letter_texts.standing_for(place) if place.offering_id else None
    own = await unit.letter_texts.find(place)
    return Standing(
        own=own,
        everybodys=held,
        houses=request.app[LETTER_ROOM].house_words(place),
        offerings=tuple(await unit.offerings.all()),
    )


async def _tried(request: web.Request, member: StaffMember, place: TextPlace, drawn: Drawn) -> str:
    """Send a letter on trial to the admin who asks, and to nobody else."""
    to = _trial_to(member, place)
    if not to:
        return ""
    await request.app[RATES].an_hour(TRIALS_AN_HOUR, "letters on trial", str(member.id))
    return await request.app[LETTER_ROOM].try_out(drawn, place, to)


def _trial_to(member: StaffMember, place: TextPlace) -> str:
    return member.email if place.channel is Channel.MAIL else member.phone


def _title(request: web.Request, place: TextPlace) -> str:
    return LETTERS.get(place.kind, OTHER_LETTER)


ROUTES: tuple[web.RouteDef, ...] = (
    web.get(f"{HOME}/{{kind}}", edit),
    web.post(f"{HOME}/{{kind}}", save),
)
