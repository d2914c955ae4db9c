"""The demo's phones: what a test person can press, and that there are none in production."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from aiohttp import web

from identity.demo_mobile.mobile_operator import Operator, Ring
from identity.demo_mobile.registration import PHONES
from tests.web.house import NOW, House, house
from web.pages import demo, demo_phone


class Ringing(Operator):
    """An operator whose Aino has been asked."""

    def __init__(self) -> None:
        super().__init__(now=NOW)
        self.ring = Ring(
            id="M1",
            trans_id="K1",
            phone=PHONES["+358400000001"],
            event_id="A7K2P",
            service="Kohtaamo demo",
            challenge=b"c" * 32,
            ends_at=NOW.replace(hour=23),
        )
        self._rings = {"M1": self.ring}


def with_phones(app: web.Application) -> None:
    app[demo_phone.OPERATOR] = Ringing()
    app.add_routes(demo_phone.ROUTES)


async def pressed(house: House, **sent: str) -> tuple[int, str]:
    form: Mapping[str, str] = {"ring": "M1", **sent, "csrf": await house.csrf()}
    headers = {"Origin": house.url(""), "Accept": "text/html", "Accept-Language": "en"}
    async with house.client.post(house.url("/demo/phone"), data=form, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_the_phone_shows_who_asks_and_the_code() -> None:
    async with (
        house(prepare=with_phones) as made,
        made.client.get(made.url("/demo/phone?lang=en")) as answer,
    ):
        text = await answer.text()

    assert all(word in text for word in ("Aino Maria Virtanen", "A7K2P", "Kohtaamo demo", "040 000 0001"))


@pytest.mark.parametrize("pin", ["", "12", "abcd", "12345678"])
async def test_a_pin_that_is_none_is_refused_beside_its_field(pin: str) -> None:
    async with house(prepare=with_phones) as made:
        status, text = await pressed(made, choice="confirm", pin=pin)

        assert (status, "Write four figures." in text) == (422, True)
        assert made.app[demo_phone.OPERATOR].ringing(now=NOW)


@pytest.mark.parametrize(
    ("choice", "answer"), [("confirm", 0), ("cancel", 401), ("locked", 402), ("unreachable", 209)]
)
async def test_what_is_pressed_is_what_the_operator_hears(choice: str, answer: int) -> None:
    async with house(prepare=with_phones) as made:
        status, text = await pressed(made, choice=choice, pin="1234")

        operator = made.app[demo_phone.OPERATOR]
        assert isinstance(operator, Ringing)
        assert operator._rings["M1"] == replace(operator.ring, answer=answer)
    assert (status, "Answered." in text) == (200, True)


@pytest.mark.parametrize("path", ["/demo/phone", "/demo/phone/roots.pem"])
async def test_there_are_no_phones_in_production(path: str) -> None:
    def without(app: web.Application) -> None:
        app.add_routes(demo_phone.ROUTES)

    async with house(prepare=without) as made, made.client.get(made.url(path)) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(("routes", "is_told"), [(with_phones, True), (lambda app: None, False)])
async def test_the_start_leads_to_the_phones_where_there_are_some(
    routes: Callable[[web.Application], None], is_told: bool
) -> None:
    def prepare(app: web.Application) -> None:
        routes(app)
        app.add_routes(demo.ROUTES)

    async with house(prepare=prepare) as made, made.client.get(made.url("/demo?lang=en")) as answer:
        status, text = answer.status, await answer.text()

    assert status == 200
    assert ('href="/demo/phone"' in text, "040 000 0001" in text) == (is_told, is_told)
