"""The ways to identify in Finland, by our word for each, and what people call them."""

from collections.abc import Mapping
from types import MappingProxyType

BANKS: Mapping[str, str] = MappingProxyType(
    {
        "aktia": "Aktia",
        "alandsbanken": "Ålandsbanken",
        "danske-bank": "Danske Bank",
        "hightrust": "Hightrust.id",
        "nordea": "Nordea",
        "oma-sp": "Oma Säästöpankki",
        "op": "OP",
        "pop": "POP Pankki",
        "s-pankki": "S-Pankki",
        "saastopankki": "Säästöpankki",
    }
)
TITLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        **{bank: {"fi": name, "sv": name, "en": name} for bank, name in BANKS.items()},
        "bank": {"fi": "Verkkopankki", "sv": "Nätbank", "en": "Online bank"},
        "id-card": {"fi": "Henkilökortti", "sv": "Identitetskort", "en": "Identity card"},
        "mobile-certificate": {
            "fi": "Mobiilivarmenne",
            "sv": "Mobilcertifikat",
            "en": "Mobile certificate",
        },
    }
)


def title_of(method: str, language: str) -> str | None:
    titles = TITLES.get(method)
    return None if titles is None else titles.get(language, titles["en"])
