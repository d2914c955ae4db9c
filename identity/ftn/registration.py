"""Reads what an operator set about the broker; whatever is wrong is one sentence at the start."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urlsplit

from identity.errors import AssertionRefused
from identity.oidc.broker import Profile
from identity.oidc.brokers import generic, idura, op, signicat, telia
from identity.oidc.brokers.registration import Registration
from identity.oidc.entity import keys_of
from identity.oidc.key_source import Entity, KeySource, SignedKeys, StaticKeys
from identity.oidc.keys import verifying_keys
from identity.oidc.strict_json import read_object
from identity.provider import BadProviderSettings, ProviderContext

PROFILES: Mapping[str, Callable[[Registration], Profile]] = MappingProxyType(
    {"telia": telia.profile, "op": op.profile, "idura": idura.profile, "signicat": signicat.profile}
)
BROKERS = (*PROFILES, "generic")
WITH_DOMAIN = TAKES_PUSHED = ("idura", "signicat")
PIN = re.compile(r"[0-9a-f]{64}")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
FOR_TESTS = ("test", "sandbox", "preprod")
LONGEST_SERVICE_NAME = 40
SOMETIME = datetime(2020, 1, 1, tzinfo=UTC)
"""A moment at which no statement had ended yet: whether it has by now is asked at each use."""


def profile_of(context: ProviderContext, methods: Mapping[str, str]) -> Profile:
    """Return the broker that the settings name. Raises BadProviderSettings."""
    said = context.settings
    broker = said.get("BROKER", "")
    if broker not in BROKERS:
        raise _bad("BROKER", f"must be one of {', '.join(BROKERS)}")
    agreed = _registration(broker, context, methods)
    if broker == "generic":
        _check_generic(said, methods, is_production=agreed.is_production)
        return generic.profile(agreed, said)
    return PROFILES[broker](agreed)


def _registration(broker: str, context: ProviderContext, methods: Mapping[str, str]) -> Registration:
    said = context.settings
    is_production = _is_production(context)
    service_name = said.get("SERVICE_NAME", "")
    if len(service_name) > LONGEST_SERVICE_NAME or not service_name.isprintable():
        raise _bad("SERVICE_NAME", f"must be one line of {LONGEST_SERVICE_NAME} characters at most")
    if not said.get("CLIENT_ID"):
        raise _bad("CLIENT_ID", "must be set: the broker gives it")
    return Registration(
        client_id=said["CLIENT_ID"],
        is_production=is_production,
        domain=_domain(broker, said, is_production=is_production),
        service_name=service_name,
        keys=_keys(broker, said),
        entity_statement=_statement(said),
        pins=_pins(said),
        methods=methods,
        pushes=_pushes(broker, said),
    )


def _is_production(context: ProviderContext) -> bool:
    environment = context.settings.get("ENVIRONMENT", "production")
    if environment not in ("production", "test"):
        raise _bad("ENVIRONMENT", "must be production or test")
    if environment == "test" and context.is_production:
        raise _bad("ENVIRONMENT", "says test, which production refuses: it would let test persons in")
    return environment == "production"


def _pushes(broker: str, said: Mapping[str, str]) -> bool:
    pushes = said.get("PUSHES", "no")
    if pushes not in ("yes", "no"):
        raise _bad("PUSHES", "must be yes or no")
    if pushes == "yes" and broker not in TAKES_PUSHED:
        raise _bad(
            "PUSHES",
            f"must be left out: of the brokers known here {' and '.join(TAKES_PUSHED)} alone take it",
        )
    return pushes == "yes"


def _domain(broker: str, said: Mapping[str, str], *, is_production: bool) -> str:
    domain = said.get("DOMAIN", "").lower()
    if broker not in WITH_DOMAIN:
        return ""
    if not DOMAIN.fullmatch(domain):
        raise _bad("DOMAIN", "must be the host name that the broker gave you, without https://")
    if is_production and not set(FOR_TESTS).isdisjoint(domain.split(".")):
        raise _bad("DOMAIN", "is one for tests, while KOHTAAMO_FTN_ENVIRONMENT says production")
    return domain


def _keys(broker: str, said: Mapping[str, str]) -> KeySource | None:
    """Return where the broker's keys are, if it is not where they always are."""
    if said.get("JWKS"):
        return _static(said["JWKS"])
    if said.get("SIGNED_JWKS_URL"):
        return _signed(said)
    if broker in ("idura", "signicat", "generic"):
        raise _bad("JWKS", "or KOHTAAMO_FTN_SIGNED_JWKS_URL must be set: by which keys the broker signs")
    if broker == "op" and not said.get("ENTITY_STATEMENT"):
        raise _bad("ENTITY_STATEMENT", "must be set: fetch it once, and check it with OP")
    return None


