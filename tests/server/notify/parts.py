"""What a program that gets a letter finds in it, read by parsers that did not write it."""

import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default
from html.parser import HTMLParser

from server.notify.letter import Letter
from server.notify.smtp import as_message

# More than mail programs make links of: anything with a dot, an at or a colon inside.
LINKISH = re.compile(r"://|www\.|\w@\w|mailto:|[^\W\d_]{2,}\.[^\W\d_]{2,}|\d[\d ()-]{4,}\d", re.IGNORECASE)
SENDER = "no-reply@tapaa.example.org"


@dataclass(slots=True)
class Page(HTMLParser):
    """The words, tags and addresses of an HTML part."""

    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def sent(letter: Letter) -> bytes:
    """Return the bytes that go to the mail server."""
    message = as_message(letter, sender=SENDER, sender_name="Esimerkkipankki")
    return message.as_bytes(policy=SMTP)


def received(content: bytes) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    """Return the words of the one part of a kind."""
    [part] = [one for one in message.walk() if one.get_content_type() == kind and not one.is_attachment()]
    words: str = part.get_content()
    return words


def page(html: str) -> Page:
    read = Page()
    read.feed(html)
    return read
