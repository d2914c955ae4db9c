"""The description of the API: whole, and true."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.face_house import face_house
from web.api.openapi import CALLS, description
from web.i18n import gettext

DESCRIPTION = description("http://localhost")


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [one for inner in value.values() for one in references(inner)]
    return [one for inner in value for one in references(inner)] if isinstance(value, list) else []


def test_every_call_of_the_contract_is_described() -> None:
    paths = DESCRIPTION["paths"]
    calls = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}

    appointment = "/api/v1/appointments/{appointment_id}"
    assert calls == {
        "GET /api/v1/offerings",
        "GET /api/v1/offerings/{offering_id}/slots",
        "POST /api/v1/holds",
        "POST /api/v1/holds/{hold_id}/release",
        "POST /api/v1/appointments",
        f"GET {appointment}",
        f"POST {appointment}/move",
        f"POST {appointment}/cancel",
        f"POST {appointment}/restore",
        f"POST {appointment}/confirm",
        f"GET {appointment}/facts",
        "GET /api/v1/statistics/attendance",
        "GET /api/v1/statistics/refill",
    }


def test_every_reference_leads_somewhere() -> None:
    found = set(references(DESCRIPTION))

    assert found != set()
    assert {one.rpartition("/")[2] for one in found} <= set(DESCRIPTION["components"]["schemas"])


def test_every_operation_has_its_own_name_and_its_parameters() -> None:
    operations = [one for methods in DESCRIPTION["paths"].values() for one in methods.values()]

    assert len({one["operationId"] for one in operations}) == len(operations)
    for path, methods in DESCRIPTION["paths"].items():
        named = {part.strip("{}") for part in path.split("/") if part.startswith("{")}
        for one in methods.values():
            assert {each["name"] for each in one["parameters"] if each["in"] == "path"} == named


@pytest.mark.parametrize("name", ["from", "to", "by"])
def test_query_of_the_statistics_bears_its_names_in_the_address(name: str) -> None:
    parameters = DESCRIPTION["paths"]["/api/v1/statistics/attendance"]["get"]["parameters"]

    assert name in {one["name"] for one in parameters}


async def test_description_and_docs_are_open_to_everybody(tmp_path: Path) -> None:
    async with face_house(tmp_path) as house:
        browser = house.browser()
        told = await browser.opens("/api/v1/openapi.json")
        docs = await browser.opens("/api/v1/docs")

    assert json.loads(told.text)["openapi"] == "3.1.0"
    assert "POST /api/v1/appointments" in docs.text


@pytest.mark.parametrize("language", ["fi", "sv"])
async def test_docs_describe_every_call_in_the_readers_language(tmp_path: Path, language: str) -> None:
    async with face_house(tmp_path) as house:
        docs = await house.browser().opens(f"/api/v1/docs?lang={language}")

    assert [call.summary for call in CALLS if call.summary in docs.text] == []
    assert [call.path for call in CALLS if gettext(language, call.summary) not in docs.text] == []


def test_description_for_programs_stays_in_english() -> None:
    summaries = {one["summary"] for methods in DESCRIPTION["paths"].values() for one in methods.values()}

    assert "Book an appointment" in summaries
