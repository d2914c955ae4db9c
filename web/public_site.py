"""What an installation says of itself on every page, frozen at the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from zoneinfo import ZoneInfo

from yarl import URL

from booking.letter import Channel
from identity.half_sign_in import SecondFactor
from web.keeping import Keeping
from web.picture_rule import PictureRule

Network = IPv4Network | IPv6Network

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An installation as the outside sees it.

    `public_url` has no slash at its end. `hosts` are further names under which it may be called. `keeping` is
    what it keeps, and for how long. `sender` is the address that its letters come from. With `has_sms`
    customers may choose text messages, of `sms_segments` parts at most; `reads_sms` says that their answers
    come in. `a_minute` tells how many letters leave by each channel that is set up. `second_factor` is who of
    the staff must have one; `staff_issuer` is what the button says that leads to the organisation's own
    sign-in, if there is one.
    """

    organisation: str
    phone: str
    public_url: str
    zone: ZoneInfo
    is_demo: bool
    is_tls: bool
    keeping: Keeping
    logo_url: str = ""
    email: str = ""
    sender: str = ""
    security_contact: str = ""
    has_sms: bool = False
    reads_sms: bool = False
    sms_segments: int = 3
    a_minute: Mapping[Channel, int] = field(default_factory=dict, hash=False)
    languages: tuple[str, ...] = ("fi", "sv", "en")
    hosts: frozenset[str] = frozenset()
    trusted_proxies: tuple[Network, ...] = ()
    second_factor: SecondFactor = SecondFactor.NOBODY
    staff_issuer: str = ""
    has_staff_passwords: bool = True
    picture: PictureRule = PictureRule.OFFERED

    @property
    def origin(self) -> str:
        return str(URL(self.public_url).origin())

    def is_ours(self, host: str) -> bool:
        """Tell whether a Host names us; its port is left out, since a proxy may change it."""
        name = host_name(host)
        known = name in self.hosts or name == URL(self.public_url).host
        return known or (self.is_demo and name in LOOPBACK_HOSTS)


def host_name(host: str) -> str:
    """Return the name in a Host header, lower case and without port; empty when there is none to be had."""
    try:
        return (URL(f"http://{host}").host or "").lower()
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How much one address or one request may ask for; generous to a whole office behind one address."""

    posts_a_minute: int = 300
    pages_a_minute: int = 6000
    slot_pages_a_minute: int = 600
    bookings_a_minute: int = 30
    letters_an_hour: int = 20
    unknown_keys_a_minute: int = 120
    answer_seconds: float = 30
    body_grace_seconds: float = 10
    body_bytes_a_second: int = 1024
    api_calls_a_second: int = 600
    holds_per_browser: int = 2
    holds_per_address: int = 20
    bookings_per_person: int = 5
    drop_ins_an_hour: int = 20
