"""When a booked name and an identified one are one person's."""

import pytest

from identity.person_name import is_same_person


@pytest.mark.parametrize(
    ("booked", "given", "family"),
    [
        ("Aino Virtanen", "Aino Maria", "Virtanen"),
        ("VIRTANEN, AINO", "Aino Maria", "Virtanen"),
        ("virtanen maria", "Aino Maria", "Virtanen"),
        ("  Aino   Maria  Virtanen ", "Aino Maria", "Virtanen"),
        ("Aino “Aikku” Virtanen", "Aino Maria", "Virtanen"),
        ("Paivi Hamalainen", "Päivi", "Hämäläinen"),
        ("Päivi Hämäläinen", "Pa\u0308ivi", "Ha\u0308ma\u0308la\u0308inen"),
        ("Anna Liisa Mäki", "Anna-Liisa", "Mäki"),
        ("Annaliisa Mäki", "Anna-Liisa", "Mäki"),
        ("Anna-Liisa Mäki", "Anna Liisa", "Mäki"),
        ("Liisa Mäki Virta", "Liisa", "Mäki-Virta"),
        ("Liisa Mäkivirta", "Liisa", "Mäki-Virta"),
        ("Carl Essen", "Carl Gustaf", "von Essen"),
        ("Carl von Essen", "Carl Gustaf", "Essen"),
        ("Nguyen Thi Le", "Thi", "Le"),
        ("Sinead OBrien", "Sinéad", "O'Brien"),
        ("Soren Kierkegard", "Søren", "Kierkegård"),
        ("Virtanen Virtanen", "Virtanen", "Virtanen"),
    ],
)
def test_one_person_is_known_in_many_spellings(booked: str, given: str, family: str) -> None:
    assert is_same_person(booked, given_name=given, family_name=family)


@pytest.mark.parametrize(
    ("booked", "given", "family"),
    [
        ("Aino Virtanen", "Louhi", "Pohjola"),
        ("Aino Virtanen", "Kullervo", "Virtanen"),
        ("Aino Virtanen", "Aino", "Korhonen"),
        ("Virtanen", "Aino", "Virtanen"),
        ("Virtanen", "Virtanen", "Virtanen"),
        ("Aino", "Aino", "Virtanen"),
        ("A Virtanen", "Aino", "Virtanen"),
        ("Liisa Mäki", "Liisa", "Mäki-Virta"),
        ("Aino Virta", "Aino", "Virtanen"),
        ("", "Aino", "Virtanen"),
        ("Aino Virtanen", "", ""),
        ("Aino Virtanen", "-", "."),
        ("von", "von", "von"),
    ],
)
def test_another_person_stays_another(booked: str, given: str, family: str) -> None:
    assert not is_same_person(booked, given_name=given, family_name=family)
