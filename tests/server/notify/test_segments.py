"""Text messages are counted as networks count them, and shortened honestly or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.notify.channel import DeliveryFailed
from server.notify.segments import BASIC, EXTENSION, is_gsm, segments, simplified
from server.notify.sms_text import fitted, short_name

LINK = "https://tapaa.example.org/a/" + "t" * 22
GSM = st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=700)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("äöåÄÖÅÉéü" * 17 + "ä" * 7, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the sign takes two places, which no part ends between
        ("š" * 70, 1),
        ("š" * 71, 2),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("🙂" * 66, 2),
        ("🙂" * 67, 3),  # 33 of them fill a part but for one place
        ("a" * 70 + "🙂", 2),
    ],
)
def test_parts_are_counted_as_networks_do(text: str, parts: int) -> None:
    assert segments(text) == parts


@given(GSM)
def test_text_of_gsm_takes_as_many_parts_as_packing_it_by_hand(text: str) -> None:
    sizes = [2 if char in EXTENSION else 1 for char in text]
    parts, left = 1, 153
    for size in sizes:
        parts, left = (parts, left - size) if size <= left else (parts + 1, 153 - size)

    assert segments(text) == (1 if sum(sizes) <= 160 else parts)


@given(st.text(max_size=300))
def test_no_text_takes_fewer_parts_than_its_letters_need(text: str) -> None:
    units = len(text.encode("utf-16-be", "surrogatepass")) // 2

    assert segments(text) * (160 if is_gsm(text) else 70) >= units
    assert segments(text + "a") >= segments(text)


@given(st.text(max_size=300))
def test_a_simpler_text_is_never_longer_and_loses_no_letter(text: str) -> None:
    simple = simplified(text)

    assert simple == text or is_gsm(simple)


def test_a_dash_and_a_foreign_letter_do_not_make_a_text_three_times_as_long() -> None:
    assert simplified("Škoda – “huomenna” klo 14…") == 'Skoda - "huomenna" klo 14...'
    assert simplified("Härmä €") == "Härmä €"
    assert simplified("Kiitos 🙂 – hei") == "Kiitos 🙂 – hei"


def test_too_long_a_text_loses_its_closing_first_then_the_name_and_never_the_link() -> None:
    said, longer = "Muistutus: " + "x" * 85, "Muistutus: " + "x" * 93
    closing = "Vastaus OK vahvistaa."

    assert fitted(said, name="Pankki:", link=LINK, closing=closing, most=2).endswith("vahvistaa.")
    assert fitted(said, name="Pankki:", link=LINK, closing=closing, most=1) == f"Pankki: {said} {LINK}"
    assert fitted(longer, name="Pankki:", link=LINK, closing=closing, most=1) == f"{longer} {LINK}"


def test_what_cannot_be_shortened_is_refused() -> None:
    with pytest.raises(DeliveryFailed) as refused:
        fitted("x" * 400, link=LINK, most=2)

    assert refused.value.permanent


def test_a_long_name_ends_between_two_words() -> None:
    assert short_name("Esimerkkipankki") == "Esimerkkipankki"
    assert short_name("Pohjois-Pohjanmaan hyvinvointialueen talous- ja velkaneuvonta") == "Pohjois-Pohjanmaan"
