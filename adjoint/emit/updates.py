"""Decides what is printed as an update in place: `x += ...`, `x[i] *= ...`.

before: an operation whose result takes the name, or the place, of its first operand
after:  the operator and the operand of an augmented assignment, or None
"""
from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import Span
from ..ir.program import Arg, Load, Prim, Store, Value, View
from ..ir.types import Array, Number, dtype_of, is_partial, is_scalar
from ..primitives import core
from ..primitives.primitive import REGISTRY
from . import syntax
from .backend import ADDITION, SUBTRACTION
from .containers import ContainerPrinter
from .operators import Spelling, operator_of


@dataclass(frozen=True)
class Line:
    """One statement, or the head of a compound one, at its depth."""

    depth: int
    node: Any
    origin: Span | None
    forward: bool


class UpdatePrinter(ContainerPrinter):
    """Collects lines.  `owned`: values that may be updated in place."""

    def __init__(self, spelling: Spelling, owned: dict[Value, set[Value]]) -> None:
        super().__init__(spelling)
        self.owned = owned
        self.lines: list[Line] = []
        self.depth = 1
        self.forward = True
        self.silent: set[Value] = set()
        self.origin: Span | None = None

    def line(self, node: Any, origin: Span | None = None) -> None:
        self.lines.append(Line(self.depth, node, origin or self.origin, self.forward))

    def target(self, value: Value) -> Any:
        return syntax.name(self.names[value])

    def targets(self, values: tuple[Value, ...]) -> Any:
        """One name, or a tuple of names."""
        return self.target(values[0]) if len(values) == 1 else syntax.tuple_of(list(map(self.target, values)))

    def is_moved(self, handle: Value) -> bool:
        """True for a view whose axes are in another order: what is computed of a copy in that order is the same to the
        bit."""
        made = self.nesting.definition.get(handle)
        return isinstance(made, View) and (made.step.kind != "index" or self.is_moved(made.base))

    # ---- names

    def in_place(self, name: str, op: Prim, out: Value) -> tuple[str, Any] | None:
        word = operator_of(op.primitive)
        if not word or not isinstance(op.args[0], Value):
            return None
        written = op.spelling.startswith("augmented")
        if out in self.user and not written:
            return None
        if self.backend.name != "numpy" and is_scalar(out.type) and not isinstance(out.type, Number):
            return None
        if not written and not is_scalar(out.type) and out not in self.owned:
            return None
        first = op.args[0]
        if first not in self.nesting.inline:
            own = written and not is_partial(first.type)    # a number, or what is an array in any case, and written
            allowed = own or op.primitive in core.ARITHMETIC and self.may_update(first, out)
            tree = self.given(op.args[1]) if isinstance(first.type, Array) else self.expr(op.args[1])
            return (word, tree) if self.names.get(first) == name and allowed else None
        return None if written else self.spine(name, op)

    def may_update(self, first: Value, out: Value) -> bool:
        """True where `out` may take over the array of `first`; numbers are never shared."""
        return is_scalar(out.type) or first in self.owned.get(out, ())

    def spine(self, name: str, op: Prim) -> tuple[str, Any] | None:
        """`x + a - b` as `x += a - b`."""
        terms: list[tuple[str, Arg]] = []
        node: Arg = op.outs[0]
        while isinstance(node, Value) and (node in self.nesting.inline or node is op.outs[0]):
            inner = self.nesting.definition[node]
            if not isinstance(inner, Prim) or inner.primitive not in (core.ADD, core.SUBTRACT) or node in self.user:
                break
            terms.insert(0, (inner.primitive, inner.args[1]))
            node = inner.args[0]
        if not terms or not isinstance(node, Value) or self.names.get(node) != name or node in self.nesting.inline:
            return None
        if not self.may_update(node, op.outs[0]):
            return None
        first, rest = terms[0], terms[1:]
        tree = self.expr(first[1])
        flip = first[0] == core.SUBTRACT
        for word, arg in rest:
            minus = (word == core.SUBTRACT) != flip
            tree = ast.BinOp(tree, ast.Sub() if minus else ast.Add(), self.expr(arg))
        return ("Sub" if flip else "Add"), tree

    # ---- places

    def add_to(self, target: Any, value: Arg) -> None:
        """`target += value`; a value that starts with a minus is subtracted."""
        if isinstance(target, (ast.Attribute, ast.Call)):
            target = ast.Subscript(target, syntax.constant(Ellipsis), ast.Load())
        made = self.nesting.definition.get(value) if isinstance(value, Value) and value in self.nesting.inline else None
        if isinstance(made, Prim) and made.primitive == core.NEGATIVE:
            return self.line(syntax.augmented(target, "Sub", self.expr(made.args[0])))
        tree = self.given(value)
        positive = syntax.without_minus(tree)
        self.line(syntax.augmented(target, "Add" if positive is None else "Sub", positive or tree))

    def scattered(self, op: Store) -> Any:
        """An addition one by one, where an index may repeat; a value that starts with a minus is subtracted."""
        view, value = self.nesting.definition[op.handle], op.value
        assert isinstance(view, View)
        made = self.nesting.definition.get(value) if isinstance(value, Value) and value in self.nesting.inline else None
        word = ADDITION
        if op.spelling != ADDITION and isinstance(made, Prim) and made.primitive == core.NEGATIVE:
            word, value = SUBTRACTION, made.args[0]
        args = [self.place(view.base), self.index(view.step, view.operands), self.given(value)]
        return syntax.call(self.function(word), args)

    def written(self, op: Store, target: Any) -> Any:
        """A call of the function by which the user wrote there, or that alone writes there; None for an assignment."""
        view, spelling = self.nesting.definition.get(op.handle), op.spelling
        writer = REGISTRY.by_name[view.step.kind].writer if isinstance(view, View) and view.step.locked else ""
        if not spelling and not writer:
            return None
        tree = self.given(op.value)
        if writer and isinstance(view, View):
            spelling, target = REGISTRY.by_name[writer].spelling, self.place(view.base)
            made = self.nesting.definition.get(op.value) if isinstance(op.value, Value) else None
            if isinstance(made, Load) and made.handle.storage is op.handle.storage:
                tree = syntax.copy_of(tree)     # the function reads what it has just written
        kind, _, word = spelling.rpartition(".")
        return syntax.method(target, word, [tree]) if kind == "method" else \
            syntax.call(self.function(spelling), [target, tree])

    def store_in_place(self, op: Store) -> tuple[str, Any] | None:
        """`x[i] = x[i] * v` as `x[i] *= v`: where the user wrote it so, and in derived code."""
        value = op.value
        if not isinstance(value, Value) or value not in self.nesting.inline:
            return None
        made = self.nesting.definition[value]
        word = operator_of(made.primitive) if isinstance(made, Prim) else ""
        if not isinstance(made, Prim) or not word or value in self.user and not op.augmented:
            return None
        if not op.augmented and (made.primitive not in core.ARITHMETIC or not self.may_cast(value, op.handle)):
            return None
        if op.augmented or self.is_same_place(made.args[0], op.handle):
            return word, self.given(made.args[1])
        commutes = value not in self.user and made.primitive in (core.ADD, core.MULTIPLY)
        if commutes and self.is_same_place(made.args[1], op.handle):
            return word, self.given(made.args[0])
        return None

    def may_cast(self, value: Value, handle: Value) -> bool:
        """False where an operator may not write its result there, as a complex number among floats; `=` may."""
        what, into = dtype_of(value.type), dtype_of(handle.type)
        return what is None or into is None or np.can_cast(what, into, "same_kind")

    def is_same_place(self, arg: Arg, handle: Value) -> bool:
        if not isinstance(arg, Value) or arg not in self.nesting.inline:
            return False
        load = self.nesting.definition[arg]
        return isinstance(load, Load) and self.path(load.handle) == self.path(handle)

    def path(self, handle: Value) -> object:
        op = self.nesting.definition.get(handle)
        if isinstance(op, View) and handle in self.nesting.inline:
            return (self.path(op.base), op.step, op.operands)
        return handle
