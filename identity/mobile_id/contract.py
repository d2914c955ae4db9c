"""What an operator and we agreed on, from the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.x509 import Certificate, load_pem_x509_certificates

from identity.provider import BadProviderSettings, ClientTls

AP_ID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S{1,120}")
OID = re.compile(r"[0-2](\.[0-9]{1,20}){1,20}")
LONGEST_NAME = 40
TIME_OUT = timedelta(seconds=180)
FIRST_LOOK, EVERY = timedelta(seconds=20), timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One operator, who asks all the others for us.

    `roots` are pinned: those of the persons' certificates and of what signs
    their attributes. `tls` is how we and the operator know each other. Its
    pace is `first_look` after a request, and then `every` so often.
    """

    url: str
    ap_id: str
    ap_pwd: str = field(repr=False)
    roots: tuple[Certificate, ...] = field(repr=False)
    tls: ClientTls = field(repr=False)
    display_name: str = ""
    policy: str = ""
    takes_sha1: bool = False
    is_production: bool = True
    time_out: timedelta = TIME_OUT
    first_look: timedelta = FIRST_LOOK
    every: timedelta = EVERY


def contract_of(settings: Mapping[str, str], *, prefix: str, is_production: bool) -> Contract:
    """Read what the operator of this installation set. Raises BadProviderSettings."""
    said = _Said(settings, prefix)
    return Contract(
        url=said.matching("URL", re.compile(r"https://[^\s/]+\S*"), "must begin with https://"),
        ap_id=said.matching("AP_ID", AP_ID, "must be the address that the operator gave, such as https://…"),
        ap_pwd=said.needed("AP_PWD"),
        roots=said.certificates("ROOTS"),
        tls=ClientTls(
            certificate=said.pem("CERTIFICATE", "CERTIFICATE"),
            key=said.pem("KEY", "PRIVATE KEY"),
            roots=settings.get("TLS_ROOTS", ""),
        ),
        display_name=said.short("DISPLAY_NAME"),
        policy=said.matching("POLICY", OID, "must be an OID such as 1.2.246.1")
        if "POLICY" in settings
        else "",
        takes_sha1=said.yes("XML_SHA1"),
        is_production=is_production,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """The settings, each refused in one sentence that repeats nothing of it."""

    settings: Mapping[str, str] = field(repr=False)
    prefix: str

    def needed(self, name: str) -> str:
        text = self.settings.get(name, "")
        if not text:
            raise self._bad(name, "is missing")
        return text

    def matching(self, name: str, shape: re.Pattern[str], rule: str) -> str:
        text = self.needed(name)
        if not shape.fullmatch(text):
            raise self._bad(name, rule)
        return text

    def pem(self, name: str, kind: str) -> str:
        text = self.needed(name)
        if "-----BEGIN " not in text or f"{kind}-----" not in text:
            raise self._bad(name, f"must be PEM ({kind})")
        return text

    def certificates(self, name: str) -> tuple[Certificate, ...]:
        try:
            return tuple(load_pem_x509_certificates(self.needed(name).encode()))
        except ValueError:
            raise self._bad(name, "must be one or more PEM certificates") from None

    def short(self, name: str) -> str:
        text = self.settings.get(name, "")
        if len(text) > LONGEST_NAME or not (text.isprintable() or not text):
            raise self._bad(name, f"must be one line of {LONGEST_NAME} characters at most")
        return text

    def yes(self, name: str) -> bool:
        text = self.settings.get(name, "no")
        if text not in ("yes", "no"):
            raise self._bad(name, "must be yes or no")
        return text == "yes"

    def _bad(self, name: str, rule: str) -> BadProviderSettings:
        return BadProviderSettings(f"{self.prefix}{name} {rule}")
