"""What can be opened, set or said stands in the README of its room, and nothing stands there that is not."""

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator

from aiohttp.web import AbstractRouteDef, Application

import web
from server.settings import Settings
from tests.house.source import ROOT, modules, nodes

NAMES = re.compile(r"`([^`\n]+)`")


def named_in(readme: str) -> set[str]:
    """Collect what a document names in code marks; a method before an address is left away."""
    text = (ROOT / readme).read_text()
    return {name.split()[-1] for name in NAMES.findall(text) if name.strip()}


def addresses() -> set[str]:
    """Collect the addresses of every page and call, the way aiohttp writes them."""
    app = Application()
    for module in pkgutil.walk_packages(web.__path__, "web."):
        routes: tuple[AbstractRouteDef, ...] = getattr(importlib.import_module(module.name), "ROUTES", ())
        if not module.name.endswith(".routes"):
            app.add_routes(routes)
    return {resource.canonical for resource in app.router.resources()}


def variables() -> set[str]:
    """Name the environment variable of each setting."""
    prefix = Settings.model_config.get("env_prefix", "")
    return {
        field.validation_alias if isinstance(field.validation_alias, str) else (prefix + name).upper()
        for name, field in Settings.model_fields.items()
    }


def message_types() -> Iterator[str]:
    """Name what the server says: the tag of each message class."""
    for module in modules("signalling"):
        for node in nodes(module.tree):
            for keyword in node.keywords if isinstance(node, ast.ClassDef) else ():
                if keyword.arg == "tag" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


def protocol_types() -> set[str]:
    """Name what PROTOCOL.md lists: the first column of the tables of what a client (C) or the server says."""
    found: set[str] = set()
    speaks = False
    for line in (ROOT / "signalling" / "PROTOCOL.md").read_text().splitlines():
        if not line.startswith("|"):
            speaks = False
        elif re.match(r"\| (C|S)\b", line):
            speaks = True
        elif speaks and (name := re.match(r"\| `([a-z_]+)`", line)):
            found.add(name[1])
    return found


def test_every_address_stands_in_the_readme_of_the_web() -> None:
    assert len(addresses()) > 10
    assert addresses() - named_in("web/README.md") == set()


def test_every_setting_stands_in_the_readme_of_the_server() -> None:
    assert variables() - named_in("server/README.md") == set()


def of_providers() -> tuple[str, ...]:
    """Return how the settings of identity providers begin: each provider reads its own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = project["entry-points"]["kohtaamo.identity"]
    return tuple(f"KOHTAAMO_{name.upper().replace('-', '_')}_" for name in names)


def test_readme_of_the_server_names_no_setting_that_is_not() -> None:
    named = {name for name in named_in("server/README.md") if re.fullmatch(r"KOHTAAMO_[A-Z_]*[A-Z]", name)}

    ours = {name for name in named if not name.startswith(of_providers())}
    assert ours - variables() == set()


def test_every_message_stands_in_the_protocol() -> None:
    said = set(message_types())

    assert said != set()
    assert said - named_in("signalling/PROTOCOL.md") == set()


def test_protocol_names_no_message_that_nobody_knows() -> None:
    known = {
        node.value
        for module in modules("signalling")
        for node in nodes(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert protocol_types() - known == set()
