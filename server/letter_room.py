"""The words of letters as those who write them are shown: the house's, an example, a letter on trial."""

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from booking.letter import BY_MAIL_ALONE, BY_SMS_ALONE, Channel, LetterKind
from booking.letter_text import PARTS, Part, TextPlace, Words
from booking.reply import Reply
from server.clock import Clock
from server.letter_example import example, longest_values
from server.notify.channel import DeliveryFailed, DeliveryUnsure, Sender
from server.notify.compose import compose
from server.notify.letter import Letter
from server.notify.own_words import values_of
from server.notify.segments import segments, simplified
from server.notify.sms_wording import SHORT
from server.notify.wording import WORDINGS
from web.format import Reader
from web.i18n import gettext
from web.letter_room import Drawn, Trial
from web.letter_rules import IN_PARTS, Demands, names_for
from web.letter_template import names_in, taken_apart
from web.ports import Unit
from web.public_site import Site

MARK = "[test]"
ANSWERED_WITHIN = 20
"""Seconds; the admin waits for it."""

_PLACE = re.compile(r"%\((\w+)\)s")


class ComposingRoom:
    """Fulfils web's LetterRoom with what composes and sends the real letters."""

    def __init__(self, site: Site, clock: Clock, senders: Callable[[], Sequence[Sender]]) -> None:
        self._site = site
        self._clock = clock
        self._senders = senders

    def kinds(self, channel: Channel) -> Sequence[LetterKind]:
        elsewhere = BY_MAIL_ALONE if channel is Channel.SMS else BY_SMS_ALONE
        return [kind for kind in WORDINGS if kind not in elsewhere]

    def house_words(self, place: TextPlace) -> Words:
        wording = WORDINGS[place.kind]
        said = {Part.SUBJECT: wording.subject, Part.OPENING: wording.lead, Part.CLOSING: wording.closing}
        words = {part: _as_template(place.language, text) for part, text in said.items()}
        if place.channel is Channel.SMS:
            short = _as_template(place.language, SHORT.get(place.kind, wording.subject))
            return {Part.TEXT: short if place.kind in BY_SMS_ALONE else f"{short} {{{{ link }}}}"}
        return words

    def demands(self, place: TextPlace, matters: Collection[str]) -> Demands:
        first = PARTS[place.channel][0]
        held = names_in(taken_apart(self.house_words(place)[first], IN_PARTS[first]))
        return Demands(
            known={part: names_for(part, place.kind) for part in PARTS[place.channel]},
            needed={first: [name for name in IN_PARTS[first] if name in held]},
            longest=longest_values(Reader(place.language, self._site.zone), self._site),
            matters=matters,
            answers={Reply.YES, Reply.NO} if place.kind is LetterKind.CANCEL_ASKED else (),
            fits=lambda text: segments(simplified(text)) <= self._site.sms_segments,
        )

    def has_other_opening(self, kind: LetterKind) -> bool:
        return bool(WORDINGS[kind].confirmed_lead)

    async def draw(self, unit: Unit, place: TextPlace, words: Words | None) -> Drawn:
        occasion, is_real = await example(unit, place, words, self._site, now=self._clock())
        letter = compose(occasion, self._site)
        reader = Reader(place.language, ZoneInfo(occasion.appointment.zone))
        return Drawn(
            subject="" if place.channel is Channel.SMS else letter.subject,
            text=letter.text,
            html=letter.html,
            values=values_of(occasion, self._site, reader, letter.links),
            messages=segments(letter.text),
            is_real=is_real,
        )

    async def try_out(self, drawn: Drawn, place: TextPlace, to: str) -> Trial:
        sender = next((one for one in self._senders() if one.name == place.channel), None)
        if sender is None:
            return Trial.NO_CHANNEL
        host = urlsplit(self._site.public_url).hostname or "localhost"
        letter = Letter(
            to=to,
            name="",
            subject=f"{MARK} {drawn.subject}",
            text=f"{MARK} {drawn.text}" if place.channel is Channel.SMS else drawn.text,
            html=drawn.html,
            message_id=f"<{uuid4()}@{host}>",
            language=place.language,
        )
        return await _sent(sender, letter)


async def _sent(sender: Sender, letter: Letter) -> Trial:
    try:
        async with asyncio.timeout(ANSWERED_WITHIN):
            await sender.deliver(letter)
    except DeliveryFailed:
        return Trial.NOT_TAKEN
    except (DeliveryUnsure, TimeoutError):
        return Trial.UNSURE
    return Trial.SENT


def _as_template(language: str, message: str) -> str:
    """Return a message of the house as an admin would have written it."""
    words = gettext(language, message) if message else ""
    return _PLACE.sub(r"{{ \1 }}", words).replace("%%", "%")
