"""Identify a customer: out to a provider and back, in three steps with no network inside a unit.

`begin_login` in a unit → the browser goes to the provider and comes back →
`claim` in a unit → `attempt.check_browser`, `attempt.check_time` and
`provider.complete` outside → `finish_login` in a unit. A claimed attempt is spent, whatever comes of it.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from hmac import compare_digest
from uuid import UUID, uuid4

from identity.assurance import Assurance
from identity.binding import check_is_booker
from identity.door_session import DoorSession
from identity.errors import AssuranceTooLow
from identity.identification import Identification, Identified
from identity.login_attempt import LoginAttempt, Purpose, begun
from identity.person import Person
from identity.ports import IdentityUnit
from identity.secret import fresh, kept


@dataclass(frozen=True, slots=True)
class Finished:
    """An identification, and the new cookie `door` of a browser that had come in."""

    identification: Identification
    door_token: str | None = field(repr=False)


async def begin_login(
    unit: IdentityUnit,
    appointment_id: UUID,
    *,
    provider: str,
    browser: str,
    purpose: Purpose,
    asked: Assurance,
    fingerprint: bytes | None = None,
    now: datetime,
) -> LoginAttempt:
    """Begin an attempt that only this browser can end; `browser` is the value of its cookie."""
    attempt = begun(
        appointment_id, provider, browser, purpose=purpose, asked=asked, fingerprint=fingerprint, now=now
    )
    await unit.login_attempts.add(attempt)
    return attempt


async def claim(unit: IdentityUnit, state: str, *, now: datetime) -> LoginAttempt:
    """Take an attempt up once, and for good. Raises AttemptUnknown."""
    return await unit.login_attempts.use(state, now=now)


async def finish_login(
    unit: IdentityUnit,
    attempt: LoginAttempt,
    identified: Identified,
    *,
    booked_name: str,
    door_token: str | None,
    instead_of: Assurance | None = None,
    now: datetime,
) -> Finished:
    """Keep who came, bind the appointment to them, and renew the door's cookie.

    Raises AssuranceTooLow when the attempt asked for more, and AnotherPerson
    when it is not the one who booked.
    """
    if identified.assurance < attempt.asked:
        raise AssuranceTooLow
    bound_key = await unit.identifications.bound_key(attempt.appointment_id)
    subject_key = _subject_key(unit, identified, bound_key)
    check_is_booker(
        replace(identified, subject_key=subject_key), booked_name=booked_name, bound_key=bound_key
    )
    person = await _person(unit, identified)
    if person is not None and bound_key is None:
        subject_key = person.subject_key
    identification = Identification(
        id=uuid4(),
        appointment_id=attempt.appointment_id,
        provider=attempt.provider,
        method=identified.method,
        assurance=identified.assurance,
        subject_key=subject_key,
        given_name=identified.given_name,
        family_name=identified.family_name,
        at=identified.at,
        purpose=attempt.purpose,
        fingerprint=attempt.fingerprint,
        person_id=person.id if person else identified.person_id,
        instead_of=instead_of,
    )
    await unit.identifications.add(identification)
    return Finished(identification, await _renewed(unit, door_token, identification, now=now))


def _subject_key(unit: IdentityUnit, identified: Identified, bound_key: bytes | None) -> bytes | None:
    """Return the key that the appointment is bound to, if it is theirs, under whatever version."""
    if identified.code is None:
        return identified.subject_key
    keys = unit.persons.keys_of(identified.code)
    return next((key for key in keys if bound_key and compare_digest(key, bound_key)), keys[0])


async def _person(unit: IdentityUnit, identified: Identified) -> Person | None:
    """Find or make the person; who is known by name or by a delivered code alone is none."""
    if identified.code is None:
        return None
    return await unit.persons.met(
        identified.code,
        given_name=identified.given_name,
        family_name=identified.family_name,
        at=identified.at,
    )


async def _renewed(
    unit: IdentityUnit, token: str | None, identification: Identification, *, now: datetime
) -> str | None:
    """Give the same participant a new cookie, so that one seen before the identification is worth nothing."""
    if token is None or identification.purpose is Purpose.BOOKING:
        return None
    session = await unit.door_sessions.find(kept(token))
    if session is None or not session.is_for(identification.appointment_id, now=now):
        return None
    new_token = fresh()
    renewed: DoorSession = replace(session, token_hash=kept(new_token), identification_id=identification.id)
    await unit.door_sessions.remove(session.token_hash)
    await unit.door_sessions.add(renewed)
    return new_token
