"""A broker on the other side of the wire: reads what we send by the rules of 2025, and answers in kind."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwe, jws
from joserfc.jwk import RSAKey

from identity.ftn.provider import FinnishTrustNetwork, create
from identity.oidc.broker import FTN
from identity.oidc.own_key import KeyUse, OwnKey, OwnKeys
from identity.personal_code import SubjectKeys
from identity.provider import FetchFailed, ProviderContext
from identity.secret import fresh
from tests.identity.demo_bank.wire import PUBLIC
from tests.identity.people import NOW

CLIENT_ID = "kohtaamo-client"
RETURN_TO = PUBLIC + "/identify/ftn/callback"
TELIA = "https://tunnistus-pp.telia.fi"
OP = "https://isb-test.op.fi"
AINO: Mapping[str, object] = {
    "urn:oid:1.2.246.21": "010594Y9021",
    "urn:oid:1.2.246.575.1.14": "Aino Maria",
    "urn:oid:2.5.4.4": "Virtanen",
    "urn:oid:1.3.6.1.5.5.7.9.1": "1994-05-01",
    "amr": [TELIA + "/uas/saml2/names/ac/oidc.nordea.1"],
    "acr": FTN + "loatest2",
}


@cache
def rsa(name: str) -> RSAKey:
    """Make a key once for all tests: it takes a while."""
    return RSAKey.generate_key(2048, {"kid": name}, auto_kid=False)


@cache
def own_key(use: KeyUse, name: str = "") -> OwnKey:
    return OwnKey(use=use, key=RSAKey.generate_key(2048, auto_kid=False), made_at=NOW, published_at=NOW)


def own_keys() -> OwnKeys:
    return OwnKeys(tuple(own_key(use) for use in KeyUse))


def signed(claims: object, key: RSAKey, **header: object) -> str:
    members = {"alg": "RS256", "kid": key.kid, "typ": "JWT", **header}
    registry = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)
    return jws.serialize_compact(members, json.dumps(claims), key, registry=registry)


def public(key: RSAKey, use: str = "sig") -> dict[str, object]:
    return {**key.as_dict(private=False), "use": use}


def encrypted(
    token: str, key: OwnKey, *, alg: str = "RSA-OAEP", enc: str = "A128CBC-HS256", **header: object
) -> str:
    members = {"alg": alg, "enc": enc, "cty": "JWT", "kid": key.kid, **header}
    registry = jwe.JWERegistry(algorithms=[alg, enc, "DEF"], strict_check_header=False)
    given = {name: value for name, value in members.items() if value is not None}
    return jwe.encrypt_compact(given, token, key.key, registry=registry)


def entity_statement(entity_id: str, key: RSAKey, **claims: object) -> str:
    said = {"iss": entity_id, "sub": entity_id, "jwks": {"keys": [public(key)]}, **claims}
    return signed(said, key, typ="entity-statement+jwt")


def signed_jwks(entity_id: str, entity: RSAKey, *keys: RSAKey, **claims: object) -> str:
    said = {"iss": entity_id, "sub": entity_id, "keys": [public(key) for key in keys], **claims}
    return signed(said, entity, typ="jwk-set+jwt")


@dataclass
class Broker:
    """Telia's pre-production environment, unless told otherwise."""

    entity_id: str = TELIA
    issuer: str = TELIA + "/uas"
    token_endpoint: str = TELIA + "/uas/oauth2/token"
    jwks_address: str = TELIA + "/openid_provider/signed_jwks.jwt"
    claims: Mapping[str, object] = field(default_factory=lambda: AINO)
    now: datetime = NOW
    entity: RSAKey = field(default_factory=lambda: rsa("entity-1"))
    key: RSAKey = field(default_factory=lambda: rsa("sig-1"))
    published: dict[str, bytes] = field(default_factory=dict)
    is_down: bool = False
    asked: list[str] = field(default_factory=list)
    swaps: list[Mapping[str, str]] = field(default_factory=list)
    pushed: list[Mapping[str, str]] = field(default_factory=list)
    pushed_endpoint: str = ""
    requests: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.published[self.entity_id + "/.well-known/openid-federation"] = self.statement().encode()
        self.publish()

    def statement(self) -> str:
        return entity_statement(self.entity_id, self.entity)

    def publish(self, **claims: object) -> None:
        self.published[self.jwks_address] = signed_jwks(
            self.entity_id, self.entity, self.key, **claims
        ).encode()

    def settings(self, **further: str) -> dict[str, str]:
        pin = sha256(self.statement().encode()).hexdigest()
        return {
            "BROKER": "telia",
            "CLIENT_ID": CLIENT_ID,
            "ENVIRONMENT": "test",
            "ENTITY_PIN": pin,
            **further,
        }

    def provider(self, **settings: str) -> FinnishTrustNetwork:
        return create(context(self, self.settings(**settings)))

    async def fetch(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        self.asked.append(url)
        if self.is_down:
            raise FetchFailed(503)
        if form is None:
            if url not in self.published:
                raise FetchFailed(404)
            return self.published[url]
        if url == self.pushed_endpoint:
            self.pushed.append(form)
            return b'{"request_uri": "urn:pushed:1", "expires_in": 60}'
        if url != self.token_endpoint or form.get("code") not in self.requests:
            raise FetchFailed(400)
        self.swaps.append(form)
        return json.dumps(self.answer(self.requests.pop(form["code"]))).encode()

    def answer(self, request: Mapping[str, str]) -> dict[str, object]:
        token = encrypted(signed(self.asserted(request), self.key), own_key(KeyUse.ENCRYPTION))
        return {"access_token": "unused", "token_type": "Bearer", "expires_in": 600, "id_token": token}

    def asserted(self, request: Mapping[str, str]) -> dict[str, object]:
        moment = int(self.now.timestamp())
        return {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": fresh(),
            "iat": moment,
            "auth_time": moment,
            "exp": moment + 600,
            "nonce": request["nonce"],
            **self.claims,
        }

    def audience(self, assertion: str) -> object:
        """Return to whom our assertion is addressed."""
        payload = jws.deserialize_compact(
            assertion, own_key(KeyUse.SIGNING).key, algorithms=["RS256"]
        ).payload
        return json.loads(payload)["aud"]

    def identifies(self, address: str) -> dict[str, str]:
        """Act the person who is sent to an address and identifies there."""
        request = request_in(address)
        code = fresh()
        self.requests[code] = request
        return {"code": code, "state": request["state"]}

    def cancels(self, address: str, error: str = "access_denied") -> dict[str, str]:
        return {"error": error, "state": request_in(address)["state"]}


def context(broker: Broker, settings: Mapping[str, str], *, is_production: bool = False) -> ProviderContext:
    return ProviderContext(
        public_url=PUBLIC,
        back_channel_url=PUBLIC,
        is_production=is_production,
        subject_keys=SubjectKeys(b"k" * 32),
        fetch=broker.fetch,
        settings=settings,
        own_keys=own_keys,
    )


def outer_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def request_in(address: str) -> dict[str, str]:
    """Read the signed request, as a broker that knows our signing key."""
    token = outer_of(address)["request"]
    payload = jws.deserialize_compact(token, own_key(KeyUse.SIGNING).key, algorithms=["RS256"]).payload
    read: dict[str, str] = json.loads(payload)
    return read


def seen_in(address: str) -> str:
    return f"{address} {urlencode(request_in(address))}"
