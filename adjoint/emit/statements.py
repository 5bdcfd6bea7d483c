"""Prints operations as statements."""
from __future__ import annotations

import ast
from typing import Any

from ..ir.program import (
    ADD_TO,
    SCATTER,
    UNDEFINED,
    Alloc,
    Arg,
    Bind,
    Const,
    Effect,
    Function,
    Load,
    Loop,
    Op,
    Pop,
    Prim,
    Push,
    Store,
    StoreAll,
    Tape,
    Unpack,
    Value,
    View,
)
from ..ir.structure import has_leaves
from ..ir.traverse import blocks
from ..ir.types import Array, NumpyScalar
from ..ir.units import Call
from ..primitives import core
from ..primitives.indexing import is_basic, step_of
from . import syntax
from .conflicts import makes_array
from .updates import UpdatePrinter

CHAINED = 4     # so many targets of `a = b = 0.0` fit into a line


class StatementPrinter(UpdatePrinter):
    """Walks a program and prints its operations, one after another."""

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
        if isinstance(op, Effect):
            return True
        return any(out in self.user for out in op.outs) or any(
            self.is_primal(inner) for b in blocks(op) for inner in b.ops)

    def is_saved(self, op: Op) -> bool:
        return isinstance(op, Prim) and op.primitive == core.COPY and bool(op.args) and op.args[0] in self.user

    def statement(self, op: Op) -> None:
        if op.outs and op.outs[0] in self.nesting.inline:
            return
        self.origin = op.origin
        getattr(self, "op_" + type(op).__name__)(op)

    def op_Prim(self, op: Prim) -> None:
        out = op.outs[0]
        if op.primitive == core.REVERSED_LIST and isinstance(op.args[0], Value):
            made = self.nesting.definition.get(op.args[0])  # only a loop's own list: another may be the caller's
            if self.names.get(op.args[0]) == self.names[out] and isinstance(made, Loop) and any(
                    collect.result is op.args[0] for collect in made.collects):
                return self.line(syntax.expression(syntax.method(self.target(out), "reverse", [])))
        self.bind(out, op)

    def bind(self, out: Value, op: Prim) -> None:
        """`out = ...`, or `out += ...` where the first operand has that name and may be changed."""
        aug = self.in_place(self.names[out], op, out)
        if aug is not None:
            self.line(syntax.augmented(self.target(out), *aug))
        else:
            self.line(syntax.assign(self.target(out), self.operation(op)))

    def op_Bind(self, op: Bind) -> None:
        pairs = [(out, arg) for out, arg in zip(op.outs, op.args)]
        if len(pairs) > 1 and any(self.needs_move(out, arg) for out, arg in pairs):
            same = [pair for pair in pairs if self.needs_move(*pair) or not self.is_derived_name(pair[1])]
            if len(same) < 2:
                return self.moves(same)
            targets = syntax.tuple_of([self.target(out) for out, _ in same])
            return self.line(syntax.assign(targets, syntax.tuple_of([self.expr(arg) for _, arg in same])))
        if len(pairs) == 1 and self.is_inlined_element(op.args[0]):
            return self.line(syntax.assign(self.target(op.outs[0]), self.pushed(op.args[0])))
        self.moves(pairs)

    def is_derived_name(self, arg: Arg) -> bool:
        """True for a name that the user did not write here: the count of a loop that he wrote with `enumerate`."""
        return isinstance(arg, Value) and not arg.user

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
        as_it_lies = handle.user and isinstance(handle.type, Array) and handle.type.ndim > 1    # so are its sums
        self.line(syntax.assign(self.target(handle), tree if fresh else syntax.copy_of(tree, as_it_lies)))

    def is_fresh(self, op: Op | None) -> bool:
        """True where the operation's result is an array of its own."""
        if isinstance(op, Load):
            view = self.nesting.definition.get(op.handle)
            return isinstance(view, View) and not is_basic(view.step)
        if not isinstance(op, Prim):
            return False
        if op.primitive == core.GETITEM:
            return not is_basic(step_of(op))
        return makes_array(op)

    def op_View(self, op: View) -> None:
        self.line(syntax.assign(self.target(op.outs[0]), self.subject(op)))

    def op_Load(self, op: Load) -> None:
        tree = self.place(op.handle)
        if op.outs[0] in self.nesting.copied or self.is_device_element(op.outs[0]):
            tree = syntax.copy_of(tree, self.is_moved(op.handle))
        self.line(syntax.assign(self.target(op.outs[0]), tree))

    def is_device_element(self, value: Value) -> bool:
        """On a device an element that is read is a view of its array, not a number."""
        return self.backend.name != "numpy" and isinstance(value.type, NumpyScalar)

    def pushed(self, arg: Arg) -> Any:
        tree = self.expr(arg)
        return syntax.copy_of(tree) if self.is_inlined_element(arg) else tree

    def is_inlined_element(self, arg: Arg) -> bool:
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) and arg in self.nesting.inline else None
        return isinstance(made, Load) and self.is_device_element(made.outs[0])

    def op_StoreAll(self, op: StoreAll) -> None:
        targets = syntax.tuple_of([self.stored_place(store.handle) for store in op.stores])
        self.line(syntax.assign(targets, syntax.tuple_of([self.pushed(store.value) for store in op.stores])))

    def stored_place(self, handle: Value) -> Any:
        target = self.place(handle)
        return target if isinstance(target, ast.Subscript) else \
            ast.Subscript(target, syntax.constant(Ellipsis), ast.Load())

    def op_Store(self, op: Store) -> None:
        target = self.place(op.handle)
        call = self.scattered(op) if op.how == SCATTER else self.written(op, target)
        if call is not None:
            return self.line(syntax.expression(call))
        if op.how == ADD_TO:
            return self.add_to(target, op.value)
        aug = self.store_in_place(op)
        if aug is not None and not isinstance(target, (ast.Attribute, ast.Call)):
            return self.line(syntax.augmented(target, *aug))
        self.line(syntax.assign(self.stored_place(op.handle), self.given(op.value)))

    def op_Effect(self, op: Effect) -> None:
        if op.word in ("try", "except"):
            return self.guard(op)
        trees = list(map(self.expr, op.args))
        if op.word == "assert":
            return self.line(ast.Assert(trees[0], trees[1] if len(trees) > 1 else None))
        self.line(ast.Raise(trees[0], None) if op.word == "raise" else syntax.expression(trees[0]))

    def guard(self, op: Effect) -> None:
        """`try:` above the statements that follow; `except ... as error:` below them."""
        if op.word == "try":
            self.line(syntax.TRY)
            self.depth += 1
            return
        self.depth -= 1
        if isinstance(self.lines[-1].node, ast.Try):   # nobody reads what it computed
            self.lines.pop()
            return
        error, *kinds = op.args
        self.line(self.handler(tuple(kind.value for kind in kinds if isinstance(kind, Const)), "error"))
        self.depth += 1
        self.line(ast.Raise(self.expr(error), syntax.name("error")))
        self.depth -= 1

    def handler(self, classes: tuple[Any, ...], name: str | None) -> ast.ExceptHandler:
        found = [self.known_object(Const(kind)) for kind in classes]
        return ast.ExceptHandler(found[0] if len(found) == 1 else syntax.tuple_of(found), name, [])

    def op_Call(self, op: Call) -> None:
        """`out, saved = f_forward(...)`: the result as it is built, what nobody reads as `_`."""
        call = self.call_of(op)
        program = op.unit.backward if op.is_backward else op.unit.program
        assert program is not None
        targets = [self.result_target(out) for out in op.outs if not out.is_version]
        if not has_leaves(program.structure):
            return self.line(syntax.expression(call))
        self.line(syntax.assign(self.result_tree(program.structure, targets), call))

    def result_target(self, out: Value) -> Any:
        used = self.nesting.uses.get(out, 0) or out.user
        return self.target(out) if used else syntax.name("_")

    def result_tree(self, structure: object, targets: list[Any]) -> Any:
        if isinstance(structure, tuple):
            return syntax.tuple_of([self.result_tree(item, targets) for item in structure])
        return targets[structure] if isinstance(structure, int) else syntax.name("_")

    def op_Tape(self, op: Tape) -> None:
        self.line(syntax.assign(self.target(op.outs[0]), ast.List([], ast.Load())))

    def op_Push(self, op: Push) -> None:
        trees = [self.pushed(arg) for arg in op.args]
        item = trees[0] if len(trees) == 1 else syntax.tuple_of(trees)
        self.line(syntax.expression(syntax.method(self.expr(op.tape), "append", [item])))

    def op_Pop(self, op: Pop) -> None:
        target, tape = self.targets(op.outs), self.expr(op.tape)
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
            free = next((pair for pair in left if self.is_clear(pair, left)), None)
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
            pairs = [pair for pair in pairs if self.is_clear(pair, left)]
            if not pairs:
                continue
            for pair in pairs:
                left.remove(pair)
            targets = [self.target(out) for out, _ in pairs]
            for at in range(0, len(targets), CHAINED):
                self.line(ast.Assign(targets[at:at + CHAINED], self.expr(constant), None))

    def is_clear(self, pair: tuple[Value, Arg], left: list[tuple[Value, Arg]]) -> bool:
        """True where no other of the pairs reads the name that this one binds."""
        return not any(self.reads(other[1], self.names[pair[0]]) for other in left if other is not pair)

    def reads(self, arg: Arg, name: str) -> bool:
        return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(self.expr(arg)))

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
        tree = self.pushed(arg)
        if made is not None and arg in self.nesting.copied and not self.is_inlined_element(arg):
            tree = syntax.copy_of(tree, isinstance(made, Load) and self.is_moved(made.handle))
        if not isinstance(tree, ast.Name) or tree.id != self.names[out]:
            self.line(syntax.assign(self.target(out), tree))


