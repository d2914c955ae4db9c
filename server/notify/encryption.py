"""Whether the way to a mail server must be encrypted, and whose certificate is good enough."""

import ssl
from urllib.parse import SplitResult

from server.addresses import LOOPBACK


def must_encrypt(server: SplitResult, ca: str = "") -> bool:
    """Tell whether STARTTLS is a must: no password leaves this machine in clear, whatever a server says."""
    is_afar = server.hostname not in LOOPBACK
    return server.scheme == "smtp" and (bool(ca) or (bool(server.username) and is_afar))


def trust(server: SplitResult, ca: str = "") -> ssl.SSLContext:
    """Return what the server's certificate is held against: the machine's authorities, and those in `ca`.

    Where encryption is only taken because it is offered, any certificate will do, as between all mail
    servers (RFC 7435): who could show a false one could as well not offer. Raises ValueError for a file
    without certificates.
    """
    context = authorities(ca)
    if server.scheme == "smtp" and not must_encrypt(server, ca):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def authorities(ca: str) -> ssl.SSLContext:
    """Return the authorities that the machine trusts, and those of a file. Raises ValueError as above."""
    context = ssl.create_default_context()
    try:
        if ca:
            context.load_verify_locations(ca)
    except (OSError, ssl.SSLError):
        raise ValueError("KOHTAAMO_SMTP_CA must name a readable file of certificates (PEM)") from None
    return context


def distrust(error: BaseException) -> str | None:
    """Return why a certificate was refused, if that is what an error comes from."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"certificate not trusted: {cause.verify_message}"
        cause = cause.__cause__ or cause.__context__
    return None
