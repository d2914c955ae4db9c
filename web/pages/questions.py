"""What a prompting provider asks before it begins: its form, read, limited and shown again."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from aiohttp import web
from pydantic import ConfigDict

from identity.errors import AnswerRefused
from identity.prompt import Kind, Question
from identity.provider import PromptingProvider
from web.body import read_form
from web.i18n import language_of
from web.keys import ADDRESS, RATES, SECRET
from web.pages.certificate import Wanted

NUMBER_A_MINUTE, NUMBER_AN_HOUR = 2, 6
LINK_AN_HOUR = 12
ADDRESS_AN_HOUR = 30


class Answered(Wanted):
    """Each provider has questions of its own."""

    model_config = ConfigDict(extra="allow")


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions, what was typed, and what to say beside a field; `wanted` came along with the form."""

    questions: Sequence[Question]
    wanted: Wanted
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    @property
    def labels(self) -> Mapping[str, str]:
        return {each.name: each.label for each in self.questions}


async def answers(request: web.Request, provider: PromptingProvider) -> tuple[Asked, Mapping[str, str]]:
    """Read the form: what was typed, and the answers as the provider reads them, none when it refuses."""
    questions = provider.questions(language_of(request))
    wanted = await read_form(request, Answered)
    sent = wanted.model_dump()
    typed = {each.name: str(sent.get(each.name, "")) for each in questions}
    wrong = {
        each.name: each.refusal
        for each in questions
        if len(typed[each.name]) > each.longest or (each.is_required and not typed[each.name])
    }
    if wrong:
        return Asked(questions, wanted, typed, wrong), {}
    try:
        return Asked(questions, wanted, typed), provider.read(typed)
    except AnswerRefused as refused:
        said = next(each.refusal for each in questions if each.name == refused.question)
        return Asked(questions, wanted, typed, {refused.question: said}), {}


async def limited(request: web.Request, asked: Asked, read: Mapping[str, str]) -> None:
    """Count a prompt by link, by address and by number: each makes a stranger's phone ring.

    Of the number only a digest is counted. Raises TooManyRequests.
    """
    rates = request.app[RATES]
    await rates.an_hour(ADDRESS_AN_HOUR, "prompt from", request[ADDRESS])
    await rates.an_hour(LINK_AN_HOUR, "prompt of", _digest(request, request.match_info["token"]))
    for question in asked.questions:
        if question.kind is Kind.PHONE and (number := read.get(question.name)):
            await rates.a_minute(NUMBER_A_MINUTE, "prompt to", _digest(request, number))
            await rates.an_hour(NUMBER_AN_HOUR, "prompt to", _digest(request, number))


def _digest(request: web.Request, text: str) -> str:
    message = b"prompt\n" + text.encode("utf-8", "surrogateescape")
    return hmac.new(request.app[SECRET], message, sha256).hexdigest()
