"""Links that are handed over, in memory."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.errors import InvitationOver, NotFound
from booking.invitation import HandedOver, Invitation
from tests.memory.state import State


class MemoryInvitations:
    def __init__(self, state: State) -> None:
        self._state = state

    async def make(self, invitation: Invitation) -> str:
        token = secrets.token_urlsafe(16)
        self._state.invitations[invitation.id] = HandedOver(invitation, token)
        return token

    async def get(self, invitation_id: UUID) -> Invitation:
        if invitation_id not in self._state.invitations:
            raise NotFound(invitation_id)
        return self._state.invitations[invitation_id].invitation

    async def by_token(self, token: str) -> Invitation:
        for one in self._state.invitations.values():
            if one.token == token:
                return one.invitation
        raise NotFound

    async def of_team(self, team_id: UUID) -> Sequence[HandedOver]:
        staff = self._state.staff
        found = [
            one
            for one in self._state.invitations.values()
            if staff[one.invitation.made_by].member.team_id == team_id
        ]
        by_id = sorted(found, key=lambda one: str(one.invitation.id))
        return sorted(by_id, key=lambda one: one.invitation.made_at, reverse=True)

    async def use(self, invitation_id: UUID, appointment_id: UUID, *, at: datetime) -> None:
        del appointment_id  # the twin is never asked what was booked by it
        invitation = await self.get(invitation_id)
        if not invitation.is_open(at):
            raise InvitationOver(invitation.standing(at))
        self._put(replace(invitation, used_at=at))

    async def revoke(self, invitation_id: UUID, *, at: datetime) -> None:
        invitation = await self.get(invitation_id)
        if not invitation.used_at and not invitation.revoked_at:
            self._put(replace(invitation, revoked_at=at))

    def _put(self, invitation: Invitation) -> None:
        kept = self._state.invitations[invitation.id]
        self._state.invitations[invitation.id] = replace(kept, invitation=invitation)
