"""The outer shell: each bad header is refused by its name, and every fault of decryption by one."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest

from identity.errors import AssertionRefused
from identity.oidc.brokers import telia
from identity.oidc.brokers.registration import Registration
from identity.oidc.encrypted import decrypted
from identity.oidc.own_key import KeyUse, OwnKey, OwnKeys
from tests.identity.ftn.broker import CLIENT_ID, encrypted, own_key, own_keys, rsa
from tests.identity.people import NOW

PROFILE = telia.profile(Registration(client_id=CLIENT_ID, is_production=False))
INSIDE = "a.b.c"


def ours() -> OwnKey:
    return own_key(KeyUse.ENCRYPTION)


def opened(token: str, keys: OwnKeys | None = None) -> str:
    return decrypted(token, (keys or own_keys()).decrypting(now=NOW), PROFILE)


@pytest.mark.parametrize("enc", ["A128CBC-HS256", "A128GCM"])
@pytest.mark.parametrize(
    "header",
    [{}, {"cty": None}, {"cty": "jwt"}, {"kid": None}, {"iss": PROFILE.issuer, "aud": CLIENT_ID}],
)
def test_what_the_standard_leaves_free_is_opened(enc: str, header: dict[str, Any]) -> None:
    assert opened(encrypted(INSIDE, ours(), enc=enc, **header)) == INSIDE


@pytest.mark.parametrize(
    ("header", "check"),
    [
        ({"alg": "RSA-OAEP-256"}, "jwe_alg"),
        ({"alg": "RSA1_5"}, "jwe_alg"),
        ({"enc": "A256GCM"}, "jwe_enc"),
        ({"zip": "DEF"}, "jwe_zip"),
        ({"crit": ["exp"], "exp": 1}, "jwe_crit"),
        ({"kid": "another"}, "jwe_kid"),
        ({"cty": "text/plain"}, "jwe_cty"),
        ({"iss": "https://rogue.example"}, "jwe_iss"),
        ({"aud": "another-client"}, "jwe_aud"),
    ],
)
def test_a_header_that_asks_for_something_else_is_refused_by_name(header: dict[str, Any], check: str) -> None:
    cannot_be_made = "crit" in header or header.get("alg") == "RSA1_5"
    token = _with_header(header) if cannot_be_made else encrypted(INSIDE, ours(), **header)

    with pytest.raises(AssertionRefused) as refused:
        opened(token)

    assert refused.value.check == check


def test_a_token_without_a_key_id_is_refused_where_we_have_two_keys() -> None:
    two = OwnKeys((ours(), own_key(KeyUse.ENCRYPTION, "second")))

    with pytest.raises(AssertionRefused) as refused:
        opened(encrypted(INSIDE, ours(), kid=None), two)

    assert refused.value.check == "jwe_kid"


def test_either_of_two_keys_opens_what_is_for_it() -> None:
    second = own_key(KeyUse.ENCRYPTION, "second")
    two = OwnKeys((ours(), second))

    assert opened(encrypted(INSIDE, ours()), two) == opened(encrypted(INSIDE, second), two) == INSIDE


def test_a_token_that_is_merely_signed_is_never_taken() -> None:
    with pytest.raises(AssertionRefused) as refused:
        opened(INSIDE)

    assert refused.value.check == "not_encrypted"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda parts: [*parts[:4], "AAAAAAAAAAAAAAAAAAAAAA"],
        lambda parts: [*parts[:4], parts[4][:10]],
        lambda parts: [*parts[:3], "AAAA" + parts[3][4:], parts[4]],
        lambda parts: [parts[0], "AAAA" + parts[1][4:], *parts[2:]],
        lambda parts: [parts[0], "", *parts[2:]],
        lambda parts: [*parts[:2], "AAAA", *parts[3:]],
        lambda parts: [*parts[:3], "ä", parts[4]],
    ],
)
def test_every_fault_of_decryption_has_one_name(spoil: Callable[[list[str]], list[str]]) -> None:
    spoilt = ".".join(spoil(encrypted(INSIDE, ours()).split(".")))

    with pytest.raises(AssertionRefused) as refused:
        opened(spoilt)

    assert (refused.value.check, refused.value.__cause__) == ("decryption", None)


def test_what_was_encrypted_to_another_key_does_not_open() -> None:
    another = OwnKey(use=KeyUse.ENCRYPTION, key=rsa("another"), made_at=NOW)

    with pytest.raises(AssertionRefused) as refused:
        opened(encrypted(INSIDE, another, kid=ours().kid))

    assert refused.value.check == "decryption"


def test_a_huge_token_is_not_even_looked_at() -> None:
    with pytest.raises(AssertionRefused) as refused:
        opened(encrypted("x" * 60_000, ours()))

    assert refused.value.check == "shape"


def _with_header(header: dict[str, Any]) -> str:
    """Give a token another header; its tag is then wrong, but it is refused before that."""
    _, *rest = encrypted(INSIDE, ours()).split(".")
    members = {"alg": "RSA-OAEP", "enc": "A128CBC-HS256", "kid": ours().kid, **header}
    return ".".join([urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode(), *rest])
