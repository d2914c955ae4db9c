"""What the demo's operator and its one service agreed on: names and addresses, and no key."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from identity.demo_bank.people import PEOPLE, TestPerson

NAME = "demo-mobile"
AP_ID = "http://kohtaamo-demo.example"
AP_PWD = "demo"
DISPLAY_NAME = "Kohtaamo demo"


@dataclass(frozen=True, slots=True)
class Phone:
    """A made-up phone; `code` is its prevention code, empty where it has none."""

    msisdn: str
    person: TestPerson
    satu: str
    code: str = ""

    @property
    def given_name(self) -> str:
        return self.person.name.partition(" ")[0]

    @property
    def number(self) -> str:
        return f"0{self.msisdn[4:6]} {self.msisdn[6:9]} {self.msisdn[9:]}"


PHONES: Mapping[str, Phone] = MappingProxyType(
    {
        phone.msisdn: phone
        for phone in (
            Phone("+358400000001", PEOPLE["aino"], "99900001A"),
            Phone("+358400000002", PEOPLE["kullervo"], "99900002B", "kanto7"),
            Phone("+358400000003", PEOPLE["louhi"], "99900003C"),
        )
    }
)


def operator_at(public_url: str) -> str:
    """Return where the operator takes requests."""
    return public_url + "/demo/phone/mss"


def roots_at(public_url: str) -> str:
    return public_url + "/demo/phone/roots.pem"
