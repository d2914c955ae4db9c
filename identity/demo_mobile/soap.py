"""What the operator writes: two responses and a fault; like real ones, they repeat the service's own data."""

from typing import Any, Protocol

from lxml import etree

from identity.demo_mobile.registration import AP_PWD, Phone
from identity.mobile_id.names import ENV, FI, MSS, name

Element = Any


class Ringing(Protocol):
    """What an answer tells of a request."""

    @property
    def id(self) -> str: ...
    @property
    def trans_id(self) -> str: ...
    @property
    def phone(self) -> Phone: ...


def signature_response(ap_id: str, ring: Ringing) -> bytes:
    envelope, message = _wrapped("MSS_Signature", "MSS_SignatureResp", ap_id, ring)
    message.set("MSSP_TransID", ring.id)
    _status(message, 100)
    return _written(envelope)


def status_response(
    ap_id: str, ring: Ringing, status: int, *, signature: str = "", person: Element = None
) -> bytes:
    envelope, message = _wrapped("MSS_StatusQuery", "MSS_StatusResp", ap_id, ring)
    if signature:
        wrapped = _add(message, "mss", "MSS_Signature")
        _add(wrapped, "mss", "Base64Signature").text = signature
    said = _status(message, status)
    if person is not None:
        services = _add(_add(said, "mss", "StatusDetail"), "fi", "ServiceResponses")
        service = _add(services, "fi", "ServiceResponse")
        _add(_add(service, "fi", "Description"), "mss", "mssURI").text = FI + "personIdentity"
        service.append(person)
    return _written(envelope)


def fault(code: int, detail: int | None = None, *, text: str = "no words of ours") -> bytes:
    """Write a SOAP 1.2 fault with nested subcodes."""
    envelope: Element = etree.Element(name("env", "Envelope"), nsmap={"env": ENV, "fi": FI})
    wrapped = _add(_add(envelope, "env", "Body"), "env", "Fault")
    outer = _add(wrapped, "env", "Code")
    _add(outer, "env", "Value").text = "env:Sender" if code < 200 else "env:Receiver"
    inner = _add(outer, "env", "Subcode")
    _add(inner, "env", "Value").text = f"fi:_{code}"
    if detail is not None:
        _add(_add(inner, "env", "Subcode"), "env", "Value").text = f"fi:_{detail}"
    reason = _add(_add(wrapped, "env", "Reason"), "env", "Text")
    reason.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    reason.text = text
    return _written(envelope)


def _wrapped(operation: str, kind: str, ap_id: str, ring: Ringing) -> tuple[Element, Element]:
    envelope: Element = etree.Element(name("env", "Envelope"), nsmap={"env": ENV, "mss": MSS, "fi": FI})
    message = _add(_add(_add(envelope, "env", "Body"), "mss", operation), "mss", kind)
    message.set("MajorVersion", "1")
    message.set("MinorVersion", "1")
    info = _add(message, "mss", "AP_Info")
    for attribute, value in (("AP_ID", ap_id), ("AP_TransID", ring.trans_id), ("AP_PWD", AP_PWD)):
        info.set(attribute, value)
    _add(_add(message, "mss", "MSSP_Info"), "mss", "MSSP_ID")
    _add(_add(message, "mss", "MobileUser"), "mss", "MSISDN").text = ring.phone.msisdn
    return envelope, message


def _status(message: Element, status: int) -> Element:
    said = _add(message, "mss", "Status")
    _add(said, "mss", "StatusCode").set("Value", str(status))
    return said


def _add(parent: Element, prefix: str, local: str) -> Element:
    return etree.SubElement(parent, name(prefix, local))


def _written(envelope: Element) -> bytes:
    return bytes(etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"))
