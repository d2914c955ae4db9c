"""What a ticket says of an identification, in the meeting's words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from identity.provider import IdentityProvider
from identity.tickets import Ticket
from signalling.assurance import Level
from signalling.participant import Proof, Purpose
from web.format import Reader
from web.i18n import LANGUAGES, N_, gettext
from web.own_ways import OWN_WAYS, PASSKEY

RETURNING = N_("passkey: has been here before, identified by %(bank)s on %(day)s")


def proof_of(ticket: Ticket, providers: Mapping[str, IdentityProvider]) -> Proof:
    return Proof(
        assurance=Level(ticket.assurance.word),
        method=ticket.method,
        titles=_titles(ticket, providers),
        identified_at=ticket.identified_at,
        purpose=Purpose(ticket.identified_for) if ticket.identified_for is not None else None,
        fingerprint=ticket.fingerprint,
    )


def _titles(ticket: Ticket, providers: Mapping[str, IdentityProvider]) -> Mapping[str, str]:
    """Name the method in each language; a provider that was taken out of the settings knows no name."""
    provider = {**providers, **OWN_WAYS}.get(ticket.provider or "")
    if provider is None or ticket.method is None:
        return {}
    if ticket.provider == PASSKEY.name:
        return {language: _returning(ticket.method, providers, language) for language in LANGUAGES}
    return {language: provider.method_title(ticket.method, language) for language in LANGUAGES}


def _returning(method: str, providers: Mapping[str, IdentityProvider], language: str) -> str:
    """Say by whom a returning customer was strongly identified, and when: `passkey:ftn:2026-11-24`."""
    _, name, day = (*method.split(":"), "", "")[:3]
    known = providers.get(name)
    if known is None or not day:
        return PASSKEY.method_title(method, language)
    moment = datetime.combine(date.fromisoformat(day), time(12), UTC)
    told = {"bank": known.title(language), "day": Reader(language, ZoneInfo("UTC")).date(moment)}
    return gettext(language, RETURNING) % told
