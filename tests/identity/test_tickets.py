"""Tickets: ours, for one meeting, for a minute, once."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jose import jwt

from identity.assurance import Assurance
from identity.errors import TicketExpired, TicketInvalid, TicketUsed
from identity.redeem import redeem
from identity.tickets import Signer, Ticket
from tests.identity.memory import MemoryUnit
from tests.identity.people import APPOINTMENT, NOW

PARTICIPANT = uuid4()
KEY = ec.generate_private_key(ec.SECP256R1())
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
SIGNER = Signer(PEM)


def issue(now: datetime = NOW, **more: Any) -> tuple[str, Ticket]:
    return SIGNER.issue(
        appointment_id=APPOINTMENT,
        participant_id=PARTICIPANT,
        role="customer",
        name="Aino Virtanen",
        assurance=Assurance.SUBSTANTIAL,
        method="demo-bank",
        identified_at=NOW,
        now=now,
        **more,
    )


def test_a_ticket_reads_as_it_was_issued() -> None:
    token, ticket = issue()

    assert SIGNER.read(token, now=NOW + timedelta(seconds=59)) == ticket
    assert ticket.exp - ticket.iat == timedelta(seconds=60)


def test_a_ticket_without_identification_says_so() -> None:
    token, _ = SIGNER.issue(
        appointment_id=APPOINTMENT, participant_id=PARTICIPANT, role="adviser", name="Ilmari", now=NOW
    )

    ticket = SIGNER.read(token, now=NOW)

    assert (ticket.assurance, ticket.method, ticket.identified_at) == (Assurance.NONE, None, None)


def test_a_ticket_is_over_after_a_minute() -> None:
    token, _ = issue()

    with pytest.raises(TicketExpired):
        SIGNER.read(token, now=NOW + timedelta(seconds=60))


def test_a_ticket_for_something_else_opens_no_meeting() -> None:
    token, _ = issue(purpose="practice")

    with pytest.raises(TicketInvalid):
        SIGNER.read(token, now=NOW)
    assert SIGNER.read(token, now=NOW, purpose="practice").purpose == "practice"


def test_a_ticket_of_the_future_is_refused() -> None:
    token, _ = issue(now=NOW + timedelta(minutes=5))

    with pytest.raises(TicketInvalid):
        SIGNER.read(token, now=NOW)


def claims_of(token: str) -> dict[str, object]:
    part = token.split(".")[1]
    claims: dict[str, object] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def unsigned(token: str) -> str:
    header = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{header}.{token.split('.')[1]}."


def by_another_key(token: str) -> str:
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return jwt.encode(claims_of(token), pem, algorithm="ES256")


def by_our_public_key_as_a_secret(token: str) -> str:
    public = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return jwt.encode(claims_of(token), public, algorithm="HS256")


def with_one_sign_changed(token: str) -> str:
    return token[:40] + ("A" if token[40] != "A" else "B") + token[41:]


@pytest.mark.parametrize(
    "forged",
    [
        unsigned,
        by_another_key,
        by_our_public_key_as_a_secret,
        with_one_sign_changed,
        lambda token: token + "A" * 5000,
        lambda token: token[:-20],
        lambda token: "",
        lambda token: "a.b.c",
        lambda token: "äö.\ud800.c",
    ],
)
def test_a_forged_ticket_is_refused(forged: Callable[[str], str]) -> None:
    token, ticket = issue()
    assert SIGNER.read(token, now=NOW) == ticket

    with pytest.raises(TicketInvalid):
        SIGNER.read(forged(token), now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"exp": None},
        {"iat": None},
        {"exp": "1800000000"},
        {"exp": True},
        {"exp": 10**400},
        {"exp": 4102444800},
        {"jti": "1"},
        {"jti": None},
        {"assurance": "medium"},
        {"name": 7},
        {"role": None},
        {"appointment_id": []},
        {"method": 7},
        {"identified_at": "yesterday"},
        {"purpose": None},
    ],
)
def test_a_ticket_in_another_shape_is_refused(change: dict[str, object]) -> None:
    claims = {**claims_of(issue()[0]), **change}
    claims = {name: value for name, value in claims.items() if value is not None}

    with pytest.raises(TicketInvalid):
        SIGNER.read(jwt.encode(claims, PEM.decode(), algorithm="ES256"), now=NOW)


async def test_a_ticket_is_used_once(unit: MemoryUnit) -> None:
    token, ticket = issue()

    assert await redeem(unit, SIGNER, token, now=NOW) == ticket
    with pytest.raises(TicketUsed):
        await redeem(unit, SIGNER, token, now=NOW)


def test_only_a_p256_key_signs() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    with pytest.raises(TypeError, match="P-256"):
        Signer(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
