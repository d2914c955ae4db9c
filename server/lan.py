"""HTTPS for a demo on the local network: a phone's browser gives its camera to secure pages only."""

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True)
class Lan:
    """The address of this machine on its network, its certificate, and the trust in it."""

    address: str
    serving: ssl.SSLContext
    trusting: ssl.SSLContext


def open_lan(data: Path) -> Lan:
    """Make, or find again, a certificate for this machine's address, signed by an authority of our own.

    A phone warns of it once.
    """
    address = _own_address()
    folder = data / "lan" / address
    chain, authority = folder / "certificate.pem", folder / "authority.pem"
    if not chain.exists():
        _make(folder, chain, authority, address)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain)
    return Lan(address, context, ssl.create_default_context(cafile=authority))


def _make(folder: Path, chain: Path, authority: Path, address: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    maker = trustme.CA(organization_name="Kohtaamo demo")
    maker.cert_pem.write_to_path(authority)
    maker.issue_cert(address, "localhost").private_key_and_cert_chain_pem.write_to_path(chain)
    chain.chmod(0o600)


def _own_address() -> str:
    """Ask the kernel by which address it would reach the network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address
