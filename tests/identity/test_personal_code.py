"""The rules of the personal identity code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.personal_code import (
    CENTURIES,
    CHECK_SIGNS,
    SHAPE,
    NotAPersonalCode,
    SubjectKeys,
    personal_code,
)

TODAY = date(2026, 11, 23)
VALID = [
    "010170-999R",
    "070770-905D",
    "220750-999Y",
    "141002A909X",
    "010100-969P",
    "131052-308T",
    "210281-9988",
    "290200A1239",
    "311280-888Y",
    "010200A9618",
    "291292-918R",
    "010594Y9021",
    "020594X903P",
    "030594W903B",
    "030694W9024",
    "040594V9030",
    "050594U903M",
    "010516B903X",
    "020516C903K",
    "030516D9037",
    "010501E9032",
    "020502E902X",
    "020503F9037",
    "020504A902E",
    "020504B904H",
]


@pytest.mark.parametrize("code", VALID)
def test_a_valid_code_is_read(code: str) -> None:
    assert personal_code(f" {code.lower()} ", today=TODAY).text == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "010100A001N",
        "280453-111A",
        "010190-123A",
        "141175-112P",
        "010101-111A",
        "010101-011",
        "290201A1239",
        "320170-999R",
        "011370-999R",
        "010170*999R",
        "010170-99R",
        "010170-999R0",
        "010170-999G",
        "０10170-999R",
        "010170-9 9R",
        "010170-000R",
    ],
)
def test_a_wrong_code_is_refused(code: str) -> None:
    with pytest.raises(NotAPersonalCode):
        personal_code(code, today=TODAY)


@given(born=st.dates(date(1800, 1, 1), TODAY), number=st.integers(2, 999), choice=st.integers(0, 5))
def test_a_code_made_by_the_rule_is_read_with_its_birth_date(born: date, number: int, choice: int) -> None:
    signs = [sign for sign, century in CENTURIES.items() if century == born.year // 100 * 100]
    code = made(born, signs[choice % len(signs)], number)

    read = personal_code(code, today=TODAY)

    assert (read.birth_date, read.is_artificial) == (born, number >= 900)


@given(
    code=st.sampled_from(VALID),
    place=st.sampled_from([0, 1, 2, 3, 4, 5, 7, 8, 9, 10]),
    sign=st.sampled_from(CHECK_SIGNS),
)
def test_one_wrong_sign_is_always_noticed(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    if wrong != code:
        with pytest.raises(NotAPersonalCode):
            personal_code(wrong, today=TODAY)


@given(st.text(max_size=20) | st.from_regex(SHAPE, fullmatch=True))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    try:
        read = personal_code(text, today=TODAY)
    except NotAPersonalCode:
        return
    assert SHAPE.fullmatch(read.text)


def test_one_who_is_not_born_yet_has_no_code() -> None:
    code = made(date(2026, 11, 24), "A", 123)

    with pytest.raises(NotAPersonalCode):
        personal_code(code, today=TODAY)
    assert personal_code(code, today=date(2026, 11, 24)).birth_date == date(2026, 11, 24)


def test_a_code_shows_itself_neither_in_print_nor_in_a_refusal() -> None:
    code = personal_code("010170-999R", today=TODAY)

    assert "999R" not in repr(code)
    with pytest.raises(NotAPersonalCode) as refused:
        personal_code("010170-999P", today=TODAY)
    assert str(refused.value) == ""


def test_codes_that_differ_by_their_sign_alone_are_two_people() -> None:
    keys = SubjectKeys(b"k" * 32)
    one, other = (personal_code(code, today=TODAY) for code in ("100190-999P", "100190Y999P"))

    assert keys.of(one) != keys.of(other)
    assert keys.of(one) == SubjectKeys(b"k" * 32).of(one)
    assert keys.of(one) != SubjectKeys(b"l" * 32).of(one)


def test_a_short_server_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SubjectKeys(b"short")


def made(born: date, sign: str, number: int) -> str:
    digits = f"{born:%d%m%y}{number:03}"
    return f"{digits[:6]}{sign}{digits[6:]}{CHECK_SIGNS[int(digits) % 31]}"
