"""A file and a function that a person can hold in the head."""

from tests.house.source import ROOMS, ROOT, files, functions, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# A migration is a list of tables and columns, read from top to bottom once.
LISTS = ("server.migrations.versions",)


def test_files_are_split_at_four_hundred_lines() -> None:
    read = files(*ROOMS, "tests", "bench", suffixes=(".py", ".js", ".css", ".html"))

    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in read
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert read != []
    assert long == {}


def test_functions_end_within_sixty_lines() -> None:
    long = {
        f"{module.place}:{function.name}": lines
        for module in modules(*ROOMS, "tests", "bench")
        if not module.name.startswith(LISTS)
        for function in functions(module.tree)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}
