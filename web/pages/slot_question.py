"""Which free times somebody looks for, as it stands in addresses and goes along from page to page."""

import re
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from yarl import URL

from booking.source import tag_in
from web.fields import MaybeId, Utc
from web.moments import moment_json

TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


def _ticked(text: str) -> str:
    return "1" if text else ""


def _token(text: str) -> str:
    return text if TOKEN.fullmatch(text) else ""


Ticked = Annotated[str, AfterValidator(_ticked)]


class TimeQuestion(BaseModel):
    """The time that an address names, and perhaps with whom."""

    start: Utc
    adviser: MaybeId = None


class SlotQuestion(BaseModel):
    """An empty adviser is anybody; `language` is that of the meeting.

    `source` is where the link stood; what is no tag is dropped, so that a link that was pasted wrongly still
    leads to the times. `via` is the invitation. `given_back` greets who has just freed a time, once;
    `zone` is remembered by the browser (reader_zone.py).
    """

    week: int = Field(default=0, ge=0, le=60)
    adviser: UUID | str = Field(default="", union_mode="left_to_right")
    evenings: Ticked = ""
    weekends: Ticked = ""
    language: Literal["", "fi", "sv", "en"] = ""
    source: Annotated[str, AfterValidator(tag_in)] = ""
    via: Annotated[str, AfterValidator(_token)] = ""
    given_back: Ticked = ""
    zone: Annotated[str, Field(max_length=64)] = ""

    @property
    def adviser_id(self) -> UUID | None:
        return self.adviser if isinstance(self.adviser, UUID) else None

    def address(self, path: str, **changes: object) -> str:
        """Return a path with all that is asked for behind it, a few things changed."""
        return str(URL(path).with_query(dict(self.fields(**changes))))

    def fields(self, **changes: object) -> list[tuple[str, str]]:
        """Return what is asked for, for the hidden fields of a form or the query of a link."""
        asked = self.model_dump(exclude={"given_back", "zone"}) | {"adviser": self.adviser_id} | changes
        return [(name, str(value)) for name, value in asked.items() if value]

    def time_address(self, path: str, start: datetime) -> str:
        """Return a path that names one time, and the adviser where one is asked for."""
        adviser = {"adviser": str(self.adviser_id)} if self.adviser_id else {}
        return str(URL(path).with_query({"start": moment_json(start)} | adviser))
