"""What differs between two standings, and how much of it is written out."""

from booking.change import LONGEST_SHOWN, ChangedField, Told, changed_fields


def test_only_what_differs_is_told_with_both_values() -> None:
    before = {"name": Told("Bank"), "zone": Told("Europe/Helsinki")}

    told = changed_fields(before, {**before, "name": Told("Loans")})

    assert told == (ChangedField("name", "Bank", "Loans"),)


def test_what_came_and_what_went_has_nothing_on_the_other_side() -> None:
    told = changed_fields({"2026-12-06": Told("Independence Day")}, {"2026-12-24": Told("Eve")})

    assert told == (
        ChangedField("2026-12-24", "", "Eve"),
        ChangedField("2026-12-06", "Independence Day", ""),
    )


def test_of_what_is_not_to_be_shown_only_the_name_is_told() -> None:
    told = changed_fields({"name": Told("Aino", is_shown=False)}, {"name": Told("Aino V", is_shown=False)})

    assert told == (ChangedField("name"),)


def test_long_texts_are_named_and_not_written_out() -> None:
    long = "a" * (LONGEST_SHOWN + 1)

    assert changed_fields({"terms": Told("")}, {"terms": Told(long)}) == (ChangedField("terms"),)
    assert changed_fields({"terms": Told("")}, {"terms": Told(long[1:])})[0].new == long[1:]
