"""What every identity provider must pass.

A plug-in's own tests inherit `ProviderContract` and say how to make the
provider, with the other side of the wire at hand, and how its person answers.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

from identity.errors import AssertionRefused, IdentificationCancelled, IdentificationFailed
from identity.login_attempt import LoginAttempt, begun
from identity.provider import IdentityProvider
from tests.identity.people import APPOINTMENT, NOW

RETURN_TO = "https://kohtaamo.example/identify/{}/callback"


class ProviderContract(ABC):
    @abstractmethod
    def provider(self) -> IdentityProvider:
        """Make it, for a demo or test installation at https://kohtaamo.example."""

    @abstractmethod
    def answer(self, address: str, *, cancels: bool = False) -> Mapping[str, str]:
        """Act the person who is sent to an address: return the query with which they come back."""

    def test_its_name_fits_an_address_and_its_title_every_language(self) -> None:
        provider = self.provider()

        assert re.fullmatch(r"[a-z0-9-]{1,40}", provider.name)
        assert all(provider.title(language).strip() for language in ("fi", "sv", "en"))

    def test_it_sends_the_browser_off_with_the_state_and_nothing_secret(self) -> None:
        provider, attempt = self.provider(), self.attempt()

        address = self.begin(provider, attempt)

        assert urlsplit(address).scheme == "https"
        assert attempt.state in address
        assert attempt.verifier not in address
        assert str(attempt.appointment_id) not in address

    async def test_a_person_who_says_who_they_are_is_identified(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(self.begin(provider, attempt))

        identified = await provider.complete(query, attempt, return_to=self.return_to(), now=NOW)

        assert identified.assurance >= provider.assurance
        assert all(name.strip() for name in (identified.given_name, identified.family_name))
        assert (identified.at, bool(identified.method)) == (NOW, True)
        assert len(identified.subject_key) >= 32

    async def test_the_same_person_has_the_same_key_the_next_time(self) -> None:
        keys = set()
        for provider in (self.provider(), self.provider()):
            attempt = self.attempt()
            query = self.answer(self.begin(provider, attempt))
            identified = await provider.complete(query, attempt, return_to=self.return_to(), now=NOW)
            keys.add(identified.subject_key)

        assert len(keys) == 1

    async def test_a_person_who_turns_back_has_cancelled(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(self.begin(provider, attempt), cancels=True)

        with pytest.raises(IdentificationCancelled):
            await provider.complete(query, attempt, return_to=self.return_to(), now=NOW)

    async def test_an_answer_to_another_attempt_is_refused(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(self.begin(provider, attempt))

        with pytest.raises(AssertionRefused):
            await provider.complete(query, self.attempt(), return_to=self.return_to(), now=NOW)

    async def test_an_answer_is_worth_nothing_the_second_time(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(self.begin(provider, attempt))
        await provider.complete(query, attempt, return_to=self.return_to(), now=NOW)

        with pytest.raises(IdentificationFailed):
            await provider.complete(query, attempt, return_to=self.return_to(), now=NOW)

    @pytest.mark.parametrize(
        "change",
        [
            {"code": "x" * 5000},
            {"code": "made-up"},
            {"error": "access_denied"},
            {"state": ""},
            {"state": "\ud800"},
            {"iss": "https://rogue.example"},
        ],
    )
    async def test_a_spoilt_answer_is_refused_by_name(self, change: Mapping[str, str]) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = {**self.answer(self.begin(provider, attempt)), **change}

        with pytest.raises(IdentificationFailed):
            await provider.complete(query, attempt, return_to=self.return_to(), now=NOW)

    async def test_an_empty_answer_is_refused_by_name(self) -> None:
        with pytest.raises(IdentificationFailed):
            await self.provider().complete({}, self.attempt(), return_to=self.return_to(), now=NOW)

    def attempt(self) -> LoginAttempt:
        return begun(APPOINTMENT, self.provider().name, "browser", now=NOW)

    def begin(self, provider: IdentityProvider, attempt: LoginAttempt) -> str:
        return provider.begin(attempt, return_to=self.return_to(), language="fi")

    def return_to(self) -> str:
        return RETURN_TO.format(self.provider().name)
