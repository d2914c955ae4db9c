"""Read the fields of a message one by one, each with its kind and its limits."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NoReturn, TypeVar
from uuid import UUID

from signalling.errors import BadMessage

Choice = TypeVar("Choice", bound=StrEnum)
ID_LENGTH = 36


class Fields:
    """A JSON object; every method raises BadMessage with the path of the field that is wrong."""

    def __init__(self, values: Mapping[str, object], path: str = "") -> None:
        self._values = values
        self._path = path

    def has(self, name: str) -> bool:
        """Tell whether it was said at all, be it null."""
        return name in self._values

    def text(self, name: str, most: int, *, least: int = 0) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or not least <= len(value) <= most:
            self._refuse(name)
        if not (value.isascii() or _is_text(value)):
            self._refuse(name)
        return value

    def text_or_none(self, name: str, most: int) -> str | None:
        return None if self._values.get(name) is None else self.text(name, most)

    def flag(self, name: str) -> bool:
        value = self._values.get(name)
        if not isinstance(value, bool):
            self._refuse(name)
        return value

    def number(self, name: str, most: int, *, least: int = 0) -> int:
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self._refuse(name)
        return value

    def number_or_none(self, name: str, most: int) -> int | None:
        return None if self._values.get(name) is None else self.number(name, most)

    def id(self, name: str) -> UUID:
        try:
            return _id(self.text(name, ID_LENGTH, least=ID_LENGTH))
        except ValueError:
            self._refuse(name)

    def id_or_none(self, name: str) -> UUID | None:
        return None if self._values.get(name) is None else self.id(name)

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        try:
            return kind(self.text(name, 40))
        except ValueError:
            self._refuse(name)

    def choice_or_none(self, name: str, kind: type[Choice]) -> Choice | None:
        return None if self._values.get(name) is None else self.choice(name, kind)

    def object(self, name: str) -> "Fields":
        value = self._values.get(name)
        if not isinstance(value, dict):
            self._refuse(name)
        return Fields(value, self._path + name + ".")

    def _refuse(self, name: str) -> NoReturn:
        raise BadMessage(self._path + name)


@lru_cache(maxsize=4_096)
def _id(text: str) -> UUID:
    """Who speaks names the same peer in each message. Raises ValueError."""
    return UUID(text)


def _is_text(value: str) -> bool:
    """Lone surrogates come through JSON's escapes, and can be written nowhere."""
    return not any("\ud800" <= sign <= "\udfff" for sign in value)
