"""Inside a unit only what has the unit is awaited: no letter, request or pause holds a transaction open.

Read from the source: who is given the unit can only ask the database, or hand it to the next, who is read
too. What the ground rooms may import (`test_floors.py`) sees to the rest.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import ROOMS, Module, modules, nodes

UNIT = "unit"
SLOW = frozenset({"asyncio", "sleep"})
Node = ast.AST


def spots(module: Module) -> list[str]:
    """Name the lines where something else than the unit is awaited while it is open."""
    found = {bad for holder in _holders(module.tree) for bad in _foreign(holder)}
    return [f"{module.place}:{line}" for line in sorted(found)]


def _holders(tree: Node) -> Iterator[Node]:
    """Yield functions that are given a unit, and blocks that open one."""
    for node in ast.walk(tree):
        match node:
            case ast.AsyncFunctionDef() | ast.FunctionDef() | ast.Lambda():
                if UNIT in {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}:
                    yield node
            case ast.AsyncWith():
                if any(isinstance(one.optional_vars, ast.Name) and _has(one, {UNIT}) for one in node.items):
                    yield node


def _foreign(holder: Node) -> Iterator[int]:
    known = _known(holder)
    for node in ast.walk(holder):
        awaited = node.value if isinstance(node, ast.Await) else None
        if isinstance(node, ast.Lambda) and isinstance(node.body, ast.Call) and node is holder:
            awaited = node.body
        if awaited is not None and (not _has(awaited, known) or _has(awaited, SLOW)):
            yield awaited.lineno


def _known(holder: Node) -> set[str]:
    """Name the unit, what was made of it, and the functions inside that use it."""
    known = {UNIT}
    for node in ast.walk(holder):
        if isinstance(node, ast.Assign) and _has(node.value, {UNIT}):
            known |= {name for target in node.targets for name in _names(target)}
        elif isinstance(node, ast.AsyncFunctionDef) and _has(node, {UNIT}):
            known.add(node.name)
    return known


def _has(node: Node, names: set[str] | frozenset[str]) -> bool:
    return not names.isdisjoint(_names(node))


def _names(node: Node) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def test_nothing_slow_is_awaited_inside_a_unit() -> None:
    assert [spot for module in modules(*ROOMS) for spot in spots(module)] == []


def test_a_unit_that_is_opened_is_called_unit_so_that_it_is_found() -> None:
    opened = [
        f"{module.place}:{item.context_expr.lineno}"
        for module in modules("web", "server")
        for node in nodes(module.tree)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
        if isinstance(item.context_expr, ast.Call)
        and isinstance(item.context_expr.func, ast.Attribute)
        and item.context_expr.func.attr in ("write", "read")
        and not (isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == UNIT)
    ]

    assert opened == []


@pytest.mark.parametrize(
    "body",
    [
        "async with units.write() as unit:\n  await unit.facts.append(fact)\n  await poster.post(fact)",
        "async with units.read() as unit:\n  await asyncio.sleep(unit.pause)",
        "async def work(unit):\n  found = await unit.facts.of(1)\n  await channel.deliver(letter)",
        "units.do(lambda unit: channel.deliver(letter))",
    ],
)
def test_a_letter_sent_inside_a_unit_would_be_seen(body: str) -> None:
    module = modules("server")[0]
    tree = ast.parse(body if body.startswith(("async def", "units")) else _inside_a_function(body))

    assert spots(Module(module.path, module.name, tree)) != []


def _inside_a_function(body: str) -> str:
    return "async def f():\n" + "\n".join(f" {line}" for line in body.splitlines())
