"""The operator itself: takes requests, lets phones ring, and vouches for who typed the PIN.

It stands on the other side of the wire: it shares no state and no key with
the provider that asks it. What is under way lives in the memory of the process.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from secrets import token_hex
from types import MappingProxyType
from typing import Any

from lxml import etree

from identity.demo_mobile.authority import Authority, Holder
from identity.demo_mobile.registration import AP_ID, AP_PWD, PHONES, Phone
from identity.demo_mobile.signing import challenge_of, person_response, signed_challenge, signed_person
from identity.demo_mobile.soap import fault, signature_response, status_response
from identity.mobile_id.names import PREFIXES
from identity.secret import is_same

Element = Any
MOST = 200


class Refused(Exception):
    """A fault of the protocol: its code, and the detail where there is one."""

    def __init__(self, code: int, detail: int | None = None) -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A request on a phone; `answer` is None until somebody answers: 0 for a PIN, else a fault's code."""

    id: str
    trans_id: str
    phone: Phone
    event_id: str
    service: str
    challenge: bytes = field(repr=False)
    ends_at: datetime
    answer: int | None = None


class Operator:
    """Knows one service, by its id and password, and a few phones."""

    def __init__(self, *, now: datetime, phones: Mapping[str, Phone] = PHONES) -> None:
        self.authority = Authority("Demo operator's root (not real)", now=now)
        self._phones = phones
        self._sims: Mapping[str, Holder] = MappingProxyType(
            {
                msisdn: self.authority.issue(phone.person.name, serial_number=phone.satu)
                for msisdn, phone in phones.items()
            }
        )
        self._signer = self.authority.issue("Demo operator's attributes (not real)")
        self._rings: dict[str, Ring] = {}

    @property
    def roots_pem(self) -> bytes:
        return self.authority.root.certificate_pem

    def answer(self, request: bytes, *, now: datetime) -> tuple[int, bytes]:
        """Answer a SOAP message: the HTTP status, and the body."""
        try:
            message = _message(request)
            _check_service(message)
            if etree.QName(message).localname == "MSS_SignatureReq":
                return 200, self._ringing(message, now=now)
            return 200, self._state(message, now=now)
        except Refused as refused:
            return 500, fault(refused.code, refused.detail)

    def ringing(self, *, now: datetime) -> tuple[Ring, ...]:
        """Return what is asked on the phones and not answered, the newest first."""
        rings = reversed(self._rings.values())
        return tuple(ring for ring in rings if ring.answer is None and now < ring.ends_at)

    def answered(self, ring_id: str, answer: int, *, now: datetime) -> bool:
        """Take what somebody did on a phone; tell whether it was still asking."""
        ring = self._rings.get(ring_id)
        if ring is None or ring.answer is not None or now >= ring.ends_at:
            return False
        self._rings[ring_id] = replace(ring, answer=answer)
        return True

    def signature(self, ring: Ring) -> bytes:
        return signed_challenge(ring.challenge, self._sims[ring.phone.msisdn])

    def person(self, ring: Ring, *, now: datetime) -> Element:
        person = ring.phone.person
        attributes = {
            "hetu": person.personal_code,
            "satu": ring.phone.satu,
            "givenName": person.given_name,
            "surName": person.family_name,
            "validUntil": (now + timedelta(days=365)).date().isoformat(),
        }
        return signed_person(person_response(ring.trans_id, attributes, now=now), self._signer)

    def _ringing(self, message: Element, *, now: datetime) -> bytes:
        phone = self._phones.get(_text(message, "mss:MobileUser/mss:MSISDN"))
        if phone is None:
            raise Refused(105, 1052)
        _check_code(phone, message)
        ring = Ring(
            id=f"M{token_hex(15)}",
            trans_id=_info(message).get("AP_TransID", ""),
            phone=phone,
            event_id=_text(message, ".//fi:EventID"),
            service=_text(message, ".//fi:DisplayName"),
            challenge=challenge_of(_text(message, "mss:DataToBeSigned")),
            ends_at=now + timedelta(seconds=int(message.get("TimeOut", "300"))),
        )
        self._rings = dict([*self._rings.items()][-MOST:]) | {ring.id: ring}
        return signature_response(AP_ID, ring)

    def _state(self, message: Element, *, now: datetime) -> bytes:
        ring = self._rings.get(message.get("MSSP_TransID", ""))
        if ring is None:
            raise Refused(101)
        if ring.answer is None:
            if now >= ring.ends_at:
                raise Refused(208, 2082)
            return status_response(AP_ID, ring, 504)
        if ring.answer:
            raise Refused(ring.answer)
        signature = b64encode(self.signature(ring)).decode("ascii")
        return status_response(AP_ID, ring, 502, signature=signature, person=self.person(ring, now=now))


def _message(request: bytes) -> Element:
    try:
        root = etree.fromstring(request, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise Refused(102) from None
    found = root.xpath(
        "env:Body/*/mss:MSS_SignatureReq | env:Body/*/mss:MSS_StatusReq", namespaces=dict(PREFIXES)
    )
    if len(found) != 1:
        raise Refused(102)
    return found[0]


def _check_service(message: Element) -> None:
    info = _info(message)
    if info.get("AP_ID") != AP_ID or not is_same(info.get("AP_PWD", ""), AP_PWD):
        raise Refused(104)


def _check_code(phone: Phone, message: Element) -> None:
    if message.find(".//fi:NoSpamCode", PREFIXES) is None:
        raise Refused(102)
    said = _text(message, ".//fi:NoSpamCode")
    if phone.code and said != phone.code:
        raise Refused(101, 1011 if said else 1012)


def _info(message: Element) -> Element:
    found = message.find("mss:AP_Info", PREFIXES)
    if found is None:
        raise Refused(102)
    return found


def _text(message: Element, path: str) -> str:
    found = message.find(path, PREFIXES)
    return "" if found is None else found.text or ""
