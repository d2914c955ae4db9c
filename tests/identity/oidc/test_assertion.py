"""The negative table: each assertion fails one check only, and is refused for that one."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OctKey

from identity.assurance import Assurance
from identity.errors import AssertionRefused, AssuranceTooLow
from identity.oidc.assertion import Asserted, Expected, check_claims
from identity.oidc.broker import FTN, Profile
from identity.oidc.signed import LONGEST, key_id, verified
from tests.identity.oidc.hostile import (
    KEY,
    KEYS,
    MOMENT,
    NONCE,
    NOW,
    PROFILE,
    RIGHT,
    ROGUE,
    RSA,
    token,
    without,
)

NONE_HEADER = urlsafe_b64encode(b'{"alg":"none","kid":"sig-1"}').rstrip(b"=").decode()

NUMBERED_HEADER = urlsafe_b64encode(b'{"alg":"ES256","kid":7}').rstrip(b"=").decode()


def signed_with_the_public_key() -> str:
    """Confuse the algorithms by hand: joserfc does not even make such a token."""
    header = urlsafe_b64encode(b'{"alg":"HS256","kid":"sig-1"}').rstrip(b"=").decode()
    signed = f"{header}.{token().split('.')[1]}"
    mac = hmac.digest(KEY.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def judged(
    assertion: str,
    profile: Profile = PROFILE,
    *,
    asked: Assurance = Assurance.SUBSTANTIAL,
    now: datetime = NOW,
    access_token: str | None = None,
) -> Asserted:
    key = KEYS.get(key_id(assertion))
    if key is None:
        raise AssertionRefused("kid")
    claims = verified(assertion, key, algorithms=profile.jws_algs)
    expected = Expected(nonce=NONCE, asked=asked, began_at=NOW, access_token=access_token)
    return check_claims(claims, profile, expected, now=now)


def test_a_right_assertion_tells_who_it_is() -> None:
    asserted = judged(token())

    assert (asserted.given_name, asserted.family_name) == ("Aino Maria", "Virtanen")
    assert (asserted.birth_date, asserted.assurance) == (date(1994, 5, 1), Assurance.SUBSTANTIAL)
    assert asserted.code.text == "010594Y9021"


@pytest.mark.parametrize(
    "assertion",
    [
        token(key=RSA, alg="RS256", kid="rsa-1"),
        token({**RIGHT, "aud": ["kohtaamo"]}),
        token(without("azp")),
        token(without("birthdate")),
        token({**RIGHT, "acr": FTN + "loa3"}),
        token({**RIGHT, "acr": FTN + "loatest2"}),
        token({**RIGHT, "exp": MOMENT - 59}),
        token({**RIGHT, "iat": MOMENT + 59}),
        token({**RIGHT, "nbf": MOMENT}),
        token({**RIGHT, "unheard_of": {"a": 1}}),
        token(typ=None),
    ],
)
def test_what_the_standard_leaves_free_is_taken(assertion: str) -> None:
    assert judged(assertion).family_name == "Virtanen"


@pytest.mark.parametrize(
    ("assertion", "reason"),
    [
        (f"{NONE_HEADER}.{token().split('.')[1]}.", "signature"),
        (f"{NONE_HEADER}.{token().split('.')[1]}.{token().split('.')[2]}", "signature"),
        (signed_with_the_public_key(), "signature"),
        (token(key=OctKey.import_key("a shared secret of thirty-two bytes"), alg="HS256"), "signature"),
        (token(key=RSA, alg="PS256", kid="rsa-1"), "signature"),
        (token(key=RSA, alg="RS512", kid="rsa-1"), "signature"),
        (token(key=RSA, alg="RS256"), "signature"),
        (token(key=ROGUE), "signature"),
        (token(key=ROGUE, jwk=ROGUE.as_dict(private=False)), "jws_header"),
        (token(key=ROGUE, jku="https://rogue.example/jwks"), "jws_header"),
        (token()[:-6] + "AAAAAA", "signature"),
        (token().replace(token().split(".")[1], urlsafe_b64encode(b"{}").decode()), "signature"),
        (token(x5u="https://rogue.example/chain"), "jws_header"),
        (token(key=ROGUE, x5c=["AA=="]), "signature"),
        (token(crit=["b64"], b64=False), "jws_header"),
        (token(kid="sig-2"), "kid"),
        (token(kid=None), "kid"),
        (f"{NUMBERED_HEADER}.{token().split('.')[1]}.AA", "kid"),
        (token({**RIGHT, "filler": "x" * LONGEST}), "shape"),
        ("", "shape"),
        ("a.b.c", "shape"),
        ("a.b.c.d.e", "shape"),
        ("ä.ö.å", "shape"),
        ("W10.e30.AA", "shape"),
    ],
)
def test_a_forged_or_broken_assertion_is_refused(assertion: str, reason: str) -> None:
    with pytest.raises(AssertionRefused) as refused:
        judged(assertion)

    assert refused.value.check == reason


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({**RIGHT, "iss": "https://other.example"}, "iss"),
        ({**RIGHT, "iss": "https://broker.example/"}, "iss"),
        (without("iss"), "iss"),
        ({**RIGHT, "aud": "another-service"}, "aud"),
        ({**RIGHT, "aud": ["kohtaamo", "another-service"]}, "aud"),
        ({**RIGHT, "aud": []}, "aud"),
        (without("aud"), "aud"),
        ({**RIGHT, "azp": "another-service"}, "azp"),
        ({**RIGHT, "azp": None}, "azp"),
        ({**RIGHT, "exp": MOMENT - 60}, "exp"),
        ({**RIGHT, "exp": str(MOMENT + 600)}, "exp"),
        ({**RIGHT, "exp": True}, "exp"),
        ({**RIGHT, "exp": float("nan")}, "exp"),
        ({**RIGHT, "exp": float("inf")}, "exp"),
        ({**RIGHT, "exp": 10**400}, "exp"),
        (without("exp"), "exp"),
        ({**RIGHT, "iat": MOMENT + 61}, "iat"),
        ({**RIGHT, "iat": MOMENT - 601}, "iat"),
        (without("iat"), "iat"),
        ({**RIGHT, "nbf": MOMENT + 61}, "nbf"),
        ({**RIGHT, "nbf": "soon"}, "nbf"),
        ({**RIGHT, "nonce": "n-other"}, "nonce"),
        ({**RIGHT, "nonce": "\ud800"}, "nonce"),
        (without("nonce"), "nonce"),
        ({**RIGHT, "acr": "urn:whatever"}, "acr"),
        (without("acr"), "acr"),
        (without("sub"), "sub"),
        (without("given_name"), "given_name"),
        ({**RIGHT, "given_name": " "}, "given_name"),
        ({**RIGHT, "given_name": "Aino\x00"}, "given_name"),
        ({**RIGHT, "given_name": "x" * 600}, "given_name"),
        (without("family_name"), "family_name"),
        ({**RIGHT, "family_name": ["Virtanen"]}, "family_name"),
        (without("personal_identity_code"), "personal_identity_code"),
        ({**RIGHT, "personal_identity_code": "010594Y9022"}, "personal_code"),
        ({**RIGHT, "birthdate": "1994-05-02"}, "birth_date"),
        ({**RIGHT, "birthdate": None}, "birth_date"),
        ([], "shape"),
        ("text", "shape"),
    ],
)
def test_a_signed_assertion_with_one_wrong_claim_is_refused(claims: dict[str, object], reason: str) -> None:
    with pytest.raises(AssertionRefused) as refused:
        judged(token(claims))

    assert refused.value.check == reason


def test_one_identified_less_surely_than_asked_is_too_low() -> None:
    sure = judged(token({**RIGHT, "acr": FTN + "loa3"}), asked=Assurance.HIGH)
    assert sure.assurance == Assurance.HIGH

    with pytest.raises(AssuranceTooLow):
        judged(token(), asked=Assurance.HIGH)


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({**RIGHT, "acr": FTN + "loatest2"}, "acr"),
        (RIGHT, "artificial_person"),
    ],
)
def test_production_believes_neither_test_levels_nor_test_persons(
    claims: dict[str, object], reason: str
) -> None:
    assert judged(token(claims)).family_name == "Virtanen"

    with pytest.raises(AssertionRefused) as refused:
        judged(token(claims), replace(PROFILE, is_production=True))

    assert refused.value.check == reason


def test_production_takes_a_person_of_flesh_and_blood() -> None:
    real = {**RIGHT, "personal_identity_code": "131052-308T", "birthdate": "1952-10-13"}

    asserted = judged(token(real), replace(PROFILE, is_production=True))

    assert asserted.birth_date == date(1952, 10, 13)


def test_a_token_is_over_a_minute_after_its_end() -> None:
    with pytest.raises(AssertionRefused):
        judged(token(), now=NOW + timedelta(seconds=660))


def test_a_refusal_carries_neither_name_nor_code() -> None:
    with pytest.raises(AssertionRefused) as refused:
        judged(token({**RIGHT, "personal_identity_code": "010594Y9022"}))

    told = f"{refused.value!r} {refused.value.__cause__!r}"
    assert told == "AssertionRefused('personal_code') None"
    assert "9021" not in repr(judged(token()))


@given(st.text(max_size=60) | st.from_regex(r"[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}"))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    with pytest.raises(AssertionRefused):
        judged(text)
