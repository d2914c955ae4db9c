"""Certificates and signatures of RSA, as older phones and operators have them."""

from typing import Any

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from signxml.signer import XMLSigner

from identity.demo_mobile.authority import Authority
from identity.demo_mobile.mobile_operator import Ring

Element = Any


def rsa_certificate(authority: Authority, satu: str, *, bits: int) -> tuple[x509.Certificate, RSAPrivateKey]:
    """Issue one for an RSA key by the same authority, with the extensions of its other certificates."""
    key = generate_private_key(65537, bits)
    model = authority.issue("Aino", serial_number=satu).certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(model.subject)
        .issuer_name(model.issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(model.not_valid_before_utc)
        .not_valid_after(model.not_valid_after_utc)
    )
    for extension in model.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return builder.sign(authority.root.key, SHA256()), key


def rsa_signed(authority: Authority, ring: Ring, satu: str, *, bits: int) -> bytes:
    made, key = rsa_certificate(authority, satu, bits=bits)
    certificate = asn1_x509.Certificate.load(made.public_bytes(Encoding.DER))
    sid = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", sid),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "rsassa_pkcs1v15"}),
        "signature": key.sign(ring.challenge, PKCS1v15(), SHA256()),
    }
    data = {
        "version": "v1",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
        "encap_content_info": {"content_type": "data", "content": ring.challenge},
        "certificates": [certificate],
        "signer_infos": [cms.SignerInfo(info)],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)}).dump())


class OldSigner(XMLSigner):
    """Signs by SHA-1, as the guideline's examples do."""

    def check_deprecated_methods(self) -> None:
        return None


def rsa_person(authority: Authority, response: Element, *, algorithm: str) -> Element:
    certificate, key = rsa_certificate(authority, "1", bits=2048)
    digest = "sha1" if algorithm.endswith("sha1") else "sha256"
    signer = OldSigner(
        signature_algorithm=algorithm,
        digest_algorithm=digest,
        c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
    )
    return signer.sign(
        response,
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        cert=certificate.public_bytes(Encoding.PEM).decode(),
        reference_uri=response.get("ID"),
        id_attribute="ID",
    )
