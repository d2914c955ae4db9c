"""The words of the protocol: namespaces and the URIs that stand for profiles, services and attributes."""

from types import MappingProxyType

ENV = "http://www.w3.org/2003/05/soap-envelope"
MSS = "http://uri.etsi.org/TS102204/v1.1.2#"
FI = "http://mss.ficom.fi/TS102204/v1.0.0#"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
DS = "http://www.w3.org/2000/09/xmldsig#"

PREFIXES = MappingProxyType({"env": ENV, "mss": MSS, "fi": FI, "samlp": SAMLP, "saml": SAML, "ds": DS})
CONTENT_TYPE = 'application/soap+xml; charset="utf-8"'

AUTHENTICATION = "http://mss.ficom.fi/TS102206/v1.0.0/authentication-profile.xml"
CMS_FORMAT = "http://uri.etsi.org/TS102204/v1.1.2#PKCS7"
PERSON = "http://mss.ficom.fi/TS102204/v1.0.0/PersonID#"
PERSON_ATTRIBUTES = ("hetu", "satu", "givenName", "surName", "validUntil")

LONGEST_BYTES = 256 * 1024


def name(prefix: str, local: str) -> str:
    """Return an element's name as lxml writes it."""
    return f"{{{PREFIXES[prefix]}}}{local}"
