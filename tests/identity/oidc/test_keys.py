"""Which of a broker's keys may verify."""

import pytest
from joserfc.jwk import ECKey, OctKey

from identity.oidc.keys import verifying_keys
from tests.identity.oidc.hostile import KEY, RSA

GOOD = KEY.as_dict(private=False)


@pytest.mark.parametrize("bad", [
    {**GOOD, "kid": "bad", "use": "enc"},
    {**KEY.as_dict(private=True), "kid": "bad"},
    {name: value for name, value in GOOD.items() if name != "kid"},
    {**GOOD, "kid": 7},
    {"kty": "EC", "crv": "P-256", "kid": "bad", "x": "AA", "y": "AA"},
    ECKey.generate_key("P-384", {"kid": "bad"}).as_dict(private=False),
    OctKey.import_key("a shared secret of thirty-two bytes", {"kid": "bad"}).as_dict(),
    "a text", None, 7, [],
])
def test_a_key_that_may_not_verify_is_left_out_and_spoils_nothing(bad: object) -> None:
    assert set(verifying_keys({"keys": [bad, GOOD]}).by_kid) == {"sig-1"}


def test_a_small_rsa_key_is_left_out() -> None:
    right = RSA.as_dict(private=False)
    small = {**right, "kid": "small", "n": str(right["n"])[:171]}
    padded = {**right, "kid": "padded", "n": "A" * 171 + str(right["n"])[:171]}

    keys = verifying_keys({"keys": [small, padded, right]})

    assert set(keys.by_kid) == {"rsa-1"}


@pytest.mark.parametrize("jwks", [None, [], {}, {"keys": None}, {"keys": {}}, "keys"])
def test_what_is_no_key_set_has_no_keys(jwks: object) -> None:
    assert verifying_keys(jwks).by_kid == {}
