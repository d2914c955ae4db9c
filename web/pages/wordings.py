"""The admin's ready sentences and tags: added, changed, ordered, withdrawn and taken back into use."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from aiohttp import web
from pydantic import BaseModel, Field

from booking.errors import NotFound
from booking.word import add_wording, change_wording, shift_wording, withdraw_wording
from booking.wording import LONGEST, MOST, Wording, WordingKind, found_among, in_use
from identity.staff import StaffMember
from web.body import read_form
from web.forms import Form, blank, submitted
from web.guard import staff
from web.i18n import language_of
from web.keys import UNITS
from web.languages import Line, NeededLine, texts_in, texts_out
from web.meeting_words import SENTENCES
from web.noting import set_up
from web.own_words import wording_text
from web.pages.catalogue import Shift
from web.pages.set_up_log import last_change
from web.pages.wording_words import WORDS
from web.path import path_id
from web.ports import Unit
from web.refusal import ChangedMeanwhile
from web.render import page
from web.seen import fingerprint, require_seen
from web.subjects import AWording

TAG_LENGTH = Field(max_length=LONGEST[WordingKind.TAG])


class SentenceForm(BaseModel):
    """The words; `seen` is what the form showed."""

    text_en: Line = ""
    text_sv: Line = ""
    text_fi: NeededLine = Field(default="", validate_default=True)
    seen: str = Field(default="", max_length=40)


class TagForm(BaseModel):
    text_en: Annotated[Line, TAG_LENGTH] = ""
    text_sv: Annotated[Line, TAG_LENGTH] = ""
    text_fi: Annotated[NeededLine, TAG_LENGTH] = Field(default="", validate_default=True)
    seen: str = Field(default="", max_length=40)


class Use(BaseModel):
    withdrawn: Literal["", "1"] = ""


@dataclass(frozen=True, slots=True)
class List:
    """The pages of one of the two lists."""

    kind: WordingKind

    @property
    def home(self) -> str:
        return WORDS[self.kind].home

    @property
    def form(self) -> type[SentenceForm] | type[TagForm]:
        return SentenceForm if self.kind is WordingKind.SENTENCE else TagForm

    async def show(self, request: web.Request) -> web.Response:
        return await self._listed(request, staff(request), blank())

    async def add(self, request: web.Request) -> web.Response:
        """Raises TooManyWordings."""
        member, form = staff(request), await submitted(request, self.form)
        if form.model is None:
            return await self._listed(request, member, form, 422)
        wording = Wording(id=uuid4(), kind=self.kind, texts=texts_in(form.model, "text"))
        await set_up(
            request, member, AWording(self.kind, wording.id), lambda unit: add_wording(unit, wording)
        )
        raise web.HTTPSeeOther(self.home)

    async def edit(self, request: web.Request) -> web.Response:
        found = await self._one(request)
        values = texts_out("text", found.texts)
        return await self._edited(request, staff(request), found, blank(**values, seen=fingerprint(values)))

    async def change(self, request: web.Request) -> web.Response:
        """Raises NotFound; whoever overtakes another is shown both."""
        member, form, found = staff(request), await submitted(request, self.form), await self._one(request)
        if form.model is None:
            return await self._edited(request, member, found, form, 422)
        told = form.model

        async def work(unit: Unit) -> None:
            now_there = found_among(await unit.wordings.locked(self.kind), found.id)
            require_seen(told.seen, texts_out("text", now_there.texts if now_there else {}))
            await change_wording(unit, self.kind, found.id, texts_in(told, "text"))

        try:
            await set_up(request, member, AWording(self.kind, found.id), work)
        except ChangedMeanwhile:
            seen = fingerprint(texts_out("text", (await self._one(request)).texts))
            again = blank(**{**form.values, "seen": seen})
            return await self._edited(request, member, found, again, 409)
        raise web.HTTPSeeOther(self.home)

    async def shift(self, request: web.Request) -> web.Response:
        form, wording_id = await read_form(request, Shift), self._id(request)
        await set_up(
            request,
            staff(request),
            AWording(self.kind, wording_id),
            lambda unit: shift_wording(unit, self.kind, wording_id, int(form.by)),
        )
        raise web.HTTPSeeOther(self.home)

    async def withdraw(self, request: web.Request) -> web.Response:
        """Take it out of use, or back into it. Raises TooManyWordings for one too many."""
        form, wording_id = await read_form(request, Use), self._id(request)
        await set_up(
            request,
            staff(request),
            AWording(self.kind, wording_id),
            lambda unit: withdraw_wording(unit, self.kind, wording_id, is_withdrawn=bool(form.withdrawn)),
        )
        raise web.HTTPSeeOther(self.home)

    def _id(self, request: web.Request) -> UUID:
        return path_id(request, f"{self.kind}_id")

    async def _one(self, request: web.Request) -> Wording:
        async with request.app[UNITS].read() as unit:
            found = found_among(await unit.wordings.all(self.kind), self._id(request))
        if found is None:
            raise NotFound
        return found

    async def _listed(
        self, request: web.Request, member: StaffMember, form: Form[Any], status: int = 200
    ) -> web.Response:
        async with request.app[UNITS].read() as unit:
            found = await unit.wordings.all(self.kind)
        using = in_use(found)
        return page(
            request,
            "admin/wordings.html",
            status,
            **self._told(request, member, form),
            using=using,
            withdrawn=[one for one in found if one.is_withdrawn],
            has_room=len(using) < MOST[self.kind],
            house=SENTENCES.values() if self.kind is WordingKind.SENTENCE else (),
        )

    async def _edited(
        self, request: web.Request, member: StaffMember, found: Wording, form: Form[Any], status: int = 200
    ) -> web.Response:
        async with request.app[UNITS].read() as unit:
            last = await last_change(unit, found.id)
        told = self._told(request, member, form)
        return page(
            request, "admin/wording.html", status, **told, one=found, last=last, is_stale=status == 409
        )

    def _told(self, request: web.Request, member: StaffMember, form: Form[Any]) -> dict[str, Any]:
        language = language_of(request)
        return {
            "member": member,
            "form": form,
            "kind": self.kind,
            "words": WORDS[self.kind],
            "longest": LONGEST[self.kind],
            "text": lambda wording: wording_text(wording, language),
        }

    def routes(self) -> tuple[web.RouteDef, ...]:
        one = f"{self.home}/{{{self.kind}_id}}"
        return (
            web.get(self.home, self.show),
            web.post(self.home, self.add),
            web.get(one, self.edit),
            web.post(one, self.change),
            web.post(f"{one}/shift", self.shift),
            web.post(f"{one}/withdraw", self.withdraw),
        )


ROUTES: tuple[web.RouteDef, ...] = tuple(
    route for kind in (WordingKind.SENTENCE, WordingKind.TAG) for route in List(kind).routes()
)
