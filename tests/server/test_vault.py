"""A personal code opens for its own row, under a key that stands outside the database."""

from datetime import date
from pathlib import Path
from stat import S_IMODE
from uuid import UUID

import pytest

from identity.personal_code import personal_code
from server.person_keys import KeyMissing, PersonKeys, make_key, remove_key
from server.vault import BrokenSeal, Vault

SECRET = b"only for tests: 32 bytes or more."
CODE = personal_code("010170-999R", today=date(2026, 11, 23))
AINO, LOUHI = UUID(int=1), UUID(int=2)


def test_a_code_comes_back_as_it_was_and_no_two_seals_are_alike() -> None:
    vault = Vault(PersonKeys(SECRET))

    first, second = vault.seal(CODE, AINO), vault.seal(CODE, AINO)

    assert vault.open(first, AINO) == CODE
    assert first != second
    assert CODE.text.encode() not in first


def test_a_seal_does_not_open_in_another_row_nor_when_it_was_touched() -> None:
    vault = Vault(PersonKeys(SECRET))
    sealed = vault.seal(CODE, AINO)

    for changed, row in ((sealed, LOUHI), (sealed[:-1] + bytes([sealed[-1] ^ 1]), AINO)):
        with pytest.raises(BrokenSeal):
            vault.open(changed, row)


def test_another_secret_neither_opens_nor_recognises() -> None:
    ours, theirs = Vault(PersonKeys(SECRET)), Vault(PersonKeys(SECRET[::-1]))

    with pytest.raises(BrokenSeal):
        theirs.open(ours.seal(CODE, AINO), AINO)
    assert set(ours.subject_keys(CODE)).isdisjoint(theirs.subject_keys(CODE))


def test_a_new_key_is_used_at_once_by_who_runs_already_and_opens_what_is_old(tmp_path: Path) -> None:
    running = Vault(PersonKeys(SECRET, tmp_path / "keys"))
    before, known = running.seal(CODE, AINO), running.subject_keys(CODE)

    version = make_key(tmp_path / "keys")

    assert running.seal(CODE, AINO)[0] == version == 2
    assert running.open(before, AINO) == CODE
    assert running.subject_keys(CODE)[1:] == known
    assert [key[0] for key in running.subject_keys(CODE)] == [2, 1]


def test_a_key_is_this_users_alone_and_its_number_is_not_given_twice(tmp_path: Path) -> None:
    assert [make_key(tmp_path), make_key(tmp_path)] == [2, 3]
    assert {S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}

    remove_key(tmp_path, 2)

    keys = PersonKeys(SECRET, tmp_path)
    assert (keys.versions, make_key(tmp_path)) == ((3, 1), 4)
    with pytest.raises(KeyMissing):
        keys.sealing_key(2)
