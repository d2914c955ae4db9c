"""Webhooks go to the Internet at large and to allowed networks, and nowhere else."""

from ipaddress import ip_address, ip_network

import pytest

from booking.target import LONGEST, BadTarget, bad_target
from server.webhooks.targets import LookedUpTargets, TargetRules, is_public

INTERNAL = (
    "127.0.0.1", "127.9.9.9", "10.1.1.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "0.1.2.3", "100.64.0.1", "100.127.255.254", "224.0.0.1", "239.1.1.1", "255.255.255.255",
    "240.0.0.1", "198.18.0.1",
    "192.0.0.9", "192.0.2.1", "198.51.100.1", "203.0.113.1", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2002:a00:1::", "2001:0:7f00:1::1", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
    "100::1", "5f00::1", "3fff::1", "4000::1",
)  # fmt: skip
PUBLIC = (
    "1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450::1", "64:ff9b::101:101", "2002:101:101::",
    "::ffff:1.1.1.1",
)  # fmt: skip


@pytest.mark.parametrize("address", INTERNAL)
def test_what_is_not_of_the_internet_at_large_is_refused(address: str) -> None:
    rules = TargetRules(plain_is_fine=True)

    assert not is_public(ip_address(address))
    assert not rules.may_reach(ip_address(address), is_plain=False)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_of_the_internet_at_large_is_reached_by_https_alone(address: str) -> None:
    rules = TargetRules()

    assert rules.may_reach(ip_address(address), is_plain=False)
    assert not rules.may_reach(ip_address(address), is_plain=True)
    assert TargetRules(plain_is_fine=True).may_reach(ip_address(address), is_plain=True)


@pytest.mark.parametrize("address", ["10.20.3.4", "::ffff:10.20.3.4", "64:ff9b::a14:304"])
def test_an_allowed_network_is_reached_by_http_too_and_its_neighbour_is_not(address: str) -> None:
    rules = TargetRules(allowed=[ip_network("10.20.0.0/16")])

    assert rules.may_reach(ip_address(address), is_plain=True)
    assert not rules.may_reach(ip_address("10.21.0.1"), is_plain=False)


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("https://hook.example/a?b=c", None),
        ("http://hook.example:8099/", None),
        ("https://[2606:4700::1111]/", None),
        ("ftp://hook.example/", BadTarget.NO_ADDRESS),
        ("hook.example", BadTarget.NO_ADDRESS),
        ("https:///x", BadTarget.NO_ADDRESS),
        ("https://hook.example:99999/", BadTarget.NO_ADDRESS),
        ("https://[::1/", BadTarget.NO_ADDRESS),
        ("https://hook.example/\r\nX: y", BadTarget.NO_ADDRESS),
        ("https://hook.example\\@10.0.0.1/", BadTarget.CREDENTIALS),
        ("https://hook.example/ä", BadTarget.NO_ADDRESS),
        ("https://aino:salasana@hook.example/", BadTarget.CREDENTIALS),
        ("https://@hook.example/", BadTarget.CREDENTIALS),
        ("https://hook.example/" + "a" * LONGEST, BadTarget.NO_ADDRESS),
    ],
)
def test_an_address_says_by_itself_whether_it_is_one(address: str, wrong: BadTarget | None) -> None:
    assert bad_target(address) == wrong


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("https://127.0.0.1/", BadTarget.INTERNAL),
        ("https://localhost:8443/", BadTarget.INTERNAL),
        ("https://2130706433/", BadTarget.INTERNAL),
        ("https://0x7f.1/", BadTarget.INTERNAL),
        ("https://169.254.169.254/latest/meta-data", BadTarget.INTERNAL),
        ("https://[::ffff:127.0.0.1]/", BadTarget.INTERNAL),
        ("https://1.1.1.1/", None),
        ("http://1.1.1.1/", BadTarget.PLAIN),
        ("http://10.20.0.1:8080/", None),
        ("https://no-such-host.invalid/", BadTarget.UNKNOWN),
        ("https://a@1.1.1.1/", BadTarget.CREDENTIALS),
    ],
)
async def test_an_address_is_looked_up_before_it_is_kept(address: str, wrong: BadTarget | None) -> None:
    targets = LookedUpTargets(TargetRules(allowed=[ip_network("10.20.0.0/16")]))

    assert await targets.bad(address) == wrong
