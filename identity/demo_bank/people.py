"""The test persons of the demo bank; their codes are artificial (numbers 900 to 999)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TestPerson:
    key: str
    given_name: str
    family_name: str
    birth_date: str
    personal_code: str

    __test__ = False  # keeps pytest from taking it for a test class

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


PEOPLE: Mapping[str, TestPerson] = MappingProxyType(
    {
        person.key: person
        for person in (
            TestPerson("aino", "Aino Maria", "Virtanen", "1994-05-01", "010594Y9021"),
            TestPerson("kullervo", "Kullervo", "Kalervonpoika", "1970-01-01", "010170-999R"),
            TestPerson("louhi", "Louhi", "Pohjola", "1994-06-03", "030694W9024"),
        )
    }
)
