"""The question before something is taken away: what it is, what stays, and a way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aiohttp import web
from pydantic import BaseModel

from identity.staff import StaffMember
from web.render import page


class Sure(BaseModel):
    """A form that asks when it is first sent; the page that asks sends it again with `sure`."""

    sure: Literal["", "1"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`item` stands as written, the other words are message ids; `menu` is where the staff are."""

    title: str
    item: str
    follows: str
    yes: str
    back: str
    menu: str


def ask_first(
    request: web.Request, member: StaffMember, question: Question, fields: Mapping[str, str] = {}
) -> web.Response:
    """Ask, with all that the form said, to be sent again to the same address."""
    return page(
        request,
        "admin/ask_first.html",
        member=member,
        question=question,
        fields=fields,
        action=request.path,
        can_see_statistics=question.menu in ("offerings", "people", "holidays", "webhooks", "letters"),
    )
