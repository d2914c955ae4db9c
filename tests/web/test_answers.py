"""What every answer bears, and how refusals and faults are told."""

import json
import re
from typing import Any

import pytest
import structlog

from tests.web.house import house
from web.public_site import Allowance

LINK = "s3cretLinkOfAino123456"


async def test_every_answer_protects_itself() -> None:
    async with house() as front:
        answers = [
            await front.client.get(front.url(path), allow_redirects=False)
            for path in (
                "/shown",
                "/nowhere",
                "/break",
                "/leave",
                "/form",
            )
        ]

    assert [answer.status for answer in answers] == [200, 404, 500, 303, 405]
    for answer in answers:
        assert "Server" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])


async def test_pages_allow_no_unsafe_script_and_no_camera_but_where_it_is_meant() -> None:
    async with house() as front:
        shown = (await front.client.get(front.url("/shown"))).headers
        meeting = (await front.client.get(front.url("/meet"))).headers

    for page in (shown, meeting):
        assert "unsafe" not in page["Content-Security-Policy"]
    assert "script-src 'self';" in shown["Content-Security-Policy"]
    assert re.search("script-src 'self' 'sha256-[A-Za-z0-9+/]{43}=';", meeting["Content-Security-Policy"])
    assert "camera=()" in shown["Permissions-Policy"]
    assert "camera=(self), microphone=(self)" in meeting["Permissions-Policy"]


async def test_a_page_has_no_inline_script_or_style() -> None:
    async with house() as front:
        text = await (await front.client.get(front.url("/shown"))).text()

    assert re.findall(r"<style|style=|<script(?![^>]*src=)(?![^>]*application/json)| on[a-z]+=", text) == []


async def test_cookies_are_bound_to_the_host_on_tls() -> None:
    tls: dict[str, Any] = {"is_tls": True, "is_demo": False, "public_url": "https://meet.example"}
    async with house() as plain, house(**tls) as front:
        on_http = (await plain.client.get(plain.url("/token"))).headers
        on_tls = (await front.client.get(front.url("/token"), headers={"Host": "meet.example"})).headers

    assert re.sub("=[^;]+", "=x", on_http["Set-Cookie"], count=1) == "csrf=x; HttpOnly; Path=/; SameSite=Lax"
    assert (
        re.sub("=[^;]+", "=x", on_tls["Set-Cookie"], count=1)
        == "__Host-csrf=x; HttpOnly; Path=/; SameSite=Lax; Secure"
    )
    assert on_tls["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in on_http


async def test_people_read_a_page_and_programs_a_problem() -> None:
    async with house() as front:
        page = await front.client.get(front.url("/nowhere?lang=en"), headers={"Accept": "text/html"})
        problem = await front.client.get(
            front.url("/nowhere?lang=en"), headers={"Accept": "application/json"}
        )
        told = json.loads(await problem.text())
        text = await page.text()

    assert (page.content_type, problem.content_type) == ("text/html", "application/problem+json")
    assert "<h1>We could not find this page</h1>" in text
    assert "+358 9 123 456" in text
    assert (told["type"], told["status"], told["title"]) == (
        "/problems/page-not-found",
        404,
        "We could not find this page",
    )


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Sivua ei löytynyt"),
        ("sv", "Sidan hittades inte"),
        ("en", "We could not find this page"),
    ],
)
async def test_a_refusal_is_told_in_the_readers_language(language: str, title: str) -> None:
    async with house() as front:
        answer = await front.client.get(
            front.url("/nowhere"), headers={"Accept-Language": f"{language};q=0.9, de"}
        )
        text = await answer.text()

    assert f"<h1>{title}</h1>" in text
    assert answer.headers["Content-Language"] == language


async def test_a_chosen_language_stays() -> None:
    async with house() as front:
        await front.client.get(front.url("/shown?lang=sv"))
        answer = await front.client.get(front.url("/shown"), headers={"Accept-Language": "en"})

    assert answer.headers["Content-Language"] == "sv"


async def test_a_fault_is_logged_once_with_its_id_and_says_nothing_of_itself() -> None:
    with structlog.testing.capture_logs() as lines:
        async with house() as front:
            answer = await front.client.get(front.url(f"/a/{LINK}/break?code=131052"))
            text = await answer.text()

    faults = [line for line in lines if line["event"] == "fault"]
    assert [(line["route"], line["method"]) for line in faults] == [("/a/{token}/break", "GET")]
    assert answer.headers["X-Request-ID"] in text
    assert "secret of Aino" not in text


async def test_the_log_names_the_route_and_neither_link_nor_query() -> None:
    with structlog.testing.capture_logs() as lines:
        async with house() as front:
            await front.client.get(front.url(f"/a/{LINK}/break?code=131052"))

    told = [line for line in lines if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in told] == [("/a/{token}/break", 500)]
    assert LINK not in str(lines)
    assert "131052" not in str(lines)


async def test_an_answer_that_takes_too_long_is_given_up() -> None:
    async with house(allowance=Allowance(answer_seconds=0.2)) as front:
        answer = await front.client.get(front.url("/sleep"))

    assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
