"""TURN credentials, and what is hidden of the organisation's network."""

import base64
import hashlib
import hmac
from datetime import timedelta

from signalling.candidate import is_private_host, without_private
from signalling.ice import IcePolicy
from tests.signalling.people import AINO, ILMARI, NOW, TURN


def test_credential_is_what_a_turn_server_with_the_secret_expects() -> None:
    server = TURN.servers(AINO.id, now=NOW)[0]

    assert server.username is not None
    digest = hmac.new(b"north", server.username.encode(), hashlib.sha1).digest()
    assert server.credential == base64.b64encode(digest).decode()


def test_user_name_tells_when_it_ends_and_not_who_it_is() -> None:
    names = {TURN.servers(who.id, now=NOW)[0].username or "" for who in (AINO, ILMARI)}

    assert {int(name.partition(":")[0]) for name in names} == {int((NOW + timedelta(minutes=15)).timestamp())}
    assert len(names) == 2
    assert not any(str(AINO.id) in name or AINO.id.hex in name for name in names)


def test_without_a_secret_no_turn_is_offered() -> None:
    policy = IcePolicy(stun_urls=("stun:stun.example.org",), turn_urls=("turn:turn.example.org",))

    assert [server.urls for server in policy.servers(AINO.id, now=NOW)] == [("stun:stun.example.org",)]


def test_names_and_public_addresses_are_no_private_hosts() -> None:
    candidate = "candidate:1 1 udp 1 {} 5000 typ host"
    addresses = ["10.0.0.5", "192.168.1.2", "fd00::1", "fe80::1", "127.0.0.1", "8.8.8.8", "abc.local"]

    private = [address for address in addresses if is_private_host(candidate.format(address))]

    assert private == ["10.0.0.5", "192.168.1.2", "fd00::1", "fe80::1", "127.0.0.1"]


def test_description_loses_its_inner_addresses_and_nothing_else() -> None:
    sdp = (
        "v=0\r\nc=IN IP4 10.0.0.5\r\na=candidate:1 1 udp 1 10.0.0.5 5000 typ host\r\n"
        "a=candidate:2 1 udp 1 8.8.8.8 5000 typ srflx raddr 10.0.0.5 rport 5000\r\na=mid:0\r\n"
    )

    assert without_private(sdp) == (
        "v=0\r\nc=IN IP4 0.0.0.0\r\n"
        "a=candidate:2 1 udp 1 8.8.8.8 5000 typ srflx raddr 0.0.0.0 rport 0\r\na=mid:0\r\n"
    )
