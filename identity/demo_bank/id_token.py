"""What the bank vouches for: an assertion, signed by the bank and then sealed for the service alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc import jwe
from joserfc.jwk import RSAKey

from identity.demo_bank.bank_keys import BankKeys, signed
from identity.demo_bank.people import TestPerson
from identity.demo_bank.registration import Client, Jwk
from identity.demo_bank.request import Request
from identity.secret import fresh

KEY_ALGORITHM, CONTENT_ALGORITHM = "RSA-OAEP", "A128CBC-HS256"
LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for."""

    request: Request
    person: TestPerson
    at: datetime


class IdTokens:
    """Makes them in three steps: claims, signature, seal."""

    def __init__(self, issuer: str, client: Client, keys: BankKeys) -> None:
        self.issuer = issuer
        self.client = client
        self.keys = keys

    def made(self, grant: Grant, *, now: datetime) -> str:
        return self.sealed(self.signed(self.claims(grant, now=now)))

    def claims(self, grant: Grant, *, now: datetime) -> dict[str, object]:
        issued, person = int(now.timestamp()), grant.person
        return {
            "iss": self.issuer,
            "aud": self.client.id,
            "azp": self.client.id,
            "sub": fresh(),
            "iat": issued,
            "auth_time": int(grant.at.timestamp()),
            "exp": issued + int(LASTS.total_seconds()),
            "nonce": grant.request.nonce,
            "acr": grant.request.acr,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "name": f"{person.family_name} {person.given_name}",
            "birthdate": person.birth_date,
            "personal_identity_code": person.personal_code,
        }

    def signed(self, claims: Mapping[str, object]) -> str:
        return signed(claims, self.keys.signing)

    def sealed(self, token: str) -> str:
        """Encrypt to the key that the service published last (RFC 7516)."""
        key = encryption_key(self.client.keys())
        header = {"alg": KEY_ALGORITHM, "enc": CONTENT_ALGORITHM, "cty": "JWT", "kid": key.kid}
        return jwe.encrypt_compact(header, token, key, algorithms=[KEY_ALGORITHM, CONTENT_ALGORITHM])


def encryption_key(keys: Sequence[Jwk]) -> RSAKey:
    jwk = [each for each in keys if each.get("use") == "enc"][-1]
    return RSAKey.import_key({name: str(jwk[name]) for name in ("kty", "n", "e", "kid", "use")})
