"""Prints operators: arithmetic, comparisons, `and`, `or`."""
from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..ir.program import Arg, Prim, Value
from ..ir.types import Array, is_inexact
from ..ir.units import Unit
from ..primitives import core
from ..primitives.primitive import GIVEN, REGISTRY
from . import syntax
from .backend import Backend
from .nesting import Nesting

WORDS = ("operator", "augmented")
OPPOSITE = {"Add": "Sub", "Sub": "Add"}


@dataclass
class Spelling:
    """How the text speaks: names of values and modules, and what it turned out to need.

    `user`: the values of the primal, which are spelled as the user did.  `units`: the names of units, and of the
    backward parts of pairs (True).
    """

    names: dict[Value, str]
    nesting: Nesting
    backend: Backend
    user: set[Value] = field(default_factory=set)
    modules: dict[str, str] = field(default_factory=dict)
    helpers: dict[str, None] = field(default_factory=dict)
    objects: dict[str, object] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    units: Mapping[tuple[Unit, bool], str] = field(default_factory=dict)


def operator_of(name: str) -> str:
    """The binary operator of a primitive ("Add"), or ""."""
    primitive = REGISTRY.by_name.get(name)
    return primitive.operator if primitive is not None and primitive.operator in syntax.BINARY else ""


def is_given(op: Prim) -> bool:
    """True for a list where an array is asked for: NumPy makes one of it."""
    return op.primitive == core.AS_ROWS or op.spelling.startswith(GIVEN)


class OperatorPrinter(ABC):
    """What operators need of the rest: `expr` prints an operand, `given` one of which NumPy makes an array."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self.names = spelling.names
        self.nesting = spelling.nesting
        self.user = spelling.user
        self.backend = spelling.backend

    @abstractmethod
    def expr(self, arg: Arg) -> Any: ...

    @abstractmethod
    def given(self, arg: Arg) -> Any: ...

    def is_list(self, arg: Arg) -> bool:
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) else None
        return isinstance(made, Prim) and is_given(made)

    def operands(self, args: tuple[Arg, ...]) -> list[Any]:
        """Lists stand as they are beside what is an array: two lists would be joined, not added."""
        one = any(isinstance(arg.type, Array) and not arg.type.partial and not self.is_list(arg) for arg in args)
        return list(map(self.given if one else self.expr, args))

    def operator(self, word: str, op: Prim) -> Any:
        trees = self.operands(op.args)
        first = self.leading(op.args[0]) if word == "USub" and op.outs[0] not in self.user else None
        if first is not None and is_inexact(first.type) and not self.is_list(first):
            return syntax.with_minus(trees[0])
        if word in syntax.UNARY:
            return ast.UnaryOp(syntax.UNARY[word](), trees[0])
        if word in syntax.COMPARE:
            return ast.Compare(trees[0], [syntax.COMPARE[word]()], [trees[1]])
        if word in syntax.BOOLEAN:
            return self.boolean(word, trees)
        positive = syntax.without_minus(trees[1]) if word in OPPOSITE and op.outs[0] not in self.user else None
        if positive is not None:
            word, trees[1] = OPPOSITE[word], positive
        return ast.BinOp(trees[0], syntax.BINARY[word](), trees[1])

    def leading(self, arg: Arg) -> Arg:
        """The first factor of a product as it is printed: of a bool or an unsigned int there is no minus."""
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) and arg in self.nesting.inline else None
        product = isinstance(made, Prim) and made.primitive in (core.MULTIPLY, core.DIVIDE)
        return self.leading(made.args[0]) if product else arg  # type: ignore[union-attr]

    def boolean(self, word: str, trees: list[Any]) -> Any:
        """`a and b and c`, not `(a and b) and c`."""
        kind = syntax.BOOLEAN[word]
        if isinstance(trees[0], ast.BoolOp) and isinstance(trees[0].op, kind):
            trees = [*trees[0].values, *trees[1:]]
        return ast.BoolOp(kind(), trees)

    def print_chain(self, op: Prim) -> Any:
        first, *rest = map(self.expr, op.args)
        words = op.attr("words")
        assert isinstance(words, tuple)
        return ast.Compare(first, [syntax.COMPARE[word]() for word in words], rest)
