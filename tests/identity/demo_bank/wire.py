"""The demo bank and its provider with the wire between them, in one process."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

from identity.demo_bank.bank import DemoBank, Mood, open_bank
from identity.demo_bank.bank_keys import BankKeys, made_bank_keys
from identity.demo_bank.provider import DemoBankProvider, create
from identity.demo_bank.refused import BankRefused
from identity.demo_bank.registration import Client, demo_client
from identity.demo_bank.service_keys import made_service_keys
from identity.oidc.own_key import KeyUse, OwnKeys
from identity.personal_code import SubjectKeys
from identity.provider import FetchFailed, ProviderContext
from tests.identity.people import NOW

PUBLIC, BACK = "https://kohtaamo.example", "http://127.0.0.1:8080"
RETURN_TO = PUBLIC + "/identify/demo-bank/callback"
OURS: OwnKeys = made_service_keys()
BANKS: BankKeys = made_bank_keys()
JWKS, STATEMENT = "/signed_jwks.jwt", "/.well-known/openid-federation"


def client_at(public_url: str) -> Client:
    """Return ourselves, as the bank knows us."""
    published = OURS.published(KeyUse.SIGNING, KeyUse.ENCRYPTION, now=NOW)
    return demo_client(public_url, lambda: published)


def a_bank(public_url: str = PUBLIC, keys: BankKeys = BANKS) -> DemoBank:
    return open_bank(client_at(public_url), keys, public_url, now=NOW)


def pin_of(bank: DemoBank) -> str:
    return sha256(bank.entity_statement.encode()).hexdigest()


class Wire:
    """Stands for HTTP: addresses lead to the bank, and its refusals become a status."""

    def __init__(self, bank: DemoBank | None = None, *, now: datetime = NOW) -> None:
        self.bank = bank or a_bank()
        self.now = now
        self.is_down = False
        self.asked: list[str] = []
        self.forms: list[Mapping[str, str]] = []

    def provider(self, *, is_production: bool = False) -> DemoBankProvider:
        return create(
            ProviderContext(
                public_url=PUBLIC,
                back_channel_url=BACK,
                is_production=is_production,
                subject_keys=SubjectKeys(b"k" * 32),
                fetch=self.fetch,
                settings={"PIN": pin_of(self.bank)},
                own_keys=lambda: OURS,
            )
        )

    async def fetch(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        self.asked.append(url)
        if form is not None:
            self.forms.append(form)
        if self.is_down:
            raise FetchFailed
        if form is None:
            published = {JWKS: self.bank.signed_jwks(now=self.now), STATEMENT: self.bank.entity_statement}
            return published[url.removeprefix(BACK + "/demo/bank")].encode()
        assert url == BACK + "/demo/bank/token"
        try:
            answer = self.bank.swap(form, now=self.now)
        except BankRefused as refused:
            raise FetchFailed(400) from refused
        if answer.is_slow:
            raise FetchFailed
        return answer.body

    def picks(self, address: str, person: str = "aino", mood: Mood = Mood.WELL) -> dict[str, str]:
        """Open the bank's page and pick a person; return what the browser brings back."""
        request = self.bank.asked(query_of(address), now=self.now)
        return query_of(self.bank.approve(request, person, now=self.now, mood=mood))


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
