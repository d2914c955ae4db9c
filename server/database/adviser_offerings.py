"""Who meets customers of which offering."""

from sqlalchemy import Column, ForeignKey, Table, Uuid

from identity.permission import Role
from server.database.metadata import METADATA
from server.database.staff import staff

adviser_offerings = Table(
    "adviser_offerings",
    METADATA,
    Column("offering_id", Uuid, ForeignKey("offerings.id"), primary_key=True),
    Column("adviser_id", Uuid, ForeignKey("staff.id"), primary_key=True),
)

MEETS_CUSTOMERS = staff.c.is_active & (staff.c.role == Role.ADVISER)
