"""Which banks an organisation offers, and what they are called."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from identity.choice import Method
from identity.oidc.brokers import idura, op, signicat, telia
from identity.oidc.brokers.banks import title_of
from identity.provider import BadProviderSettings

NAME = re.compile(r"[A-Za-z0-9._:-]{1,60}")
KNOWN: Mapping[str, Mapping[str, str]] = {
    "telia": telia.TEST_METHODS,
    "op": op.METHODS,
    "idura": idura.METHODS,
    "signicat": signicat.METHODS,
}
EMBEDDED = "embedded"
"""The word that has OP's own list fetched and shown, or as much of it as stands beside."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The methods of the settings: the broker's word → ours, and what the operator calls them."""

    words: Mapping[str, str]
    names: Mapping[str, str]
    is_embedded: bool = False

    def allows(self, method: str) -> bool:
        return not self.words or method in self.words

    def choices(self, language: str) -> Sequence[Method]:
        return [Method(name, self.title(word, language)) for name, word in self.words.items()]

    def title(self, word: str, language: str) -> str:
        return title_of(word, language) or self.names.get(word, word)


def offered(text: str, broker: str) -> Offered:
    """Read `mpki.telia.1, oidc.nordea.1, oidc.newbank.1=New Bank`. Raises BadProviderSettings."""
    words, names, known = {}, {}, KNOWN.get(broker, {})
    entries = [part.strip() for part in text.split(",") if part.strip()]
    for entry in entries:
        name, _, title = (part.strip() for part in entry.partition("="))
        if entry == EMBEDDED and broker == "op":
            continue
        if not NAME.fullmatch(name) or not title.isprintable() or not (title or name in known):
            raise BadProviderSettings(
                f"KOHTAAMO_FTN_METHODS: {entry[:60]} is not known of this broker; "
                "write what people call it, as ID=Name"
            )
        words[name] = name if title else known[name]
        names[name] = title
    return Offered(words, names, is_embedded=EMBEDDED in entries)
