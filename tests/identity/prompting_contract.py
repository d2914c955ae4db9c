"""What every identity provider must pass that makes another device ask.

A plug-in's own tests inherit `PromptingContract` and say how to make the
provider, with the other side of the wire at hand, and how its person answers.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

import pytest

from identity.assurance import Assurance
from identity.errors import (
    AnswerRefused,
    BankUnavailable,
    IdentificationCancelled,
    IdentificationFailed,
    NotEnrolled,
)
from identity.identification import Identified
from identity.login_attempt import LASTS, LoginAttempt
from identity.prompt import Pending, Prompt
from identity.provider import PromptingProvider
from identity.trip import Trip
from tests.identity.people import NOW, a_trip, an_attempt

A_MINUTE = timedelta(minutes=1)


class PromptingContract(ABC):
    wrong: ClassVar[tuple[str, str]]
    """A question, and an answer to it that will not do."""
    nobodys: ClassVar[Mapping[str, str]]
    """Answers that are well formed, and behind which nobody stands."""

    @abstractmethod
    def provider(self) -> PromptingProvider:
        """Make it, for a demo or test installation at https://kohtaamo.example."""

    @abstractmethod
    def answers(self) -> Mapping[str, str]:
        """Return what a person types who can be reached."""

    @abstractmethod
    async def confirms(self) -> None:
        """Act the person on the other device."""

    @abstractmethod
    async def turns_down(self) -> None: ...

    @abstractmethod
    def falls_silent(self) -> None:
        """Let the other side answer no more."""

    def test_its_name_fits_an_address_and_its_title_every_language(self) -> None:
        provider = self.provider()

        assert isinstance(provider, PromptingProvider)
        assert re.fullmatch(r"[a-z0-9-]{1,40}", provider.name)
        assert all(provider.title(language).strip() for language in ("fi", "sv", "en"))
        assert len(provider.logo) <= 16_384

    def test_its_questions_are_whole_in_every_language(self) -> None:
        asked = [self.provider().questions(language) for language in ("fi", "sv", "en")]

        assert len({tuple(each.name for each in questions) for questions in asked}) == 1
        for question in (each for questions in asked for each in questions):
            assert re.fullmatch(r"[a-z_]{1,20}", question.name)
            assert all(text.strip() for text in (question.label, question.help, question.refusal))
            assert 1 <= question.longest <= 100

    def test_reading_what_was_read_changes_nothing(self) -> None:
        read = self.provider().read(self.answers())

        assert self.provider().read(read) == read

    @pytest.mark.parametrize("typed", ["x" * 200, "\ud800", "\0", "<b>"])
    def test_an_answer_that_will_not_do_is_refused_by_its_name(self, typed: str) -> None:
        question, wrong = self.wrong
        for answer in (wrong, typed):
            with pytest.raises(AnswerRefused) as refused:
                self.provider().read({**self.answers(), question: answer})

            assert refused.value.question == question
            assert answer == "" or answer not in repr(refused.value)

    async def test_the_prompt_shows_a_code_and_ends_within_the_attempt(self) -> None:
        provider, attempt = self.provider(), self.attempt()

        prompt = await self.prompted(provider, attempt)

        assert re.fullmatch(r"[A-Za-z0-9]{4,8}", prompt.event_id)
        assert NOW < prompt.ask_again_at < prompt.ends_at <= NOW + LASTS
        assert str(prompt.memo) not in repr(prompt)

    async def test_two_prompts_show_two_codes(self) -> None:
        prompts = [await self.prompted(self.provider(), self.attempt()) for _ in range(3)]

        assert len({each.event_id for each in prompts}) == 3

    async def test_who_has_not_answered_is_waited_for(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        prompt = await self.prompted(provider, attempt)

        told = await provider.poll(self.later(attempt), prompt.memo)

        assert isinstance(told, Pending)
        assert told.ask_again_at > NOW + A_MINUTE

    async def test_who_confirms_is_identified(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        prompt = await self.prompted(provider, attempt)
        await self.confirms()

        told = await provider.poll(self.later(attempt), prompt.memo)

        assert isinstance(told, Identified)
        assert told.assurance <= provider.assurance
        assert all(name.strip() for name in (told.given_name, told.family_name))
        assert told.subject_key or told.assurance <= Assurance.LOW
        assert provider.method_title(told.method, "fi").strip()

    async def test_who_turns_it_down_has_cancelled(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        prompt = await self.prompted(provider, attempt)
        await self.turns_down()

        with pytest.raises(IdentificationCancelled):
            await provider.poll(self.later(attempt), prompt.memo)

    async def test_an_answer_to_another_attempt_is_refused(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        prompt = await self.prompted(provider, attempt)
        await self.confirms()

        with pytest.raises(IdentificationFailed):
            await provider.poll(self.later(self.attempt()), prompt.memo)

    @pytest.mark.parametrize("memo", [b"", b"made-up", b"\xff\0{}", b"{}", b"x" * 5000])
    async def test_a_spoilt_memo_is_refused_by_name(self, memo: bytes) -> None:
        with pytest.raises(IdentificationFailed):
            await self.provider().poll(a_trip(self.attempt()), memo)

    async def test_a_number_of_nobody_is_told_so(self) -> None:
        provider = self.provider()

        with pytest.raises(NotEnrolled):
            await provider.prompt(a_trip(self.attempt()), provider.read(self.nobodys))

    async def test_an_other_side_that_is_silent_is_not_available(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        prompt = await self.prompted(provider, attempt)
        self.falls_silent()

        with pytest.raises(BankUnavailable):
            await provider.poll(self.later(attempt), prompt.memo)
        with pytest.raises(BankUnavailable):
            await self.prompted(provider, self.attempt())

    async def test_cancelling_raises_nothing_even_twice(self) -> None:
        provider, attempt = self.provider(), self.attempt()
        prompt = await self.prompted(provider, attempt)

        await provider.cancel(a_trip(attempt), prompt.memo)
        await provider.cancel(a_trip(attempt), b"made-up")

    def attempt(self) -> LoginAttempt:
        return an_attempt(self.provider().name)

    def later(self, attempt: LoginAttempt) -> Trip:
        return a_trip(attempt, now=NOW + A_MINUTE)

    async def prompted(self, provider: PromptingProvider, attempt: LoginAttempt) -> Prompt:
        return await provider.prompt(a_trip(attempt), provider.read(self.answers()))
