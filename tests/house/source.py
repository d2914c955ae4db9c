"""Our own source as the tests of the house read it: files, modules and what they import."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GROUND = ("booking", "identity", "signalling")
ROOMS = (*GROUND, "web", "server")
NOT_OURS = {"node_modules", "__pycache__", "vendor"}


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file, parsed."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room that the file stands in."""
        return self.name.partition(".")[0]

    @property
    def place(self) -> str:
        """The file as a person names it."""
        return self.path.relative_to(ROOT).as_posix()


def files(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """List our files below some folders of the checkout, in order of name."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and not NOT_OURS.intersection(path.parts)
    )


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Parse the Python files below some folders."""
    return tuple(map(parsed, files(*folders)))


@cache
def parsed(path: Path) -> Module:
    """Parse one file, once for all tests."""
    return Module(path, module_name(path), ast.parse(path.read_text(), str(path)))


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """List all nodes of a file: walking costs more than parsing, and many tests look at all of them."""
    return tuple(ast.walk(tree))


def module_name(path: Path) -> str:
    """Name the module of a file the way an import does."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: Module) -> Iterator[str]:
    """Name what a module imports; `from a import b` is `a.b` where that is a module of ours, else `a`."""
    for node in nodes(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if is_ours(inner) else base


@cache
def is_ours(name: str) -> bool:
    """Say whether a dotted name is a module or package of this checkout."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """List all functions, also those inside classes and functions."""
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
