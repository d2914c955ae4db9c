"""Telia Tunnistus (integration guide 2.36, key rotation of 7 January 2026)."""

from collections.abc import Mapping
from types import MappingProxyType

from identity.assurance import Assurance
from identity.oidc.broker import FTN, ClaimNames, Profile
from identity.oidc.brokers.registration import Registration
from identity.oidc.key_source import Entity, SignedKeys

PRODUCTION, PRE_PRODUCTION = "https://tunnistus.telia.fi", "https://tunnistus-pp.telia.fi"
# SHA-256 of the whole entity statement; from 12 November and 29 October 2025.
PRODUCTION_PIN = "e52c66b2a2cd1322087356d8e52d38853fc71135e31173610ea15f5e96835101"
PRE_PRODUCTION_PIN = "e961111dc12f4f744b2a8aa2a12a6374319197790abb284210f8e658e692fc2a"
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "mpki.telia.1": "mobile-certificate",
        "oidc.aktia.1": "aktia",
        "oidc.alandsbanken.1": "alandsbanken",
        "oidc.danskebank.1": "danske-bank",
        "oidc.hightrust.id.1": "hightrust",
        "oidc.nordea.1": "nordea",
        "oidc.omasp.1": "oma-sp",
        "oidc.pop.1": "pop",
        "oidc.sp.1": "saastopankki",
        "oidc.spankki.1": "s-pankki",
        "pki.hst.1": "id-card",
        "saml.op.1": "op",
    }
)
TEST_METHODS: Mapping[str, str] = MappingProxyType({**METHODS, "mpki.telia.emulator.1": "mobile-certificate"})
CLAIMS = ClaimNames(
    personal_code="urn:oid:1.2.246.21",
    given_name="urn:oid:1.2.246.575.1.14",
    family_name="urn:oid:2.5.4.4",
    birth_date="urn:oid:1.3.6.1.5.5.7.9.1",
    method="amr",
    foreign_id="http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier",
)


def profile(agreed: Registration) -> Profile:
    entity = PRODUCTION if agreed.is_production else PRE_PRODUCTION
    issuer = entity + "/uas"
    level = "loa" if agreed.is_production else "loatest"
    return Profile(
        name="telia",
        issuer=issuer,
        client_id=agreed.client_id,
        authorization_endpoint=issuer + "/oauth2/authorization",
        token_endpoint=issuer + "/oauth2/token",
        keys=agreed.keys
        or SignedKeys(
            entity + "/openid_provider/signed_jwks.jwt",
            Entity(
                id=entity,  # which is not the issuer
                statement=agreed.entity_statement,
                address=entity + "/.well-known/openid-federation",
                pins=agreed.pins
                or frozenset({PRODUCTION_PIN if agreed.is_production else PRE_PRODUCTION_PIN}),
            ),
        ),
        is_production=agreed.is_production,
        acr_values={
            Assurance.SUBSTANTIAL: f"{FTN}{level}2",
            Assurance.HIGH: f"{FTN}{level}3",
        },
        method_parameter="acr_values",
        prompt="login",
        maintenance_address=issuer + "/resource/maintenance.txt",
        request_aud=issuer,
        sends_outer_client_id=False,
        assertion_aud=issuer + "/oauth2/token",
        needs_auth_time=True,
        claims=CLAIMS,
        methods=agreed.methods or (METHODS if agreed.is_production else TEST_METHODS),
        method_prefix=issuer + "/saml2/names/ac/",
        cancels=frozenset({"access_denied"}),
        jwe_algs=("RSA-OAEP",),
        jwe_encs=("A128CBC-HS256", "A128GCM"),
    )
