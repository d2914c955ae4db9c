"""The demo organisation's own ready sentences, and its tags for looking back at a meeting."""

from collections.abc import Sequence

from booking.texts import Texts
from booking.wording import Wording, WordingKind
from server.database.unit import SqlUnit
from server.demo_data import demo_id

_SENTENCES: Sequence[Texts] = (
    {
        "fi": "Ottakaa henkilöllisyystodistus valmiiksi esille.",
        "sv": "Ta gärna fram en identitetshandling.",
        "en": "Please have an identity document at hand.",
    },
    {
        "fi": "Haen tulkin mukaan. Siihen menee hetki.",
        "sv": "Jag hämtar en tolk. Det tar en stund.",
        "en": "I am fetching an interpreter. It takes a moment.",
    },
)
_TAGS: Sequence[Texts] = (
    {"fi": "tarvitsee asiakirjoja", "sv": "behöver dokument", "en": "needs documents"},
    {"fi": "jatko puhelimitse", "sv": "uppföljning per telefon", "en": "follow-up by phone"},
    {"fi": "sovittiin, ei jatkoa", "sv": "klart, ingen uppföljning", "en": "settled, no follow-up"},
)
DEMO_SENTENCE, DEMO_TAG = demo_id("sentence 1"), demo_id("tag 1")


async def load_wordings(unit: SqlUnit) -> None:
    """Write them in their order."""
    for kind, texts in ((WordingKind.SENTENCE, _SENTENCES), (WordingKind.TAG, _TAGS)):
        for place, each in enumerate(texts, start=1):
            await unit.wordings.add(Wording(id=demo_id(f"{kind} {place}"), kind=kind, texts=each))
