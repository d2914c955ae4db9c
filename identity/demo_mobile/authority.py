"""The operator's certificate authority: a root, what signs attributes, and the certificates in the phones."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LASTS = timedelta(days=3650)
EARLY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey = field(repr=False)

    @property
    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


class Authority:
    """Issues certificates; it trusts nobody and nobody trusts it who did not pin its root."""

    def __init__(self, name: str, *, now: datetime) -> None:
        self._now = now
        subject, key = _named(name), generate_private_key(SECP256R1())
        builder = self._builder(subject, subject, key.public_key(), now + LASTS)
        self.root = Holder(_as_authority(builder, key).sign(key, SHA256()), key)

    def issue(
        self, name: str, *, serial_number: str = "", until: datetime | None = None, signs: bool = True
    ) -> Holder:
        """Issue a certificate for signing, or one that is for encryption alone."""
        key = generate_private_key(SECP256R1())
        builder = self._builder(
            _named(name, serial_number),
            self.root.certificate.subject,
            key.public_key(),
            until or self._now + LASTS,
        )
        builder = builder.add_extension(_usage(signs=signs), critical=True)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key())
        builder = builder.add_extension(authority, critical=False)
        return Holder(builder.sign(self.root.key, SHA256()), key)

    def _builder(
        self, subject: x509.Name, issuer: x509.Name, key: object, until: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)  # type: ignore[arg-type]  # made two lines above, of one kind
            .serial_number(x509.random_serial_number())
            .not_valid_before(min(self._now, until) - EARLY)
            .not_valid_after(until)
        )


def _as_authority(builder: x509.CertificateBuilder, key: EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(signs=False, certifies=True), critical=True)
        .add_extension(identifier, critical=False)
    )


def _usage(*, signs: bool, certifies: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=not signs and not certifies,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str, serial_number: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "FI"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if serial_number:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial_number))
    return x509.Name(parts)
