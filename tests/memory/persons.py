"""Customers who were identified, in memory: their codes are sealed here too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from identity.errors import NotFound
from identity.person import Person
from identity.personal_code import PersonalCode
from server.person_keys import PersonKeys
from server.vault import Vault
from tests.memory.state import State

VAULT = Vault(PersonKeys(b"only for tests: 32 bytes or more."))


class MemoryPersons:
    """Keeps each person with their sealed code, in a table that it is handed."""

    def __init__(self, table: dict[UUID, tuple[Person, bytes]], vault: Vault = VAULT) -> None:
        self._table = table
        self._vault = vault

    def keys_of(self, code: PersonalCode) -> Sequence[bytes]:
        return self._vault.subject_keys(code)

    async def met(self, code: PersonalCode, *, given_name: str, family_name: str, at: datetime) -> Person:
        keys = self._vault.subject_keys(code)
        known = next((one for one, _ in self._table.values() if one.subject_key in keys), None)
        person = known or Person(
            id=uuid4(),
            subject_key=keys[0],
            given_name=given_name,
            family_name=family_name,
            since=at,
            last_identified_at=at,
        )
        person = replace(person, given_name=given_name, family_name=family_name, last_identified_at=at)
        sealed = self._table[person.id][1] if known else self._vault.seal(code, person.id)
        self._table[person.id] = (person, sealed)
        return person

    async def get(self, person_id: UUID) -> Person:
        return self._row(person_id)[0]

    async def code(self, person_id: UUID) -> PersonalCode:
        return self._vault.open(self._row(person_id)[1], person_id)

    def _row(self, person_id: UUID) -> tuple[Person, bytes]:
        if person_id not in self._table:
            raise NotFound(person_id)
        return self._table[person_id]


def forget_persons(state: State, *, until: datetime) -> None:
    """Remove who was identified for what ended by then, and whoever has come to nothing since."""
    proofs = state.identifications
    for ended in {one.appointment_id for one in proofs.values() if one.at <= until}:
        if state.appointments[ended].span.end <= until:
            state.bindings.pop(ended, None)
            state.delivered_codes.pop(ended, None)
            for gone in [key for key, one in proofs.items() if one.appointment_id == ended]:
                del proofs[gone]
    named = {one.person_id for one in proofs.values()}
    for gone in [key for key, (one, _) in state.persons.items() if one.last_identified_at <= until]:
        if gone not in named:
            del state.persons[gone]
            for passkey in [key for key, one in state.customer_passkeys.items() if one.person_id == gone]:
                del state.customer_passkeys[passkey]
