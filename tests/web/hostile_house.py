"""The pages of identification, with a bank behind them that errs on order."""

import re
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import structlog
from structlog.typing import EventDict
from yarl import URL

from booking.appointment import Appointment
from identity.assurance import Assurance
from identity.demo_bank.provider import DemoBankProvider, profile_of
from identity.demo_bank.registration import bank_at
from identity.demo_bank.service_keys import made_service_keys
from identity.door import come_in
from identity.oidc.assertion import BANK
from identity.oidc.broker import FTN, LEVELS
from identity.oidc.own_key import KeyUse, OwnKeys
from identity.personal_code import SubjectKeys
from identity.provider import IdentityProvider, ProviderContext
from server.fetch import HttpFetch
from tests.identity.demo_bank.wire import BANKS, OURS, client_at
from tests.identity.hostile.broker import METHODS, HostileBank
from tests.identity.hostile.claims import ELSEWHERE
from tests.identity.hostile.fault import Fault, Setting
from tests.web.house import NOW
from tests.web.sign_in_house import SECRET, Browser, Page, SignInHouse, sign_in_house
from web import keys

TWO_KEYS = OwnKeys((*OURS.keys, made_service_keys().of(KeyUse.ENCRYPTION)[0]))
PASSING = re.compile(r'(value="[^"]*"|<code>[^<]*</code>|nonce-[^"\']*|lang=[^"]*)')
"""What differs from one page to the next: secrets of forms, and the reference."""


@dataclass(slots=True)
class Trip:
    """One way to the bank and back, and all that came of it."""

    page: Page
    browser: Browser
    door: str
    facts: list[tuple[str, dict[str, object]]]
    log: list[EventDict] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what the page says, to whomever."""
        return PASSING.sub("", self.page.text)


@dataclass(slots=True)
class HostileHouse:
    house: SignInHouse
    bank: HostileBank
    fetch: HttpFetch
    appointment: Appointment
    token: str

    def errs(self, fault: Fault) -> None:
        """Let the bank err from now on, and let us know it as if we had never met."""
        self.bank.err(fault)
        providers = cast(MutableMapping[str, IdentityProvider], self.house.app[keys.PROVIDERS])
        providers["demo-bank"] = self.provider(fault.setting)
        self.house.app[keys.RATES].__init__()  # type: ignore[misc]

    def provider(self, setting: Setting) -> DemoBankProvider:
        ours = TWO_KEYS if setting is Setting.TWO_ENCRYPTION_KEYS else OURS
        context = ProviderContext(
            public_url=self.house.origin,
            back_channel_url=self.house.origin,
            is_production=setting is Setting.PRODUCTION,
            subject_keys=SubjectKeys(SECRET),
            fetch=self.fetch,
            settings={"PIN": self.bank.pin},
            own_keys=lambda: ours,
        )
        right = profile_of(context)
        is_marked = setting is Setting.BANKS_ALONE
        profile = replace(
            right,
            claims=replace(
                right.claims,
                method="" if is_marked else "amr",
                mobile="satu" if is_marked else "",
                foreign_id=ELSEWHERE,
            ),
            methods={"bank": BANK} if is_marked else {"bank": "demo-bank"},
            method_prefix=METHODS,
            levels={**LEVELS, FTN + "low": Assurance.LOW},
        )
        return DemoBankProvider(context, profile)

    async def identifies(self, fault: Fault) -> Trip:
        """Come in, go to the bank that errs, choose Aino there, and come back."""
        self.errs(fault)
        async with self.house.units.write() as unit:
            door = await come_in(unit, self.appointment.id, now=self.house.now)
        browser = self.house.browser()
        browser.client.cookie_jar.update_cookies({"door": door.token}, URL(self.house.origin))
        before = len(await self.house.history(self.appointment))
        with structlog.testing.capture_logs() as log:
            page = await self._there_and_back(browser)
        facts = (await self.house.history(self.appointment))[before:]
        return Trip(page, browser, door.token, facts, list(log))

    async def _there_and_back(self, browser: Browser) -> Page:
        identify = f"/a/{self.token}/identify"
        bank = await browser.sends(await browser.opens(identify), identify)
        if bank.status != 200:
            return bank
        return await browser.sends(bank, "/demo/bank/authorize", choice="aino")


@asynccontextmanager
async def hostile_house(folder: Path) -> AsyncIterator[HostileHouse]:
    def opens(origin: str) -> HostileBank:
        return HostileBank(bank_at(origin), client_at(origin), BANKS, opened_at=NOW)

    banks: list[HostileBank] = []

    def kept(origin: str) -> HostileBank:
        banks.append(opens(origin))
        return banks[0]

    fetch = HttpFetch()
    async with sign_in_house(folder, opens=kept) as house:
        appointment, token = await house.books()
        yield HostileHouse(house, banks[0], fetch, appointment, token)
        await fetch.close()
