"""Words with variables in double braces: taken apart by Jinja's parser, and never run."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

CODE = ("{%", "{#", "%}", "#}")

# It is asked for a syntax tree alone; were it ever asked to run one, it would still be the sandbox.
_SANDBOX = SandboxedEnvironment(autoescape=False, keep_trailing_newline=True)


class TemplateFault(StrEnum):
    """Why words are no template of ours."""

    CODE = "template_code"
    BROKEN = "template_broken"
    UNKNOWN = "template_unknown"


class BadTemplate(ValueError):
    def __init__(self, fault: TemplateFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Variable:
    """A place at which a value is written."""

    name: str


Template: TypeAlias = Sequence[str | Variable]
"""Plain words and places between them, in order."""


def taken_apart(source: str, known: Collection[str]) -> Template:
    """Return the words and the places in a source. Raises BadTemplate for whatever else stands there.

    Nothing passes but text and bare names that are known: no block, filter, attribute, call or value.
    """
    if any(sign in source for sign in CODE):
        raise BadTemplate(TemplateFault.CODE)
    pieces = [_piece(node, known) for line in _parsed(source).body for node in _inside(line)]
    return [piece for piece in pieces if piece != ""]


def filled_in(template: Template, values: Mapping[str, str]) -> str:
    """Write the values where they belong. Raises KeyError when one is missing."""
    return "".join(values[piece.name] if isinstance(piece, Variable) else piece for piece in template)


def names_in(template: Template) -> frozenset[str]:
    return frozenset(piece.name for piece in template if isinstance(piece, Variable))


def _parsed(source: str) -> nodes.Template:
    try:
        return _SANDBOX.parse(source)
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError):
        raise BadTemplate(TemplateFault.BROKEN) from None


def _inside(line: nodes.Node) -> Sequence[nodes.Expr]:
    if not isinstance(line, nodes.Output):
        raise BadTemplate(TemplateFault.CODE)
    return line.nodes


def _piece(node: nodes.Expr, known: Collection[str]) -> str | Variable:
    if isinstance(node, nodes.TemplateData):
        return node.data
    if not isinstance(node, nodes.Name):
        raise BadTemplate(TemplateFault.CODE)
    if node.name not in known:
        raise BadTemplate(TemplateFault.UNKNOWN)
    return Variable(node.name)
