"""Which of a broker's keys may verify."""

from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from joserfc.jwk import ECKey, OctKey

from identity.oidc.keys import verifying_keys
from tests.identity.oidc.hostile import KEY, RSA

GOOD = KEY.as_dict(private=False)


@pytest.mark.parametrize(
    "bad",
    [
        {**GOOD, "kid": "bad", "use": "enc"},
        {**KEY.as_dict(private=True), "kid": "bad"},
        {name: value for name, value in GOOD.items() if name != "kid"},
        {**GOOD, "kid": 7},
        {"kty": "EC", "crv": "P-256", "kid": "bad", "x": "AA", "y": "AA"},
        ECKey.generate_key("P-384", {"kid": "bad"}).as_dict(private=False),
        OctKey.import_key("a shared secret of thirty-two bytes", {"kid": "bad"}).as_dict(),
        "a text",
        None,
        7,
        [],
    ],
)
def test_a_key_that_may_not_verify_is_left_out_and_spoils_nothing(bad: object) -> None:
    assert set(verifying_keys({"keys": [bad, GOOD]}).by_kid) == {"sig-1"}


def test_a_small_rsa_key_is_left_out_however_it_is_padded() -> None:
    right = RSA.as_dict(private=False)
    modulus = _modulus_of_1024_bits()
    small = {**right, "kid": "small", "n": modulus}
    padded = {**right, "kid": "padded", "n": "A" * 171 + modulus}

    keys = verifying_keys({"keys": [small, padded, right]})

    assert set(keys.by_kid) == {"rsa-1"}


def _modulus_of_1024_bits() -> str:
    n = generate_private_key(65537, 1024).public_key().public_numbers().n
    return urlsafe_b64encode(n.to_bytes(128, "big")).rstrip(b"=").decode()


@pytest.mark.parametrize("jwks", [None, [], {}, {"keys": None}, {"keys": {}}, "keys"])
def test_what_is_no_key_set_has_no_keys(jwks: object) -> None:
    assert verifying_keys(jwks).by_kid == {}
