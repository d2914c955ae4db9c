"""Passwords."""

from argon2 import extract_parameters

from identity.password import NOBODY, hash_password, is_right
from tests.identity.people import ILMARIS_CREDENTIALS, PASSWORD


def test_only_the_right_password_is_right() -> None:
    kept = hash_password(PASSWORD)

    assert is_right(PASSWORD, kept)
    assert not is_right(PASSWORD.upper(), kept)
    assert not is_right("", kept)


def test_what_is_kept_is_argon2id_with_its_own_salt() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert hash_password(PASSWORD) != hash_password(PASSWORD)


def test_nobody_and_a_broken_hash_have_no_password() -> None:
    assert not is_right("nobody has this password", None)
    assert not is_right(PASSWORD, "not a hash")


def test_an_unknown_login_is_verified_with_the_same_work_as_a_known_one() -> None:
    known, nobodys = (extract_parameters(kept) for kept in (hash_password(PASSWORD), NOBODY))

    assert nobodys == known


def test_credentials_do_not_print_their_hash() -> None:
    assert "argon2" not in repr(ILMARIS_CREDENTIALS)
