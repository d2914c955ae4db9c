"""How customers' addresses and phone numbers are compared, beside how they were written."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

HOME = "358"


def upgrade() -> None:
    for name in ("email_key", "phone_key"):
        op.add_column("appointments", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _compare_what_is_there()
    op.drop_index(op.f("ix_appointments_customer_email"), table_name="appointments")
    for name in ("email_key", "phone_key"):
        op.create_index(op.f(f"ix_appointments_{name}"), "appointments", [name], unique=False)


def _compare_what_is_there() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, customer_email, customer_phone FROM appointments")).all()
    kept = sa.text("UPDATE appointments SET email_key = :email, phone_key = :phone WHERE id = :id")
    for row in rows:
        email = row.customer_email.strip().casefold()
        connection.execute(kept, {"id": row.id, "email": email, "phone": _dialled(row.customer_phone)})


def _dialled(phone: str) -> str:
    digits = "".join(char for char in phone.replace("(0)", "") if char.isascii() and char.isdigit())
    if phone.strip().startswith("+") or not digits.startswith("0"):
        return digits
    return digits[2:] if digits.startswith("00") else HOME + digits[1:]
