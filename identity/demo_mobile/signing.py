"""What a phone and its operator sign: a CMS over the challenge, and who the person is as XML."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod
from signxml.signer import XMLSigner

from identity.demo_mobile.authority import Holder
from identity.mobile_id.names import PERSON, SAML, SAMLP, name

Element = Any
CONTENT = "data"


def signed_challenge(challenge: bytes, holder: Holder) -> bytes:
    """Return base64-less CMS SignedData with signed attributes, as a SIM's operator makes it."""
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": [CONTENT]},
            {"type": "message_digest", "values": [sha256(challenge).digest()]},
        ]
    )
    info = signer_info(holder, attributes, holder.key.sign(attributes.dump(), ECDSA(SHA256())))
    return signed_data(challenge, [info], [holder])


def signer_info(holder: Holder, attributes: cms.CMSAttributes | None, signature: bytes) -> cms.SignerInfo:
    certificate = asn1_certificate(holder)
    said = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number},
        ),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        "signature": signature,
    }
    return cms.SignerInfo(said if attributes is None else {**said, "signed_attrs": attributes})


def signed_data(content: bytes | None, infos: list[cms.SignerInfo], holders: list[Holder]) -> bytes:
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": CONTENT, "content": content},
            "certificates": [asn1_certificate(each) for each in holders],
            "signer_infos": infos,
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def asn1_certificate(holder: Holder) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(holder.certificate.public_bytes(Encoding.DER))


def person_response(
    query_id: str, attributes: Mapping[str, str], *, status: str = "ok", now: datetime
) -> Element:
    """Return samlp:Response, not signed yet."""
    instant = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    response: Element = etree.Element(
        name("samlp", "Response"),
        {"ID": query_id, "Version": "2.0", "IssueInstant": instant},
        nsmap={"samlp": SAMLP, "saml": SAML},
    )
    wrapped = etree.SubElement(response, name("samlp", "Status"))
    etree.SubElement(wrapped, name("samlp", "StatusCode"), {"Value": PERSON + status})
    assertion = etree.SubElement(
        response,
        name("saml", "Assertion"),
        {"ID": f"A{query_id}"[:32], "Version": "2.0", "IssueInstant": instant},
    )
    statement = etree.SubElement(assertion, name("saml", "AttributeStatement"))
    for attribute, text in attributes.items():
        said = etree.SubElement(statement, name("saml", "Attribute"), {"Name": PERSON + attribute})
        etree.SubElement(said, name("saml", "AttributeValue")).text = text
    return response


def signed_person(response: Element, holder: Holder, *, algorithm: str = "ecdsa-sha256") -> Element:
    """Put an enveloped signature over the whole into it."""
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=algorithm,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    return signer.sign(
        response,
        key=holder.key_pem,
        cert=holder.certificate_pem.decode("ascii"),
        reference_uri=response.get("ID"),
        id_attribute="ID",
    )


def challenge_of(text: str) -> bytes:
    return b64decode(text, validate=True)
