"""What goes over the wire is in order, and what comes from it is read without believing it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import trustme
from lxml import etree

from identity.demo_mobile.registration import AP_PWD
from identity.errors import AssertionRefused, BankUnavailable
from identity.mobile_id.names import PREFIXES
from tests.identity.mobile_id.hostile import Wire
from tests.identity.mobile_id.scene import walk
from tests.identity.people import NOW, a_trip, an_attempt

ORDER = [
    "AP_Info",
    "MSSP_Info",
    "MobileUser",
    "DataToBeSigned",
    "SignatureProfile",
    "AdditionalServices",
    "MSS_Format",
]
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><env:Envelope
xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body>&z;</env:Body></env:Envelope>"""
LEVELS = b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 26))


async def test_the_request_is_in_the_schemas_order_and_whole(wire: Wire) -> None:
    provider, attempt = wire.provider(), an_attempt("mobile-id")

    prompt = await provider.prompt(a_trip(attempt, language="sv"), {"number": "+358400000001", "code": ""})

    request = etree.fromstring(wire.operator.requests[0]).find(".//mss:MSS_SignatureReq", PREFIXES)
    assert [etree.QName(each).localname for each in request] == ORDER
    assert dict(request.attrib) == {
        "MajorVersion": "1",
        "MinorVersion": "1",
        "MessagingMode": "asynchClientServer",
        "TimeOut": "180",
    }
    assert request.findtext(".//fi:EventID", namespaces=PREFIXES) == prompt.event_id
    assert request.findtext(".//fi:NoSpamCode", namespaces=PREFIXES) == ""
    assert request.findtext(".//fi:UserLang", namespaces=PREFIXES) == "sv"
    assert request.findtext(".//fi:DisplayName", namespaces=PREFIXES) == "Pohjolan Pankki"
    names = [each.get("Name").partition("#")[2] for each in request.iterfind(".//saml:Attribute", PREFIXES)]
    assert names == ["hetu", "satu", "givenName", "surName", "validUntil"]
    query, info = request.find(".//samlp:AttributeQuery", PREFIXES), request.find("mss:AP_Info", PREFIXES)
    assert query.get("ID") == info.get("AP_TransID")
    assert len(info.get("AP_TransID")) <= 32
    assert wire.operator.ringing(now=NOW)[0].challenge == attempt.commitment


async def test_the_operators_pace_is_kept(wire: Wire) -> None:
    prompt = await wire.provider().prompt(
        a_trip(an_attempt("mobile-id")), {"number": "+358400000001", "code": ""}
    )

    assert prompt.ask_again_at == NOW + timedelta(seconds=20)
    assert prompt.ends_at == NOW + timedelta(seconds=195)


async def test_no_transaction_has_the_id_of_another(wire: Wire) -> None:
    for _ in range(5):
        await walk(wire).ends(answer=None)

    found = [etree.fromstring(each).find(".//mss:AP_Info", PREFIXES) for each in wire.operator.requests[::2]]
    assert len({each.get("AP_TransID") for each in found}) == 5


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(old, new) if b"MSS_StatusResp" in body else body


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        (b">+358400000001<", b">+358400000003<", "msisdn"),
        (b' AP_TransID="K', b' AP_TransID="L', "ap_trans_id"),
        (b' AP_ID="http', b' AP_ID="https', "ap_trans_id"),
        (b'MSS_StatusResp MajorVersion="1"', b'MSS_StatusResp MSSP_TransID="Mother"', "mssp_trans_id"),
        (b"MSS_StatusResp", b"MSS_SignatureResp", "shape"),
        (b"</mss:MSISDN>", b"</mss:MSISDN><mss:MSISDN>x</mss:MSISDN>", "shape"),
        (b'Value="502"', b'Value="5o2"', "status"),
        (b"<mss:Base64Signature>", b"<mss:Base64Signature>*", "base64"),
    ],
)
async def test_an_answer_to_another_request_is_refused(
    wire: Wire, old: bytes, new: bytes, check: str
) -> None:
    wire.operator.writes = swapped(old, new)

    assert await walk(wire).is_refused_by() == check


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "mss_not_xml"),
        (b"<html>busy", "mss_not_xml"),
        (b"<html/>", "mss_not_soap"),
        (b'{"json": 1}', "mss_not_xml"),
        (BOMB % LEVELS, "mss_not_xml"),
        (BOMB % b'<!ENTITY z "harmless">', "mss_doctype"),
        (BOMB % b'<!ENTITY z SYSTEM "file:///etc/passwd">', "mss_doctype"),
        (BOMB % b'<!ENTITY z SYSTEM "http://localhost:1/x">', "mss_doctype"),
        (b"<a>" * 300 + b"</a>" * 300, "mss_not_xml"),
        (b"<a>" + b"x" * 300_000 + b"</a>", "mss_unreachable"),
    ],
)
async def test_garbage_bombs_and_floods_are_no_answer(wire: Wire, body: bytes, code: str) -> None:
    wire.operator.writes = lambda _: body

    failed = await walk(wire).fails()

    assert isinstance(failed, BankUnavailable), repr(failed)
    assert failed.code == code


@pytest.mark.parametrize("status", [204, 302, 401, 403, 404, 503])
async def test_another_http_status_is_no_answer(wire: Wire, status: int) -> None:
    wire.operator.status = status

    assert isinstance(await walk(wire).fails(), BankUnavailable)


async def test_who_answers_too_slowly_is_not_waited_for(wire: Wire) -> None:
    wire.operator.is_slow = True

    failed = await walk(wire).fails()

    assert isinstance(failed, BankUnavailable)
    assert failed.code == "mss_unreachable"


async def test_an_operator_with_a_foreign_certificate_is_told_nothing(wire: Wire) -> None:
    failed = await walk(wire, TLS_ROOTS=trustme.CA().cert_pem.bytes().decode()).fails()

    assert isinstance(failed, BankUnavailable)
    assert wire.operator.requests == []


async def test_without_our_certificate_nobody_gets_in(wire: Wire) -> None:
    stranger = trustme.CA().issue_cert("kohtaamo.example")
    certificate = stranger.cert_chain_pems[0].bytes().decode()

    failed = await walk(wire, CERTIFICATE=certificate, KEY=stranger.private_key_pem.bytes().decode()).fails()

    assert isinstance(failed, BankUnavailable)
    assert wire.operator.requests == []


async def test_the_password_and_the_key_stand_in_no_text_of_ours(wire: Wire) -> None:
    provider = wire.provider(AP_PWD="salaisuus-42")
    failed = await walk(wire, AP_PWD="salaisuus-42").fails()

    shown = "".join(map(repr, (provider, vars(provider), failed, failed.__cause__, failed.__context__)))
    assert b"salaisuus-42" in wire.operator.requests[0]
    assert "salaisuus-42" not in shown
    assert AP_PWD != "salaisuus-42"
    assert "PRIVATE KEY" not in shown


async def test_a_refusal_carries_no_word_of_the_answer(wire: Wire) -> None:
    wire.operator.writes = swapped(b">+358400000001<", b">+358400000003<")

    failed = await walk(wire).fails()

    assert isinstance(failed, AssertionRefused)
    assert (failed.args, failed.__cause__) == (("msisdn",), None)
