"""The demo bank as an identity provider, seen from our side of the wire."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from identity.assurance import Assurance
from identity.demo_bank.registration import CLIENT_ID, NAME, bank_at
from identity.disturbance import Disturbance
from identity.identification import Identified
from identity.oidc.broker import FTN, Profile
from identity.oidc.code_flow import CodeFlow
from identity.oidc.key_source import Entity, SignedKeys
from identity.provider import ProviderContext
from identity.trip import Trip

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "fi": "Demopankki (vain testihenkilöt)",
        "sv": "Demobanken (endast testpersoner)",
        "en": "Demo bank (test persons only)",
    }
)


class DemoBankProvider:
    """Asks the demo bank over HTTP, as it would ask a real one."""

    name = NAME
    assurance = Assurance.SUBSTANTIAL
    is_demo = True
    logo = b""

    def __init__(self, context: ProviderContext, profile: Profile) -> None:
        self._subject_keys = context.subject_keys
        self._flow = CodeFlow(profile, context.fetch, context.own_keys)

    def title(self, language: str) -> str:
        return TITLES.get(language, TITLES["en"])

    def method_title(self, method: str, language: str) -> str:
        return self.title(language)

    async def disturbances(self, language: str) -> Sequence[Disturbance]:
        return ()

    async def begin(self, trip: Trip) -> str:
        return await self._flow.begin(trip)

    async def complete(self, trip: Trip, query: Mapping[str, str]) -> Identified:
        asserted = await self._flow.complete(trip, query)
        return Identified(
            subject_key=self._subject_keys.of(asserted.code),
            code=asserted.code,
            given_name=asserted.given_name,
            family_name=asserted.family_name,
            assurance=asserted.assurance,
            method=NAME,
            at=trip.now,
        )


def create(context: ProviderContext) -> DemoBankProvider:
    return DemoBankProvider(context, profile_of(context))


def profile_of(context: ProviderContext) -> Profile:
    """The broker as the rules of the Finnish Trust Network want it, but for its test levels.

    `PIN`, the SHA-256 of the bank's entity statement, comes from the roof, which
    opened the bank; no operator sets it.
    """
    browser, server = bank_at(context.public_url), bank_at(context.back_channel_url)
    return Profile(
        name=NAME,
        issuer=browser,
        client_id=CLIENT_ID,
        authorization_endpoint=browser + "/authorize",
        token_endpoint=server + "/token",
        keys=SignedKeys(
            server + "/signed_jwks.jwt",
            Entity(
                id=browser,
                address=server + "/.well-known/openid-federation",
                pins=frozenset({context.settings.get("PIN", "")}),
            ),
        ),
        acr_values={Assurance.SUBSTANTIAL: FTN + "loatest2"},
        prompt="login",
        is_production=context.is_production,
        request_aud=browser,
        assertion_aud=browser + "/token",
        needs_auth_time=True,
        names_itself=True,
        jwe_algs=("RSA-OAEP",),
        jwe_encs=("A128CBC-HS256",),
    )
