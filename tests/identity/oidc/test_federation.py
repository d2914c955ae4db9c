"""What brokers read of us, as a broker would check it."""

import json
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import timedelta

from identity.oidc.broker_keys import signed_set
from identity.oidc.entity import keys_of
from identity.oidc.federation import Published, RelyingParty, entity_statement, signed_jwks
from identity.oidc.key_source import Entity
from identity.oidc.own_key import KeyUse, OwnKey, OwnKeys
from tests.identity.ftn.broker import own_key, own_keys
from tests.identity.people import NOW

US = RelyingParty(
    public_url="https://kohtaamo.example",
    organisation="Pohjolan Pankki",
    redirect_uris=("https://kohtaamo.example/identify/ftn/callback",),
)
PRIVATE = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}


def parts(token: str | None) -> tuple[dict[str, object], dict[str, object]]:
    assert token is not None
    head, payload, _ = token.split(".")
    read = [json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (head, payload)]
    return read[0], read[1]


def test_the_statement_says_who_we_are_and_by_which_key_ours_are_signed() -> None:
    header, said = parts(entity_statement(US, own_keys(), now=NOW))

    assert header == {"alg": "RS256", "kid": own_key(KeyUse.ENTITY).kid, "typ": "entity-statement+jwt"}
    assert said == {
        "iss": "https://kohtaamo.example",
        "sub": "https://kohtaamo.example",
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 2 * 365 * 24 * 3600,
        "jwks": {"keys": [own_key(KeyUse.ENTITY).public]},
        "metadata": {
            "openid_relying_party": {
                "redirect_uris": ["https://kohtaamo.example/identify/ftn/callback"],
                "application_type": "web",
                "response_types": ["code"],
                "grant_types": ["authorization_code"],
                "id_token_signed_response_alg": "RS256",
                "id_token_encrypted_response_alg": "RSA-OAEP",
                "id_token_encrypted_response_enc": "A128CBC-HS256",
                "request_object_signing_alg": "RS256",
                "token_endpoint_auth_method": "private_key_jwt",
                "token_endpoint_auth_signing_alg": "RS256",
                "client_registration_types": [],
                "organization_name": "Pohjolan Pankki",
                "signed_jwks_uri": "https://kohtaamo.example/.well-known/kohtaamo-signed-jwks.jwt",
            }
        },
    }


def test_a_broker_that_takes_our_statement_can_verify_our_keys() -> None:
    statement, published = entity_statement(US, own_keys(), now=NOW), signed_jwks(US, own_keys(), now=NOW)
    assert statement is not None
    assert published is not None

    entity = Entity(id=US.public_url, statement=statement)
    found, until = signed_set(
        published.encode(), keys_of(entity.statement, entity.id, now=NOW), entity.id, now=NOW
    )

    assert set(found.by_kid) == {own_key(KeyUse.SIGNING).kid}  # the one for encryption verifies nothing
    assert until == NOW + timedelta(days=1)


def test_keys_are_shown_for_signing_and_for_encryption_without_any_private_member() -> None:
    header, said = parts(signed_jwks(US, own_keys(), now=NOW))

    keys = said["keys"]
    assert isinstance(keys, list)
    assert [(key["use"], key["kid"]) for key in keys] == [
        ("sig", own_key(KeyUse.SIGNING).kid),
        ("enc", own_key(KeyUse.ENCRYPTION).kid),
    ]
    assert header == {"alg": "RS256", "kid": own_key(KeyUse.ENTITY).kid, "typ": "jwk-set+jwt"}
    assert not any(PRIVATE & set(key) for key in [*keys, own_key(KeyUse.ENTITY).public])


def test_the_statement_stays_the_same_file_for_a_year_and_never_ends() -> None:
    first, later = (entity_statement(US, own_keys(), now=NOW + timedelta(days=days)) for days in (0, 364))
    _, renewed = parts(entity_statement(US, own_keys(), now=NOW + timedelta(days=365)))

    assert first == later
    assert renewed["iat"] == int((NOW + timedelta(days=365)).timestamp())


def test_a_second_entity_key_stands_in_the_statement_beside_the_first() -> None:
    second = replace(own_key(KeyUse.ENTITY, "second"), published_at=NOW + timedelta(days=30))
    keys = OwnKeys((*own_keys().keys, second))
    now = NOW + timedelta(days=31)

    header, said = parts(entity_statement(US, keys, now=now))

    assert header["kid"] == own_key(KeyUse.ENTITY).kid
    assert said["iat"] == int((NOW + timedelta(days=30)).timestamp())
    assert said["jwks"] == {"keys": [own_key(KeyUse.ENTITY).public, second.public]}


def test_without_an_entity_key_there_is_nothing_to_read() -> None:
    made = OwnKey(use=KeyUse.ENTITY, key=own_key(KeyUse.ENTITY).key, made_at=NOW)

    assert entity_statement(US, OwnKeys((made,)), now=NOW) is None
    assert signed_jwks(US, OwnKeys(), now=NOW) is None


def test_many_readers_make_one_signature() -> None:
    asked: list[int] = []
    keys = own_keys()

    def counted() -> OwnKeys:
        asked.append(1)
        return keys

    published = Published(US, counted)

    texts = [published.jwks(now=NOW + timedelta(seconds=seconds)) for seconds in (0, 5, 30)]
    assert len({id(text) for text in texts}) == 1
    assert published.jwks(now=NOW + timedelta(minutes=11)) != texts[0]
    assert len(asked) == 4
