"""Whether a certificate leads to a root that we pinned, and may be used for this."""

from collections.abc import Sequence
from datetime import datetime

from cryptography.x509 import (
    Certificate,
    CertificatePolicies,
    ExtensionNotFound,
    KeyUsage,
    NameOID,
    ObjectIdentifier,
)
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError

from identity.errors import AssertionRefused

DEEPEST = 3


def check_chain(
    certificate: Certificate, others: Sequence[Certificate], roots: Sequence[Certificate], *, now: datetime
) -> None:
    """Follow it to a pinned root, each link valid now and strong enough. Raises AssertionRefused."""
    verifier = (
        PolicyBuilder()
        .store(Store(list(roots)))
        .time(now)
        .max_chain_depth(DEEPEST)
        .extension_policies(
            ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
        )
        .build_client_verifier()
    )
    try:
        verifier.verify(certificate, list(others))
    except (VerificationError, ValueError):
        raise AssertionRefused("chain") from None


def check_use(certificate: Certificate, *, policy: str = "") -> None:
    """It signs for authentication, and under the agreed policy where one is. Raises AssertionRefused."""
    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        raise AssertionRefused("key_usage") from None
    if not usage.digital_signature:
        raise AssertionRefused("key_usage")
    if policy and policy not in _policies(certificate):
        raise AssertionRefused("policy")


def serial_number(certificate: Certificate) -> str:
    """Return the subject's serialNumber, the electronic client id (SATU). Raises AssertionRefused."""
    found = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if len(found) != 1:
        raise AssertionRefused("serial_number")
    return str(found[0].value)


def _policies(certificate: Certificate) -> set[str]:
    try:
        said = certificate.extensions.get_extension_for_class(CertificatePolicies).value
    except ExtensionNotFound:
        return set()
    return {_dotted(each.policy_identifier) for each in said}


def _dotted(oid: ObjectIdentifier) -> str:
    return oid.dotted_string
