"""The mobile certificate as an identity provider: the phone asks, and we check what it signed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from identity.assurance import Assurance
from identity.disturbance import Disturbance
from identity.errors import AnswerRefused, AssertionRefused, BankUnavailable
from identity.identification import Identified
from identity.mobile_id import words
from identity.mobile_id.answer import Reply, read_reply
from identity.mobile_id.chain import check_chain, check_use, serial_number
from identity.mobile_id.cms import check_signature
from identity.mobile_id.contract import Contract, contract_of
from identity.mobile_id.faults import OUTSTANDING, REQUEST_OK, VALID_SIGNATURE, failure_of_status
from identity.mobile_id.names import CONTENT_TYPE
from identity.mobile_id.number import event_id, msisdn, prevention_code
from identity.mobile_id.person import MobilePerson, check_person
from identity.mobile_id.request import Asking, new_trans_id, signature_request, status_request
from identity.personal_code import SubjectKeys
from identity.prompt import Pending, Prompt, Question
from identity.provider import FetchFailed, Post, ProviderContext
from identity.secret import is_same
from identity.trip import Trip

NAME = "mobile-id"
GRACE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memo:
    """What a prompt is known by, on both sides."""

    trans_id: str
    mssp_trans_id: str
    msisdn: str = field(repr=False)


class MobileIdProvider:
    """Asks one operator, who reaches the phones of all of them."""

    assurance = Assurance.SUBSTANTIAL
    is_demo = False
    logo = b""

    def __init__(
        self, contract: Contract, post: Post, subject_keys: SubjectKeys, *, name: str = NAME
    ) -> None:
        self.name = name
        self._contract, self._post, self._subject_keys = contract, post, subject_keys

    def title(self, language: str) -> str:
        return words.TITLE[language]

    def method_title(self, method: str, language: str) -> str:
        return self.title(language)

    async def disturbances(self, language: str) -> Sequence[Disturbance]:
        return ()

    def questions(self, language: str) -> Sequence[Question]:
        return words.questions(language)

    def read(self, answers: Mapping[str, str]) -> Mapping[str, str]:
        number, code = msisdn(answers.get("number", "")), prevention_code(answers.get("code", ""))
        if number is None:
            raise AnswerRefused("number")
        if code is None:
            raise AnswerRefused("code")
        return {"number": number, "code": code}

    async def prompt(self, trip: Trip, answers: Mapping[str, str]) -> Prompt:
        asking = Asking(
            trans_id=new_trans_id(),
            msisdn=answers["number"],
            code=answers["code"],
            event_id=event_id(),
            challenge=trip.attempt.commitment,
            language=trip.language,
            now=trip.now,
        )
        reply = await self._ask(signature_request(self._contract, asking), "MSS_Signature", trip)
        self._check_echo(reply, asking.trans_id, asking.msisdn, None)
        if reply.status != REQUEST_OK:
            raise failure_of_status(reply.status)
        memo = {"ours": asking.trans_id, "theirs": reply.mssp_trans_id, "number": asking.msisdn}
        return Prompt(
            event_id=asking.event_id,
            memo=json.dumps(memo).encode("ascii"),
            ask_again_at=trip.now + self._contract.first_look,
            ends_at=trip.now + self._contract.time_out + GRACE,
        )

    async def poll(self, trip: Trip, memo: bytes) -> Identified | Pending:
        known = _memo(memo)
        request = status_request(self._contract, known.trans_id, known.mssp_trans_id, trip.now)
        reply = await self._ask(request, "MSS_StatusQuery", trip)
        self._check_echo(reply, known.trans_id, known.msisdn, known.mssp_trans_id)
        if reply.status == OUTSTANDING:
            return Pending(trip.now + self._contract.every)
        if reply.status != VALID_SIGNATURE:
            raise failure_of_status(reply.status)
        person = self._checked(reply, trip, known)
        return Identified(
            subject_key=self._subject_keys.of(person.code),
            code=person.code,
            given_name=person.given_name,
            family_name=person.family_name,
            assurance=self.assurance,
            method=self.name,
            at=trip.now,
        )

    async def cancel(self, trip: Trip, memo: bytes) -> None:
        """The protocol knows no way to take a request back: the phone forgets it by itself."""

    def _checked(self, reply: Reply, trip: Trip, known: _Memo) -> MobilePerson:
        """Believe neither the status alone nor the signature alone. Raises AssertionRefused."""
        contract = self._contract
        signed = check_signature(reply.signature, trip.attempt.commitment)
        check_chain(signed.certificate, signed.others, contract.roots, now=trip.now)
        check_use(signed.certificate, policy=contract.policy)
        person = check_person(
            reply.person,
            query_id=known.trans_id,
            roots=contract.roots,
            takes_sha1=contract.takes_sha1,
            is_production=contract.is_production,
            now=trip.now,
        )
        if not is_same(serial_number(signed.certificate), person.satu):
            raise AssertionRefused("satu")
        return person

    def _check_echo(self, reply: Reply, ours: str, number: str, theirs: str | None) -> None:
        reply.check_echo(ap_id=self._contract.ap_id, trans_id=ours, msisdn=number, mssp_trans_id=theirs)

    async def _ask(self, request: bytes, operation: str, trip: Trip) -> Reply:
        """Send one request. Faults come with 400 or 500, and their body tells more than that."""
        try:
            answer = await self._post(
                self._contract.url, request, content_type=CONTENT_TYPE, tls=self._contract.tls
            )
        except FetchFailed:
            raise BankUnavailable("mss_unreachable") from None
        if answer.status not in (200, 400, 500):
            raise BankUnavailable(f"mss_http_{answer.status}")
        message = {"MSS_Signature": "MSS_SignatureResp", "MSS_StatusQuery": "MSS_StatusResp"}[operation]
        return read_reply(answer.body, operation=operation, message=message, now=trip.now)


def create(context: ProviderContext) -> MobileIdProvider:
    contract = contract_of(
        context.settings, prefix="KOHTAAMO_MOBILE_ID_", is_production=context.is_production
    )
    return MobileIdProvider(contract, context.post, context.subject_keys)


def _memo(memo: bytes) -> _Memo:
    try:
        said = json.loads(memo)
        return _Memo(trans_id=said["ours"], mssp_trans_id=said["theirs"], msisdn=said["number"])
    except (ValueError, KeyError, TypeError):
        raise AssertionRefused("memo") from None
