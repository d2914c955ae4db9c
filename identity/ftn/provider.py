"""The relying party of the Finnish Trust Network: one provider, whichever broker the settings name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from identity.assurance import Assurance
from identity.choice import Choices
from identity.disturbance import Disturbance
from identity.errors import CallbackRefused
from identity.ftn.methods import Offered, offered
from identity.ftn.notices import LANGUAGES, Told, breaks, embedded
from identity.ftn.registration import profile_of
from identity.identification import Identified
from identity.oidc.broker import Profile
from identity.oidc.code_flow import CodeFlow
from identity.provider import ProviderContext
from identity.trip import Trip

NAME = "ftn"
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "fi": "Pankkitunnukset tai mobiilivarmenne",
        "sv": "Bankkoder eller mobilcertifikat",
        "en": "Bank or mobile certificate",
    }
)
ID_CARD = "id-card"


class FinnishTrustNetwork:
    """Speaks with one broker; what it differs in is its profile."""

    name = NAME
    is_demo = False
    logo = b""

    def __init__(self, context: ProviderContext) -> None:
        said = context.settings
        self._offered: Offered = offered(said.get("METHODS", ""), said.get("BROKER", ""))
        self._profile: Profile = profile_of(context, self._offered.words)
        self._subject_keys = context.subject_keys
        self._flow = CodeFlow(self._profile, context.fetch, context.own_keys)
        self._breaks: Told[dict[str, Disturbance]] = Told(
            partial(breaks, context.fetch, self._profile.maintenance_address), {}
        )
        nothing: tuple[Choices, Disturbance | None] = (Choices(), None)
        address = self._profile.choice_address
        self._embedded = {
            language: Told(partial(embedded, context.fetch, address.format(language=language)), nothing)
            for language in LANGUAGES
        }

    @property
    def assurance(self) -> Assurance:
        """Banks and the mobile certificate are substantial; the identity card's chip alone is high."""
        has_card = ID_CARD in self._offered.words.values()
        return (
            Assurance.HIGH
            if has_card and Assurance.HIGH in self._profile.acr_values
            else Assurance.SUBSTANTIAL
        )

    def title(self, language: str) -> str:
        return TITLES.get(language, TITLES["en"])

    def method_title(self, method: str, language: str) -> str:
        """Return the bank's name, or where a broker does not tell it, both of what it may have been."""
        if method == self._profile.name:
            return self.title(language)
        return self._offered.title(method, language)

    async def disturbances(self, language: str) -> Sequence[Disturbance]:
        if self._profile.maintenance_address:
            told = (await self._breaks.get()).get(language)
        elif self._profile.choice_address:
            told = (await self._embedded[_known(language)].get())[1]
        else:
            told = None
        return () if told is None else (told,)

    async def choices(self, language: str) -> Choices:
        if self._offered.is_embedded:
            told = (await self._embedded[_known(language)].get())[0]
            methods = [each for each in told.methods if self._offered.allows(each.name)]
            return replace(told, methods=methods or self._offered.choices(language))
        if not self._profile.method_parameter:
            return Choices()
        return Choices(methods=self._offered.choices(language))

    async def begin(self, trip: Trip) -> str:
        """Name only a bank that was offered: the browser may have said anything.

        Where the answer will not tell which bank it was, nobody is sent to the broker's own list of all.
        Raises BankUnavailable, and CallbackRefused for who would be.
        """
        words = tuple(self._offered.words)
        if self._offered.is_embedded and not words:
            words = tuple(method.name for method in (await self.choices(trip.language)).methods)
        only = words[0] if len(words) == 1 else ""
        chosen = trip.method if trip.method in words else only
        if not chosen and self._offered.words and not self._profile.tells_method:
            raise CallbackRefused("method")
        return await self._flow.begin(replace(trip, method=chosen))

    async def complete(self, trip: Trip, query: Mapping[str, str]) -> Identified:
        asserted = await self._flow.complete(trip, query)
        return Identified(
            subject_key=self._subject_keys.of(asserted.code),
            code=asserted.code,
            given_name=asserted.given_name,
            family_name=asserted.family_name,
            assurance=asserted.assurance,
            method=asserted.method,
            at=trip.now,
        )


def create(context: ProviderContext) -> FinnishTrustNetwork:
    return FinnishTrustNetwork(context)


def _known(language: str) -> str:
    return language if language in LANGUAGES else "en"
