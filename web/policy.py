"""What a page may do in the browser: content security policy and permissions (CSP 3, Permissions Policy)."""

from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from hashlib import sha256
from types import MappingProxyType

from yarl import URL

from web.first_script import FIRST_HASH
from web.public_site import Site


class Policy(Enum):
    PLAIN = "plain"
    """Neither camera nor microphone."""

    CAMERA = "camera"
    """The connection test and practice."""

    MEETING = "meeting"
    """Camera and microphone, and WebAssembly for the filter that hides a room; no other page runs any."""


DENIED = (
    "accelerometer",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "midi",
    "payment",
    "serial",
    "usb",
)
FOR_MEDIA = (
    "camera",
    "microphone",
    "display-capture",
    "screen-wake-lock",
    "fullscreen",
    "picture-in-picture",
)


SCRIPTS: Mapping[Policy, Sequence[str]] = MappingProxyType(
    {
        Policy.PLAIN: (),
        Policy.CAMERA: (FIRST_HASH,),
        Policy.MEETING: (FIRST_HASH, "'wasm-unsafe-eval'"),
    }
)
"""What may run beside our files."""


def content_security_policy(
    site: Site, *, policy: Policy = Policy.PLAIN, styles: Collection[str] = ()
) -> str:
    """Write the policy; `styles` are attributes of a letter that the page shows, allowed by their hash."""
    socket = f"{'wss' if site.is_tls else 'ws'}://{URL(site.public_url).authority}"
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *SCRIPTS[policy])),
            " ".join(("style-src 'self'", *_hashes(styles))),
            f"img-src 'self' blob:{_logo(site)}",
            "media-src 'self' blob:",
            "font-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            f"connect-src 'self' {socket}",  # Safari before 15.4 does not count a WebSocket as 'self'
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def _hashes(styles: Collection[str]) -> Sequence[str]:
    digests = (b64encode(sha256(style.encode()).digest()).decode() for style in sorted(set(styles)))
    return ["'unsafe-hashes'", *(f"'sha256-{digest}'" for digest in digests)] if styles else []


def permissions_policy(policy: Policy) -> str:
    media = "()" if policy is Policy.PLAIN else "(self)"
    return ", ".join([*(f"{name}={media}" for name in FOR_MEDIA), *(f"{name}=()" for name in DENIED)])


def _logo(site: Site) -> str:
    url = URL(site.logo_url)
    return f" {url.origin()}" if url.absolute else ""
