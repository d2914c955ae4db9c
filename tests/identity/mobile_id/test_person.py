"""Who the operator says it was is believed as far as its signature reaches, and for this request alone."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from identity.demo_mobile.authority import Authority
from identity.demo_mobile.mobile_operator import Operator, Ring
from identity.demo_mobile.registration import PHONES
from identity.demo_mobile.signing import person_response, signed_person
from identity.identification import Identified
from identity.mobile_id.names import PREFIXES, name
from tests.identity.mobile_id.hostile import HostileOperator, Wire
from tests.identity.mobile_id.rsa import rsa_person
from tests.identity.mobile_id.scene import walk
from tests.identity.people import NOW

Element = Any
AINO = PHONES["+358400000001"]
SAID = {
    "hetu": AINO.person.personal_code,
    "satu": AINO.satu,
    "givenName": "Aino Maria",
    "surName": "Virtanen",
}
Telling = Callable[[HostileOperator, Ring], Element]


def told(
    operator: Operator, ring: Ring, *, query_id: str = "", status: str = "ok", **said: str | None
) -> Element:
    """Return a signed answer in which some attributes are others, or missing."""
    attributes = {name: text for name, text in {**SAID, **said}.items() if text is not None}
    response = person_response(query_id or ring.trans_id, attributes, status=status, now=NOW)
    return signed_person(response, operator.authority.issue("attributes"))


def of_a_stranger(_: HostileOperator, ring: Ring) -> Element:
    stranger = Authority("Demo operator's root (not real)", now=NOW)
    return signed_person(person_response(ring.trans_id, SAID, now=NOW), stranger.issue("attributes"))


def not_signed(_: HostileOperator, ring: Ring) -> Element:
    return person_response(ring.trans_id, SAID, now=NOW)


def altered(operator: HostileOperator, ring: Ring) -> Element:
    response = told(operator, ring)
    values = response.findall(".//saml:AttributeValue", PREFIXES)
    values[2].text = "Louhi"
    return response


def wrapped(operator: HostileOperator, ring: Ring, *, inner_id: str, outer_id: str) -> Element:
    """Put forged attributes outside, and what was really signed inside, with the signature moved out."""
    inner = told(operator, ring, query_id=inner_id)
    signature = inner.find("ds:Signature", PREFIXES)
    outer = person_response(outer_id, {**SAID, "surName": "Pohjola"}, now=NOW)
    moved = deepcopy(signature)
    inner.remove(signature)
    kept = outer.makeelement(name("samlp", "Extensions"))
    kept.append(inner)
    outer.insert(0, kept)
    outer.insert(0, moved)
    return outer


def with_two_signatures(operator: HostileOperator, ring: Ring) -> Element:
    response = told(operator, ring)
    response.append(deepcopy(response.find("ds:Signature", PREFIXES)))
    return response


def twice_said(operator: HostileOperator, ring: Ring) -> Element:
    response = person_response(ring.trans_id, SAID, now=NOW)
    statement = response.find(".//saml:AttributeStatement", PREFIXES)
    statement.append(deepcopy(statement[3]))
    return signed_person(response, operator.authority.issue("attributes"))


def by_sha1(operator: HostileOperator, ring: Ring) -> Element:
    response = person_response(ring.trans_id, SAID, now=NOW)
    return rsa_person(operator.authority, response, algorithm="rsa-sha1")


FORGERIES: list[tuple[str, Telling]] = [
    ("chain", of_a_stranger),
    ("person_certificate", not_signed),
    ("person_signature", altered),
    ("person_signature", with_two_signatures),
    ("person_signature", by_sha1),
    ("person_id", lambda operator, ring: told(operator, ring, query_id="K0")),
    ("satu", lambda operator, ring: told(operator, ring, satu="99900003C")),
    ("person_status", lambda operator, ring: told(operator, ring, status="failure")),
    ("person_attributes", lambda operator, ring: told(operator, ring, hetu=None)),
    ("person_attributes", lambda operator, ring: told(operator, ring, satu="")),
    ("person_attributes", lambda operator, ring: told(operator, ring, surName=None)),
    ("person_attributes", lambda operator, ring: told(operator, ring, givenName="A" * 300)),
    ("person_attributes", twice_said),
    ("personal_code", lambda operator, ring: told(operator, ring, hetu="010594Y9022")),
    ("person_valid_until", lambda operator, ring: told(operator, ring, validUntil="2026-11-22")),
    ("person_valid_until", lambda operator, ring: told(operator, ring, validUntil="soon")),
]


@pytest.mark.parametrize(("check", "telling"), FORGERIES)
async def test_a_forged_person_is_refused_by_its_own_check(wire: Wire, check: str, telling: Telling) -> None:
    wire.operator.tells = lambda ring: telling(wire.operator, ring)

    assert await walk(wire).is_refused_by() == check


@pytest.mark.parametrize("inner", ["same", "other"])
@pytest.mark.parametrize("outer", ["same", "other"])
async def test_a_wrapped_signature_makes_nobody_else_of_a_person(wire: Wire, inner: str, outer: str) -> None:
    def wraps(ring: Ring) -> Element:
        ids = {"same": ring.trans_id, "other": "K0"}
        return wrapped(wire.operator, ring, inner_id=ids[inner], outer_id=ids[outer])

    wire.operator.tells = wraps

    assert await walk(wire).is_refused_by() in ("person_signature", "person_id")


async def test_another_persons_well_signed_answer_is_refused(wire: Wire) -> None:
    louhi = PHONES["+358400000003"]
    wire.operator.tells = lambda ring: told(
        wire.operator,
        ring,
        hetu=louhi.person.personal_code,
        satu=louhi.satu,
        givenName="Louhi",
        surName="Pohjola",
    )

    assert await walk(wire).is_refused_by() == "satu"


async def test_what_we_are_not_entitled_to_may_be_left_out(wire: Wire) -> None:
    wire.operator.tells = lambda ring: told(wire.operator, ring, status="partialFailure", validUntil=None)

    told_so = await walk(wire).ends()

    assert isinstance(told_so, Identified)
    assert (told_so.given_name, told_so.family_name) == ("Aino Maria", "Virtanen")


async def test_sha1_is_taken_where_the_operator_of_this_installation_says_so(wire: Wire) -> None:
    wire.operator.tells = lambda ring: by_sha1(wire.operator, ring)

    assert isinstance(await walk(wire, XML_SHA1="yes").ends(), Identified)


async def test_production_refuses_artificial_persons(wire: Wire) -> None:
    assert await walk(wire, production="yes").is_refused_by() == "artificial_person"
