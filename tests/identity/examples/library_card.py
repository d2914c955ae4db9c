"""A library's own sign-in page as an identity provider: what a third party writes, whole."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from identity.assurance import Assurance
from identity.disturbance import Disturbance
from identity.errors import AssertionRefused, BankUnavailable, IdentificationCancelled
from identity.identification import Identified
from identity.provider import BadProviderSettings, FetchFailed, ProviderContext
from identity.secret import is_same
from identity.trip import Trip

TITLES = {"fi": "Kirjastokortti", "sv": "Bibliotekskort", "en": "Library card"}


class LibraryCard:
    """Sends people to the library, and asks it over TLS who came back. A card is no proof of a person."""

    name = "library-card"
    assurance = Assurance.LOW
    is_demo = False
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 2h6v4H1z"/></svg>'

    def __init__(self, context: ProviderContext) -> None:
        self._library, self._fetch = context.settings.get("URL", ""), context.fetch
        if not self._library.startswith("https://"):
            raise BadProviderSettings("KOHTAAMO_LIBRARY_CARD_URL must begin with https://")

    def title(self, language: str) -> str:
        return TITLES[language]

    def method_title(self, method: str, language: str) -> str:
        return TITLES[language]

    async def disturbances(self, language: str) -> Sequence[Disturbance]:
        return ()

    async def begin(self, trip: Trip) -> str:
        asked = {"state": trip.attempt.state, "nonce": trip.attempt.nonce, "back": trip.return_to}
        return f"{self._library}/sign-in?{urlencode(asked)}"

    async def complete(self, trip: Trip, query: Mapping[str, str]) -> Identified:
        if not is_same(query.get("state", ""), trip.attempt.state):
            raise AssertionRefused("state")
        if "receipt" not in query:
            raise IdentificationCancelled
        try:
            said = json.loads(await self._fetch(f"{self._library}/who", {"receipt": query["receipt"][:500]}))
            given, family, nonce = str(said["given"]), str(said["family"]), str(said["nonce"])
        except FetchFailed as failed:
            raise (BankUnavailable() if failed.status != 404 else AssertionRefused("receipt")) from failed
        except (ValueError, KeyError, TypeError):
            raise AssertionRefused("answer") from None
        if not is_same(nonce, trip.attempt.nonce):
            raise AssertionRefused("nonce")
        return Identified(
            subject_key=None,
            given_name=given,
            family_name=family,
            assurance=self.assurance,
            method=self.name,
            at=trip.now,
        )


def create(context: ProviderContext) -> LibraryCard:
    return LibraryCard(context)
