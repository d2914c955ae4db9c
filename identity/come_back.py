"""A strongly identified customer enrols a passkey, and comes back by it another time: known, not proven.

What the passkey signs is the attempt's commitment to the appointment and to the certificate of the browser,
as a bank signs it as a nonce.
"""

from datetime import datetime

from identity.assurance import Assurance
from identity.customer_passkey import MOST, UNUSED_LASTS, CustomerPasskey
from identity.errors import NotFound, PasskeyRefused, ReturnRefused
from identity.identification import Identification, Identified
from identity.login_attempt import LoginAttempt
from identity.passkey import PasskeyChallenge, RelyingParty
from identity.passkey_checks import checked, enrolled, named_in
from identity.person import Person
from identity.ports import IdentityUnit


def may_enrol(proof: Identification | None) -> bool:
    """Tell whether somebody has just been strongly identified as a person, in this very browser."""
    is_strong = proof is not None and proof.level >= Assurance.SUBSTANTIAL
    return is_strong and proof is not None and proof.person_id is not None


def challenge_of(attempt: LoginAttempt) -> PasskeyChallenge:
    """Return what the device is to sign for an attempt, which is used once like any other."""
    return PasskeyChallenge(
        token_hash=attempt.browser_hash,
        challenge=attempt.commitment,
        staff_id=None,
        expires_at=attempt.expires_at,
    )


async def enrol(
    unit: IdentityUnit,
    person: Person,
    proof: Identification,
    answer: str,
    *,
    party: RelyingParty,
    attempt: LoginAttempt,
    now: datetime,
) -> None:
    """Keep a new passkey. Raises PasskeyRefused; also for one that somebody has, and beyond five."""
    credential_id, public_key, count = enrolled(answer, party, challenge_of(attempt))
    if len(await unit.customer_passkeys.of(person.id, now=now)) >= MOST:
        raise PasskeyRefused
    await unit.customer_passkeys.add(
        CustomerPasskey(
            id=credential_id,
            person_id=person.id,
            public_key=public_key,
            sign_count=count,
            provider=proof.provider,
            identified_at=proof.at,
            made_at=now,
            expires_at=now + UNUSED_LASTS,
        )
    )


async def come_back(
    unit: IdentityUnit, answer: str, *, party: RelyingParty, attempt: LoginAttempt, now: datetime
) -> Identified:
    """Return who has come back, at a low level. Raises ReturnRefused with the check that failed."""
    try:
        passkey = await unit.customer_passkeys.find(named_in(answer))
        if passkey is None or passkey.expires_at <= now:
            raise ReturnRefused("unknown")
        count = checked(answer, party, challenge_of(attempt), passkey.as_key)
        person = await unit.persons.get(passkey.person_id)
    except PasskeyRefused:
        raise ReturnRefused("signature") from None
    except NotFound:
        raise ReturnRefused("person") from None
    await unit.customer_passkeys.used(passkey.id, sign_count=count, expires_at=now + UNUSED_LASTS)
    return Identified(
        subject_key=person.subject_key,
        given_name=person.given_name,
        family_name=person.family_name,
        assurance=Assurance.LOW,
        method=passkey.method,
        at=now,
        person_id=person.id,
    )
