"""What one broker differs in from another: data, not code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from identity.assurance import Assurance

FTN = "http://ftn.ficora.fi/2017/"
LEVELS: Mapping[str, Assurance] = MappingProxyType(
    {
        FTN + "loa2": Assurance.SUBSTANTIAL,
        FTN + "loa3": Assurance.HIGH,
    }
)
# What test environments say; to believe it in production would let test persons in.
TEST_LEVELS: Mapping[str, Assurance] = MappingProxyType(
    {
        FTN + "loatest2": Assurance.SUBSTANTIAL,
        FTN + "loatest3": Assurance.HIGH,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNames:
    personal_code: str = "personal_identity_code"
    given_name: str = "given_name"
    family_name: str = "family_name"
    birth_date: str = "birthdate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One broker, as it was agreed with it. Its discovery document never widens `algorithms`."""

    name: str
    issuer: str
    client_id: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_endpoint: str
    acr_asked: str
    assurance: Assurance
    is_production: bool
    scope: str = "openid"
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    claims: ClaimNames = ClaimNames()
    skew: timedelta = timedelta(seconds=60)
    oldest: timedelta = timedelta(minutes=10)

    def level(self, acr: str) -> Assurance | None:
        levels = LEVELS if self.is_production else {**LEVELS, **TEST_LEVELS}
        return levels.get(acr)
