"""The plan of the house: which room may import what, and that nothing hides a circle.

A change to the plan is a change to the tables below, with its reason in the room's README.
"""

import ast
import sys
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from tests.house.source import GROUND, ROOMS, functions, imports, modules, nodes

GROUND_FLOOR = frozenset(GROUND)
STANDARD = frozenset(sys.stdlib_module_names)

# What a room may import besides itself and the standard library. The roof may import everything.
MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "booking": frozenset(),
    "identity": frozenset({"joserfc", "jose", "cryptography", "argon2"})
    | {"lxml", "signxml", "asn1crypto"}  # what a mobile operator signs: XML and CMS
    | {"webauthn", "pyotp"},
    "signalling": frozenset({"aiortc", "aioice", "av", "msgspec"}),
    "web": GROUND_FLOOR
    | {"aiohttp", "multidict", "yarl", "jinja2", "markupsafe", "babel", "pydantic", "pydantic_core"}
    | {"limits", "icalendar", "structlog"}  # counts calls, writes calendar files, logs faults
    | {"segno", "holidays"}  # draws QR codes, knows Finland's holidays
    | {"msgspec"},  # reads the frames of a meeting
}

# Words that have one home each: package → the places where it may be imported.
HOMES: Mapping[str, tuple[str, ...]] = {
    "jose": ("identity.tickets",),
    "joserfc": ("identity.oidc", "identity.demo_bank"),
    "icalendar": ("web.ics",),
    "segno": ("web.qr",),
    "holidays": ("web.finnish_holidays",),
    "argon2": ("identity.password",),
    "msgspec": ("signalling.message", "signalling.table", "web.json_text"),
    "lxml": ("identity.mobile_id", "identity.demo_mobile"),
    "signxml": ("identity.mobile_id", "identity.demo_mobile"),
    "asn1crypto": ("identity.mobile_id", "identity.demo_mobile"),
    "webauthn": ("identity.passkey",),
    "pyotp": ("identity.one_time_code",),
    "aiortc": ("signalling.precall", "signalling.practice", "server.media"),
    "aioice": ("signalling.precall", "signalling.practice", "server.media", "server.turn.client"),
    "av": ("signalling.precall", "signalling.practice", "server.media"),
    "sqlalchemy": ("server.database", "server.migrate", "server.migrations"),
    "alembic": ("server.database", "server.migrate", "server.migrations"),
    "asyncpg": ("server.database",),
    "aiosqlite": ("server.database",),
    "aiosmtplib": ("server.notify",),
    "pypdfium2": ("server.converter",),
    "pydantic": (
        "web",
        "server.settings",
        "server.media",
    ),  # at the edges: forms, settings, the media process
    "pydantic_core": ("web", "server.settings", "server.media"),
    "pydantic_settings": ("server.settings",),
}

# The ground floor asks nobody and opens nothing; what it needs from outside is a Protocol in its ports.
DOES_INPUT_OUTPUT = frozenset(
    {
        "ftplib", "http", "multiprocessing", "pathlib", "shutil", "smtplib", "socket", "sqlite3", "ssl",
        "subprocess", "tempfile", "threading", "urllib.request",
    }
)  # fmt: skip

# Verbs do not import verbs; these are no verbs but the steps that several of them take in the same way.
SHARED_STEPS = frozenset(
    {
        "booking.booked_again",
        "booking.call_time",
        "booking.drop_in",
        "booking.find_slots",
        "booking.free",
        "booking.own_time",
        "booking.put",
        "booking.take_slot",
        "booking.tell",
    }
)

FORBIDDEN_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "base", "misc", "shared"})


def test_rooms_import_only_what_the_plan_allows() -> None:
    wrong = [
        f"{module.place} imports {name}"
        for module in modules(*MAY_IMPORT)
        for name in imports(module)
        if name.partition(".")[0] not in STANDARD | MAY_IMPORT[module.room] | {module.room}
    ]

    assert wrong == []


def test_every_room_stands() -> None:
    assert {module.room for module in modules(*ROOMS)} == set(ROOMS)


def test_words_stay_in_their_homes() -> None:
    wrong = [
        f"{module.place} imports {name}"
        for module in modules(*ROOMS)
        for name in imports(module)
        if (homes := HOMES.get(name.partition(".")[0])) and not module.name.startswith(homes)
    ]

    assert wrong == []


def test_who_builds_the_application_alone_knows_where_meetings_live() -> None:
    wrong = [
        f"{module.place} imports {name}"
        for module in modules("web", "server")
        for name in imports(module)
        if name.startswith("signalling.switchboard") and module.name != "server.app"
    ]

    assert wrong == []


def test_ground_floor_opens_nothing() -> None:
    wrong = [
        f"{module.place} imports {name}"
        for module in modules(*GROUND)
        for name in imports(module)
        if name in DOES_INPUT_OUTPUT and not module.name.startswith("signalling.precall")
    ]

    assert wrong == []


def test_what_runs_before_the_installation_needs_the_standard_library_alone() -> None:
    before = [
        module
        for module in modules("server")
        if module.name.startswith(("server.bootstrap", "server.installing"))
    ]

    wrong = [
        f"{module.place} imports {name}"
        for module in before
        for name in imports(module)
        if name.partition(".")[0] not in STANDARD and not name.startswith("server.installing")
    ]

    assert before != []
    assert wrong == []


def test_no_import_hides_in_a_function() -> None:
    wrong = {
        f"{module.place}:{inner.lineno}"
        for module in modules(*ROOMS, "tests")
        for function in functions(module.tree)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }

    assert wrong == set()


def test_no_import_is_for_the_type_checker_alone() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules(*ROOMS, "tests")
        for node in nodes(module.tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    ]

    assert wrong == []


def test_modules_import_each_other_in_no_circle() -> None:
    graph = {module.name: set(imports(module)) - {module.name} for module in modules(*ROOMS)}
    circle: list[str] = []

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]

    assert circle == []


def test_package_file_holds_its_one_sentence_and_nothing_else() -> None:
    packages = [module for module in modules(*ROOMS) if module.path.name == "__init__.py"]

    wrong = [
        module.place
        for module in packages
        if len(module.tree.body) != 1 or not ast.get_docstring(module.tree)
    ]

    assert packages != []
    assert wrong == []


def test_every_folder_of_modules_is_a_package() -> None:
    wrong = {
        module.path.parent.name
        for module in modules(*ROOMS)
        if not (module.path.parent / "__init__.py").is_file()
    }

    assert wrong == set()


def test_every_module_opens_with_a_sentence() -> None:
    read = [module for module in modules(*ROOMS, "tests") if module.tree.body or module.room != "tests"]

    wrong = [module.place for module in read if not ast.get_docstring(module.tree)]

    assert wrong == []


def test_module_names_say_something() -> None:
    wrong = [
        module.place
        for module in modules(*ROOMS)
        if FORBIDDEN_NAMES.intersection(module.name.split(".")) or module.path.stem in STANDARD - {"__init__"}
    ]

    assert wrong == []


def test_no_module_of_the_ground_floor_imports_a_verb() -> None:
    verbs = {
        module.name
        for module in modules(*GROUND)
        for node in module.tree.body
        if isinstance(node, ast.AsyncFunctionDef) and node.args.args and node.args.args[0].arg == "unit"
    }

    wrong = [
        f"{module.place} imports {name}"
        for module in modules(*GROUND)
        for name in imports(module)
        if name in verbs - SHARED_STEPS
    ]

    assert verbs > SHARED_STEPS
    assert wrong == []
