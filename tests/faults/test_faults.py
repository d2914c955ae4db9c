"""Each complaint about other products has a test here that fails when that fault is put into ours.

`make slow` prints a line for each: `complaint 3: fault seen by tests/…`.
"""

import ast
from pathlib import Path

import pytest

from tests.faults.checkout import copy_tracked, put_in, run_test
from tests.faults.fault import Fault
from tests.faults.table import FAULTS
from tests.house.source import ROOT

a_row = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)

_sound: set[str] = set()
"""Tests that were seen to pass without a fault; several rows may name the same."""


@a_row
def test_a_fault_has_a_place_to_go_in_and_a_test_to_see_it(fault: Fault) -> None:
    file, _, function = fault.seen_by.partition("::")
    tests = {
        node.name
        for node in ast.walk(ast.parse((ROOT / file).read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert fault.put_into((ROOT / fault.file).read_text())
    assert function.partition("[")[0] in tests
    assert f"`{fault.seen_by}`" in (ROOT / "tests" / "README.md").read_text()


@pytest.mark.slow
@pytest.mark.timeout(900)
@a_row
def test_a_fault_that_is_put_in_is_seen(fault: Fault, tmp_path: Path) -> None:
    copy = copy_tracked(tmp_path)
    _is_sound(fault.seen_by, copy)

    put_in(fault, copy)
    said = run_test(copy, fault.seen_by)

    assert said.saw_it, said.output
    print(f"complaint {fault.complaint}: fault seen by {fault.seen_by} ({fault.what})")


def _is_sound(test: str, copy: Path) -> None:
    """Run a test without a fault, once: what fails anyway sees nothing."""
    if test in _sound:
        return
    said = run_test(copy, test)
    if said.is_left_out:
        pytest.skip(f"{test} is left out here")
    assert said.is_good, said.output
    _sound.add(test)
