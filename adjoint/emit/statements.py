"""Prints operations as statements."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gast

from ..errors import Span
from ..ir.program import (
    UNDEFINED,
    Alloc,
    Arg,
    Bind,
    Const,
    Function,
    Load,
    Op,
    Pop,
    Prim,
    Push,
    Store,
    Tape,
    Unpack,
    Value,
    View,
)
from ..ir.traverse import blocks
from ..ir.types import Number, NumpyScalar, is_scalar
from ..primitives.indexing import is_basic
from ..primitives.primitive import REGISTRY
from . import syntax
from .expressions import ExpressionPrinter, Spelling

IN_PLACE = ("add", "subtract", "multiply", "divide")
WORDS = {"add": "Add", "subtract": "Sub", "multiply": "Mult", "divide": "Div", "matmul": "MatMult", "power": "Pow",
         "floor_divide": "FloorDiv", "remainder": "Mod"}


@dataclass(frozen=True)
class Line:
    """One statement, or the head of a compound one, at its depth."""

    depth: int
    node: Any
    origin: Span | None
    forward: bool


class StatementPrinter(ExpressionPrinter):
    """Walks a program and collects lines.  `user`: values of the primal; `owned`: may be updated in place."""

    def __init__(self, spelling: Spelling, user: set[Value], owned: dict[Value, set[Value]]) -> None:
        super().__init__(spelling)
        self.user = user
        self.owned = owned
        self.lines: list[Line] = []
        self.depth = 1
        self.forward = True
        self.silent: set[Value] = set()
        self.origin: Span | None = None

    def function(self, spelling: str | Function) -> Any:  # type: ignore[override]
        if isinstance(spelling, str):
            return super().function(spelling)
        last = max((k for k, op in enumerate(spelling.block.ops) if self.is_primal(op)), default=-1)
        for k, op in enumerate(spelling.block.ops):
            if self.forward and k > last and not isinstance(op, Push):
                self.forward = self.is_saved(op)
            self.statement(op)
        self.forward = False
        self.origin = None
        return None

    def is_primal(self, op: Op) -> bool:
        return any(out in self.user for out in op.outs) or isinstance(op, Store) and op.handle in self.user or any(
            self.is_primal(inner) for b in blocks(op) for inner in b.ops)

    def is_saved(self, op: Op) -> bool:
        return isinstance(op, Prim) and op.primitive == "copy" and bool(op.args) and op.args[0] in self.user

    # ---- lines

    def line(self, node: Any, origin: Span | None = None) -> None:
        self.lines.append(Line(self.depth, node, origin or self.origin, self.forward))

    def statement(self, op: Op) -> None:
        if op.outs and op.outs[0] in self.nesting.inline:
            return
        self.origin = op.origin
        getattr(self, "op_" + type(op).__name__)(op)

    def target(self, value: Value) -> Any:
        return syntax.name(self.names[value])

    def op_Prim(self, op: Prim) -> None:
        out = op.outs[0]
        if op.primitive == "reversed_list" and isinstance(op.args[0], Value):
            if self.names.get(op.args[0]) == self.names[out]:
                return self.line(syntax.expression(syntax.method(self.target(out), "reverse", [])))
        self.bind(out, op)

    def bind(self, out: Value, op: Prim) -> None:
        """`out = ...`, or `out += ...` where the first operand has that name and may be changed."""
        aug = self.in_place(self.names[out], op, out)
        if aug is not None:
            self.line(syntax.augmented(self.target(out), *aug))
        else:
            self.line(syntax.assign(self.target(out), self.operation(op)))

    def in_place(self, name: str, op: Prim, out: Value) -> tuple[str, Any] | None:
        if op.primitive not in WORDS or not op.args or not isinstance(op.args[0], Value):
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
            allowed = written or op.primitive in IN_PLACE and self.may_update(first, out)
            if self.names.get(first) == name and allowed:
                return self.signed(WORDS[op.primitive], self.expr(op.args[1]), written)
            return None
        return None if written else self.spine(name, op)

    def signed(self, word: str, tree: Any, written: bool) -> tuple[str, Any]:
        return word, tree

    def may_update(self, first: Value, out: Value) -> bool:
        """True where `out` may take over the array of `first`; numbers are never shared."""
        return is_scalar(out.type) or first in self.owned.get(out, ())

    def spine(self, name: str, op: Prim) -> tuple[str, Any] | None:
        """`x + a - b` as `x += a - b`."""
        terms: list[tuple[str, Arg]] = []
        node: Arg = op.outs[0]
        while isinstance(node, Value) and (node in self.nesting.inline or node is op.outs[0]):
            inner = self.nesting.definition[node]
            if not isinstance(inner, Prim) or inner.primitive not in ("add", "subtract") or node in self.user:
                break
            terms.insert(0, (inner.primitive, inner.args[1]))
            node = inner.args[0]
        if not terms or not isinstance(node, Value) or self.names.get(node) != name or node in self.nesting.inline:
            return None
        if not self.may_update(node, op.outs[0]):
            return None
        first, rest = terms[0], terms[1:]
        tree = self.expr(first[1])
        flip = first[0] == "subtract"
        for word, arg in rest:
            minus = (word == "subtract") != flip
            tree = gast.BinOp(tree, gast.Sub() if minus else gast.Add(), self.expr(arg))
        return ("Sub" if flip else "Add"), tree

    def op_Bind(self, op: Bind) -> None:
        pairs = [(out, arg) for out, arg in zip(op.outs, op.args)]
        if len(pairs) > 1 and any(self.needs_move(out, arg) for out, arg in pairs):
            targets = syntax.tuple_of([self.target(out) for out, _ in pairs])
            return self.line(syntax.assign(targets, syntax.tuple_of([self.expr(arg) for _, arg in pairs])))
        self.moves(pairs)

    def op_Unpack(self, op: Unpack) -> None:
        targets = syntax.tuple_of([self.target(out) for out in op.outs])
        self.line(syntax.assign(targets, self.expr(op.arg)))

    def op_Alloc(self, op: Alloc) -> None:
        handle = op.outs[0]
        source = self.nesting.definition.get(op.arg) if isinstance(op.arg, Value) else None
        fresh = isinstance(op.arg, Value) and op.arg in self.nesting.inline and self.is_fresh(source)
        if not fresh and isinstance(source, (Prim, Pop)) and self.nesting.uses.get(op.arg) == 1:  # type: ignore[arg-type]
            same_trip = self.nesting.block.get(op.arg) == self.nesting.block[handle]  # type: ignore[arg-type]
            fresh = self.is_fresh(source) and same_trip
        tree = self.expr(op.arg)
        if isinstance(op.arg, Value) and self.names.get(op.arg) == self.names[handle] and fresh:
            return
        self.line(syntax.assign(self.target(handle), tree if fresh else syntax.method(tree, "copy", [])))

    def is_fresh(self, op: Op | None) -> bool:
        """True where the operation's result is an array of its own."""
        if not isinstance(op, Prim):
            return False
        if op.primitive == "getitem":
            return not is_basic(dict(op.attrs)["step"].value)  # type: ignore[union-attr]
        primitive = REGISTRY.by_name.get(op.primitive)
        return primitive is not None and primitive.views == "no"

    def op_View(self, op: View) -> None:
        self.line(syntax.assign(self.target(op.outs[0]), self.subject(op)))

    def subject(self, op: View) -> Any:
        base = self.place(op.base)
        if op.step.kind == "index":
            return self.subscript(base, op.step, op.operands)
        return syntax.attribute(base, "T") if op.step.kind == "T" else self.matrix_transpose(base, op.outs[0].type)

    def op_Load(self, op: Load) -> None:
        tree = self.place(op.handle)
        if op.outs[0] in self.nesting.copied or self.is_device_element(op.outs[0]):
            tree = syntax.method(tree, "copy", [])
        self.line(syntax.assign(self.target(op.outs[0]), tree))

    def is_device_element(self, value: Value) -> bool:
        """On a device an element that is read is a view of its array, not a number."""
        return self.backend.name != "numpy" and isinstance(value.type, NumpyScalar)

    def pushed(self, arg: Arg) -> Any:
        tree = self.expr(arg)
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) and arg in self.nesting.inline else None
        if isinstance(made, Load) and self.is_device_element(made.outs[0]):
            return syntax.method(tree, "copy", [])
        return tree

    def op_Store(self, op: Store) -> None:
        view = self.nesting.definition.get(op.handle)
        target = self.place(op.handle)
        if op.how == "scatter":
            assert isinstance(view, View)
            index = self.index(view.step, view.operands)
            call = syntax.call(syntax.attribute(self.function("numpy.add"), "at"), [self.place(view.base), index, self.expr(op.value)])
            return self.line(syntax.expression(call))
        if op.how == "add":
            return self.add_to(target, op.value)
        aug = self.store_in_place(op)
        if aug is not None and not isinstance(target, (gast.Attribute, gast.Call)):
            return self.line(syntax.augmented(target, *aug))
        if not isinstance(target, gast.Subscript):
            target = gast.Subscript(target, syntax.constant(Ellipsis), gast.Load())
        self.line(syntax.assign(target, self.expr(op.value)))

    def add_to(self, target: Any, value: Arg) -> None:
        """`target += value`; a value that starts with a minus is subtracted."""
        if isinstance(target, (gast.Attribute, gast.Call)):
            target = gast.Subscript(target, syntax.constant(Ellipsis), gast.Load())
        made = self.nesting.definition.get(value) if isinstance(value, Value) and value in self.nesting.inline else None
        if isinstance(made, Prim) and made.primitive == "negative":
            return self.line(syntax.augmented(target, "Sub", self.expr(made.args[0])))
        tree = self.expr(value)
        leftmost, parent = tree, None
        while isinstance(leftmost, gast.BinOp) and isinstance(leftmost.op, (gast.Mult, gast.Div)):
            leftmost, parent = leftmost.left, leftmost
        if isinstance(leftmost, gast.UnaryOp) and isinstance(leftmost.op, gast.USub):
            if parent is None:
                return self.line(syntax.augmented(target, "Sub", leftmost.operand))
            parent.left = leftmost.operand
            return self.line(syntax.augmented(target, "Sub", tree))
        self.line(syntax.augmented(target, "Add", tree))

    def store_in_place(self, op: Store) -> tuple[str, Any] | None:
        """`x[i] = x[i] * v` as `x[i] *= v`: where the user wrote it so, and in derived code."""
        value = op.value
        if not isinstance(value, Value) or value not in self.nesting.inline:
            return None
        made = self.nesting.definition[value]
        if not isinstance(made, Prim) or made.primitive not in WORDS or value in self.user and not op.augmented:
            return None
        if not op.augmented and made.primitive not in IN_PLACE:
            return None
        if self.is_same_place(made.args[0], op.handle):
            return WORDS[made.primitive], self.expr(made.args[1])
        if value not in self.user and made.primitive in ("add", "multiply") and self.is_same_place(made.args[1], op.handle):
            return WORDS[made.primitive], self.expr(made.args[0])
        return None

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

    def op_Tape(self, op: Tape) -> None:
        self.line(syntax.assign(self.target(op.outs[0]), gast.List([], gast.Load())))

    def op_Push(self, op: Push) -> None:
        trees = [self.pushed(arg) for arg in op.args]
        item = trees[0] if len(trees) == 1 else syntax.tuple_of(trees)
        self.line(syntax.expression(syntax.method(self.expr(op.tape), "append", [item])))

    def op_Pop(self, op: Pop) -> None:
        targets = [self.target(out) for out in op.outs]
        target = targets[0] if len(targets) == 1 else syntax.tuple_of(targets)
        tape = self.expr(op.tape)
        taken = syntax.call(syntax.name("next"), [tape]) if op.peek else syntax.method(tape, "pop", [])
        self.line(syntax.assign(target, taken))

    # ---- moves

    def needs_move(self, out: Value, arg: Arg) -> bool:
        if arg is UNDEFINED or out.is_version or out in self.silent or out not in self.names:
            return False
        return not (isinstance(arg, Value) and arg not in self.nesting.inline and self.names[arg] == self.names[out])

    def moves(self, pairs: list[tuple[Value, Arg]]) -> None:
        """Parallel assignment: one by one where no source is overwritten first, else as a tuple."""
        left = [(out, arg) for out, arg in pairs if self.needs_move(out, arg)]
        left = list({self.names[out]: (out, arg) for out, arg in left}.values())
        self.equal_constants(left)
        while left:
            free = next((p for p in left if not any(self.reads(q[1], self.names[p[0]]) for q in left if q is not p)), None)
            if free is None:
                targets = syntax.tuple_of([self.target(out) for out, _ in left])
                return self.line(syntax.assign(targets, syntax.tuple_of([self.expr(arg) for _, arg in left])))
            left.remove(free)
            self.move(*free)

    def equal_constants(self, left: list[tuple[Value, Arg]]) -> None:
        """`a = b = 0.0` for neighbours that start alike."""
        groups: dict[Const, list[tuple[Value, Arg]]] = {}
        for pair in left:
            if isinstance(pair[1], Const):
                groups.setdefault(pair[1], []).append(pair)
        for constant, pairs in groups.items():
            pairs = [p for p in pairs if not any(self.reads(q[1], self.names[p[0]]) for q in left if q is not p)]
            if not pairs:
                continue
            for pair in pairs:
                left.remove(pair)
            targets = [self.target(out) for out, _ in pairs]
            self.line(gast.Assign(targets, self.expr(constant), None))

    def reads(self, arg: Arg, name: str) -> bool:
        return any(isinstance(n, gast.Name) and n.id == name for n in gast.walk(self.expr(arg)))

    def move(self, out: Value, arg: Arg) -> None:
        outer = self.origin
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) else None
        if made is not None and made.origin is not None:
            self.origin = made.origin
        self.move_one(out, arg)
        self.origin = outer

    def move_one(self, out: Value, arg: Arg) -> None:
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) and arg in self.nesting.inline else None
        if isinstance(made, Prim) and (aug := self.in_place(self.names[out], made, made.outs[0])) is not None:
            return self.line(syntax.augmented(self.target(out), *aug))
        tree = self.expr(arg)
        if isinstance(arg, Value) and arg in self.nesting.copied:
            tree = syntax.method(tree, "copy", [])
        self.line(syntax.assign(self.target(out), tree))


