"""The demo bank, made of the same parts, that errs where it is told to."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from identity.demo_bank.bank import DemoBank, Mood, TokenAnswer
from identity.demo_bank.bank_keys import BankKeys
from identity.demo_bank.id_token import Grant, IdTokens, encryption_key
from identity.demo_bank.registration import Client
from identity.demo_bank.request import Request
from identity.oidc.broker import FTN
from tests.identity.hostile.fault import GONE, Fault, Setting

METHODS = "https://broker.example/ac/"
REAL_PERSON: Mapping[str, object] = {
    "acr": FTN + "loa2",
    "personal_identity_code": "131052-308T",
    "birthdate": "1952-10-13",
}
"""What production takes: nobody, but of the kind of a person of flesh and blood."""
WELL = Fault(name="well")


class HostileTokens(IdTokens):
    """Errs in claims, signature or seal."""

    fault = WELL

    def claims(self, grant: Grant, *, now: datetime) -> dict[str, object]:
        right = {**super().claims(grant, now=now), "amr": [METHODS + "bank"]}
        if self.fault.setting is Setting.PRODUCTION:
            right |= REAL_PERSON
        said = {**right, **self.fault.claims}
        said = {name: value(right[name]) if callable(value) else value for name, value in said.items()}
        return {name: value for name, value in said.items() if value is not GONE}

    def signed(self, claims: Mapping[str, object]) -> str:
        if self.fault.sign is None:
            return super().signed(claims)
        return self.fault.sign(json.dumps(claims).encode(), self.keys)

    def sealed(self, token: str) -> str:
        if self.fault.seal is None:
            return super().sealed(token)
        return self.fault.seal(token, encryption_key(self.client.keys()))


class HostileBank(DemoBank):
    """Errs on the way back, in its answers, and in what it publishes; counts what it is asked."""

    def __init__(self, issuer: str, client: Client, keys: BankKeys, *, opened_at: datetime) -> None:
        self.tokens = HostileTokens(issuer, client, keys)
        super().__init__(tokens=self.tokens, opened_at=opened_at)
        self._right_statement = self.entity_statement
        self._opened_at = opened_at
        self.codes: list[str] = []
        self.id_tokens: list[str] = []
        self.swaps = 0
        self.key_fetches = 0

    def err(self, fault: Fault) -> None:
        self.tokens.fault = fault
        self.codes.clear()
        self.id_tokens.clear()
        self.swaps = self.key_fetches = 0
        made = fault.statement
        self.entity_statement = (
            made(self.tokens.keys, self.tokens.issuer, self._opened_at) if made else self._right_statement
        )

    @property
    def pin(self) -> str:
        """Return by which sum the statement is believed."""
        believed = self.entity_statement if self.tokens.fault.is_pinned else self._right_statement
        return sha256(believed.encode()).hexdigest()

    def signed_jwks(self, *, now: datetime) -> str:
        self.key_fetches += 1
        made = self.tokens.fault.jwks
        return made(self.tokens.keys, self.tokens.issuer, now) if made else super().signed_jwks(now=now)

    def approve(self, request: Request, person_key: str, *, now: datetime, mood: Mood = Mood.WELL) -> str:
        address, _, query = super().approve(request, person_key, now=now, mood=mood).partition("?")
        pairs = parse_qsl(query, keep_blank_values=True)
        self.codes.append(dict(pairs)["code"])
        if self.tokens.fault.callback is not None:
            pairs = self.tokens.fault.callback(pairs)
        return f"{address}?{urlencode(pairs)}"

    def swap(self, form: Mapping[str, str], *, now: datetime) -> TokenAnswer:
        self.swaps += 1
        answer = super().swap(form, now=now)
        read = json.loads(answer.body)
        self.id_tokens.append(read["id_token"])
        fault = self.tokens.fault
        body = answer.body if fault.answer is None else fault.answer(read)
        return TokenAnswer(body, content_type=fault.content_type)
