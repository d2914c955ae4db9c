"""Our keys from their making to their end: at each moment the right one does each thing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from identity.oidc.key_rotation import LOADED, CannotYet, publish, retire
from identity.oidc.key_text import NotAKey, read, written
from identity.oidc.own_key import CACHED, KEPT, KeyState, KeyUse, OwnKey, OwnKeys, made_key
from tests.identity.ftn.broker import own_key, rsa
from tests.identity.people import NOW

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def fresh_key(use: KeyUse, name: str, *, made: timedelta = timedelta(0)) -> OwnKey:
    return OwnKey(use=use, key=own_key(use, name).key, made_at=NOW + made)


def kids(keys: OwnKeys, use: KeyUse, after: timedelta) -> set[object]:
    return {jwk["kid"] for jwk in keys.published(use, now=NOW + after)}


def test_the_first_signing_key_is_used_as_soon_as_it_is_published() -> None:
    made = fresh_key(KeyUse.SIGNING, "old")
    assert OwnKeys((made,)).used(KeyUse.SIGNING, now=NOW) is None

    published = publish(OwnKeys((made,)), made, now=NOW)

    assert OwnKeys((published,)).used(KeyUse.SIGNING, now=NOW) == published


def test_a_second_signing_key_is_used_one_day_after_it_was_published() -> None:
    old = replace(fresh_key(KeyUse.SIGNING, "old"), published_at=NOW - 30 * DAY)
    new = replace(fresh_key(KeyUse.SIGNING, "new"), published_at=NOW)
    keys = OwnKeys((old, new))

    assert keys.used(KeyUse.SIGNING, now=NOW + CACHED - SECOND) == old
    assert keys.used(KeyUse.SIGNING, now=NOW + CACHED) == new
    assert kids(keys, KeyUse.SIGNING, CACHED) == {old.kid, new.kid}


def test_a_signing_key_retires_when_brokers_know_the_next_and_is_shown_for_a_day_more() -> None:
    old = replace(fresh_key(KeyUse.SIGNING, "old"), published_at=NOW - 30 * DAY)
    new = replace(fresh_key(KeyUse.SIGNING, "new"), published_at=NOW)
    keys = OwnKeys((old, new))
    with pytest.raises(CannotYet) as early:
        retire(keys, old, now=NOW + CACHED - SECOND)
    assert early.value.at == NOW + CACHED

    retired = OwnKeys((retire(keys, old, now=NOW + CACHED), new))

    assert retired.state(retired.keys[0], now=NOW + CACHED) is KeyState.RETIRING
    assert kids(retired, KeyUse.SIGNING, 2 * CACHED - SECOND) == {old.kid, new.kid}
    assert kids(retired, KeyUse.SIGNING, 2 * CACHED) == {new.kid}
    assert retired.state(retired.keys[0], now=NOW + 2 * CACHED) is KeyState.RETIRED


def test_a_stolen_signing_key_is_withdrawn_at_once_and_the_next_takes_its_place() -> None:
    old = replace(fresh_key(KeyUse.SIGNING, "old"), published_at=NOW - 30 * DAY)
    new = replace(fresh_key(KeyUse.SIGNING, "new"), published_at=NOW)

    keys = OwnKeys((retire(OwnKeys((old, new)), old, now=NOW, in_haste=True), new))

    assert keys.used(KeyUse.SIGNING, now=NOW) == new
    assert kids(keys, KeyUse.SIGNING, timedelta(0)) == {new.kid}


@pytest.mark.parametrize("use", list(KeyUse))
def test_the_only_key_for_a_use_is_never_retired(use: KeyUse) -> None:
    only = replace(fresh_key(use, "old"), published_at=NOW)

    for in_haste in (False, True):
        with pytest.raises(CannotYet, match="the only published"):
            retire(OwnKeys((only,)), only, now=NOW + 90 * DAY, in_haste=in_haste)


def test_an_encryption_key_opens_before_it_is_published_and_two_days_after_it_was_retired() -> None:
    old = replace(fresh_key(KeyUse.ENCRYPTION, "old"), published_at=NOW - 30 * DAY)
    new = fresh_key(KeyUse.ENCRYPTION, "new")
    keys = OwnKeys((old, new))
    assert set(keys.decrypting(now=NOW)) == {old.kid, new.kid}

    with pytest.raises(CannotYet) as early:
        publish(keys, new, now=NOW + LOADED - SECOND)
    assert early.value.at == NOW + LOADED
    new = publish(keys, new, now=NOW + LOADED)
    old = retire(OwnKeys((old, new)), old, now=NOW + LOADED)

    keys = OwnKeys((old, new))
    assert kids(keys, KeyUse.ENCRYPTION, LOADED) == {new.kid}
    assert set(keys.decrypting(now=NOW + LOADED + KEPT - SECOND)) == {old.kid, new.kid}
    assert set(keys.decrypting(now=NOW + LOADED + KEPT)) == {new.kid}


def test_haste_publishes_an_encryption_key_without_waiting() -> None:
    old = replace(fresh_key(KeyUse.ENCRYPTION, "old"), published_at=NOW - 30 * DAY)
    new = fresh_key(KeyUse.ENCRYPTION, "new")

    assert publish(OwnKeys((old, new)), new, now=NOW, in_haste=True).published_at == NOW


def test_two_entity_keys_stand_side_by_side_and_the_older_signs_until_it_is_retired() -> None:
    old = replace(fresh_key(KeyUse.ENTITY, "old"), published_at=NOW - 30 * DAY)
    new = replace(fresh_key(KeyUse.ENTITY, "new"), published_at=NOW)
    keys = OwnKeys((old, new))
    assert keys.used(KeyUse.ENTITY, now=NOW + 90 * DAY) == old

    keys = OwnKeys((retire(keys, old, now=NOW + 90 * DAY), new))

    assert keys.used(KeyUse.ENTITY, now=NOW + 90 * DAY) == new


def test_what_was_published_or_retired_is_not_so_again() -> None:
    published = replace(fresh_key(KeyUse.SIGNING, "old"), published_at=NOW)
    retired = retire(OwnKeys(), fresh_key(KeyUse.SIGNING, "new"), now=NOW)

    with pytest.raises(CannotYet):
        publish(OwnKeys((published,)), published, now=NOW)
    with pytest.raises(CannotYet):
        publish(OwnKeys((retired,)), retired, now=NOW)
    with pytest.raises(CannotYet):
        retire(OwnKeys((retired,)), retired, now=NOW)
    assert retired.is_over(NOW)


def test_a_key_is_read_back_as_it_was_written() -> None:
    key = replace(
        fresh_key(KeyUse.SIGNING, "old"), published_at=NOW, retired_at=NOW + DAY, over_at=NOW + 2 * DAY
    )

    again = read(written(key))

    assert (again.kid, again.use) == (key.kid, key.use)
    assert (again.made_at, again.published_at, again.retired_at, again.over_at) == (
        key.made_at,
        key.published_at,
        key.retired_at,
        key.over_at,
    )


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        written(replace(fresh_key(KeyUse.SIGNING, "old"))).replace(b'"signing"', b'"sealing"'),
        written(replace(fresh_key(KeyUse.SIGNING, "old"))).replace(b'"d"', b'"x"'),
    ],
)
def test_what_is_no_key_is_refused_without_repeating_it(text: bytes) -> None:
    with pytest.raises(NotAKey) as refused:
        read(text)

    assert (str(refused.value), refused.value.__cause__) == ("", None)


def test_neither_a_key_nor_a_set_of_them_shows_itself() -> None:
    private = str(rsa("shown").as_dict(private=True)["d"])
    key = OwnKey(use=KeyUse.SIGNING, key=rsa("shown"), made_at=NOW)

    assert private not in repr(OwnKeys((key,)))
    assert "d" not in key.public


def test_a_new_keys_id_can_be_typed_into_a_command() -> None:
    assert not made_key(KeyUse.SIGNING, now=NOW, bits=2048).kid.startswith("-")
