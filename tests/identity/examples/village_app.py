"""A village bank's app as an identity provider: what a third party writes to prompt another device, whole."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from secrets import choice

from identity.assurance import Assurance
from identity.disturbance import Disturbance
from identity.errors import (
    AnswerRefused,
    AssertionRefused,
    BankUnavailable,
    IdentificationCancelled,
    NotEnrolled,
)
from identity.identification import Identified
from identity.prompt import Kind, Pending, Prompt, Question
from identity.provider import FetchFailed, ProviderContext
from identity.secret import is_same
from identity.trip import Trip

TITLES = {"fi": "Kyläpankin sovellus", "sv": "Bybankens app", "en": "Village bank's app"}
NUMBER = {"fi": "Jäsennumero", "sv": "Medlemsnummer", "en": "Member number"}
HELP = {"fi": "Viisi numeroa kortissa.", "sv": "Fem siffror på kortet.", "en": "Five figures on the card."}
EVERY, LASTS = timedelta(seconds=5), timedelta(minutes=3)


class VillageApp:
    """Makes the app show a code and ask; the member's number alone vouches for nobody."""

    name = "village-app"
    assurance = Assurance.LOW
    is_demo = False
    logo = b""

    def __init__(self, context: ProviderContext) -> None:
        self._bank, self._fetch = context.settings["URL"], context.fetch

    def title(self, language: str) -> str:
        return TITLES[language]

    def method_title(self, method: str, language: str) -> str:
        return TITLES[language]

    async def disturbances(self, language: str) -> Sequence[Disturbance]:
        return ()

    def questions(self, language: str) -> Sequence[Question]:
        label, said = NUMBER[language], HELP[language]
        return (
            Question(
                name="member",
                label=label,
                help=said,
                refusal=said,
                kind=Kind.PHONE,
                is_required=True,
                longest=20,
            ),
        )

    def read(self, answers: Mapping[str, str]) -> Mapping[str, str]:
        member = answers.get("member", "").replace(" ", "")
        if not re.fullmatch(r"[0-9]{5}", member):
            raise AnswerRefused("member")
        return {"member": member}

    async def prompt(self, trip: Trip, answers: Mapping[str, str]) -> Prompt:
        event_id = "".join(choice("ABCDEFGHJKLMNPRSTUVWXYZ23456789") for _ in range(4))
        told = await self._ask("ask", {**answers, "shows": event_id, "nonce": trip.attempt.nonce})
        return Prompt(
            event_id=event_id,
            memo=told["id"].encode(),
            ask_again_at=trip.now + EVERY,
            ends_at=trip.now + LASTS,
        )

    async def poll(self, trip: Trip, memo: bytes) -> Identified | Pending:
        told = await self._ask("look", {"id": memo.decode("utf-8", "replace")})
        if told.get("answer") == "waits":
            return Pending(trip.now + EVERY)
        if told.get("answer") == "no":
            raise IdentificationCancelled
        if not is_same(told.get("nonce", ""), trip.attempt.nonce):
            raise AssertionRefused("nonce")
        return Identified(
            subject_key=None,
            given_name=told["given"],
            family_name=told["family"],
            assurance=self.assurance,
            method=self.name,
            at=trip.now,
        )

    async def cancel(self, trip: Trip, memo: bytes) -> None:
        return None

    async def _ask(self, what: str, form: Mapping[str, str]) -> dict[str, str]:
        try:
            return {
                key: str(value)
                for key, value in json.loads(await self._fetch(f"{self._bank}/{what}", form)).items()
            }
        except FetchFailed as failed:
            raise (NotEnrolled() if failed.status == 404 else BankUnavailable()) from None
        except (ValueError, AttributeError):
            raise AssertionRefused("answer") from None


def create(context: ProviderContext) -> VillageApp:
    return VillageApp(context)
