"""What a page may do in the browser: content security policy and permissions (CSP 3, Permissions Policy)."""

from enum import Enum

from yarl import URL

from web.public_site import Site


class Policy(Enum):
    PLAIN = "plain"
    """Neither camera nor microphone."""

    CAMERA = "camera"
    """The meeting, the connection test and practice."""


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


def content_security_policy(site: Site) -> str:
    socket = f"{'wss' if site.is_tls else 'ws'}://{URL(site.public_url).authority}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' blob:{_logo(site)}",
            "media-src 'self' blob:",
            "font-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            f"connect-src 'self' {socket}",  # Safari before 15.4 does not count a WebSocket as 'self'
            " ".join(("form-action 'self'", *sorted(site.form_targets))),
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def permissions_policy(policy: Policy) -> str:
    media = "()" if policy is Policy.PLAIN else "(self)"
    return ", ".join([*(f"{name}={media}" for name in FOR_MEDIA), *(f"{name}=()" for name in DENIED)])


def _logo(site: Site) -> str:
    url = URL(site.logo_url)
    return f" {url.origin()}" if url.absolute else ""
