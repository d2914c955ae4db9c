"""What a ticket says of an identification, in the meeting's words."""

from collections.abc import Mapping

from identity.provider import IdentityProvider
from identity.tickets import Ticket
from signalling.assurance import Level
from signalling.participant import Proof, Purpose
from web.i18n import LANGUAGES
from web.own_ways import OWN_WAYS


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
    return {language: provider.method_title(ticket.method, language) for language in LANGUAGES}
