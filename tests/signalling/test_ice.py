"""TURN credentials, and what is hidden of the organisation's network."""

import base64
import hashlib
import hmac
from datetime import timedelta
from uuid import uuid4

from signalling.ice import IcePolicy
from tests.signalling.people import AINO, ILMARI, NOW, TURN


def test_credential_is_what_a_turn_server_with_the_secret_expects() -> None:
    server = TURN.servers(AINO.id, now=NOW)[0]

    assert server.username is not None
    digest = hmac.new(b"north", server.username.encode(), hashlib.sha1).digest()
    assert server.credential == base64.b64encode(digest).decode()


def test_user_name_tells_when_it_ends_and_not_who_it_is() -> None:
    names = {TURN.servers(who.id, now=NOW)[0].username or "" for who in (AINO, ILMARI)}

    assert {int(name.partition(":")[0]) for name in names} == {int((NOW + timedelta(minutes=2)).timestamp())}
    assert len(names) == 2
    assert not any(str(AINO.id) in name or AINO.id.hex in name for name in names)


def test_user_name_in_one_meeting_is_none_in_another() -> None:
    policies = [TURN.of(uuid4()), TURN.of(uuid4())]

    assert len({policy.owner(ILMARI.id) for policy in policies}) == 2


def test_without_a_secret_no_turn_is_offered() -> None:
    policy = IcePolicy(stun_urls=("stun:stun.example.org",), turn_urls=("turn:turn.example.org",))

    assert [server.urls for server in policy.servers(AINO.id, now=NOW)] == [("stun:stun.example.org",)]
