"""Habits that keep surprises out: one clock, one reader of the environment, one reader of bodies."""

import ast
from collections.abc import Iterator

from tests.house.source import GROUND, ROOMS, Module, modules, nodes

# Besides the one clock: the library that counts calls goes by the machine's own.
READERS_OF_THE_CLOCK = ("server.clock", "web.rates")
CLOCK_CALLS = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
)
BODY_CALLS = frozenset({"request.json", "request.post", "request.text", "request.read", "request.multipart"})
READERS_OF_THE_ENVIRONMENT = (
    "server.settings",
    "server.provider_settings",
    "server.bootstrap",
    "server.installing",
)
CATCHERS_OF_FAULTS = (
    "web.middleware",
    "server.workers.loop",
    "server.workers.deliveries",
    "server.commands.bounce",
)


def calls(module: Module, wanted: frozenset[str]) -> Iterator[str]:
    """Name the calls of a module that end in one of the wanted names, `request.json` for one."""
    for node in nodes(module.tree):
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in wanted:
            yield f"{module.place}:{node.lineno} calls {ast.unparse(node.func)}"


def catches_faults(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler takes all that can go wrong."""
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def hands_on(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler only tidies up and raises what it caught again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_only_one_module_reads_the_clock() -> None:
    wrong = [
        call
        for module in modules(*ROOMS)
        if module.name not in READERS_OF_THE_CLOCK
        for call in calls(module, CLOCK_CALLS)
    ]

    assert wrong == []


def test_no_handler_reads_a_body_by_itself() -> None:
    wrong = [call for module in modules("web") for call in calls(module, BODY_CALLS)]

    assert wrong == []


def test_only_the_settings_read_the_environment() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules(*ROOMS)
        if not module.name.startswith(READERS_OF_THE_ENVIRONMENT)
        for node in nodes(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    ]

    assert wrong == []


def test_faults_are_caught_in_three_places_alone() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules(*ROOMS)
        if not module.name.startswith(CATCHERS_OF_FAULTS)
        for node in nodes(module.tree)
        if isinstance(node, ast.ExceptHandler) and catches_faults(node) and not hands_on(node)
    ]

    assert wrong == []


def test_ground_floor_is_told_the_time() -> None:
    wrong = [
        f"{module.place} imports {node.module}"
        for module in modules(*GROUND)
        for node in nodes(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time" and node.names[0].name != "monotonic"
    ]

    assert wrong == []


SETTING_UP = (
    "offering_section", "offering_lists", "catalogue", "people", "person", "person_photo", "photos",
    "own_profile", "leaving", "teams", "hours", "holidays", "disruptions", "webhooks",
)  # fmt: skip
"""The pages on which something is set up."""


def test_what_is_set_up_leaves_a_line_of_who_did_it() -> None:
    pages = [one for one in modules("web") if one.name in {f"web.pages.{name}" for name in SETTING_UP}]

    wrong = [
        f"{module.place}:{node.lineno}"
        for module in pages
        for node in nodes(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(("[UNITS].do", "[UNITS].write"))
    ]

    assert len(pages) == len(SETTING_UP)
    assert wrong == []
