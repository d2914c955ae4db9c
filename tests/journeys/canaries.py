"""Secrets that come up on a journey, gathered from wherever they stand, to be sought where they must not."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from json import loads

from sqlalchemy import select

from identity.demo_bank.people import PEOPLE
from server.database.engine import open_engines
from server.database.login_attempts import login_attempts
from server.database.persons_table import persons
from tests.journeys.demo_process import Demo
from tests.web.sign_in_house import Browser, Page

SETTINGS: Mapping[str, str] = {
    "KOHTAAMO_TURN_URLS": "turn:turn.example.org:3478",
    "KOHTAAMO_TURN_SECRET": "kanarian-turn-salaisuus-1234567890",
    "KOHTAAMO_WEBHOOK_NETWORKS": "127.0.0.0/8",
    "KOHTAAMO_SMS_SECRET": "kanarian-tekstiviestisalaisuus-1234567890",
    "KOHTAAMO_SMS_HEADERS": "Authorization: Bearer kanarian-yhdyskaytavan-avain",
}
REASON = "kanarian asuntolaina"
JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]*\.")
"""Whatever is signed or sealed in between: assertions, request objects, tokens, tickets."""


def of_settings(demo: Demo) -> dict[str, str]:
    """Return what the operator set, and what the installation made for itself."""
    key = (demo.data / "ticket-key.pem").read_text().splitlines()[1]
    secret = (demo.data / "secret").read_text().strip()
    gateway = SETTINGS["KOHTAAMO_SMS_HEADERS"].rpartition(" ")[2]
    return {
        "turn secret": SETTINGS["KOHTAAMO_TURN_SECRET"],
        "sms secret": SETTINGS["KOHTAAMO_SMS_SECRET"],
        "gateway key": gateway,
        "ticket key": key,
        "installation": secret,
    }


def of_request(form: Mapping[str, str]) -> dict[str, str]:
    """Return what the bank was sent by way of the browser: a request object, and what is in it."""
    request = form["request"]
    body = request.split(".")[1]
    said = loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return {"request": request} | {
        name: str(said[name]) for name in ("state", "nonce", "code_challenge", "jti") if name in said
    }


def of_person(key: str) -> dict[str, str]:
    """Return who somebody is at the demo bank."""
    person = PEOPLE[key]
    return {"code": person.personal_code, "given": person.given_name, "family": person.family_name}


async def of_tables(demo: Demo) -> dict[str, str]:
    """Return what the database keeps of an attempt and of a person, in the forms in which it could leak."""
    url = demo.environment["KOHTAAMO_DATABASE_URL"] or f"sqlite:///{demo.data / 'kohtaamo.sqlite3'}"
    engines = open_engines(url)
    async with engines.reading.begin() as connection:
        attempt = (await connection.execute(select(login_attempts))).first()
        person = (await connection.execute(select(persons))).first()
    await engines.close()
    assert attempt is not None
    assert person is not None
    return {
        "salt": attempt.salt,
        "verifier": attempt.verifier,
        "state hash": attempt.state_hash.hex(),
        "subject key": person.subject_key.hex(),
        "subject key as Python": repr(person.subject_key)[2:-1],
        "sealed code": person.sealed_code.hex(),
        "sealed code as Python": repr(person.sealed_code)[2:-1],
    }


async def of_ice(browser: Browser, csrf: str) -> dict[str, str]:
    """Return the credential for TURN that a page is given."""
    headers = {"X-CSRF-Token": csrf, "Origin": browser.origin, "Accept": "application/json"}
    async with browser.client.post(f"{browser.origin}/practice/ice", json={}, headers=headers) as answer:
        servers = (await answer.json())["iceServers"]
    return {
        f"turn {name}": str(one[name])
        for one in servers
        for name in ("credential", "username")
        if name in one
    }


async def of_letters(browser: Browser) -> dict[str, str]:
    """Return the texts of the letters that left, by mail and by text message, and the links in them."""
    async with browser.client.get(f"{browser.origin}/demo/outbox.json") as answer:
        letters = await answer.json()
    found = {}
    for number, letter in enumerate(letters[:6]):
        lines = [line for line in letter["text"].splitlines() if len(line) > 30]
        found[f"{letter['channel']} {number}"] = max(lines, key=len)
        for link in re.findall(r"/(?:a|o|i)/([\w-]{22})", letter["text"]):
            found[f"link of letter {link[:4]}"] = link
    return found


async def of_desk(browser: Browser) -> dict[str, str]:
    """Have an adviser make a private calendar address and a link to hand over."""
    calendar = await browser.sends(await browser.opens("/desk/calendar"), "/desk/calendar")
    feed = re.search(r"/calendar/([\w-]{20,})\.ics", calendar.text)
    assert feed is not None
    return {"calendar": feed[1]}


async def of_admin(browser: Browser) -> dict[str, str]:
    """Have an admin set a webhook up, and return its secret."""
    await browser.sends(await browser.opens("/sign-in"), "/sign-in/demo", login="admin")
    form = await browser.opens("/admin/webhooks/new")
    made = await browser.sends(
        form,
        "/admin/webhooks/new",
        name="Kanarian kassa",
        address="http://127.0.0.1:9/kanaria-koukku",
        kinds="booked",
        format="standard",
        language="fi",
    )
    secret = re.search(r"whsec_[\w+/=-]+", made.text)
    assert secret is not None, made.text
    return {"webhook secret": secret[0], "webhook address": "kanaria-koukku"}


async def shown_code(browser: Browser, appointment: str) -> Page:
    """Have an adviser read the personal identity code, for a reason."""
    address = f"{appointment}/identity"
    return await browser.sends(await browser.opens(address), address, reason=REASON)
