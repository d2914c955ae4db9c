"""What a browser is asked about passkeys, and the check of what it answers (WebAuthn Level 3, 7.1 and 7.2).

The library stands here alone. It checks challenge, origin, relying party, user verification, signature and
count; that a challenge serves once, and for whom, is checked by us.
"""

import json
from collections.abc import Sequence
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from identity.errors import PasskeyRefused
from identity.passkey import Holder, Passkey, PasskeyChallenge, RelyingParty
from identity.secret import is_same

MUST = UserVerificationRequirement.REQUIRED
MOST_CHARACTERS = 1400
"""A credential id has 1023 bytes at most (WebAuthn, 4)."""
BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError)
"""What a hostile answer may make the library raise: its own, and what parsing of bytes comes to."""


def asked_to_enrol(
    party: RelyingParty, member: Holder, challenge: PasskeyChallenge, known: Sequence[Passkey]
) -> dict[str, Any]:
    """Ask for a passkey that can be found without a name, on a device that does not have one yet."""
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=member.id.bytes,
        user_name=member.login,
        user_display_name=member.name,
        challenge=challenge.challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=MUST
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.id) for one in known],
    )
    asked: dict[str, Any] = json.loads(options_to_json(options))
    return asked


def asked_to_sign_in(party: RelyingParty, challenge: PasskeyChallenge) -> dict[str, Any]:
    """Name no passkey: the device offers those that it has, and nobody learns who has any."""
    options = generate_authentication_options(
        rp_id=party.id, challenge=challenge.challenge, user_verification=MUST
    )
    asked: dict[str, Any] = json.loads(options_to_json(options))
    return asked


def enrolled(answer: str, party: RelyingParty, challenge: PasskeyChallenge) -> tuple[bytes, bytes, int]:
    """Return id, public key and count of a new passkey. Raises PasskeyRefused."""
    try:
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=challenge.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except BROKEN:
        raise PasskeyRefused from None
    return verified.credential_id, verified.credential_public_key, verified.sign_count


def named_in(answer: str) -> bytes:
    """Return which passkey an answer names, before anything is believed. Raises PasskeyRefused."""
    try:
        return _bytes(json.loads(answer)["rawId"])
    except BROKEN:
        raise PasskeyRefused from None


def checked(answer: str, party: RelyingParty, challenge: PasskeyChallenge, passkey: Passkey) -> int:
    """Return the new count of a passkey that has signed. Raises PasskeyRefused."""
    try:
        handle = json.loads(answer)["response"]["userHandle"]
        verified = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        is_theirs = is_same(_bytes(handle).hex(), passkey.staff_id.hex)
    except BROKEN:
        raise PasskeyRefused from None
    if not is_theirs:
        raise PasskeyRefused
    return verified.new_sign_count


def _bytes(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > MOST_CHARACTERS:
        raise TypeError
    return base64url_to_bytes(text)
