"""What one broker differs in from another: data, not code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from identity.assurance import Assurance
from identity.oidc.key_source import KeySource

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
    """What a broker calls what we look for; an empty name is of something that it never says."""

    personal_code: str = "personal_identity_code"
    given_name: str = "given_name"
    family_name: str = "family_name"
    birth_date: str = "birthdate"
    method: str = ""
    mobile: str = ""
    """Where no claim names the method: one that the mobile certificate alone fills."""
    foreign_id: str = ""
    """What stands in the place of the code for somebody who was identified by another country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One broker, as it was agreed with it. Its discovery document widens nothing of this."""

    name: str
    issuer: str
    client_id: str
    authorization_endpoint: str
    token_endpoint: str
    keys: KeySource
    is_production: bool
    request_aud: str
    """To whom the request object is addressed."""
    assertion_aud: str
    """To whom the client assertion is addressed."""
    jwe_algs: tuple[str, ...]
    jwe_encs: tuple[str, ...]

    # What we ask for.
    scope: str = "openid"
    acr_values: Mapping[Assurance, str] = field(default_factory=dict)
    """The word for each level; empty where a broker is not asked for one."""
    method_parameter: str = ""
    """By which parameter a bank is chosen beforehand; it may take the place of the level in `acr_values`."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """Where a broker calls a language otherwise than we do."""
    prompt: str = ""
    service_name_parameter: str = ""
    service_name: str = ""
    further: Mapping[str, str] = field(default_factory=dict)
    uses_pkce: bool = True
    maintenance_address: str = ""
    """Where the planned breaks are told: Finnish, Swedish and English, with a | between."""
    choice_address: str = ""
    """Where the banks to choose from are told, `{language}` in it, with what must be shown beside them."""

    # How we ask.
    sends_outer_client_id: bool = True
    pushed_endpoint: str = ""
    """Where the request is handed in beforehand; empty where the browser carries it."""

    # What we take.
    levels: Mapping[str, Assurance] = field(default_factory=lambda: LEVELS)
    unsaid_level: Assurance | None = None
    """The level of a broker that says none in its tokens, because all its methods reach the same one."""
    needs_auth_time: bool = False
    names_itself: bool = False
    """Whether the callback must carry `iss` (RFC 9207)."""
    claims: ClaimNames = ClaimNames()
    methods: Mapping[str, str] = field(default_factory=dict)
    """What a token says of the method → what we call it; what is not here is refused."""
    takes_other_methods: bool = False
    """Whether a method that is not among them is taken by the broker's own word for it."""
    method_prefix: str = ""
    cancels: frozenset[str] = frozenset({"access_denied", "cancel"})
    jws_algs: tuple[str, ...] = ("RS256",)
    skew: timedelta = timedelta(seconds=60)
    oldest: timedelta = timedelta(minutes=10)

    @property
    def tells_method(self) -> bool:
        """Tell whether its answer says by which method, so that one which is not allowed is seen."""
        return bool(self.claims.method or self.claims.mobile)

    def level(self, acr: str) -> Assurance | None:
        levels = self.levels if self.is_production else {**self.levels, **TEST_LEVELS}
        return levels.get(acr)

    def acr_asked(self, asked: Assurance) -> str:
        """Return the word for the lowest level that is high enough, or for the highest there is."""
        enough = [level for level in sorted(self.acr_values) if level >= asked]
        return self.acr_values[enough[0] if enough else max(self.acr_values)] if self.acr_values else ""
