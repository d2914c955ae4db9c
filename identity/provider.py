"""The contract of an identity provider: the way in for banks, brokers, operators and wallets.

A plug-in is an entry point of the group `kohtaamo.identity` that names a
factory `create(context: ProviderContext) -> IdentityProvider`. It is of one
of two kinds: a `RedirectingProvider` sends the browser to a page of its own
and back; a `PromptingProvider` makes something happen on another device,
while our page waits. It imports this module, the values that it speaks of
(assurance, choice, disturbance, identification, login_attempt, personal_code,
prompt, trip), errors, and the code flow in identity.oidc; nothing else of
ours. `tests/identity/provider_contract.py` is what it must pass, and the
README takes a stranger from nothing to a working one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from identity.assurance import Assurance
from identity.choice import Choices
from identity.disturbance import Disturbance
from identity.identification import Identified
from identity.oidc.own_key import OwnKeys
from identity.personal_code import SubjectKeys
from identity.prompt import Pending, Prompt, Question
from identity.trip import Trip

ENTRY_POINTS = "kohtaamo.identity"


class FetchFailed(Exception):
    """The other side was not reached (no status), or gave an answer that is not taken.

    With 200 or 201 its body was too long, or no JSON by its content type.
    """

    def __init__(self, status: int | None = None) -> None:
        super().__init__(status)
        self.status = status


class Fetch(Protocol):
    async def __call__(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        """POST a form, or GET when there is none, and return the body of a 200 or 201.

        To a form the answer must be `application/json`. Follows no redirect,
        verifies TLS, ends after 3 s, takes 256 KiB at most. Raises FetchFailed.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTls:
    """How two servers know each other: our certificate and key (PEM), and whom to trust instead of all."""

    certificate: str = field(repr=False)
    key: str = field(repr=False)
    roots: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer of any status; its body is not shown, since it may repeat our secrets."""

    status: int
    body: bytes = field(repr=False)


class Post(Protocol):
    async def __call__(self, url: str, body: bytes, *, content_type: str, tls: ClientTls) -> Posted:
        """POST a body by mutual TLS and return what comes, of whatever status.

        Follows no redirect, ends after 3 s, takes 256 KiB at most. Raises
        FetchFailed when there was no answer, or too long a one.
        """
        ...


async def posts_nothing(url: str, body: bytes, *, content_type: str, tls: ClientTls) -> Posted:
    """Stand in where nobody is reached. Raises FetchFailed."""
    raise FetchFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderContext:
    """What a provider is given at the start.

    `public_url` is how browsers reach us, without a slash at the end;
    `back_channel_url` is how this server reaches itself, which only the demo
    bank needs. `settings` are the variables that begin with `KOHTAAMO_` and the
    provider's own name, without both: `KOHTAAMO_MOBILE_ID_URL` is `URL` for
    the provider `mobile-id`. `own_keys` are our keys towards brokers as they stand
    at the moment of asking (`kohtaamo keys`).
    """

    public_url: str
    back_channel_url: str
    is_production: bool
    subject_keys: SubjectKeys
    fetch: Fetch
    post: Post = posts_nothing
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)
    own_keys: Callable[[], OwnKeys] = OwnKeys


class BadProviderSettings(Exception):
    """A provider cannot work with its settings; the text is one sentence for the operator."""


class IdentityProvider(Protocol):
    """Knows who somebody is. It keeps nothing about them: what it needs comes back with the trip.

    Its calls are ended by the caller after 3 s, as if the bank did not answer.
    """

    @property
    def name(self) -> str:
        """Lower-case letters, digits and hyphens: it stands in addresses and settings."""
        ...

    @property
    def assurance(self) -> Assurance:
        """The highest level that it reaches: what asks for more does not offer it."""
        ...

    @property
    def is_demo(self) -> bool: ...

    @property
    def logo(self) -> bytes:
        """An SVG picture of 16 kB at most, square; empty for ours."""
        ...

    def title(self, language: str) -> str:
        """Return what the button says, in `fi`, `sv` or `en`."""
        ...

    def method_title(self, method: str, language: str) -> str:
        """Return how to name one of its methods (`Identified.method`), such as a bank, to an adviser."""
        ...

    async def disturbances(self, language: str) -> Sequence[Disturbance]:
        """Tell what is known not to work just now, before anybody chooses. Raises nothing."""
        ...


@runtime_checkable
class RedirectingProvider(IdentityProvider, Protocol):
    """Sends the browser away and judges what it brings back."""

    async def begin(self, trip: Trip) -> str:
        """Return the address to which to send the browser; it tells nothing about the person.

        Raises BankUnavailable, and CallbackRefused for a method that may not be chosen.
        """
        ...

    async def complete(self, trip: Trip, query: Mapping[str, str]) -> Identified:
        """Judge what the browser brought back to `trip.return_to`, the same address as in `begin`.

        Called once for an attempt, outside a unit. Raises one of the family
        IdentificationFailed and nothing else.
        """
        ...


@runtime_checkable
class OffersChoice(Protocol):
    """Lets people choose their bank on our page already; a provider need not."""

    async def choices(self, language: str) -> Choices:
        """Return what there is to choose from, in its order; none sends people to the other side's page.

        What was chosen comes back as `trip.method` in `begin`. Raises nothing.
        """
        ...


@runtime_checkable
class PromptingProvider(IdentityProvider, Protocol):
    """Asks on another device, while our page waits and shows what to compare."""

    def questions(self, language: str) -> Sequence[Question]:
        """Return what must be asked before it can begin, such as a phone number."""
        ...

    def read(self, answers: Mapping[str, str]) -> Mapping[str, str]:
        """Return answers to its questions as it understands them: one spelling for each number.

        Asks nobody. Raises AnswerRefused with the question's name.
        """
        ...

    async def prompt(self, trip: Trip, answers: Mapping[str, str]) -> Prompt:
        """Make the other device ask, by the answers that `read` returned. Raises IdentificationFailed."""
        ...

    async def poll(self, trip: Trip, memo: bytes) -> Identified | Pending:
        """Look whether the person has answered; `memo` is the prompt's. Raises IdentificationFailed.

        Called one at a time, outside a unit, and not before the moment that
        the prompt or the last Pending named. BankUnavailable does not end it:
        the person may have answered already.
        """
        ...

    async def cancel(self, trip: Trip, memo: bytes) -> None:
        """Let the other device forget it, where it can. Raises nothing."""
        ...
