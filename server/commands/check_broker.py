"""Looks of `kohtaamo check` at the broker: its keys, ours, and what it reads of ours."""

from datetime import datetime, timedelta

from identity.errors import AssertionRefused, BankUnavailable, IdentificationFailed
from identity.ftn.methods import offered
from identity.ftn.provider import NAME
from identity.ftn.registration import profile_of
from identity.oidc.broker import Profile
from identity.oidc.broker_keys import Ask, BrokerKeys, signed_set
from identity.oidc.entity import ends_at, keys_of, statement_of
from identity.oidc.federation import JWKS_PATH, STATEMENT_PATH
from identity.oidc.key_source import KeySource, SignedKeys
from identity.oidc.own_key import KeyUse
from identity.oidc.signed import claimed
from identity.personal_code import SubjectKeys
from identity.provider import BadProviderSettings, FetchFailed, ProviderContext
from server.commands.key_words import NEXT, next_step
from server.commands.unsound import Unsound
from server.derived_key import derived_key
from server.fetch import HttpFetch
from server.house import House
from server.own_keys import KeyFolder
from server.provider_settings import provider_settings
from server.settings import BadSettings

NONE = "no broker is set"
SOON = timedelta(days=30)
_NEXT_STATEMENT = (
    "ask the broker for the next one, and set KOHTAAMO_FTN_ENTITY_STATEMENT_FILE or KOHTAAMO_FTN_ENTITY_PIN"
)


async def settings(house: House) -> str:
    """Production takes neither test levels nor test persons: what is set must say so."""
    if NAME not in house.settings.providers:
        return NONE
    profile = _profile(house)
    if profile.is_production:
        return f"{profile.name}, in production: test levels and test persons are refused"
    return f"{profile.name}, in its test environment: test persons are let in, which production refuses"


async def broker_keys(house: House) -> str:
    """Without the broker's keys nobody can identify."""
    if NAME not in house.settings.providers:
        return NONE
    profile = _profile(house)

    async def ask(url: str) -> bytes:
        return await _fetched(url, "look at the network, or ask the broker whether the address has changed")

    try:
        found = await BrokerKeys(profile.keys, ask).know(now=house.clock())
    except IdentificationFailed as failed:
        raise Unsound(_what_to_do(failed)) from None
    if not found.by_kid:
        raise Unsound("the broker publishes no key that could sign, so nobody can identify; ask the broker")
    await _look_ahead(profile.keys, ask, now=house.clock())
    return f"{len(found.by_kid)} that can be believed"


async def own_keys(house: House) -> str:
    """Say what `kohtaamo keys` would have an operator do."""
    if NAME not in house.settings.providers:
        return NONE
    try:
        step = next_step(KeyFolder(house.settings.data)(), now=house.clock())
    except BadSettings as bad:
        raise Unsound(str(bad)) from None
    if step.startswith(NEXT):
        raise Unsound(step.removeprefix(NEXT))
    return step


async def published_keys(house: House) -> str:
    """Read what brokers read, by the address at which they read it."""
    if NAME not in house.settings.providers:
        return NONE
    us, keys, now = house.site.public_url, KeyFolder(house.settings.data)(), house.clock()
    advice = "start the server, and let the addresses under /.well-known/ through the proxy"
    statement = (await _fetched(us + STATEMENT_PATH, advice)).decode("ascii", "replace")
    jwks = await _fetched(us + JWKS_PATH, advice)
    try:
        signed_set(jwks, keys_of(statement, us, now=now), us, now=now)
        shown = claimed(jwks.decode("ascii"))["keys"]
    except IdentificationFailed:
        raise Unsound(
            f"what {us} publishes is not signed by its own entity key; restart the server"
        ) from None
    if shown != keys.published(KeyUse.SIGNING, KeyUse.ENCRYPTION, now=now):
        raise Unsound(
            "brokers are shown other keys than those of the data folder; does another server answer?"
        )
    return "brokers read those of the data folder"


async def _look_ahead(source: KeySource, ask: Ask, *, now: datetime) -> None:
    """A statement that was believed a moment ago may end before anybody has sent the next."""
    if not isinstance(source, SignedKeys):
        return
    ends = ends_at(await statement_of(source.entity, ask))
    if ends is not None and ends < now + SOON:
        raise Unsound(
            f"the broker's entity statement ends on {ends:%Y-%m-%d}, and nobody can identify then; "
            f"{_NEXT_STATEMENT}"
        )


def _profile(house: House) -> Profile:
    try:
        said = provider_settings(NAME)
        context = ProviderContext(
            public_url=house.site.public_url,
            back_channel_url="",
            is_production=not house.settings.is_demo,
            subject_keys=SubjectKeys(derived_key(house.settings.secret.encode(), "subject")),
            fetch=HttpFetch(),
            settings=said,
        )
        return profile_of(context, offered(said.get("METHODS", ""), said.get("BROKER", "")).words)
    except (BadProviderSettings, BadSettings) as bad:
        raise Unsound(str(bad)) from None


async def _fetched(url: str, advice: str) -> bytes:
    fetch = HttpFetch()
    try:
        return await fetch(url)
    except FetchFailed as failed:
        said = f"answers {failed.status}" if failed.status else "does not answer"
        raise Unsound(f"{url} {said}; {advice}") from None
    finally:
        await fetch.close()


def _what_to_do(failed: IdentificationFailed) -> str:
    check = failed.check if isinstance(failed, AssertionRefused) else ""
    match check.partition("_")[0]:
        case "entity" if check == "entity_pin":
            return (
                "the broker's entity statement is not the pinned one; compare its SHA-256 with what it "
                "announces, and set KOHTAAMO_FTN_ENTITY_PIN"
            )
        case "entity" if check == "entity_exp":
            return f"the broker's entity statement has ended; {_NEXT_STATEMENT}"
        case "entity":
            return f"the broker's entity statement cannot be believed ({check}); have the broker give it anew"
        case "jwks":
            return f"the broker's keys are not vouched for by its entity statement ({check}); ask the broker"
    code = failed.code if isinstance(failed, BankUnavailable) else check
    return (
        f"what stands where the broker's keys should be is no key set ({code or 'garbage'}); ask the broker"
    )
