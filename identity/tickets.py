"""Our own tickets: they let one browser into one meeting, live a minute, and are used once.

python-jose stands in this file alone. It is always told the algorithm, and
its checks of times and types are ours, since it lets a wrong type and a
missing `exp` pass and reads the machine's clock instead of the caller's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from jose import JWTError, jwt

from identity.assurance import Assurance
from identity.errors import TicketExpired, TicketInvalid

ALGORITHM = "ES256"
LASTS = timedelta(seconds=60)
MEETING = "meeting"
LONGEST = 4096
# python-jose would check these by its own clock and with its own tolerance.
_OURS = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """The claims of a ticket; the times are whole seconds, as RFC 7519 wants them.

    `identified_for` is the identification's purpose, `fingerprint` in hex the SHA-256 of the certificate
    for which it holds; both are None without.
    """

    purpose: str
    appointment_id: UUID
    participant_id: UUID
    role: str
    name: str
    assurance: Assurance
    provider: str | None
    method: str | None
    identified_at: datetime | None
    session: bytes | None
    """Under what the session stands that asked for it; a customer's browser has none."""
    identified_for: str | None
    fingerprint: str | None
    jti: UUID
    iat: datetime
    exp: datetime


class Signer:
    """Issues and reads tickets with one P-256 key, given as PEM."""

    def __init__(self, key_pem: bytes) -> None:
        key = load_pem_private_key(key_pem, password=None)
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise TypeError("a P-256 key is needed")
        self._private = key_pem.decode("ascii")
        public_pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self._public = public_pem.decode("ascii")

    def issue(
        self,
        *,
        appointment_id: UUID,
        participant_id: UUID,
        role: str,
        name: str,
        assurance: Assurance = Assurance.NONE,
        provider: str | None = None,
        method: str | None = None,
        identified_at: datetime | None = None,
        session: bytes | None = None,
        identified_for: str | None = None,
        fingerprint: bytes | None = None,
        purpose: str = MEETING,
        now: datetime,
    ) -> tuple[str, Ticket]:
        """Return the signed token and what it says; its times are cut to whole seconds."""
        iat = now.astimezone(UTC).replace(microsecond=0)
        ticket = Ticket(
            purpose=purpose,
            appointment_id=appointment_id,
            participant_id=participant_id,
            role=role,
            name=name,
            assurance=assurance,
            provider=provider,
            method=method,
            identified_at=identified_at,
            session=session,
            identified_for=identified_for,
            fingerprint=fingerprint.hex() if fingerprint is not None else None,
            jti=uuid4(),
            iat=iat,
            exp=iat + LASTS,
        )
        return jwt.encode(_claims(ticket), self._private, algorithm=ALGORITHM), ticket

    def read(self, token: str, *, now: datetime, purpose: str = MEETING) -> Ticket:
        """Return what a ticket says. Whether it was used before, the store knows.

        Raises TicketInvalid for anything that we did not sign in this shape
        for this purpose, and TicketExpired for one that is over.
        """
        ticket = self._opened(token)
        if ticket.purpose != purpose or ticket.iat > now + LASTS or ticket.exp - ticket.iat > LASTS:
            raise TicketInvalid
        if now >= ticket.exp:
            raise TicketExpired
        return ticket

    def _opened(self, token: str) -> Ticket:
        if len(token) > LONGEST:
            raise TicketInvalid
        try:
            return _ticket(jwt.decode(token, self._public, algorithms=[ALGORITHM], options=_OURS))
        except (JWTError, KeyError, TypeError, ValueError, OverflowError) as refused:
            raise TicketInvalid from refused


def _claims(ticket: Ticket) -> dict[str, object]:
    values = {each.name: getattr(ticket, each.name) for each in fields(ticket)}
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Assurance):
        return value.word
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _ticket(claims: Mapping[str, object]) -> Ticket:
    return Ticket(
        purpose=_text(claims["purpose"]),
        role=_text(claims["role"]),
        name=_text(claims["name"]),
        appointment_id=UUID(_text(claims["appointment_id"])),
        participant_id=UUID(_text(claims["participant_id"])),
        assurance=Assurance.of(_text(claims["assurance"])),
        jti=UUID(_text(claims["jti"])),
        provider=_text_if(claims, "provider"),
        method=_text_if(claims, "method"),
        identified_for=_text_if(claims, "identified_for"),
        fingerprint=_text_if(claims, "fingerprint"),
        identified_at=_moment(claims["identified_at"]) if "identified_at" in claims else None,
        session=bytes.fromhex(_text(claims["session"])) if "session" in claims else None,
        iat=_moment(claims["iat"]),
        exp=_moment(claims["exp"]),
    )


def _text_if(claims: Mapping[str, object], name: str) -> str | None:
    return _text(claims[name]) if name in claims else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(type(value))
    return datetime.fromtimestamp(value, UTC)
