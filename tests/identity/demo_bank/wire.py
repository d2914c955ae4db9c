"""The demo bank and its provider with the wire between them, in one process."""

import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from identity.demo_bank.bank import BankRefused, open_bank
from identity.demo_bank.provider import DemoBankProvider, create
from identity.personal_code import SubjectKeys
from identity.provider import FetchFailed, ProviderContext
from tests.identity.people import NOW

PUBLIC, BACK = "https://kohtaamo.example", "http://127.0.0.1:8080"
RETURN_TO = PUBLIC + "/identify/demo-bank/callback"


class Wire:
    """Stands for HTTP: addresses lead to the bank, and its refusals become a status."""

    def __init__(self, *, now: datetime = NOW) -> None:
        self.bank = open_bank(PUBLIC)
        self.now = now
        self.is_down = False
        self.asked: list[str] = []

    def provider(self, *, is_production: bool = False) -> DemoBankProvider:
        return create(
            ProviderContext(
                public_url=PUBLIC,
                back_channel_url=BACK,
                is_production=is_production,
                subject_keys=SubjectKeys(b"k" * 32),
                fetch=self.fetch,
            )
        )

    async def fetch(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        self.asked.append(url)
        if self.is_down:
            raise FetchFailed
        if url == BACK + "/demo/bank/jwks.json" and form is None:
            return json.dumps(self.bank.jwks()).encode()
        if url != BACK + "/demo/bank/token" or form is None:
            raise FetchFailed(404)
        try:
            return json.dumps(self.bank.swap(form, now=self.now)).encode()
        except BankRefused as refused:
            raise FetchFailed(400) from refused

    def picks(self, address: str, person: str = "aino") -> dict[str, str]:
        """Open the bank's page and pick a person; return what the browser brings back."""
        request = self.bank.asked(query_of(address))
        return query_of(self.bank.approve(request, person, now=self.now))


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
