"""What can be wrong with a broker: one thing a row, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from joserfc.jwk import RSAKey

from identity.demo_bank.bank_keys import BankKeys

GONE = object()
"""Leaves a claim out."""

Pairs = list[tuple[str, str]]


class Setting(StrEnum):
    """Where a row happens; each has a trip without any fault, which passes."""

    TEST = "test"
    PRODUCTION = "production"
    BANKS_ALONE = "banks-alone"
    """The broker names no method, but for a mark of the mobile certificate, which is not allowed."""
    TWO_ENCRYPTION_KEYS = "two-encryption-keys"


class Step(StrEnum):
    """How far the trip comes, which tells how often a token may have been asked for."""

    BEGIN = "begin"
    CALLBACK = "callback"
    TOKEN = "token"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`check` is its word in the log, `status` that of the page; all else of the trip is right."""

    name: str
    check: str = ""
    status: int = 502
    reason: str = "assertion_refused"
    step: Step = Step.TOKEN
    setting: Setting = Setting.TEST
    claims: Mapping[str, object] = field(default_factory=dict)
    sign: Callable[[bytes, BankKeys], str] | None = None
    seal: Callable[[str, RSAKey], str] | None = None
    answer: Callable[[dict[str, object]], bytes] | None = None
    content_type: str = "application/json"
    callback: Callable[[Pairs], Pairs] | None = None
    jwks: Callable[[BankKeys, str, datetime], str] | None = None
    statement: Callable[[BankKeys, str, datetime], str] | None = None
    is_pinned: bool = True


def fault_id(fault: Fault) -> str:
    return fault.name
