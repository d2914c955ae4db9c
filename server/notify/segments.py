"""How many parts a text message takes: in GSM 03.38 where all its letters are of it, else in UCS-2."""

import unicodedata
from collections.abc import Iterator

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
"""These take the room of two: an escape goes before each."""

PLAIN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "}
)


def is_gsm(text: str) -> bool:
    return all(char in BASIC or char in EXTENSION for char in text)


def segments(text: str) -> int:
    """Return in how many parts a text travels; the parts of a long one have room for 7 or 3 letters less."""
    alone, of_many = (160, 153) if is_gsm(text) else (70, 67)
    sizes = list(_sizes(text))
    if sum(sizes) <= alone:
        return 1
    count, room = 1, of_many
    for size in sizes:
        if size > room:
            count, room = count + 1, of_many
        room -= size
    return count


def simplified(text: str) -> str:
    """Return the text in letters of GSM where they are near enough, else as it is: nothing is left out."""
    simple = "".join(_near(char) for char in unicodedata.normalize("NFC", text).translate(PLAIN))
    return simple if is_gsm(simple) else text


def _sizes(text: str) -> Iterator[int]:
    """Tell what each letter takes: no part ends inside one."""
    gsm = is_gsm(text)
    for char in text:
        yield (2 if char in EXTENSION else 1) if gsm else (2 if ord(char) > 0xFFFF else 1)


def _near(char: str) -> str:
    """Return a letter of GSM that stands for this one: `š` is read as `s`."""
    if is_gsm(char):
        return char
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return bare if bare and is_gsm(bare) else char
