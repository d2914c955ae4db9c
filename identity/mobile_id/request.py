"""What we send: an authentication request and a question about its state, in the order of the schema."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from lxml import etree

from identity.mobile_id.contract import Contract
from identity.mobile_id.names import (
    AUTHENTICATION,
    CMS_FORMAT,
    ENV,
    FI,
    MSS,
    PERSON,
    PERSON_ATTRIBUTES,
    SAML,
    SAMLP,
    name,
)

Element = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One request to one phone; `trans_id` is ours, an NCName of 31 signs that is never drawn again."""

    trans_id: str
    msisdn: str = field(repr=False)
    code: str = field(repr=False)
    event_id: str
    challenge: bytes = field(repr=False)
    language: str
    now: datetime


def new_trans_id() -> str:
    return f"K{token_hex(15)}"


def signature_request(contract: Contract, asking: Asking) -> bytes:
    """Return MSS_SignatureReq: authenticate, and tell who it is. Our password is in it: log none of it."""
    envelope, request = _wrapped("MSS_Signature", "MSS_SignatureReq")
    request.set("MessagingMode", "asynchClientServer")
    request.set("TimeOut", str(int(contract.time_out.total_seconds())))
    _parties(request, contract, asking.trans_id, asking.now)
    _add(_add(request, "mss", "MobileUser"), "mss", "MSISDN").text = asking.msisdn
    data = _add(request, "mss", "DataToBeSigned", MimeType="application/octet-stream", Encoding="base64")
    data.text = b64encode(asking.challenge).decode("ascii")
    _uri(_add(request, "mss", "SignatureProfile"), AUTHENTICATION)
    _services(_add(request, "mss", "AdditionalServices"), contract, asking)
    _uri(_add(request, "mss", "MSS_Format"), CMS_FORMAT)
    return _written(envelope)


def status_request(contract: Contract, trans_id: str, mssp_trans_id: str, now: datetime) -> bytes:
    """Return MSS_StatusReq: whether the person has answered. The password stands in it: log none of it."""
    envelope, request = _wrapped("MSS_StatusQuery", "MSS_StatusReq")
    request.set("MSSP_TransID", mssp_trans_id)
    _parties(request, contract, trans_id, now)
    return _written(envelope)


def _services(services: Element, contract: Contract, asking: Asking) -> None:
    _add(_service(services, "eventId"), "fi", "EventID").text = asking.event_id
    _add(_service(services, "noSpam"), "fi", "NoSpamCode").text = asking.code
    _add(_service(services, "userLang"), "fi", "UserLang").text = asking.language
    if contract.display_name:
        _add(_service(services, "displayName"), "fi", "DisplayName").text = contract.display_name
    _person_query(_service(services, "personIdentity"), asking)


def _service(services: Element, kind: str) -> Element:
    service = _add(services, "mss", "Service")
    _uri(_add(service, "mss", "Description"), FI + kind)
    return service


def _person_query(service: Element, asking: Asking) -> None:
    """Ask who it is; the answer's signature covers the ID, which ties it to this request."""
    query = _add(
        service,
        "samlp",
        "AttributeQuery",
        ID=asking.trans_id,
        Version="2.0",
        IssueInstant=_instant(asking.now),
    )
    _add(_add(query, "saml", "Subject"), "saml", "NameID")
    for attribute in PERSON_ATTRIBUTES:
        _add(query, "saml", "Attribute", Name=PERSON + attribute)


def _wrapped(operation: str, message: str) -> tuple[Element, Element]:
    namespaces = {"env": ENV, "mss": MSS, "fi": FI, "samlp": SAMLP, "saml": SAML}
    envelope: Element = etree.Element(name("env", "Envelope"), nsmap=namespaces)
    body = _add(envelope, "env", "Body")
    request = _add(_add(body, "mss", operation), "mss", message, MajorVersion="1", MinorVersion="1")
    return envelope, request


def _parties(request: Element, contract: Contract, trans_id: str, now: datetime) -> None:
    _add(
        request,
        "mss",
        "AP_Info",
        AP_ID=contract.ap_id,
        AP_TransID=trans_id,
        AP_PWD=contract.ap_pwd,
        Instant=_instant(now),
    )
    _add(_add(request, "mss", "MSSP_Info"), "mss", "MSSP_ID")


def _uri(parent: Element, uri: str) -> None:
    _add(parent, "mss", "mssURI").text = uri


def _add(parent: Element, prefix: str, local: str, **attributes: str) -> Element:
    return etree.SubElement(parent, name(prefix, local), attributes)


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(envelope: Element) -> bytes:
    return bytes(etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"))
