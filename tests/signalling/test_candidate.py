"""Candidates are read and written anew, and only those under which a peer can be are told to another."""

import pytest

from signalling.candidate import Malformed, read_candidate

HOST = "candidate:1 1 udp 1 {} {} typ host"


@pytest.mark.parametrize(
    "line",
    [
        "candidate:2649590501 1 udp 2122194687 192.0.2.2 36030 typ host generation 0 ufrag 7tb4 network-id 1",
        "candidate:1665621617 1 tcp 1518214911 fd00::2 9 typ host tcptype active generation 0 network-id 1",
        "candidate:1 1 udp 1 5cc7ee5e-8f5c-4f3a-8ff9-b7d5f3d6ecc3.local 51234 typ host network-cost 999",
        "candidate:0 1 UDP 2122055935 10.0.0.5 47755 typ host",
        "candidate:1 1 UDP 1685987327 8.8.8.8 40000 typ srflx raddr 10.0.0.5 rport 47755",
        "candidate:842163049 1 udp 41885695 8.8.8.8 50000 typ relay raddr 0.0.0.0 rport 0 generation 0",
    ],
)
def test_what_a_browser_says_is_said_again_as_it_was(line: str) -> None:
    assert read_candidate(line).line() == line


def test_extensions_that_are_not_known_are_left_behind() -> None:
    line = HOST.format("10.0.0.5", 5000)

    assert read_candidate(f"{line} generation 0 vendor spy").line() == f"{line} generation 0"


@pytest.mark.parametrize(
    "line",
    [
        "candidate:",
        "candidate:1 1 udp 1 10.0.0.5 5000",
        "candidate:1 1 udp 1 10.0.0.5 5000 typ host extra",
        "candidate:1 3 udp 1 10.0.0.5 5000 typ host",
        "candidate:1 1 sctp 1 10.0.0.5 5000 typ host",
        "candidate:1 1 udp 1 10.0.0.500 5000 typ host",
        "candidate:1 1 udp 1 10.0.0.5 5000 typ friend",
        "candidate:1 1 udp 1 8.8.8.8 5000 typ srflx raddr 1.2.3 rport 4",
        "a=candidate:1 1 udp 1 10.0.0.5 5000 typ host",
    ],
)
def test_malformed_candidate_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        read_candidate(line)


ADDRESSES = {
    "8.8.8.8": True,
    "2a00:1450::1": True,
    "10.0.0.5": True,
    "192.168.1.2": True,
    "100.64.0.1": True,
    "fd00::2": True,
    "abc.local": True,
    "example.org": False,
    "127.0.0.1": False,
    "::1": False,
    "0.0.0.0": False,
    "::": False,
    "0.1.2.3": False,
    "224.0.0.251": False,
    "ff02::fb": False,
    "240.0.0.1": False,
    "255.255.255.255": False,
    "169.254.169.254": False,
    "fe80::1": False,
    "::ffff:10.0.0.5": False,
    "64:ff9b::a00:5": False,
    "2002:a00:5::1": False,
}


@pytest.mark.parametrize(("address", "is_told"), ADDRESSES.items())
def test_only_where_a_peer_can_be_is_told(address: str, is_told: bool) -> None:
    assert read_candidate(HOST.format(address, 5000)).is_peer() == is_told


@pytest.mark.parametrize("port", [0, 53, 123, 1023, 65_536])
def test_no_peer_is_at_a_port_of_the_system(port: int) -> None:
    assert not read_candidate(HOST.format("8.8.8.8", port)).is_peer()


def test_where_all_is_on_one_machine_a_peer_is_at_its_loopback_and_nowhere_else_new() -> None:
    candidates = [read_candidate(HOST.format(address, 5000)) for address in ADDRESSES]

    told = {each.address for each in candidates if each.is_peer(is_local=True)}

    assert told == {each.address for each in candidates if each.is_peer()} | {"127.0.0.1", "::1"}


def test_names_and_public_addresses_are_no_private_hosts() -> None:
    addresses = ["10.0.0.5", "192.168.1.2", "fd00::1", "8.8.8.8", "abc.local"]

    private = [each for each in addresses if read_candidate(HOST.format(each, 5000)).is_private_host]

    assert private == ["10.0.0.5", "192.168.1.2", "fd00::1"]
