"""What an operator answers, read without believing it: no entities, no DTD, no network, no surprises."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from identity.errors import AssertionRefused, BankUnavailable
from identity.mobile_id.faults import failure_of_fault
from identity.mobile_id.names import LONGEST_BYTES, PREFIXES, name
from identity.secret import is_same

Element = Any
CODE = re.compile(r"(?:[A-Za-z][\w.-]*:)?_?([0-9]{3,4})")


@dataclass(frozen=True, slots=True)
class Reply:
    """MSS_SignatureResp or MSS_StatusResp. It echoes our password: it is never shown or logged."""

    message: Element = field(repr=False)

    @property
    def status(self) -> int:
        value = _only(self.message, "mss:Status/mss:StatusCode").get("Value", "")
        if not re.fullmatch(r"[0-9]{3}", value):
            raise AssertionRefused("status")
        return int(value)

    @property
    def mssp_trans_id(self) -> str:
        value: str = self.message.get("MSSP_TransID", "")
        if not re.fullmatch(r"[A-Za-z_][\w.-]{0,63}", value, re.ASCII):
            raise AssertionRefused("mssp_trans_id")
        return value

    @property
    def signature(self) -> bytes:
        text = _only(self.message, "mss:MSS_Signature/mss:Base64Signature").text or ""
        try:
            return b64decode("".join(text.split()), validate=True)
        except (NotBase64, ValueError):
            raise AssertionRefused("base64") from None

    @property
    def person(self) -> Element:
        return _only(
            self.message, "mss:Status/mss:StatusDetail/fi:ServiceResponses/fi:ServiceResponse/samlp:Response"
        )

    def check_echo(self, *, ap_id: str, trans_id: str, msisdn: str, mssp_trans_id: str | None) -> None:
        """Refuse an answer to another request, or about another phone. Raises AssertionRefused."""
        info = _only(self.message, "mss:AP_Info")
        if info.get("AP_ID") != ap_id or not is_same(info.get("AP_TransID", ""), trans_id):
            raise AssertionRefused("ap_trans_id")
        said = self.message.get("MSSP_TransID", mssp_trans_id or "")
        if mssp_trans_id is not None and not is_same(said, mssp_trans_id):
            raise AssertionRefused("mssp_trans_id")
        if not is_same(_only(self.message, "mss:MobileUser/mss:MSISDN").text or "", msisdn):
            raise AssertionRefused("msisdn")


def read_reply(content: bytes, *, operation: str, message: str, now: datetime) -> Reply:
    """Read a SOAP message. Raises what a fault means, BankUnavailable for what is no SOAP at all."""
    body = _only(_parsed(content), "/env:Envelope/env:Body")
    fault = body.find("env:Fault", PREFIXES)
    if fault is not None:
        raise failure_of_fault(*_codes(fault), now=now)
    return Reply(_only(body, f"mss:{operation}/mss:{message}"))


def _parsed(content: bytes) -> Element:
    """Parse, and take no document type: what entities could do needs one. Raises BankUnavailable."""
    if len(content) > LONGEST_BYTES:
        raise BankUnavailable("mss_too_large")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(content, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError):
        raise BankUnavailable("mss_not_xml") from None
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise BankUnavailable("mss_doctype")
    if tree.getroot().tag != name("env", "Envelope"):
        raise BankUnavailable("mss_not_soap")
    return tree


def _codes(fault: Element) -> tuple[int, int | None]:
    """Return code and detail; both `fi:_101` and `fi:1011` are written. Raises BankUnavailable."""
    values = fault.xpath("env:Code//env:Subcode/env:Value", namespaces=dict(PREFIXES))
    found = [CODE.fullmatch((value.text or "").strip()) for value in values]
    numbers = [int(each[1]) for each in found if each]
    if not numbers:
        raise BankUnavailable("mss_fault")
    return numbers[0], next((each for each in numbers[1:] if each >= 1000), None)


def _only(where: Element, path: str) -> Element:
    """Return the one element at a path: none and several are refused. Raises AssertionRefused."""
    found = where.xpath(path, namespaces=dict(PREFIXES))
    if len(found) != 1:
        raise AssertionRefused("shape")
    return found[0]