def _static(jwks: str) -> StaticKeys:
    try:
        found = verifying_keys(read_object(jwks, check="jwks"))
    except AssertionRefused:
        raise _bad("JWKS", "is not a JWK Set") from None
    if not found.by_kid:
        raise _bad("JWKS", "has no public signing key with a kid, RSA of 2048 bits or more")
    return StaticKeys(jwks)


def _signed(said: Mapping[str, str]) -> SignedKeys:
    entity_id, statement, pins = said.get("ENTITY_ID", ""), _statement(said), _pins(said)
    if not entity_id:
        raise _bad("ENTITY_ID", "must be set beside KOHTAAMO_FTN_SIGNED_JWKS_URL: who signs the keys")
    if not statement and not pins:
        raise _bad("ENTITY_STATEMENT", "or KOHTAAMO_FTN_ENTITY_PIN must be set: what to believe the keys by")
    address = entity_id.rstrip("/") + "/.well-known/openid-federation"
    return SignedKeys(
        said["SIGNED_JWKS_URL"], Entity(id=entity_id, statement=statement, address=address, pins=pins)
    )


def _statement(said: Mapping[str, str]) -> str:
    statement = said.get("ENTITY_STATEMENT", "").strip()
    if statement:
        entity_id = said.get("ENTITY_ID", "")
        try:
            found = keys_of(statement, entity_id or None, now=SOMETIME)
        except AssertionRefused as refused:
            raise _bad("ENTITY_STATEMENT", f"cannot be believed ({refused.check})") from None
        if not found.by_kid:
            raise _bad("ENTITY_STATEMENT", "names no key")
    return statement


def _pins(said: Mapping[str, str]) -> frozenset[str]:
    pins = frozenset(pin.strip().lower() for pin in said.get("ENTITY_PIN", "").split(",") if pin.strip())
    if not all(PIN.fullmatch(pin) for pin in pins):
        raise _bad("ENTITY_PIN", "must be SHA-256 sums in hexadecimal, by commas")
    return pins


def _check_generic(said: Mapping[str, str], methods: Mapping[str, str], *, is_production: bool) -> None:
    for name in generic.NEEDED:
        if not said.get(name):
            raise _bad(name, "must be set for the broker generic")
    if methods and not any(said.get(name) for name in ("METHOD_PARAMETER", "CLAIM_METHOD", "CLAIM_MOBILE")):
        raise _bad(
            "METHODS", "cannot be kept to without KOHTAAMO_FTN_METHOD_PARAMETER or KOHTAAMO_FTN_CLAIM_METHOD"
        )
    for name in ("AUTHORIZATION_URL", "TOKEN_URL", "PAR_URL", "SIGNED_JWKS_URL"):
        scheme = urlsplit(said.get(name, "https:")).scheme
        if scheme != "https" and (is_production or scheme != "http"):
            raise _bad(name, "must begin with https://")


def _bad(name: str, what: str) -> BadProviderSettings:
    return BadProviderSettings(f"KOHTAAMO_FTN_{name} {what}")
