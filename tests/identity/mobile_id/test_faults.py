"""Every status and fault of the protocol leads to its own sentence, whatever is written beside it."""

from collections.abc import Mapping

import pytest

from identity.demo_mobile.registration import AP_PWD
from identity.errors import (
    AssertionRefused,
    AttemptExpired,
    BankUnavailable,
    CodeMismatch,
    CredentialInvalid,
    CredentialUnusable,
    DeviceUnreachable,
    IdentificationCancelled,
    IdentificationFailed,
    NotEnrolled,
    PinLocked,
    ServiceBlocked,
)
from identity.identification import Identified
from identity.prompt import Pending
from tests.identity.mobile_id.hostile import Wire
from tests.identity.mobile_id.scene import walk

Kind = type[IdentificationFailed]


def of(code: int, kind: Kind, *details: int | None) -> dict[tuple[int, int | None], Kind]:
    """Say what a code means, alone or with each of its details."""
    return {(code, detail): kind for detail in details or (None,)}


FAULTS: Mapping[tuple[int, int | None], Kind] = {
    **of(101, BankUnavailable, None, 1013, 1014, 1015, 1016, 1017),
    **of(101, CodeMismatch, 1011, 1012),
    **of(102, BankUnavailable),
    **of(103, BankUnavailable),
    **of(104, BankUnavailable, None, 1044, 1045),
    **of(104, ServiceBlocked, 1041, 1042, 1043),
    **of(105, NotEnrolled, None, 1051, 1052, 1053, 1054),
    **of(107, BankUnavailable),
    **of(108, BankUnavailable),
    **of(109, BankUnavailable),
    **of(208, AttemptExpired, None, 2081, 2082),
    **of(209, DeviceUnreachable, None, 2091, 2092, 2093, 2094),
    **of(401, IdentificationCancelled, None, 4011, 4012, 4013),
    **of(402, PinLocked, None, 4021),
    **of(403, PinLocked, None, 4031, 4032),
    **of(404, CredentialUnusable, None, 4041, 4042),
    **of(405, CredentialUnusable),
    **of(406, CredentialUnusable),
    **of(407, CredentialUnusable, None, 4071, 4072, 4073),
    **of(422, CredentialInvalid),
    **of(423, CredentialInvalid),
    **of(424, CredentialInvalid),
    **of(425, CredentialInvalid),
    **{(code, None): BankUnavailable for code in (701, 702, 703, 710, 720, 750, 760, 770, 780)},
    **of(900, BankUnavailable, None, *range(9001, 9009)),
    (999, None): BankUnavailable,
    (208, 1011): AttemptExpired,
    (102, 1011): BankUnavailable,
}
STATUSES: Mapping[int, Kind] = {
    100: AssertionRefused,
    500: AssertionRefused,
    501: CredentialInvalid,
    503: CredentialInvalid,
    505: CredentialUnusable,
    999: AssertionRefused,
}


@pytest.mark.parametrize("code", FAULTS)
async def test_a_fault_has_its_own_failure(wire: Wire, code: tuple[int, int | None]) -> None:
    wire.operator.fault = code

    failed = await walk(wire).fails()

    assert type(failed) is FAULTS[code]
    assert AP_PWD not in repr(failed) + str(failed.__cause__) + str(failed.__context__)


async def test_a_detail_without_its_underscore_is_read_too(wire: Wire) -> None:
    wire.operator.fault = (101, 1011)
    wire.operator.fault = None
    wire.operator.status = 500
    wire.operator.writes = lambda _: FAULT_AS_IN_THE_GUIDELINE

    assert type(await walk(wire).fails()) is CodeMismatch


FAULT_AS_IN_THE_GUIDELINE = b"""<?xml version="1.0"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:fi="urn:x">
<env:Body><env:Fault><env:Code>
<env:Value>env:Sender</env:Value><env:Subcode><env:Value>fi:_101</env:Value><env:Subcode>
<env:Value>fi:1011</env:Value></env:Subcode></env:Subcode></env:Code><env:Reason>
<env:Text xml:lang="en">x</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>"""


@pytest.mark.parametrize("status", STATUSES)
async def test_no_status_but_502_identifies(wire: Wire, status: int) -> None:
    wire.operator.writes = lambda body: body.replace(b'Value="502"', b'Value="%d"' % status)

    assert type(await walk(wire).fails()) is STATUSES[status]


async def test_504_is_waited_for_five_seconds_more(wire: Wire) -> None:
    told = await walk(wire).ends(answer=None)

    assert isinstance(told, Pending)
    assert told.ask_again_at.second == 25


@pytest.mark.parametrize(("code", "kind"), [("", CodeMismatch), ("toinen1", CodeMismatch)])
async def test_a_prevention_code_that_is_missing_or_wrong_is_told(wire: Wire, code: str, kind: Kind) -> None:
    assert type(await walk(wire).fails(number="+358 400 000 002", code=code)) is kind


async def test_the_right_prevention_code_lets_the_phone_ring(wire: Wire) -> None:
    assert isinstance(await walk(wire).ends(number="040-0000002", code="kanto7"), Identified)
