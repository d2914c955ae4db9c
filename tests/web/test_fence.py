"""Who may ask at all: hosts, origins, addresses, secrets of forms, and how often."""

from ipaddress import ip_network

import pytest

from tests.web.house import House, house
from web.middleware.address import client_address, household
from web.public_site import Allowance

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


async def get_status(path: str, **headers: str) -> int:
    async with house() as front, front.client.get(front.url(path), headers=headers) as answer:
        return answer.status


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "[::", "localhost@evil.example"]
)
async def test_a_foreign_host_is_refused(host: str) -> None:
    assert await get_status("/shown", Host="localhost:8080") == 200  # it is there to be seen

    assert await get_status("/shown", Host=host) in {400, 421}


async def test_a_balancer_may_ask_for_health_under_any_host() -> None:
    assert await get_status("/alive", Host="10.1.2.3:8080") == 200


async def test_localhost_is_foreign_in_production() -> None:
    async with house(is_demo=False, public_url="https://meet.example") as front:
        local = await front.client.get(front.url("/shown"))
        public = await front.client.get(front.url("/shown"), headers={"Host": "meet.example"})

    assert (local.status, public.status) == (421, 200)


async def posted(front: House, path: str = "/form", csrf: str | None = None, **headers: str) -> int:
    token = await front.csrf() if csrf is None else csrf
    async with front.client.post(
        front.url(path), data=f"name=Aino&csrf={token}", headers=FORM | headers
    ) as answer:
        return answer.status


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "http://localhost"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_our_own_form_is_taken(headers: dict[str, str]) -> None:
    async with house() as front:
        assert await posted(front, **headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_a_form_of_another_site_is_refused(headers: dict[str, str]) -> None:
    async with house() as front:
        assert await posted(front, **headers) == 403


async def test_the_page_that_was_asked_under_one_of_our_names_is_ours() -> None:
    async with house() as front:
        assert await posted(front, Origin=f"http://localhost:{front.port}") == 200


async def test_a_form_without_its_secret_is_refused() -> None:
    async with house() as front:
        assert await posted(front, csrf="") == 403


async def test_a_form_with_the_secret_of_another_browser_is_refused() -> None:
    async with house() as front, house() as other:
        await front.csrf()

        assert await posted(front, csrf=await other.csrf()) == 403


async def test_a_form_from_before_the_sign_in_is_refused_after_it() -> None:
    async with house() as front:
        token = await front.csrf()
        assert await posted(front, csrf=token) == 200

        front.client.cookie_jar.update_cookies({"session": "Ilmari's"})

        assert await posted(front, csrf=token) == 403
        assert await posted(front) == 200


async def test_the_cookie_alone_does_not_tell_the_secret() -> None:
    async with house() as front:
        await front.csrf()
        cookies = {each.key: each.value for each in front.client.cookie_jar}

        assert await posted(front, csrf=cookies["csrf"]) == 403


async def test_fetch_may_bring_the_secret_in_a_header() -> None:
    async with house() as front:
        headers = {"X-CSRF-Token": await front.csrf()}
        answer = await front.client.post(front.url("/json"), json={"name": "Aino"}, headers=headers)
        without = await front.client.post(front.url("/json"), json={"name": "Aino"})

    assert (answer.status, without.status) == (200, 403)


async def test_multipart_is_refused_where_no_file_is_taken() -> None:
    async with house() as front:
        headers = {"Content-Type": "multipart/form-data; boundary=B"}
        answer = await front.client.post(front.url("/form"), data=b"--B--", headers=headers)

    assert answer.status == 415


async def test_a_post_to_nowhere_is_not_found_and_a_wrong_method_is_named() -> None:
    async with house() as front:
        nowhere = await front.client.post(front.url("/nowhere"))
        wrong = await front.client.get(front.url("/form"))

    assert (nowhere.status, wrong.status, wrong.headers["Allow"]) == (404, 405, "POST")


async def test_an_address_that_posts_too_often_waits() -> None:
    async with house(allowance=Allowance(posts_a_minute=3)) as front:
        statuses = [await posted(front) for _ in range(3)]

        answer = await front.client.post(front.url("/form"), data="name=Aino", headers=FORM)

    assert statuses == [200, 200, 200]
    assert answer.status == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


async def test_an_address_that_reads_too_often_waits() -> None:
    async with house(allowance=Allowance(pages_a_minute=2)) as front:
        statuses = [(await front.client.get(front.url("/shown"))).status for _ in range(3)]

    assert statuses == [200, 200, 429]


TRUSTED = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("192.0.2.1", ["198.51.100.9"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.9"], "198.51.100.9"),
        ("10.0.0.1", ["203.0.113.5, 198.51.100.9"], "198.51.100.9"),
        ("10.0.0.1", ["203.0.113.5", "198.51.100.9, 10.0.0.2"], "198.51.100.9"),
        ("::1", ["2001:db8::7"], "2001:db8::7"),
        ("::ffff:10.0.0.1", ["198.51.100.9"], "198.51.100.9"),
        ("10.0.0.1", ["nonsense"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("unknown", ["198.51.100.9"], "unknown"),
    ],
)
def test_the_last_address_that_a_trusted_proxy_saw_counts(peer: str, forwarded: list[str], seen: str) -> None:
    assert client_address(peer, forwarded, TRUSTED) == seen


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("198.51.100.9", "198.51.100.9"),
        ("::ffff:198.51.100.9", "198.51.100.9"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_all_addresses_of_one_household_are_counted_together(address: str, counted: str) -> None:
    assert household(address) == counted


async def test_forwarded_addresses_are_believed_of_listed_proxies_alone() -> None:
    async with house() as front, house(trusted_proxies=(ip_network("127.0.0.0/8"),)) as behind_proxy:
        headers = {"X-Forwarded-For": "198.51.100.9"}
        direct = await (await front.client.get(front.url("/who"), headers=headers)).text()
        proxied = await (await behind_proxy.client.get(behind_proxy.url("/who"), headers=headers)).text()

    assert (direct, proxied) == ("127.0.0.1", "198.51.100.9")
