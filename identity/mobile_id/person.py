"""Who the operator says it was: attributes under a signature of their own, believed as far as it reaches."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cryptography.x509 import Certificate, load_der_x509_certificate
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from identity.errors import AssertionRefused
from identity.mobile_id.chain import check_chain, check_use
from identity.mobile_id.names import PERSON, PREFIXES, name
from identity.personal_code import NotAPersonalCode, PersonalCode, personal_code

Element = Any
METHODS = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
    }
)
DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})
STATUSES = frozenset({PERSON + "ok", PERSON + "partialFailure"})
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilePerson:
    code: PersonalCode = field(repr=False)
    satu: str = field(repr=False)
    given_name: str
    family_name: str


def check_person(
    response: Element,
    *,
    query_id: str,
    roots: Sequence[Certificate],
    takes_sha1: bool,
    is_production: bool,
    now: datetime,
) -> MobilePerson:
    """Verify a samlp:Response and read what its signature covers. Raises AssertionRefused."""
    if response.get("ID") != query_id:
        raise AssertionRefused("person_id")
    signed = _signed(response, _signer(response, roots, now=now), takes_sha1=takes_sha1)
    if signed.tag != name("samlp", "Response") or signed.get("ID") != query_id:
        raise AssertionRefused("person_id")
    if signed.get("InResponseTo", query_id) != query_id:
        raise AssertionRefused("person_id")
    codes = signed.xpath("samlp:Status/samlp:StatusCode/@Value", namespaces=dict(PREFIXES))
    if len(codes) != 1 or codes[0] not in STATUSES:
        raise AssertionRefused("person_status")
    said = _attributes(signed)
    _check_valid_until(said.get("validUntil"), today=now.date())
    return MobilePerson(
        code=_code(said, is_production=is_production, today=now.date()),
        satu=_needed(said, "satu"),
        given_name=_needed(said, "givenName"),
        family_name=_needed(said, "surName"),
    )


def _signer(response: Element, roots: Sequence[Certificate], *, now: datetime) -> Certificate:
    """Return the certificate in the signature, which must lead to a pinned root."""
    texts = response.xpath(
        "ds:Signature/ds:KeyInfo/ds:X509Data/ds:X509Certificate", namespaces=dict(PREFIXES)
    )
    try:
        signer, *others = (load_der_x509_certificate(b64decode(each.text or "")) for each in texts)
    except ValueError:
        raise AssertionRefused("person_certificate") from None
    check_chain(signer, others, roots, now=now)
    check_use(signer)
    return signer


def _signed(response: Element, signer: Certificate, *, takes_sha1: bool) -> Element:
    """Return what the signature covers, and nothing beside it: a wrapped one covers something else."""
    config = SignatureConfiguration(
        location="./",
        expect_references=1,
        signature_methods=METHODS | ({SignatureMethod.RSA_SHA1} if takes_sha1 else set()),
        digest_algorithms=DIGESTS | ({DigestAlgorithm.SHA1} if takes_sha1 else set()),
    )
    try:
        verified = XMLVerifier().verify(
            etree.tostring(response, with_tail=False),
            x509_cert=signer,
            id_attribute="ID",
            expect_config=config,
        )
    except (SignXMLException, ValueError, TypeError, KeyError, AttributeError, etree.LxmlError):
        raise AssertionRefused("person_signature") from None
    if isinstance(verified, list) or verified.signed_xml is None:
        raise AssertionRefused("person_signature")
    return verified.signed_xml


def _attributes(signed: Element) -> dict[str, str]:
    """Return the attributes by their short names; one that is said twice is refused."""
    said: dict[str, str] = {}
    path = "saml:Assertion/saml:AttributeStatement/saml:Attribute"
    for each in signed.xpath(path, namespaces=dict(PREFIXES)):
        short = each.get("Name", "").removeprefix(PERSON)
        values = each.xpath("saml:AttributeValue", namespaces=dict(PREFIXES))
        if short in said or len(values) > 1:
            raise AssertionRefused("person_attributes")
        said[short] = (values[0].text or "").strip() if values else ""
    return said


def _needed(said: dict[str, str], short: str) -> str:
    text = said.get(short, "")
    if not text or len(text) > LONGEST_TEXT or not text.isprintable():
        raise AssertionRefused("person_attributes")
    return text


def _code(said: dict[str, str], *, is_production: bool, today: date) -> PersonalCode:
    try:
        code = personal_code(_needed(said, "hetu"), today=today)
    except NotAPersonalCode:
        raise AssertionRefused("personal_code") from None
    if code.is_artificial and is_production:
        raise AssertionRefused("artificial_person")
    return code


def _check_valid_until(said: str | None, *, today: date) -> None:
    try:
        is_over = bool(said) and date.fromisoformat((said or "")[:10]) < today
    except ValueError:
        raise AssertionRefused("person_valid_until") from None
    if is_over:
        raise AssertionRefused("person_valid_until")
