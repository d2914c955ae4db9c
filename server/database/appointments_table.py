"""The table of appointments, and how its rows are read and written."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    ScalarSelect,
    Table,
    Text,
    Uuid,
    select,
)

from booking.appointment import Appointment, Customer, Status
from booking.outcome import Outcome
from booking.time_span import TimeSpan
from server.database.columns import Seconds, Utc, id_column
from server.database.metadata import METADATA
from server.database.offerings import offerings

appointments = Table(
    "appointments",
    METADATA,
    id_column(),
    Column("offering_id", Uuid, ForeignKey("offerings.id"), nullable=False),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), nullable=False),
    Column("starts_at", Utc, nullable=False, index=True),
    Column("ends_at", Utc, nullable=False),
    Column("zone", Text, nullable=False),
    Column("wall_start", Text, nullable=False),
    Column("customer_name", Text, nullable=False),
    Column("customer_email", Text, nullable=False),
    Column("customer_phone", Text, nullable=False),
    Column("email_key", Text, nullable=False, index=True),
    Column("phone_key", Text, nullable=False, index=True),
    Column("customer_language", Text, nullable=False),
    Column("reached_by", Text, nullable=False),
    Column("booked_at", Utc, nullable=False),
    Column("buffer_before", Seconds, nullable=False),
    Column("buffer_after", Seconds, nullable=False),
    Column("status", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("confirmed_at", Utc),
    Column("source", Text, nullable=False),
    Column("outcome", Text),
    Column("outcome_rules_version", Integer),
    CheckConstraint("starts_at < ends_at", name="forward"),
    CheckConstraint("status IN ('booked', 'arrived', 'cancelled', 'closed')", name="status"),
    Index("ix_appointments_adviser_id_starts_at", "adviser_id", "starts_at"),
    Index("ix_appointments_status_ends_at", "status", "ends_at"),
)


def appointment_values(appointment: Appointment) -> dict[str, Any]:
    """Return an appointment as a row; the version of the rules is written beside the outcome."""
    return {
        "id": appointment.id,
        "offering_id": appointment.offering_id,
        "adviser_id": appointment.adviser_id,
        "starts_at": appointment.span.start,
        "ends_at": appointment.span.end,
        "zone": appointment.zone,
        "wall_start": appointment.wall_start,
        "customer_name": appointment.customer.name,
        "customer_email": appointment.customer.email,
        "customer_phone": appointment.customer.phone,
        "email_key": appointment.customer.email_key,
        "phone_key": appointment.customer.phone_key,
        "customer_language": appointment.customer.language,
        "reached_by": appointment.customer.reached_by,
        "booked_at": appointment.booked_at,
        "buffer_before": appointment.buffer_before,
        "buffer_after": appointment.buffer_after,
        "status": appointment.status,
        "sequence": appointment.sequence,
        "confirmed_at": appointment.confirmed_at,
        "source": appointment.source,
        "outcome": appointment.outcome,
        "outcome_rules_version": _rules_version(appointment),
    }


def appointment_of(row: Row[Any]) -> Appointment:
    return Appointment(
        id=row.id,
        offering_id=row.offering_id,
        adviser_id=row.adviser_id,
        span=TimeSpan(row.starts_at, row.ends_at),
        zone=row.zone,
        wall_start=row.wall_start,
        customer=Customer(
            name=row.customer_name,
            email=row.customer_email,
            phone=row.customer_phone,
            language=row.customer_language,
            reached_by=row.reached_by,
        ),
        booked_at=row.booked_at,
        buffer_before=row.buffer_before,
        buffer_after=row.buffer_after,
        status=Status(row.status),
        sequence=row.sequence,
        confirmed_at=row.confirmed_at,
        source=row.source,
        outcome=None if row.outcome is None else Outcome(row.outcome),
    )


def _rules_version(appointment: Appointment) -> ScalarSelect[int] | None:
    if appointment.outcome is None:
        return None
    query = select(offerings.c.rules_version).where(offerings.c.id == appointment.offering_id)
    return query.scalar_subquery()
