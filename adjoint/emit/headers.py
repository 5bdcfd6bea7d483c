"""Prints the first lines of loops.

before: a loop, with how it is driven and what it was written as
after:  `for ... in ...:` or `while ...:`; the operations of the body that the line takes over
"""
from __future__ import annotations

import ast
from typing import Any

from ..ir.program import Arg, Bind, Const, Load, Loop, Op, Pop, Prim, Unpack, Value, View
from ..ir.types import is_scalar
from ..primitives import core
from . import syntax
from .each import EachPrinter
from .syntax import PASS


class HeaderPrinter(EachPrinter):
    """The heads of `for` and `while`."""

    def header(self, op: Loop) -> list[Op]:
        """The loop's first line; the operations of the body that it takes over."""
        if op.kind == "while":
            return self.while_header(op)
        if op.kind == "tape":
            return self.tape_header(op)
        skipped: list[Op] = []
        if op.kind == "items":
            target, skipped = self.item_target(op)
            source = self.iterated(op.header[0])
            if len(op.header) > 1:
                source = syntax.call(syntax.name("zip"), list(map(self.expr, op.header)))
                if op.reverse or op.limit is not None:
                    source = syntax.call(syntax.name("list"), [source])
            if op.limit is not None:
                source = ast.Subscript(source, ast.Slice(None, self.expr(op.limit), None), ast.Load())
        elif op.kind == "each":
            target, source, skipped = self.each_header(op)
        elif op.kind == "rows":
            target, skipped = self.row_target(op)
            source = self.place(op.header[0]) if isinstance(op.header[0], Value) and op.header[0].is_handle \
                else self.expr(op.header[0])
            if not skipped and self.is_unused(op) and self.backend.name == "numpy" and not op.reverse:
                target = syntax.name("_")
            elif not skipped:
                source = syntax.call(syntax.name("range"), [syntax.call(syntax.name("len"), [source])])
        else:
            covered = self.covering(op)
            if covered is not None:
                target, source, skipped = covered
            else:
                target, source = self.count_target(op)
            if covered is None and op.reverse and self.is_unused(op) and op.limit is None:
                self.line(ast.For(target, source, [PASS], [], None))
                return skipped
        if op.reverse:
            source = syntax.call(syntax.name("reversed"), [source])
        self.line(ast.For(target, source, [PASS], [], None))
        return skipped

    def is_unused(self, op: Loop) -> bool:
        return op.index is None or self.nesting.uses.get(op.index, 0) == 0

    def count_target(self, op: Loop) -> tuple[Any, Any]:
        unused = self.is_unused(op) and not (op.index is not None and op.index.user)
        target = syntax.name("_") if unused or op.index is None else self.target(op.index)
        if op.kind == "count":
            return target, syntax.call(syntax.name("range"), [self.expr(op.header[0])])
        if op.limit is not None and (op.header[0], op.header[2]) == (Const(0), Const(1)):
            return target, syntax.call(syntax.name("range"), [self.expr(op.limit)])
        source = self.range_call(op.header)
        if op.limit is not None:
            source = ast.Subscript(source, ast.Slice(None, self.expr(op.limit), None), ast.Load())
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

    def row_target(self, op: Loop) -> tuple[Any, list[Op]]:
        """`for row in A`, where the number of the row is used for nothing else."""
        assert op.index is not None
        for inner in op.body.ops:
            if isinstance(inner, Bind) and len(inner.args) == 1 and self.is_row(inner.args[0], op):
                if self.nesting.uses.get(op.index, 0) == 1 and inner.args[0] in self.nesting.inline:
                    return self.target(inner.outs[0]), [inner]
        return self.target(op.index), []

    def is_row(self, arg: Arg, op: Loop) -> bool:
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) else None
        if isinstance(made, Load):
            if self.is_device_element(made.outs[0]):
                return False
            made = self.nesting.definition.get(made.handle)
        if isinstance(made, View):
            return made.base is op.header[0] and made.operands == (op.index,)
        return isinstance(made, Prim) and made.primitive == core.GETITEM and made.args == (op.header[0], op.index)

    def while_header(self, op: Loop) -> list[Op]:
        assert op.head is not None
        if all(inner.outs and inner.outs[0] in self.nesting.inline for inner in op.head.ops):
            self.line(ast.While(self.expr(op.head.yields[0]), [PASS], []))
            return []
        self.line(ast.While(ast.Constant(True), [PASS], []))
        self.depth += 1
        for inner in op.head.ops:
            self.statement(inner)
        self.line(ast.If(ast.UnaryOp(ast.Not(), self.expr(op.head.yields[0])), [ast.Break()], []))
        self.depth += 1
        self.line(ast.Break())
        self.depth -= 2
        return []

    def tape_header(self, op: Loop) -> list[Op]:
        """`for x, y in reversed(saved)` for scalars, which may be read again; else `while saved`."""
        tape = self.expr(op.header[0])
        printed = (inner for inner in op.body.ops if not (inner.outs and inner.outs[0] in self.nesting.inline))
        first = next(printed, None)
        if isinstance(first, Pop) and first.tape is op.header[0] and all(is_scalar(out.type) for out in first.outs):
            target = self.targets(first.outs)
            self.line(ast.For(target, syntax.call(syntax.name("reversed"), [tape]), [PASS], [], None))
            return [first]
        self.line(ast.While(tape, [PASS], []))
        return []
