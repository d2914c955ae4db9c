"""A small issuer of OpenID Connect, as Entra ID and Keycloak are large ones; a test may have it lie."""

import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from server.front import listening_socket, served

CLIENT, SECRET = "kohtaamo", "only for tests, the issuer's"
KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})


@dataclass(slots=True)
class IssuerServer:
    """Signs whoever comes in as `person`; `lies` change what it says, `document` how it describes itself."""

    address: str
    now: datetime
    person: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    error: str = ""
    is_down: bool = False
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/.well-known/openid-configuration", self.describe),
            web.get("/authorize", self.authorize),
            web.post("/token", self.token),
            web.get("/keys", self.keys),
        ]

    async def describe(self, _: web.Request) -> web.Response:
        if self.is_down:
            raise web.HTTPServiceUnavailable
        said = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        return web.json_response(said | self.document)

    async def authorize(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        answer = {"error": self.error} if self.error else {"code": code}
        query = urlencode(answer | {"state": asked["state"]} | self.lies.get("query", {}))
        raise web.HTTPSeeOther(f"{asked['redirect_uri']}?{query}")

    async def token(self, request: web.Request) -> web.Response:
        """Refuse what a strict issuer refuses, and use a code up."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        asked = self.asked.pop(form["code"], None)
        digest = sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
        if asked is None or not known or asked["code_challenge"] != challenge:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"id_token": self._signed(asked["nonce"]), "token_type": "Bearer"})

    async def keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [KEY.as_dict(private=False)]})

    def _signed(self, nonce: str) -> str:
        moment = int(self.now.timestamp())
        claims = {"iss": self.address, "aud": CLIENT, "nonce": nonce, "iat": moment, "exp": moment + 300}
        said = claims | self.person | self.lies.get("claims", {})
        header = {"alg": "RS256", "kid": "first"} | self.header
        told = {name: value for name, value in said.items() if value is not None}
        if header["alg"] == "none":
            return ".".join((_part(header), _part(told), ""))
        return jwt.encode(header, told, self.key, algorithms=["RS256", "HS256"])


def _part(values: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()


def shared_key() -> OctKey:
    """Sign with the client's secret, as OpenID Connect allows where both agreed on it."""
    return OctKey.import_key(SECRET)


@asynccontextmanager
async def issuer_server(now: datetime) -> AsyncIterator[IssuerServer]:
    listening = listening_socket("127.0.0.1", 0)
    server = IssuerServer(f"http://localhost:{listening.getsockname()[1]}", now)
    app = web.Application()
    app.add_routes(server.routes())
    async with served(app, listening):
        yield server
