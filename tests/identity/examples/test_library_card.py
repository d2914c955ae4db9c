"""The stranger's redirecting provider keeps the contract, with the library on the other side of the wire."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import pytest

from identity.personal_code import SubjectKeys
from identity.provider import BadProviderSettings, FetchFailed, ProviderContext
from tests.identity.examples.library_card import LibraryCard, create
from tests.identity.provider_contract import RedirectingContract


class Library:
    """Gives a receipt for a nonce, and tells once whom it gave it to."""

    def __init__(self) -> None:
        self.receipts: dict[str, str] = {}

    def signs_in(self, query: Mapping[str, str]) -> dict[str, str]:
        receipt = f"receipt-{len(self.receipts)}"
        self.receipts[receipt] = query["nonce"]
        return {"state": query["state"], "receipt": receipt}

    async def fetch(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        assert url == "https://library.example/who"
        nonce = self.receipts.pop((form or {}).get("receipt", ""), None)
        if nonce is None:
            raise FetchFailed(404)
        return json.dumps({"given": "Aino", "family": "Virtanen", "nonce": nonce}).encode()


def context(library: Library, **settings: str) -> ProviderContext:
    return ProviderContext(
        public_url="https://kohtaamo.example",
        back_channel_url="",
        is_production=True,
        subject_keys=SubjectKeys(b"k" * 32),
        fetch=library.fetch,
        settings=settings,
    )


class TestLibraryCardKeepsTheContract(RedirectingContract):
    proof = "receipt"

    @pytest.fixture(autouse=True)
    def _stands(self) -> None:
        self.library = Library()

    def provider(self) -> LibraryCard:
        return create(context(self.library, URL="https://library.example"))

    def answer(self, address: str, *, cancels: bool = False) -> Mapping[str, str]:
        query = dict(parse_qsl(urlsplit(address).query))
        return {"state": query["state"]} if cancels else self.library.signs_in(query)


def test_a_setting_that_it_needs_is_asked_for_in_one_sentence() -> None:
    with pytest.raises(BadProviderSettings, match="KOHTAAMO_LIBRARY_CARD_URL"):
        create(context(Library(), URL="http://library.example"))
