"""The bodies of the API, as they come and as they go; OpenAPI is made from them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from booking.appointment import Appointment
from booking.attendance import By
from web.fields import Email, Language, Name, Phone, Reached, Utc


class Asked(BaseModel):
    """What comes in: a field that we do not know is a mistake, and told as one."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class NoBody(Asked):
    pass


PHONE_FOR_SMS: JsonDict = {
    "anyOf": [
        {"properties": {"reached_by": {"const": "mail"}}},
        {"properties": {"phone": {"type": "string", "minLength": 1}}, "required": ["phone"]},
    ]
}


class CustomerBody(Asked):
    model_config = ConfigDict(json_schema_extra=PHONE_FOR_SMS)

    name: Name
    email: Email
    phone: Phone | None = None
    language: Language = "fi"
    reached_by: Reached = Field(
        default="mail",
        description="How letters go: `sms` and `both` need a phone number. Where no gateway for text "
        "messages is set up, they go by mail.",
    )

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.reached_by != "mail" and not self.phone:
            raise PydanticCustomError("phone_needed", "a phone number is needed")
        return self


class BookBody(Asked):
    offering_id: UUID
    start: Utc
    adviser_id: UUID | None = Field(default=None, description="Anybody who is free when left out.")
    hold_id: UUID | None = Field(default=None, description="The hold that keeps this slot, if one does.")
    customer: CustomerBody


class HoldBody(Asked):
    offering_id: UUID
    start: Utc
    adviser_id: UUID | None = Field(default=None, description="Anybody who is free when left out.")


class MoveBody(Asked):
    start: Utc
    adviser_id: UUID | None = Field(default=None, description="The same adviser when left out.")


class CancelBody(Asked):
    reason: str | None = Field(
        default=None,
        max_length=200,
        pattern=r"^[^\x00]*$",
        description="`cannot_come`, `not_needed`, `handled_elsewhere` or `other`; "
        "any other text counts as `other` and is not kept.",
    )
    by: Literal["customer", "us"] = Field(
        default="customer", description="Who cancels: `us` counts as the organisation's own cancellation."
    )


PeriodEnd = Annotated[
    str,
    Field(min_length=1, max_length=40),
    WithJsonSchema({"anyOf": [{"format": "date-time"}, {"format": "date"}]} | {"type": "string"}),
]


class PeriodQuery(Asked):
    first: PeriodEnd | None = Field(default=None, alias="from")
    end: PeriodEnd | None = Field(default=None, alias="to")


class SlotsQuery(PeriodQuery):
    adviser: UUID | None = None


class AttendanceQuery(PeriodQuery):
    by: By = By.OFFERING


class OfferingAnswer(BaseModel):
    id: UUID
    name: str
    duration_minutes: int
    assurance: Literal["none", "low", "substantial", "high"]
    languages: list[str]


class OfferingsAnswer(BaseModel):
    offerings: list[OfferingAnswer]


class SlotAnswer(BaseModel):
    start: datetime
    end: datetime
    adviser_id: UUID


class SlotsAnswer(BaseModel):
    slots: list[SlotAnswer]


class Links(BaseModel):
    manage: str
    join: str
    ics: str


class AppointmentAnswer(BaseModel):
    """An appointment; `outcome` is there once there is one, `links` while the personal link is in force."""

    id: UUID
    offering_id: UUID
    adviser_id: UUID
    start: datetime
    end: datetime
    status: Literal["booked", "arrived", "cancelled", "closed"]
    outcome: str | None = None
    links: Links | None = None

    @classmethod
    def of(cls, appointment: Appointment, token: str | None, public_url: str) -> "AppointmentAnswer":
        home = f"{public_url}/a/{token}"
        links = Links(manage=home, join=f"{home}/door", ics=f"{home}/calendar.ics") if token else None
        return cls(
            id=appointment.id,
            offering_id=appointment.offering_id,
            adviser_id=appointment.adviser_id,
            start=appointment.span.start,
            end=appointment.span.end,
            status=appointment.status.value,
            outcome=appointment.outcome,
            links=links,
        )


class HoldAnswer(BaseModel):
    """A slot that nobody else can book until `expires_at`; its id is all that it takes to book it."""

    id: UUID
    offering_id: UUID
    adviser_id: UUID
    start: datetime
    end: datetime
    expires_at: datetime


class ReleasedAnswer(BaseModel):
    """Nothing is held by this id any more, whether or not anything was."""

    id: UUID


class FactAnswer(BaseModel):
    seq: int
    at: datetime
    kind: str
    by: str
    detail: dict[str, str | int | float | bool | None]


class FactsAnswer(BaseModel):
    facts: list[FactAnswer]


class RowAnswer(BaseModel):
    """Fractions; `rate`, `low` and `high` are null under 10 due appointments."""

    key: str
    due: int
    no_shows: int
    met: int
    late_cancellations: int
    our_losses: int
    rate: float | None
    low: float | None
    high: float | None


class AttendanceAnswer(BaseModel):
    n: int
    rows: list[RowAnswer]
    excluded: dict[str, int]


class FieldError(BaseModel):
    field: str
    kind: str


class Problem(BaseModel):
    """RFC 9457; `type` ends in the refusal's name. What a refusal knows besides stands there when it does."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    alternatives: list[SlotAnswer] | None = Field(
        default=None, description="With `slot-taken` and `own-overlap`: the next free times."
    )
    appointment_id: UUID | None = Field(
        default=None, description="With `own-overlap`: what the customer has at that time."
    )
    errors: list[FieldError] | None = Field(
        default=None, description="With `invalid`: which fields, and why."
    )
    until: datetime | None = Field(default=None, description="With `too-late`: when it had to be done.")
    scope: str | None = Field(default=None, description="With `scope-missing`: what the key has to be for.")
