"""A setting that will not do is refused in one sentence, and numbers are read as people write them."""

import pytest

from identity.mobile_id.contract import contract_of
from identity.mobile_id.number import event_id, msisdn, prevention_code
from identity.provider import BadProviderSettings
from tests.identity.mobile_id.hostile import Wire


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "http://operator.example"),
        ("URL", ""),
        ("AP_ID", "no address"),
        ("AP_PWD", ""),
        ("CERTIFICATE", "/etc/ssl/our.pem"),
        ("KEY", "-----BEGIN CERTIFICATE-----"),
        ("ROOTS", ""),
        ("ROOTS", "no certificate"),
        ("DISPLAY_NAME", "x" * 41),
        ("DISPLAY_NAME", "two\nlines"),
        ("POLICY", "policy"),
        ("XML_SHA1", "true"),
    ],
)
def test_a_setting_that_will_not_do_is_named_in_one_sentence(wire: Wire, name: str, value: str) -> None:
    settings = {**wire.settings, name: value}

    with pytest.raises(BadProviderSettings) as bad:
        contract_of(settings, prefix="KOHTAAMO_MOBILE_ID_", is_production=True)

    sentence = str(bad.value)
    assert sentence.startswith(f"KOHTAAMO_MOBILE_ID_{name} ")
    assert "\n" not in sentence
    assert value == "" or value not in sentence.removeprefix(f"KOHTAAMO_MOBILE_ID_{name}")


@pytest.mark.parametrize(
    "typed",
    ["040 123 4567", "0401234567", "+358401234567", "+358 40 123-4567", "00358 40 123 4567", "(040) 1234567"],
)
def test_a_number_is_read_however_it_is_written(typed: str) -> None:
    assert msisdn(typed) == "+358401234567"


@pytest.mark.parametrize(
    "typed", ["", "12", "+46701234567", "040 123 456 789 012", "04O 123 4567", "112", "+358 0"]
)
def test_what_is_no_finnish_number_is_none(typed: str) -> None:
    assert msisdn(typed) is None


def test_a_prevention_code_has_three_signs_and_begins_with_a_letter() -> None:
    assert [prevention_code(each) for each in ("", " kanto7 ", "Ääni", "a" * 16)] == [
        "",
        "kanto7",
        "Ääni",
        "a" * 16,
    ]
    assert [prevention_code(each) for each in ("7kanto", "ab", "a" * 17, "a b c", "<b>", "1234")] == [
        None
    ] * 6


def test_event_ids_are_short_and_hard_to_mix_up() -> None:
    drawn = {event_id() for _ in range(200)}

    assert len(drawn) > 190
    assert not set("".join(drawn)) & set("IO01")
