"""The people and moments of these tests."""

from datetime import UTC, datetime
from uuid import UUID

from identity.assurance import Assurance
from identity.identification import Identified
from identity.login_attempt import LoginAttempt, Purpose, begun
from identity.password import hash_password
from identity.permission import Role
from identity.staff import Credentials, StaffMember
from identity.trip import Trip

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
APPOINTMENT = UUID("0b8f9a56-6d11-4a2c-9a0f-3a2b8d6f1c01")
OTHER_APPOINTMENT = UUID("0b8f9a56-6d11-4a2c-9a0f-3a2b8d6f1c02")
PASSWORD = "korkea kuusi 7"

ILMARI = StaffMember(
    id=UUID("5f0e7f0a-93c0-4b53-8f2a-7f1d9f4e0a01"),
    login="ilmari",
    name="Ilmari Seppä",
    role=Role.ADVISER,
    team_id=UUID("5f0e7f0a-93c0-4b53-8f2a-7f1d9f4e0b01"),
)
ILMARIS_CREDENTIALS = Credentials(ILMARI, hash_password(PASSWORD))


def aino(subject_key: bytes = b"aino's key", assurance: Assurance = Assurance.SUBSTANTIAL) -> Identified:
    return Identified(
        subject_key=subject_key,
        given_name="Aino Maria",
        family_name="Virtanen",
        assurance=assurance,
        method="demo-bank",
        at=NOW,
    )


def louhi() -> Identified:
    return Identified(
        subject_key=b"louhi's key",
        given_name="Louhi",
        family_name="Pohjola",
        assurance=Assurance.SUBSTANTIAL,
        method="demo-bank",
        at=NOW,
    )


def an_attempt(provider: str = "demo-bank", *, now: datetime = NOW) -> LoginAttempt:
    return begun(APPOINTMENT, provider, "browser", purpose=Purpose.DOOR, asked=Assurance.SUBSTANTIAL, now=now)


def a_trip(attempt: LoginAttempt, *, language: str = "fi", now: datetime = NOW, method: str = "") -> Trip:
    return Trip(
        attempt=attempt,
        return_to=f"https://kohtaamo.example/identify/{attempt.provider}/callback",
        language=language,
        asked=attempt.asked,
        now=now,
        method=method,
    )
