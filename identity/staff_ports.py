"""The stores of those who sign in: members, sessions, factors, and the ways to them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from identity.half_sign_in import HalfSignIn
from identity.one_time_code import Authenticator
from identity.passkey import Passkey, PasskeyChallenge
from identity.session import StaffSession
from identity.staff import Credentials, StaffMember
from identity.staff_issuer.trip import StaffTrip


class StaffStore(Protocol):
    async def get(self, staff_id: UUID) -> StaffMember:
        """Raises NotFound."""
        ...

    async def by_login(self, login: str) -> Credentials | None:
        """Look up a login in its normal form (`staff.normal_login`)."""
        ...

    async def all(self) -> Sequence[StaffMember]:
        """Return everybody, also who is not active any more, by name."""
        ...

    async def locked(self, staff_ids: Collection[UUID]) -> Mapping[UUID, StaffMember]:
        """Return members by their id, and keep everybody else from changing them until the unit ends.

        Raises NotFound.
        """
        ...

    async def add(self, credentials: Credentials) -> None:
        """Keep a new member. Raises LoginTaken; a second one with the same id is a fault."""
        ...

    async def change(self, member: StaffMember) -> None:
        """Keep a member anew; the login never changes."""
        ...

    async def change_password(self, staff_id: UUID, password_hash: str) -> None: ...


class StaffSessionStore(Protocol):
    async def add(self, session: StaffSession) -> None: ...

    async def find(self, token_hash: bytes) -> StaffSession | None:
        """Return it also when it is over: the caller knows the time."""
        ...

    async def of(self, staff_id: UUID, *, now: datetime) -> Sequence[StaffSession]:
        """Return a member's that live, the last seen first."""
        ...

    async def living(self, token_hashes: Collection[bytes], *, now: datetime) -> Collection[bytes]:
        """Return which of them live, and belong to a member who is active."""
        ...

    async def touch(self, session: StaffSession) -> None:
        """Write `last_seen_at` and `idle_until_at`; one that is gone stays gone."""
        ...

    async def remove(self, token_hash: bytes) -> None:
        """Revoke one; none is no error."""
        ...

    async def remove_all_of(self, staff_id: UUID) -> None: ...


class SignInFailureStore(Protocol):
    async def add(self, login: str, address: str, *, at: datetime) -> None: ...

    async def count(self, *, login: str | None = None, address: str | None = None, since: datetime) -> int:
        """Count those at `since` or later that fit all that is given."""
        ...

    async def clear(self, login: str, address: str) -> None: ...


class SecondFactorStore(Protocol):
    """Authenticator apps, sealed, and the hashes of recovery codes."""

    async def find(self, staff_id: UUID) -> Authenticator | None:
        """Return the one that a member has confirmed."""
        ...

    async def proposed(self, staff_id: UUID) -> Authenticator | None:
        """Return the one that waits to be confirmed."""
        ...

    async def propose(self, authenticator: Authenticator) -> None:
        """Keep it beside the confirmed one, in the place of what was proposed before."""
        ...

    async def confirm(self, staff_id: UUID, step: int) -> None:
        """Put the proposed one in the place of the confirmed one; the code of `step` is taken."""
        ...

    async def take_step(self, staff_id: UUID, step: int) -> bool:
        """Take a code, by one statement; return whether it is newer than all that were taken."""
        ...

    async def put_recovery_codes(self, staff_id: UUID, hashes: Sequence[bytes]) -> None:
        """Keep them instead of those before."""
        ...

    async def use_recovery_code(self, staff_id: UUID, code_hash: bytes) -> bool:
        """Use one up, by one statement; return whether there was one."""
        ...

    async def recovery_codes_left(self, staff_id: UUID) -> int: ...

    async def remove_all_of(self, staff_id: UUID) -> None:
        """Remove all of this of a member; none is no error."""
        ...


class PasskeyStore(Protocol):
    """Public keys of the staff's devices, and what browsers are to sign."""

    async def add(self, passkey: Passkey) -> None:
        """Raises PasskeyRefused for an id that there is already."""
        ...

    async def find(self, passkey_id: bytes) -> Passkey | None:
        """Keep everybody else from using it until the unit ends."""
        ...

    async def of(self, staff_id: UUID) -> Sequence[Passkey]:
        """Return a member's, the oldest first."""
        ...

    async def used(self, passkey_id: bytes, *, sign_count: int, at: datetime) -> None: ...

    async def remove(self, staff_id: UUID, passkey_id: bytes) -> None:
        """Remove one of a member's; none is no error."""
        ...

    async def remove_all_of(self, staff_id: UUID) -> None: ...

    async def add_challenge(self, challenge: PasskeyChallenge) -> None: ...

    async def use_challenge(self, token_hash: bytes) -> PasskeyChallenge | None:
        """Hand it out once, by one statement, expired or not."""
        ...


class StaffTripStore(Protocol):
    """Trips to the organisation's issuer, and who is who there."""

    async def add(self, trip: StaffTrip) -> None: ...

    async def use(self, state_hash: bytes) -> StaffTrip | None:
        """Hand it out once, by one statement, expired or not."""
        ...

    async def member_of(self, issuer: str, subject: str) -> UUID | None: ...

    async def bind(self, issuer: str, subject: str, staff_id: UUID) -> None:
        """Raises NotOnStaff where either of them is bound to another already."""
        ...


class HalfSignInStore(Protocol):
    async def add(self, half: HalfSignIn) -> None: ...

    async def find(self, token_hash: bytes) -> HalfSignIn | None:
        """Return it also when it is over: the caller knows the time."""
        ...

    async def remove(self, token_hash: bytes) -> None:
        """Forget one; none is no error."""
        ...


class SetUpLinkStore(Protocol):
    """The one link for the first admin, under its hash."""

    async def put(self, token_hash: bytes, *, expires_at: datetime) -> None:
        """Keep it instead of the one before."""
        ...

    async def expires_at(self, token_hash: bytes) -> datetime | None: ...

    async def use(self, token_hash: bytes) -> bool:
        """Use it up, by one statement; return whether it was there."""
        ...


class CalendarFeedStore(Protocol):
    async def put(self, staff_id: UUID, token_hash: bytes, *, at: datetime) -> None:
        """Keep a member's address, instead of the one before."""
        ...

    async def find(self, token_hash: bytes) -> UUID:
        """Return whose it is. Raises NotFound."""
        ...

    async def made_at(self, staff_id: UUID) -> datetime | None:
        """Return since when a member has an address, None without one."""
        ...

    async def remove(self, staff_id: UUID) -> None:
        """Revoke; none is no error."""
        ...
