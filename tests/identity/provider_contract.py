"""What every identity provider must pass.

A plug-in's own tests inherit `RedirectingContract` and say how to make the
provider, with the other side of the wire at hand, and how its person answers.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

from identity.assurance import Assurance
from identity.errors import AssertionRefused, IdentificationCancelled, IdentificationFailed
from identity.login_attempt import LoginAttempt
from identity.provider import RedirectingProvider
from tests.identity.people import NOW, a_trip, an_attempt


class RedirectingContract(ABC):
    proof = "code"
    """What the browser brings back besides the state: the word of the provider's own protocol."""

    @abstractmethod
    def provider(self) -> RedirectingProvider:
        """Make it, for a demo or test installation at https://kohtaamo.example."""

    @abstractmethod
    def answer(self, address: str, *, cancels: bool = False) -> Mapping[str, str]:
        """Act the person who is sent to an address: return the query with which they come back."""

    def test_its_name_fits_an_address_and_its_title_every_language(self) -> None:
        provider = self.provider()

        assert re.fullmatch(r"[a-z0-9-]{1,40}", provider.name)
        assert all(provider.title(language).strip() for language in ("fi", "sv", "en"))
        assert len(provider.logo) <= 16_384
        assert provider.logo == b"" or provider.logo.lstrip().startswith(b"<svg")

    async def test_what_it_knows_not_to_work_is_told_in_words(self) -> None:
        for disturbance in await self.provider().disturbances("sv"):
            assert (disturbance.title + disturbance.text).strip()

    async def test_it_sends_the_browser_off_with_the_state_and_nothing_secret(self) -> None:
        provider, attempt = self.provider(), self.attempt()

        address = await self.begin(provider, attempt)

        assert urlsplit(address).scheme == "https"
        assert attempt.state in self.seen(address)
        assert attempt.verifier not in self.seen(address)
        assert str(attempt.appointment_id) not in self.seen(address)

    async def test_a_person_who_says_who_they_are_is_identified(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(await self.begin(provider, attempt))

        identified = await provider.complete(a_trip(attempt), query)

        assert identified.assurance <= provider.assurance
        assert all(name.strip() for name in (identified.given_name, identified.family_name))
        assert (identified.at, bool(identified.method)) == (NOW, True)
        assert identified.subject_key is None or len(identified.subject_key) >= 32
        assert identified.subject_key or identified.assurance <= Assurance.LOW
        assert provider.method_title(identified.method, "fi").strip()

    async def test_the_same_person_has_the_same_key_the_next_time(self) -> None:
        keys = set()
        for provider in (self.provider(), self.provider()):
            attempt = self.attempt()
            query = self.answer(await self.begin(provider, attempt))
            identified = await provider.complete(a_trip(attempt), query)
            keys.add(identified.subject_key)

        assert len(keys) == 1

    async def test_a_person_who_turns_back_has_cancelled(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(await self.begin(provider, attempt), cancels=True)

        with pytest.raises(IdentificationCancelled):
            await provider.complete(a_trip(attempt), query)

    async def test_an_answer_to_another_attempt_is_refused(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(await self.begin(provider, attempt))

        with pytest.raises(AssertionRefused):
            await provider.complete(a_trip(self.attempt()), query)

    async def test_an_answer_is_worth_nothing_the_second_time(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = self.answer(await self.begin(provider, attempt))
        await provider.complete(a_trip(attempt), query)

        with pytest.raises(IdentificationFailed):
            await provider.complete(a_trip(attempt), query)

    @pytest.mark.parametrize(
        ("word", "value"),
        [
            ("{proof}", "x" * 5000),
            ("{proof}", "made-up"),
            ("{proof}", "\ud800"),
            ("state", ""),
            ("state", "\ud800"),
        ],
    )
    async def test_a_spoilt_answer_is_refused_by_name(self, word: str, value: str) -> None:
        provider, attempt = self.provider(), self.attempt()
        query = {**self.answer(await self.begin(provider, attempt)), word.format(proof=self.proof): value}

        with pytest.raises(IdentificationFailed):
            await provider.complete(a_trip(attempt), query)

    async def test_an_empty_answer_is_refused_by_name(self) -> None:
        with pytest.raises(IdentificationFailed):
            await self.provider().complete(a_trip(self.attempt()), {})

    def seen(self, address: str) -> str:
        """Return what can be read in an address; a provider that signs its request reads it out here."""
        return address

    def attempt(self) -> LoginAttempt:
        return an_attempt(self.provider().name)

    async def begin(self, provider: RedirectingProvider, attempt: LoginAttempt) -> str:
        return await provider.begin(a_trip(attempt))
