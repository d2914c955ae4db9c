"""The ways to identify that need no bank: each is weak, and says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from booking.offering import Offering
from identity.assurance import Assurance
from identity.disturbance import Disturbance
from web.i18n import N_, gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWay:
    """Stands beside the providers; `button` is what customers press, `told` what the adviser reads."""

    name: str
    assurance: Assurance
    path: str
    button: str
    told: str
    is_demo: bool = False
    logo: bytes = b""

    def title(self, language: str) -> str:
        return gettext(language, self.button)

    def method_title(self, method: str, language: str) -> str:
        return gettext(language, self.told)

    async def disturbances(self, language: str) -> Sequence[Disturbance]:
        return ()


CODE = OwnWay(
    name="code",
    assurance=Assurance.LOW,
    path="identify/code",
    button=N_("I have a code from you"),
    told=N_("a delivered code"),
)
PASSKEY = OwnWay(
    name="passkey",
    assurance=Assurance.LOW,
    path="identify/passkey",
    button=N_("Come back with your passkey"),
    told=N_("a passkey, has been here before"),
)
QUESTIONS = OwnWay(
    name="questions",
    assurance=Assurance.NONE,
    path="identify/questions",
    button=N_("Come in, and let the adviser ask"),
    told=N_("the bank was down, ask questions"),
)
OWN_WAYS: Mapping[str, OwnWay] = MappingProxyType({way.name: way for way in (PASSKEY, CODE, QUESTIONS)})


def takes_code(offering: Offering) -> bool:
    """Tell whether a delivered code could let somebody in, at least while the bank is down."""
    is_low = Assurance.of(offering.assurance) <= Assurance.LOW
    return offering.asks_identity and (is_low or offering.when_down != "nothing")
