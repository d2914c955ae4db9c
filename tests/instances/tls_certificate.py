"""A certificate for loopback by an authority of the tests' own, as files."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate

HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class TlsCertificate:
    """The files of one, and of who signed it."""

    folder: Path

    @property
    def chain(self) -> Path:
        return self.folder / "fullchain.pem"

    @property
    def key(self) -> Path:
        return self.folder / "privkey.pem"

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def trusting_flag(self) -> str:
        """What makes Chromium trust this one alone."""
        certificate = load_pem_x509_certificate(self.chain.read_bytes())
        public = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        digest = base64.b64encode(hashlib.sha256(public).digest()).decode()
        return f"--ignore-certificate-errors-spki-list={digest}"


def certify(folder: Path) -> TlsCertificate:
    """Make the files in a folder."""
    made, authority = TlsCertificate(folder), trustme.CA()
    certificate = authority.issue_cert(HERE)
    authority.cert_pem.write_to_path(str(made.authority))
    certificate.private_key_pem.write_to_path(str(made.key))
    made.chain.write_bytes(b"".join(each.bytes() for each in certificate.cert_chain_pems))
    return made
