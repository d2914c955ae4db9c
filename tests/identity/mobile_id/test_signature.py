"""The phone's signature is checked by us, whatever the operator says: each forgery fails its own check."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from hashlib import sha256

import pytest
from asn1crypto import algos, cms
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256

from identity.demo_mobile.authority import Authority, Holder
from identity.demo_mobile.mobile_operator import Ring
from identity.demo_mobile.registration import PHONES
from identity.demo_mobile.signing import signed_challenge, signed_data, signer_info
from identity.identification import Identified
from tests.identity.mobile_id.hostile import HostileOperator, Wire
from tests.identity.mobile_id.rsa import rsa_signed
from tests.identity.mobile_id.scene import walk
from tests.identity.people import NOW

AINO = PHONES["+358400000001"]
Forgery = Callable[[HostileOperator, Ring], bytes]


def sim(operator: HostileOperator, **issued: object) -> Holder:
    return operator.authority.issue("Aino", serial_number=AINO.satu, **issued)  # type: ignore[arg-type]


def attributes(**said: Sequence[object]) -> cms.CMSAttributes:
    return cms.CMSAttributes([{"type": kind, "values": values} for kind, values in said.items()])


def with_attributes(operator: HostileOperator, ring: Ring, signed: cms.CMSAttributes) -> bytes:
    holder = sim(operator)
    info = signer_info(holder, signed, holder.key.sign(signed.dump(), ECDSA(SHA256())))
    return signed_data(ring.challenge, [info], [holder])


def info_over(challenge: bytes, holder: Holder) -> cms.SignerInfo:
    return signer_info(holder, None, holder.key.sign(challenge, ECDSA(SHA256())))


def of_a_stranger(_: HostileOperator, ring: Ring) -> bytes:
    stranger = Authority("Demo operator's root (not real)", now=NOW)
    return signed_challenge(ring.challenge, stranger.issue("Aino", serial_number=AINO.satu))


def of_two(operator: HostileOperator, ring: Ring) -> bytes:
    holder = sim(operator)
    return signed_data(ring.challenge, [info_over(ring.challenge, holder)] * 2, [holder])


def of_nobody(operator: HostileOperator, ring: Ring) -> bytes:
    return signed_data(ring.challenge, [], [sim(operator)])


def of_another_key(operator: HostileOperator, ring: Ring) -> bytes:
    holder = sim(operator)
    info = signer_info(holder, None, sim(operator).key.sign(ring.challenge, ECDSA(SHA256())))
    return signed_data(ring.challenge, [info], [holder])


def without_his_certificate(operator: HostileOperator, ring: Ring) -> bytes:
    return signed_data(ring.challenge, [info_over(ring.challenge, sim(operator))], [sim(operator)])


def with_sha1(operator: HostileOperator, ring: Ring) -> bytes:
    info = info_over(ring.challenge, sim(operator))
    info["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": "sha1"})
    return signed_data(ring.challenge, [info], [sim(operator)])


def with_sha1_well_signed(operator: HostileOperator, ring: Ring) -> bytes:
    holder = sim(operator)
    info = info_over(ring.challenge, holder)
    info["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": "sha1"})
    return signed_data(ring.challenge, [info], [holder])


def over_other_attributes(operator: HostileOperator, ring: Ring) -> bytes:
    other = attributes(content_type=["data"], message_digest=[sha256(b"another").digest()])
    return with_attributes(operator, ring, other)


def over_the_digest_alone(operator: HostileOperator, ring: Ring) -> bytes:
    return with_attributes(operator, ring, attributes(message_digest=[sha256(ring.challenge).digest()]))


def over_two_digests(operator: HostileOperator, ring: Ring) -> bytes:
    both = [sha256(ring.challenge).digest(), sha256(b"another").digest()]
    return with_attributes(operator, ring, attributes(content_type=["data"], message_digest=both))


def altered_after_signing(operator: HostileOperator, ring: Ring) -> bytes:
    holder = sim(operator)
    right = attributes(content_type=["data"], message_digest=[sha256(ring.challenge).digest()])
    other = attributes(content_type=["data"], message_digest=[sha256(b"another").digest()])
    info = signer_info(holder, right, holder.key.sign(other.dump(), ECDSA(SHA256())))
    return signed_data(ring.challenge, [info], [holder])


FORGERIES: list[tuple[str, Forgery]] = [
    ("challenge", lambda operator, ring: signed_challenge(b"another" * 4, sim(operator))),
    ("challenge", lambda operator, ring: signed_challenge(b"", sim(operator))),
    ("signature", lambda operator, ring: detached(b"another" * 4, sim(operator))),
    ("chain", of_a_stranger),
    ("chain", lambda operator, ring: signed_challenge(ring.challenge, sim(operator, until=NOW))),
    ("key_usage", lambda operator, ring: signed_challenge(ring.challenge, sim(operator, signs=False))),
    ("signer_infos", of_two),
    ("signer_infos", of_nobody),
    ("signer", without_his_certificate),
    ("signature", of_another_key),
    ("signer", with_sha1),
    ("digest_algorithm", with_sha1_well_signed),
    ("message_digest", over_other_attributes),
    ("content_type", over_the_digest_alone),
    ("message_digest", over_two_digests),
    ("signature", altered_after_signing),
    ("key", lambda operator, ring: rsa_signed(operator.authority, ring, AINO.satu, bits=1024)),
    (
        "satu",
        lambda operator, ring: signed_challenge(
            ring.challenge, operator.authority.issue("A", serial_number="1")
        ),
    ),
    ("serial_number", lambda operator, ring: signed_challenge(ring.challenge, operator.authority.issue("A"))),
    ("cms", lambda operator, ring: b"no CMS at all"),
    ("shape", lambda operator, ring: b""),
    ("cms", lambda operator, ring: operator.authority.root.certificate_pem),
    ("cms", lambda operator, ring: signed_challenge(ring.challenge, sim(operator)) + b"\0"),
    ("cms", lambda operator, ring: signed_challenge(ring.challenge, sim(operator))[:-40]),
    ("cms", lambda operator, ring: b"0" * 70_000),
]


def detached(challenge: bytes, holder: Holder) -> bytes:
    return signed_data(None, [info_over(challenge, holder)], [holder])


@pytest.mark.parametrize(("check", "forgery"), FORGERIES)
async def test_a_forged_signature_is_refused_by_its_own_check(
    wire: Wire, check: str, forgery: Forgery
) -> None:
    wire.operator.signs = lambda ring: forgery(wire.operator, ring)

    assert await walk(wire).is_refused_by() == check


@pytest.mark.parametrize(
    "made",
    [
        lambda operator, ring: detached(ring.challenge, sim(operator)),
        lambda operator, ring: signed_data(
            ring.challenge, [info_over(ring.challenge, holder := sim(operator))], [holder, sim(operator)]
        ),
        lambda operator, ring: rsa_signed(operator.authority, ring, AINO.satu, bits=2048),
    ],
)
async def test_other_ways_to_sign_well_are_taken(wire: Wire, made: Forgery) -> None:
    wire.operator.signs = lambda ring: made(wire.operator, ring)

    assert isinstance(await walk(wire).ends(), Identified)


async def test_a_signature_serves_one_attempt(wire: Wire) -> None:
    kept: list[bytes] = []
    well = wire.operator.signs

    def signs_once(ring: Ring) -> bytes:
        kept.append(well(ring))
        return kept[0]

    wire.operator.signs = signs_once
    assert isinstance(await walk(wire).ends(), Identified)

    assert await walk(wire).is_refused_by() == "challenge"


async def test_the_agreed_policy_must_stand_in_the_certificate(wire: Wire) -> None:
    assert await walk(wire, POLICY="1.2.246.578.1").is_refused_by() == "policy"


async def test_a_certificate_is_judged_by_the_moment_of_signing(wire: Wire) -> None:
    brief = sim(wire.operator, until=NOW + timedelta(hours=1))
    wire.operator.signs = lambda ring: signed_challenge(ring.challenge, brief)

    assert isinstance(await walk(wire).ends(), Identified)
