"""The demo's mobile certificate: our real provider, pointed at the demo's operator."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from cryptography.x509 import load_pem_x509_certificates

from identity.demo_mobile.mobile_operator import Operator
from identity.demo_mobile.registration import AP_ID, AP_PWD, DISPLAY_NAME, NAME, PHONES, operator_at, roots_at
from identity.errors import BankUnavailable
from identity.mobile_id.contract import Contract
from identity.mobile_id.provider import MobileIdProvider
from identity.prompt import Prompt, Question
from identity.provider import ClientTls, FetchFailed, ProviderContext
from identity.trip import Trip

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "fi": "Mobiilivarmenne (demo, vain testihenkilöt)",
        "sv": "Mobilcertifikat (demo, endast testpersoner)",
        "en": "Mobile certificate (demo, test persons only)",
    }
)


PACE = timedelta(seconds=2)
"""The demo's operator may be asked more often than real ones, so that nobody waits for show."""
CODE: Mapping[str, str] = MappingProxyType(
    {
        "fi": "Demossa koodi on vain yhdellä testihenkilöllä: %s.",
        "sv": "I demon har bara en testperson en kod: %s.",
        "en": "In the demo one test person alone has a code: %s.",
    }
)


class DemoMobileProvider(MobileIdProvider):
    """Fetches the operator's root before each request, where a real service pins it for good."""

    is_demo = True

    def __init__(self, context: ProviderContext) -> None:
        self._context = context
        super().__init__(_contract(context, b""), context.post, context.subject_keys, name=NAME)

    def title(self, language: str) -> str:
        return TITLES[language]

    def questions(self, language: str) -> Sequence[Question]:
        """Ask as the real one does, and tell the numbers and codes that there are."""
        number, code = super().questions(language)
        numbers = ", ".join(f"{phone.given_name} {phone.number}" for phone in PHONES.values())
        codes = ", ".join(f"{phone.given_name} {phone.code}" for phone in PHONES.values() if phone.code)
        return (
            replace(number, help=f"{number.help} Demo: {numbers}."),
            replace(code, help=f"{code.help} {CODE[language] % codes}"),
        )

    def other_side(self, *, now: datetime) -> Operator:
        """Open the operator, of which this provider then knows nothing more than its address."""
        return Operator(now=now)

    async def prompt(self, trip: Trip, answers: Mapping[str, str]) -> Prompt:
        try:
            roots = await self._context.fetch(roots_at(self._context.back_channel_url))
        except FetchFailed:
            raise BankUnavailable from None
        self._contract = _contract(self._context, roots)
        return await super().prompt(trip, answers)


def create(context: ProviderContext) -> DemoMobileProvider:
    return DemoMobileProvider(context)


def _contract(context: ProviderContext, roots: bytes) -> Contract:
    return Contract(
        url=operator_at(context.back_channel_url),
        ap_id=AP_ID,
        ap_pwd=AP_PWD,
        roots=tuple(load_pem_x509_certificates(roots)) if roots else (),
        tls=ClientTls(certificate="", key=""),
        display_name=DISPLAY_NAME,
        first_look=PACE,
        every=PACE,
        is_production=context.is_production,
    )
