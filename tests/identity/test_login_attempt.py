"""What a provider signs over: this appointment and this browser's certificate, neither of which it learns."""

from base64 import urlsafe_b64decode
from dataclasses import replace

from tests.identity.people import OTHER_APPOINTMENT, an_attempt


def test_the_nonce_is_the_commitment() -> None:
    attempt = an_attempt()

    assert urlsafe_b64decode(attempt.nonce + "=") == attempt.commitment
    assert len(attempt.commitment) == 32


def test_another_appointment_certificate_or_salt_is_another_commitment() -> None:
    attempt = replace(an_attempt(), fingerprint=b"f" * 32)
    others = [
        replace(attempt, appointment_id=OTHER_APPOINTMENT),
        replace(attempt, fingerprint=b"g" * 32),
        replace(attempt, fingerprint=None),
        replace(attempt, salt="s" * 43),
    ]

    assert len({each.commitment for each in (attempt, *others)}) == 5
