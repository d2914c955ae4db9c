"""What we sign is accepted by the reference library of Standard Webhooks."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from identity.signing_secret import fresh_signing_secret
from server.webhooks.signing import signed_headers

BODY = json.dumps({"type": "appointment.booked", "data": {"detail": {"why": "ääkköset 🙂"}}}).encode()


def now() -> datetime:
    return datetime.now(UTC)


def verified(secret: str, headers: dict[str, str], body: bytes = BODY) -> object:
    return Webhook(secret).verify(body, headers)


def test_a_secret_is_long_enough_and_never_the_same() -> None:
    secrets = {fresh_signing_secret() for _ in range(50)}

    assert len(secrets) == 50
    assert {(one[:6], 24 <= len(b64decode(one[6:])) <= 64) for one in secrets} == {("whsec_", True)}


def test_the_reference_library_takes_a_signature() -> None:
    secret = fresh_signing_secret()

    headers = dict(signed_headers(uuid4(), BODY, [secret], now=now()))

    assert verified(secret, headers) == json.loads(BODY)


def test_both_secrets_of_a_change_are_good_and_a_third_is_not() -> None:
    new, old, other = (fresh_signing_secret() for _ in range(3))

    headers = dict(signed_headers(uuid4(), BODY, [new, old], now=now()))

    assert [verified(each, headers) for each in (new, old)] == [json.loads(BODY)] * 2
    with pytest.raises(WebhookVerificationError):
        verified(other, headers)


def test_whatever_is_changed_breaks_the_signature() -> None:
    secret = fresh_signing_secret()
    headers = dict(signed_headers(uuid4(), BODY, [secret], now=now()))
    later = str(int(now().timestamp()) + 1)

    for changed in ({"webhook-id": "msg_other"}, {"webhook-timestamp": later}):
        with pytest.raises(WebhookVerificationError):
            verified(secret, headers | changed)
    with pytest.raises(WebhookVerificationError):
        verified(secret, headers, BODY + b" ")


def test_an_old_notice_is_refused_by_its_moment() -> None:
    secret = fresh_signing_secret()
    headers = dict(signed_headers(uuid4(), BODY, [secret], now=now() - timedelta(minutes=6)))

    with pytest.raises(WebhookVerificationError, match="too old"):
        verified(secret, headers)


def test_the_id_is_the_notices_own() -> None:
    notice_id = UUID(int=7)

    first = signed_headers(notice_id, BODY, [fresh_signing_secret()], now=now())
    again = signed_headers(notice_id, BODY, [fresh_signing_secret()], now=now() + timedelta(hours=1))

    assert first["webhook-id"] == again["webhook-id"] == f"msg_{notice_id.hex}"
