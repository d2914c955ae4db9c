"""The signature that the person's phone made: each check by its name; the operator's word is not enough."""

from dataclasses import dataclass, field
from hashlib import new as digest_of
from typing import Any

from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate, load_der_x509_certificate

from identity.errors import AssertionRefused

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
SMALLEST_RSA_BITS = 2048
CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed, and the other certificates that came along."""

    certificate: Certificate = field(repr=False)
    others: tuple[Certificate, ...] = field(repr=False)


def check_signature(content: bytes, challenge: bytes) -> Signed:
    """Verify a CMS SignedData over the challenge by exactly one signer. Raises AssertionRefused.

    Whose certificate it is, and whether it may be trusted, is for others to check.
    """
    data = _signed_data(content)
    signer = _only_signer(data)
    certificate, others = _certificates(data, signer)
    if data["encap_content_info"]["content_type"].native != "data":
        raise AssertionRefused("content_type")
    said = data["encap_content_info"]["content"].native
    if said is not None and said != challenge:
        raise AssertionRefused("challenge")
    _verify(signer, certificate, _covered(signer, challenge))
    return Signed(certificate, others)


def _signed_data(content: bytes) -> Any:
    """Parse to the end and in all its parts, strictly: a part that is read later could fail later."""
    if len(content) > LONGEST:
        raise AssertionRefused("cms")
    try:
        info = cms.ContentInfo.load(content, strict=True)
        if info["content_type"].native != "signed_data":
            raise AssertionRefused("cms")
        data = info["content"]
        data.native  # noqa: B018 - walks all of it
    except (ValueError, TypeError, KeyError, OverflowError):
        raise AssertionRefused("cms") from None
    return data


def _only_signer(data: Any) -> Any:
    if len(data["signer_infos"]) != 1:
        raise AssertionRefused("signer_infos")
    return data["signer_infos"][0]


def _certificates(data: Any, signer: Any) -> tuple[Certificate, tuple[Certificate, ...]]:
    """Find the signer's by issuer and serial number, and return the others beside it."""
    if signer["sid"].name != "issuer_and_serial_number":
        raise AssertionRefused("signer")
    sid = signer["sid"].chosen
    found: list[Certificate] = []
    others: list[Certificate] = []
    for choice in data["certificates"] or ():
        if choice.name != "certificate":
            raise AssertionRefused("certificate")
        parsed = choice.chosen
        is_his = (parsed.issuer, parsed.serial_number) == (sid["issuer"], sid["serial_number"].native)
        (found if is_his else others).append(_loaded(parsed.dump()))
    if len(found) != 1:
        raise AssertionRefused("signer")
    return found[0], tuple(others)


def _loaded(der: bytes) -> Certificate:
    try:
        return load_der_x509_certificate(der)
    except ValueError:
        raise AssertionRefused("certificate") from None


def _covered(signer: Any, challenge: bytes) -> bytes:
    """Return what lies under the signature: attributes that name the challenge, or the challenge itself."""
    attributes = signer["signed_attrs"]
    if not attributes:
        return challenge
    digest = digest_of(_digest_name(signer), challenge).digest()
    if _attribute(attributes, "content_type") != "data":
        raise AssertionRefused("content_type")
    if _attribute(attributes, "message_digest") != digest:
        raise AssertionRefused("message_digest")
    return bytes(
        attributes.untag().dump(force=True)
    )  # a DER SET, whatever tag it bears inside (RFC 5652, 5.4)


def _attribute(attributes: Any, kind: str) -> object:
    values = [each["values"] for each in attributes if each["type"].native == kind]
    if len(values) != 1 or len(values[0]) != 1:
        raise AssertionRefused(kind)
    return values[0][0].native


def _digest_name(signer: Any) -> str:
    named = str(signer["digest_algorithm"]["algorithm"].native)
    if named not in DIGESTS:
        raise AssertionRefused("digest_algorithm")
    return named


def _verify(signer: Any, certificate: Certificate, covered: bytes) -> None:
    """Verify with the certificate's key: RSA of 2048 bits or more, or a NIST curve; SHA-256 or longer."""
    digest, key = DIGESTS[_digest_name(signer)], certificate.public_key()
    named, signature = str(signer["signature_algorithm"]["algorithm"].native), signer["signature"].native
    name = digest.name
    try:
        if isinstance(key, RSAPublicKey) and key.key_size >= SMALLEST_RSA_BITS:
            if named not in ("rsassa_pkcs1v15", f"{name}_rsa"):
                raise AssertionRefused("signature_algorithm")
            key.verify(signature, covered, PKCS1v15(), digest)
        elif isinstance(key, EllipticCurvePublicKey) and key.curve.name in CURVES:
            if named != f"{name}_ecdsa":
                raise AssertionRefused("signature_algorithm")
            key.verify(signature, covered, ECDSA(digest))
        else:
            raise AssertionRefused("key")
    except InvalidSignature:
        raise AssertionRefused("signature") from None
