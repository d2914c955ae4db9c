"""What the addresses among the settings must look like; each check returns what it was given."""

import re
from urllib.parse import SplitResult, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
_MAILBOX = re.compile(r"[^@\s,;:<>\"()]{1,64}@[A-Za-z0-9.-]{1,253}")
_BOUNCE_LOCAL = re.compile(r"[A-Za-z0-9._+-]{1,14}")
_SENDER = re.compile(r"\+?[0-9]{3,15}|(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ]{0,10}")
_QUOTES = re.compile(r"[\"\\]|%22|%5C|%0|[^ -~]", re.IGNORECASE)
_ICE = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?(\?transport=(udp|tcp))?")


def public_address(text: str) -> str:
    """Raise ValueError unless it is an origin, which every link and redirect is built on."""
    parts = _parts(text)
    if parts is None or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise ValueError("must look like https://meet.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be a bare address without a path, like https://meet.example.org")
    return text


def is_confidential(address: str) -> bool:
    """Tell whether cookies and links may travel to an address: by TLS, or never leaving the machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in LOOPBACK


def logo_address(text: str) -> str:
    """Raise ValueError unless it is a picture by https, or one of our own by its path."""
    parts = _parts(text)
    is_path = text.startswith("/") and not text.startswith(("//", "/\\"))
    if not text.isprintable() or not (is_path or (parts is not None and parts.scheme == "https")):
        raise ValueError("must look like https://www.example.org/logo.svg")
    return text


def smtp_address(text: str) -> str:
    """Raise ValueError unless it names a mail server."""
    parts = _parts(text)
    if parts is None or parts.scheme not in ("smtp", "smtps"):
        raise ValueError("must look like smtp://user:password@host:587")
    return text


def mailbox(text: str) -> str:
    """Raise ValueError unless it is a bare mail address: it stands in a header."""
    if not _MAILBOX.fullmatch(text):
        raise ValueError("must be a mail address, like no-reply@example.org")
    return text


def bounce_mailbox(text: str) -> str:
    """Raise ValueError unless letters can be named in it: a local part has 64 characters (RFC 5321)."""
    if not _BOUNCE_LOCAL.fullmatch(mailbox(text).partition("@")[0]):
        raise ValueError("must have 14 letters and digits at most before the @")
    return text


def imap_address(text: str) -> str:
    """Raise ValueError unless it names a folder of somebody's at a mail server."""
    parts = _parts(text)
    if parts is None or parts.scheme not in ("imap", "imaps") or not parts.username or _QUOTES.search(text):
        raise ValueError("must look like imaps://user:password@host/INBOX")
    return text


def console_address(text: str) -> str:
    """Raise ValueError unless it names a TURN server's console, with its password."""
    parts = _parts(text)
    if parts is None or parts.scheme != "telnet" or not parts.password or not text.isprintable():
        raise ValueError("must look like telnet://:password@host:5766")
    return text


def gateway_address(text: str) -> str:
    """Raise ValueError unless it is where text messages may be handed over."""
    parts = _parts(text)
    if parts is None or parts.scheme not in ("http", "https"):
        raise ValueError("must look like https://gateway.example/send")
    if not is_confidential(text):
        raise ValueError("must begin with https://: numbers and links go there")
    return text


def sms_sender(text: str) -> str:
    """Raise ValueError unless networks show it above a text message: a number, or a name of 11 letters."""
    if not _SENDER.fullmatch(text):
        raise ValueError("must be a number like +358401112222, or a name of 11 letters and digits at most")
    return text


def country_code(text: str) -> str:
    """Raise ValueError unless numbers can begin with it, as they are dialled."""
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        raise ValueError("must hold codes of countries, like 358,46")
    return text


def ice_address(text: str, kind: str) -> str:
    """Raise ValueError unless a browser takes it (RFC 7064, 7065): one that it refuses ends every meeting."""
    scheme, _, rest = text.partition(":")
    if scheme not in (kind, f"{kind}s") or not _ICE.fullmatch(rest):
        raise ValueError(f"must hold addresses like {kind}:{kind}.example.org:3478")
    return text


def _parts(text: str) -> SplitResult | None:
    """Return the parts of an address with a host and, if any, a port that can be; else None."""
    try:
        parts = urlsplit(text)
        has_host = parts.port != 0 and bool(_HOST.fullmatch(parts.hostname or ""))
    except ValueError:
        return None
    return parts if has_host and text.isprintable() and " " not in text else None
