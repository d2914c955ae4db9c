"""A broker of the Finnish Trust Network as an operator meets it: it knows us by what we send and publish."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web
from joserfc import jws
from joserfc.jwk import RSAKey

from identity.oidc.broker import FTN
from identity.oidc.own_key import KeyUse, OwnKey
from identity.secret import fresh
from tests.identity.ftn.broker import encrypted, entity_statement, outer_of, rsa, signed, signed_jwks

LEVEL = FTN + "loa2"
STATEMENT_PATH = "/.well-known/openid-federation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where one broker's addresses are, and what it calls Aino's attributes."""

    origin: str
    issuer_path: str
    token_path: str
    keys_path: str
    aino: Mapping[str, object]


TELIA = Shape(
    origin="https://tunnistus.telia.fi",
    issuer_path="/uas",
    token_path="/uas/oauth2/token",
    keys_path="/openid_provider/signed_jwks.jwt",
    aino={
        "urn:oid:1.2.246.21": "010594-123W",
        "urn:oid:1.2.246.575.1.14": "Aino Maria",
        "urn:oid:2.5.4.4": "Virtanen",
        "urn:oid:1.3.6.1.5.5.7.9.1": "1994-05-01",
        "amr": ["https://tunnistus.telia.fi/uas/saml2/names/ac/oidc.nordea.1"],
    },
)
OP = Shape(
    origin="https://isb.op.fi",
    issuer_path="",
    token_path="/oauth/token",
    keys_path="/jwks/broker-signed",
    aino={
        "personal_identity_code": "010594-123W",
        "given_name": "Aino Maria",
        "family_name": "Virtanen",
        "birthdate": "1994-05-01",
    },
)


@dataclass(slots=True)
class FtnBroker:
    """Believes our keys by the statement that was sent to it, as its operator would have filed it."""

    shape: Shape
    client_id: str
    filed: str = ""
    shown: str = ""
    entity: str = "entity-1"
    key: str = "sig-1"
    is_away: bool = False
    codes: dict[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return self.shape.origin + self.shape.issuer_path

    @property
    def statement(self) -> str:
        return entity_statement(self.shape.origin, rsa(self.entity))

    @property
    def next_statement(self) -> str:
        """Return the one that it has announced; with its key it signs from the day of the change."""
        return entity_statement(self.shape.origin, rsa("entity-2"))

    def takes(self, statement: str) -> None:
        """File the entity statement that an operator sent."""
        self.filed = statement

    def reads(self, signed_set: str) -> None:
        """Read our signed keys, as it does once a day."""
        self.shown = signed_set

    def identifies(self, address: str) -> str:
        """Act Aino at her bank, and return where she is sent back to."""
        asked = self._verified(outer_of(address)["request"])
        assert asked["client_id"] == self.client_id
        assert asked["aud"] == self.issuer
        [return_to] = _said(self.filed)["metadata"]["openid_relying_party"]["redirect_uris"]  # type: ignore[index]
        assert asked["redirect_uri"] == return_to
        code = fresh()
        self.codes[code] = asked
        return f"{return_to}?code={code}&state={asked['state']}"

    def token(self, form: Mapping[str, str]) -> dict[str, object]:
        """Swap a code for an assertion, sealed to the newest of our published keys."""
        assertion = self._verified(form["client_assertion"])
        assert assertion["aud"] == self.shape.origin + self.shape.token_path
        asked, moment = self.codes.pop(form["code"]), int(datetime.now(UTC).timestamp())
        said = {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": fresh(),
            "iat": moment,
            "auth_time": moment,
            "exp": moment + 600,
            "nonce": asked["nonce"],
            "acr": LEVEL,
            **self.shape.aino,
        }
        sealed = encrypted(signed(said, rsa(self.key)), self._newest("enc"))
        return {"access_token": fresh(), "token_type": "Bearer", "expires_in": 600, "id_token": sealed}

    async def answers(self, request: web.Request) -> web.StreamResponse:
        """Serve what a server of ours asks for."""
        if self.is_away:
            raise web.HTTPServiceUnavailable
        if request.path == STATEMENT_PATH:
            return web.Response(text=self.statement)
        if request.path == self.shape.keys_path:
            return web.Response(text=signed_jwks(self.shape.origin, rsa(self.entity), rsa(self.key)))
        if request.path == self.shape.token_path:
            form = {name: str(value) for name, value in (await request.post()).items()}
            return web.json_response(self.token(form))
        raise web.HTTPNotFound

    def _verified(self, token: str) -> dict[str, object]:
        """Believe it by a key of ours, and the key by the statement on file."""
        entity = _key(_said(self.filed)["jwks"]["keys"], _kid(self.shown))  # type: ignore[index]
        jws.deserialize_compact(self.shown, entity, algorithms=["RS256"])
        key = _key(_said(self.shown)["keys"], _kid(token))
        read: dict[str, object] = json.loads(
            jws.deserialize_compact(token, key, algorithms=["RS256"]).payload
        )
        return read

    def _newest(self, use: str) -> OwnKey:
        jwk = [each for each in _said(self.shown)["keys"] if each["use"] == use][-1]  # type: ignore[attr-defined]
        key, now = RSAKey.import_key(jwk), datetime.now(UTC)
        return OwnKey(use=KeyUse.ENCRYPTION, key=key, made_at=now, published_at=now)


def _key(jwks: object, kid: str) -> RSAKey:
    assert isinstance(jwks, list)
    [jwk] = [each for each in jwks if each["kid"] == kid]
    return RSAKey.import_key({name: jwk[name] for name in ("kty", "n", "e", "kid", "use")})


def _kid(token: str) -> str:
    return str(jws.extract_compact(token.encode()).headers()["kid"])


def _said(token: str) -> dict[str, object]:
    read: dict[str, object] = json.loads(jws.extract_compact(token.encode()).payload)
    return read
