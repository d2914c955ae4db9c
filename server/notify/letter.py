"""A composed message, ready to travel: all that a channel may know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that the reader can do; `label` is in their language."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one person.

    `message_id` (RFC 5322, 3.6.4, with its angle brackets) is the same at every try, so that a gateway that
    honours it sends no copy. `calendar` is an iCalendar object with its `method`, or empty.
    """

    to: str
    name: str
    subject: str
    text: str
    html: str
    message_id: str
    language: str
    links: tuple[Link, ...] = ()
    calendar: bytes = b""
    method: str = "REQUEST"
