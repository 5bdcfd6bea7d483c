"""Prints branches and loops."""
from __future__ import annotations

from typing import Any

import gast

from ..ir.program import (
    Arg,
    Bind,
    Block,
    Const,
    If,
    Load,
    Loop,
    Op,
    Pop,
    Prim,
    Unpack,
    Value,
    View,
)
from ..ir.traverse import walk
from ..ir.types import is_scalar
from ..primitives import core
from . import syntax
from .nesting import is_expression
from .statements import StatementPrinter

PASS = gast.Pass()


def leaves_early(block: Block) -> bool:
    return any(isinstance(op, If) and op.leaves is not None for op in walk(block))


class RegionPrinter(StatementPrinter):
    """`if`, `for` and `while`."""

    # ---- branches

    def op_If(self, op: If) -> None:
        if op.leaves is not None and self.plain and (op.leaves[1] == "break" or self.ends_trip):
            return self.leaving_if(op)
        if is_expression(op, self.nesting.inline):
            return self.line(syntax.assign(self.target(op.outs[0]), self.conditional(op)))
        test = self.expr(op.test)
        first, second = ([*self.arm(block, op.outs)] for block in (op.then, op.orelse))
        if not first and not second:
            return
        if not first:
            test, first, second = gast.UnaryOp(gast.Not(), test), second, []
        self.line(gast.If(test, [PASS], []), op.origin)
        self.lines += first
        if second:
            head = second[0]
            if head.depth == self.depth + 1 and isinstance(head.node, gast.If) and self.is_one_if(second):
                self.lines.append(type(head)(self.depth, ("elif", head.node.test), head.origin, self.forward))
                self.lines += [type(line)(line.depth - 1, line.node, line.origin, line.forward) for line in second[1:]]
            else:
                self.line("else", op.origin)
                self.lines += second

    def is_one_if(self, lines: list[Any]) -> bool:
        """True where the lines are one `if` with its branches."""
        top = [line for line in lines if line.depth == lines[0].depth]
        return all(line is lines[0] or isinstance(line.node, str) or isinstance(line.node, tuple) for line in top)

    def arm(self, block: Block, outs: tuple[Value, ...]) -> list[Any]:
        """The lines of an arm, with the moves at its end."""
        outer, self.lines = self.lines, []
        self.depth += 1
        for op in block.ops:
            self.statement(op)
        self.moves(list(zip(outs, block.yields)))
        self.depth -= 1
        made, self.lines = self.lines, outer
        return made

    def leaving_if(self, op: If) -> None:
        """`if test: ...; break`, then the rest as the user wrote it, not indented."""
        assert op.leaves is not None
        which, word = op.leaves
        leaving, rest = (op.then, op.orelse) if which == 0 else (op.orelse, op.then)
        test = self.expr(op.test)
        if which == 1:
            test = gast.UnaryOp(gast.Not(), test)
        self.line(gast.If(test, [PASS], []))
        lines = self.arm(leaving, op.outs)
        self.lines += lines
        self.depth += 1
        self.line(gast.Break() if word == "break" else gast.Continue())
        self.depth -= 1
        for inner in rest.ops:
            self.statement(inner)
        self.moves(list(zip(op.outs, rest.yields)))

    # ---- loops

    plain = False
    ends_trip = False

    def op_Loop(self, op: Loop) -> None:
        self.enter(op)
        for collect in op.collects:
            self.line(syntax.assign(self.target(collect.result), gast.List([], gast.Load())))
        outer = self.plain, self.ends_trip
        self.plain = self.is_plain(op)
        self.ends_trip = self.plain and not op.collects
        if op.stop is not None and self.plain:
            self.silence(op.stop, op.body)
        skipped = self.header(op)
        self.depth += 1
        before = len(self.lines)
        for inner in op.body.ops:
            if inner not in skipped:
                self.statement(inner)
        self.origin = op.origin
        for collect in op.collects:
            item = self.expr(collect.value)
            self.line(syntax.expression(syntax.method(self.target(collect.result), "append", [item])))
        self.moves([(c.param, c.next) for c in op.carries])
        if op.stop is not None and not self.plain:
            self.line(gast.If(self.expr(op.stop), [PASS], []))
            self.depth += 1
            self.line(gast.Break())
            self.depth -= 1
        if len(self.lines) == before:
            self.line(gast.Pass())
        self.depth -= 1
        self.plain, self.ends_trip = outer

    def enter(self, op: Loop) -> None:
        """Give carried variables their first values."""
        self.moves([(c.param, c.init) for c in op.carries])

    def is_plain(self, op: Loop) -> bool:
        """True where `break` and `continue` need no moves before them: names agree on every edge."""
        if any(self.needs_move(c.param, c.next) for c in op.carries):
            return False
        return self.agree(op.body, op.stop)

    def agree(self, block: Block, stop: Arg | None) -> bool:
        for op in block.ops:
            if isinstance(op, If):
                for k, arm in enumerate((op.then, op.orelse)):
                    if op.leaves is not None and op.leaves[0] == k or not leaves_early(arm):
                        continue
                    for out, arg in zip(op.outs, arm.yields):
                        flag = isinstance(arg, Const) and type(arg.value) is bool or out is stop
                        if not flag and self.needs_move(out, arg):
                            return False
                    if not self.agree(arm, stop):
                        return False
        return True

    def silence(self, stop: Arg, block: Block) -> None:
        """The flag of a `break` that is printed as `break` is not printed as a variable."""
        if not isinstance(stop, Value):
            return
        self.silent.add(stop)
        for op in block.ops:
            if isinstance(op, If) and stop in op.outs:
                at = op.outs.index(stop)
                for arm in (op.then, op.orelse):
                    self.silence(arm.yields[at], arm)

    def header(self, op: Loop) -> list[Op]:
        """The loop's first line; the operations of the body that it takes over."""
        if op.kind == "while":
            return self.while_header(op)
        if op.kind == "tape":
            return self.tape_header(op)
        skipped: list[Op] = []
        if op.kind == "items":
            target, skipped = self.item_target(op)
            source = self.expr(op.header[0])
            if len(op.header) > 1:
                source = syntax.call(syntax.name("zip"), list(map(self.expr, op.header)))
                if op.reverse or op.limit is not None:
                    source = syntax.call(syntax.name("list"), [source])
            if op.limit is not None:
                source = gast.Subscript(source, gast.Slice(None, self.expr(op.limit), None), gast.Load())
        elif op.kind == "rows":
            target, skipped = self.row_target(op)
            source = self.place(op.header[0]) if isinstance(op.header[0], Value) and op.header[0].is_handle \
                else self.expr(op.header[0])
            if not skipped:
                source = syntax.call(syntax.name("range"), [syntax.call(syntax.name("len"), [source])])
        else:
            target, source = self.count_target(op)
            if op.reverse and self.is_unused(op) and op.limit is None:
                self.line(gast.For(target, source, [PASS], [], None))
                return skipped
        if op.reverse:
            source = syntax.call(syntax.name("reversed"), [source])
        self.line(gast.For(target, source, [PASS], [], None))
        return skipped

    def is_unused(self, op: Loop) -> bool:
        return op.index is None or self.nesting.uses.get(op.index, 0) == 0

    def count_target(self, op: Loop) -> tuple[Any, Any]:
        unused = self.is_unused(op) and not (op.index is not None and op.index.user)
        target = syntax.name("_") if unused or op.index is None else self.target(op.index)
        if op.kind == "count":
            return target, syntax.call(syntax.name("range"), [self.expr(op.header[0])])
        start, stop, step = op.header
        args = [start, stop, step] if step != Const(1) else [start, stop] if start != Const(0) else [stop]
        if op.limit is not None and len(args) == 1:
            return target, syntax.call(syntax.name("range"), [self.expr(op.limit)])
        source = syntax.call(syntax.name("range"), list(map(self.expr, args)))
        if op.limit is not None:
            source = gast.Subscript(source, gast.Slice(None, self.expr(op.limit), None), gast.Load())
        return target, source

    def item_target(self, op: Loop) -> tuple[Any, list[Op]]:
        assert op.item is not None
        uses = self.nesting.uses.get(op.item, 0)
        for inner in op.body.ops:
            if uses == 1 and isinstance(inner, Unpack) and inner.arg is op.item:
                return self.nested_targets(inner, op.body.ops)
            if uses == 1 and isinstance(inner, Bind) and inner.args == (op.item,):
                return self.target(inner.outs[0]), [inner]
        return (self.target(op.item) if uses else syntax.name("_")), []

    def nested_targets(self, unpack: Unpack, ops: tuple[Op, ...]) -> tuple[Any, list[Op]]:
        """`(W, b), (W_dot, b_dot)`: what is only unpacked again is unpacked in place."""
        skipped: list[Op] = [unpack]
        targets = []
        for out in unpack.outs:
            again = next((o for o in ops if isinstance(o, Unpack) and o.arg is out), None)
            if again is not None and self.nesting.uses.get(out, 0) == 1:
                target, inner = self.nested_targets(again, ops)
                skipped += inner
            else:
                target = self.target(out)
            targets.append(target)
        return syntax.tuple_of(targets), skipped

    def row_target(self, op: Loop) -> tuple[Any, list[Op]]:
        """`for row in A`, where the number of the row is used for nothing else."""
        assert op.index is not None
        for inner in op.body.ops:
            if isinstance(inner, Bind) and len(inner.args) == 1 and self.is_row(inner.args[0], op):
                if self.nesting.uses.get(op.index, 0) == 1:
                    return self.target(inner.outs[0]), [inner]
        return self.target(op.index), []

    def is_row(self, arg: Arg, op: Loop) -> bool:
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) else None
        if isinstance(made, Load):
            made = self.nesting.definition.get(made.handle)
        if isinstance(made, View):
            return made.base is op.header[0] and made.operands == (op.index,)
        return isinstance(made, Prim) and made.primitive == core.GETITEM and made.args == (op.header[0], op.index)

    def while_header(self, op: Loop) -> list[Op]:
        assert op.head is not None
        if all(inner.outs and inner.outs[0] in self.nesting.inline for inner in op.head.ops):
            self.line(gast.While(self.expr(op.head.yields[0]), [PASS], []))
            return []
        self.line(gast.While(gast.Constant(True, None), [PASS], []))
        self.depth += 1
        for inner in op.head.ops:
            self.statement(inner)
        self.line(gast.If(gast.UnaryOp(gast.Not(), self.expr(op.head.yields[0])), [gast.Break()], []))
        self.depth += 1
        self.line(gast.Break())
        self.depth -= 2
        return []

    def tape_header(self, op: Loop) -> list[Op]:
        """`for x, y in reversed(saved)` for scalars, which may be read again; else `while saved`."""
        tape = self.expr(op.header[0])
        printed = (inner for inner in op.body.ops if not (inner.outs and inner.outs[0] in self.nesting.inline))
        first = next(printed, None)
        if isinstance(first, Pop) and first.tape is op.header[0] and all(is_scalar(out.type) for out in first.outs):
            target = self.targets(first.outs)
            self.line(gast.For(target, syntax.call(syntax.name("reversed"), [tape]), [PASS], [], None))
            return [first]
        self.line(gast.While(tape, [PASS], []))
        return []


