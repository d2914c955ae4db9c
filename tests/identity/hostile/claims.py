"""Assertions that are signed and sealed as they must be, and claim one thing that is wrong."""

from collections.abc import Sequence

from identity.oidc.broker import FTN
from tests.identity.hostile.broker import METHODS
from tests.identity.hostile.fault import GONE, Fault, Setting
from tests.web.house import NOW

MOMENT = int(NOW.timestamp())
ELSEWHERE = "http://eidas.example/PersonIdentifier"
"""By which claim the table's profile knows somebody whom another country identified."""


def _claim(name: str, check: str, **claims: object) -> Fault:
    return Fault(name=name, check=check, claims=claims)


def _marked(name: str, satu: object) -> Fault:
    return Fault(name=name, check="method", claims={"satu": satu}, setting=Setting.BANKS_ALONE)


PARTIES: Sequence[Fault] = (
    _claim("invalid-iss", "iss", iss="https://rogue.example"),
    _claim("iss-slash", "iss", iss=lambda right: f"{right}/"),
    _claim("missing-iss", "iss", iss=GONE),
    _claim("invalid-aud", "aud", aud="another-service"),
    _claim("missing-aud", "aud", aud=GONE),
    _claim("aud-with-a-stranger", "aud", aud=["kohtaamo-demo", "another-service"]),
    _claim("aud-empty", "aud", aud=[]),
    _claim("aud-twice", "aud", aud=["kohtaamo-demo", "kohtaamo-demo"]),
    _claim("invalid-azp", "azp", azp="another-service"),
    _claim("azp-null", "azp", azp=None),
    _claim("missing-sub", "sub", sub=GONE),
    _claim("sub-empty", "sub", sub=""),
    _claim("sub-number", "sub", sub=7),
)
TIMES: Sequence[Fault] = (
    _claim("exp-past", "exp", exp=MOMENT - 60),
    _claim("missing-exp", "exp", exp=GONE),
    _claim("exp-text", "exp", exp=str(MOMENT + 600)),
    _claim("exp-true", "exp", exp=True),
    _claim("missing-iat", "iat", iat=GONE),
    _claim("iat-future", "iat", iat=MOMENT + 61),
    _claim("iat-old", "iat", iat=MOMENT - 601),
    _claim("iat-text", "iat", iat="now"),
    _claim("nbf-future", "nbf", nbf=MOMENT + 61),
    _claim("nbf-text", "nbf", nbf="soon"),
    _claim("missing-auth_time", "auth_time", auth_time=GONE),
    _claim("auth_time-old", "auth_time", auth_time=MOMENT - 61),
    _claim("auth_time-future", "auth_time", auth_time=MOMENT + 61),
    _claim("auth_time-text", "auth_time", auth_time="just now"),
)
TRIP: Sequence[Fault] = (
    _claim("nonce-invalid", "nonce", nonce="n" * 43),
    _claim("missing-nonce", "nonce", nonce=GONE),
    _claim("nonce-list", "nonce", nonce=["n"]),
    _claim("at_hash-invalid", "at_hash", at_hash="A" * 22),
    _claim("at_hash-number", "at_hash", at_hash=7),
)
LEVEL: Sequence[Fault] = (
    _claim("missing-acr", "acr", acr=GONE),
    _claim("acr-unknown", "acr", acr="urn:whatever"),
    _claim("acr-list", "acr", acr=[FTN + "loa2"]),
    Fault(name="acr-lower", claims={"acr": FTN + "low"}, status=403, reason="too_low"),
    Fault(
        name="loatest-in-production",
        check="acr",
        claims={"acr": FTN + "loatest2"},
        setting=Setting.PRODUCTION,
    ),
    _claim("missing-amr", "method", amr=GONE),
    _claim("amr-unknown", "method", amr=[METHODS + "tupas"]),
    _claim("amr-two", "method", amr=[METHODS + "bank", METHODS + "bank"]),
    _marked("mobile-where-banks-alone-are-allowed", "999212345678"),
    _marked("satu-list", [""]),
    _marked("satu-null", None),
    _claim("amr-of-another-broker", "method", amr=["https://rogue.example/ac/bank"]),
)
PERSON: Sequence[Fault] = (
    _claim("missing-hetu", "personal_identity_code", personal_identity_code=GONE),
    _claim("hetu-checksum", "personal_code", personal_identity_code="010594Y9022"),
    _claim("hetu-shape", "personal_code", personal_identity_code="010594-"),
    _claim("hetu-number", "personal_identity_code", personal_identity_code=7),
    _claim("hetu-no-such-day", "personal_code", personal_identity_code="310294Y902H"),
    _claim("birthdate-differs", "birth_date", birthdate="1994-05-02"),
    _claim("birthdate-null", "birth_date", birthdate=None),
    Fault(
        name="artificial-in-production",
        check="artificial_person",
        claims={"personal_identity_code": "010594Y9021", "birthdate": "1994-05-01"},
        setting=Setting.PRODUCTION,
    ),
    _claim("missing-given_name", "given_name", given_name=GONE),
    _claim("given_name-blank", "given_name", given_name=" "),
    _claim("given_name-control", "given_name", given_name="Aino\x00"),
    _claim("missing-family_name", "family_name", family_name=GONE),
    _claim("family_name-list", "family_name", family_name=["Virtanen"]),
    Fault(
        name="identified-abroad",
        claims={"personal_identity_code": GONE, ELSEWHERE: "FI/SE/1"},
        status=403,
        reason="foreign_identity",
    ),
    Fault(
        name="another-person",
        claims={"given_name": "Louhi", "family_name": "Pohjola"},
        status=403,
        reason="another_person",
        setting=Setting.PRODUCTION,
    ),
)
CLAIMS: Sequence[Fault] = (*PARTIES, *TIMES, *TRIP, *LEVEL, *PERSON)

TAKEN: Sequence[Fault] = (
    _claim("aud-list", "", aud=["kohtaamo-demo"]),
    _claim("no-azp", "", azp=GONE),
    _claim("higher-acr", "", acr=FTN + "loa3"),
    _claim("amr-text", "", amr=METHODS + "bank"),
    _claim("no-birthdate", "", birthdate=GONE),
    _claim("exp-within-skew", "", exp=MOMENT - 59),
    _claim("iat-within-skew", "", iat=MOMENT + 59),
    _claim("auth_time-within-skew", "", auth_time=MOMENT - 59),
    _claim("nbf-now", "", nbf=MOMENT),
    _claim("unheard-of-claims", "", unheard_of={"a": [1]}),
    Fault(name="a-bank-where-banks-alone-are-allowed", claims={"satu": ""}, setting=Setting.BANKS_ALONE),
    Fault(name="real-person-in-production", setting=Setting.PRODUCTION),
    Fault(name="two-encryption-keys", setting=Setting.TWO_ENCRYPTION_KEYS),
)
"""What the standards leave free."""
