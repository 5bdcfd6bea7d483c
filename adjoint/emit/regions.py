"""Prints branches and loops."""
from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from ..ir.program import UNDEFINED, Arg, Block, Const, If, Loop, Value
from ..ir.traverse import blocks
from . import syntax
from .headers import HeaderPrinter
from .leaving import is_rest, leaves_trip
from .nesting import is_display, is_expression
from .syntax import PASS
from .updates import Line


def collects_at_end(op: Loop) -> bool:
    """True where the end of a trip puts something into a list; other `append`s stand in the body."""
    return any(collect.value is not UNDEFINED for collect in op.collects)


class RegionPrinter(HeaderPrinter):
    """`if`, `for` and `while`."""

    # ---- branches

    def op_If(self, op: If) -> None:
        if op.leaves is not None and self.plain and (op.leaves[1] == "break" or self.ends_trip):
            return self.leaving_if(op)
        if op.form == "try":
            return self.attempt(op)
        if isinstance(op.test, Const):
            taken = op.then if op.test.value else op.orelse
            for inner in taken.ops:
                self.statement(inner)
            return self.moves(list(zip(op.outs, taken.yields)))
        if is_expression(op, self.nesting.inline):
            return self.line(syntax.assign(self.target(op.outs[0]), self.conditional(op)))
        test = self.expr(op.test)
        first, second = ([*self.arm(block, op.outs)] for block in (op.then, op.orelse))
        if not first and not second:
            return
        if not first:
            test, first, second = ast.UnaryOp(ast.Not(), test), second, []
        self.line(ast.If(test, [PASS], []), op.origin)
        self.lines += first
        if second:
            head = second[0]
            if head.depth == self.depth + 1 and isinstance(head.node, ast.If) and self.is_one_if(second):
                self.lines.append(type(head)(self.depth, ("elif", head.node.test), head.origin, self.forward))
                self.lines += [type(line)(line.depth - 1, line.node, line.origin, line.forward) for line in second[1:]]
            else:
                self.line("else", op.origin)
                self.lines += second

    def attempt(self, op: If) -> None:
        """`try` with the user's statement, `except` with the handler, `else` with what is derived from the first."""
        assert isinstance(op.test, Const) and isinstance(op.test.value, tuple)
        read = [k for k, out in enumerate(op.outs) if self.nesting.uses.get(out)]
        outs = tuple(op.outs[k] for k in read)
        then, orelse = (replace(arm, yields=tuple(arm.yields[k] for k in read)) for arm in (op.then, op.orelse))
        count = sum(any(out in self.user for out in inner.outs) for inner in then.ops)
        lines = self.arm(replace(then, ops=then.ops[count:]), outs)
        derives = len(then.ops) > count
        self.line(syntax.TRY, op.origin)
        self.lines += [*self.arm(replace(then, ops=then.ops[:count], yields=()), ()), *([] if derives else lines)]
        self.line(self.handler(op.test.value, None), op.origin)
        self.lines += self.arm(orelse, outs) or [Line(self.depth + 1, PASS, op.origin, self.forward)]
        if derives and lines:
            self.line("else", op.origin)
            self.lines += lines

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
        if not is_rest(op):
            test = self.expr(op.test)
            self.line(ast.If(ast.UnaryOp(ast.Not(), test) if which == 1 else test, [PASS], []))
            self.lines += self.arm(leaving, op.outs)
            self.depth += 1
            self.line(ast.Break() if word == "break" else ast.Continue())
            self.depth -= 1
        for inner in rest.ops:
            self.statement(inner)
        self.moves(list(zip(op.outs, rest.yields)))

    # ---- loops

    plain = False
    ends_trip = False

    def op_Loop(self, op: Loop) -> None:
        if self.comprehension(op):
            return
        starts = [syntax.assign(self.target(c.result), ast.List(list(map(self.expr, c.start)), ast.Load()))
                  for c in op.collects]
        self.enter(op)
        for start in starts:
            self.line(start)
        outer = self.plain, self.ends_trip
        flags = self.flags(op)
        self.plain = self.is_plain(op, flags)
        self.ends_trip = self.plain and not collects_at_end(op)
        if self.ends_trip:
            self.silent |= flags
        skipped = self.header(op)
        self.depth += 1
        before = len(self.lines)
        for inner in op.body.ops:
            if inner not in skipped:
                self.statement(inner)
        self.origin = op.origin
        for collect in op.collects:
            if collect.value is UNDEFINED:
                continue    # its `append` stands in the body
            item = self.expr(collect.value)
            word = "extend" if collect.extend else "append"
            self.line(syntax.expression(syntax.method(self.target(collect.result), word, [item])))
        self.moves([(c.param, c.next) for c in op.carries])
        if op.stop == Const(True):
            self.line(ast.Break())
        elif op.stop is not None and not self.plain:
            self.line(ast.If(self.expr(op.stop), [PASS], []))
            self.depth += 1
            self.line(ast.Break())
            self.depth -= 1
        if len(self.lines) == before:
            self.line(PASS)
        self.depth -= 1
        self.plain, self.ends_trip = outer

    def comprehension(self, op: Loop) -> bool:
        """Print `xs = [... for ... in ...]`; False where a trip does more than that."""
        if not is_display(op):
            return False
        if op.collects[0].repeat and not op.body.ops:
            return self.repetition(op)
        outer, self.lines = self.lines, []
        skipped = self.header(op)
        (head,), self.lines = self.lines, outer
        if not isinstance(head.node, ast.For) or any(
                inner not in skipped and not (inner.outs and inner.outs[0] in self.nesting.inline)
                for inner in op.body.ops):
            return False
        collect = op.collects[0]
        part = ast.comprehension(head.node.target, head.node.iter, [], 0)
        self.line(syntax.assign(self.target(collect.result), ast.ListComp(self.expr(collect.value), [part])))
        return True

    def repetition(self, op: Loop) -> bool:
        """Print `xs = [x] * n`."""
        items = ast.List([self.expr(op.collects[0].value)], ast.Load())
        tree = ast.BinOp(items, ast.Mult(), self.expr(op.header[1]))
        self.line(syntax.assign(self.target(op.collects[0].result), tree))
        return True

    def enter(self, op: Loop) -> None:
        """Give carried variables their first values."""
        self.moves([(c.param, c.init) for c in op.carries])

    def is_plain(self, op: Loop, flags: set[Value]) -> bool:
        """True where `break` and `continue` need no moves before them: names agree on every edge."""
        if collects_at_end(op) and op.stop is not None or any(self.needs_move(c.param, c.next) for c in op.carries):
            return False
        if any(map(self.says_so, self.skips(op.body))):
            return False
        return not self.goes_on(op.body) and self.agree(op.body, flags) and not self.ends_in_break(op.body, op.stop)

    def says_so(self, flag: Arg) -> bool:
        """True where an arm only says that the rest of the trip is skipped, and does not leave: its test was known."""
        made = self.nesting.definition.get(flag) if isinstance(flag, Value) else None
        if not isinstance(made, If):
            return False
        own = [arm.yields[made.outs.index(flag)] for arm in (made.then, made.orelse)]  # type: ignore[arg-type]
        left = None if made.leaves is None else made.leaves[0]
        return any(arg == Const(True) and k != left or self.says_so(arg) for k, arg in enumerate(own))

    def ends_in_break(self, block: Block, stop: Arg | None) -> bool:
        """True where an arm ends in a `break` that is not the one of its branch: the other arm leaves, too."""
        for op in block.ops:
            if isinstance(op, If) and stop in op.outs:
                at = op.outs.index(stop)    # type: ignore[arg-type]
                for k, arm in enumerate((op.then, op.orelse)):
                    own = arm.yields[at]
                    if own == Const(True) and op.leaves != (k, "break") or self.ends_in_break(arm, own):
                        return True
        return False

    def goes_on(self, block: Block) -> bool:
        """True where a trip does something after a branch that may leave it: a `continue` would skip that."""
        printed = [op for op in block.ops if not (op.outs and op.outs[0] in self.nesting.inline)]
        for op, after in zip(printed, [*printed[1:], None]):
            if leaves_trip(op) and (after is not None and not is_rest(after) or any(map(self.goes_on, blocks(op)))):
                return True
        return False

    def agree(self, block: Block, flags: set[Value]) -> bool:
        for op in block.ops:
            if not isinstance(op, If):
                continue
            for k, arm in enumerate((op.then, op.orelse)):
                moves = not is_rest(op) and (op.leaves is not None and op.leaves[0] == k
                                             or not any(map(leaves_trip, arm.ops)))
                for out, arg in zip(op.outs, arm.yields) if not moves else ():
                    flag = isinstance(arg, Const) and type(arg.value) is bool or out in flags
                    if not flag and self.needs_move(out, arg):
                        return False
                if not moves and not self.agree(arm, flags):
                    return False
        return True

    def flags(self, op: Loop) -> set[Value]:
        """The flags of a loop's `break` and of what skips the rest of a trip: not variables, where that is printed."""
        found: set[Value] = set()
        left = [op.stop, *self.skips(op.body)]
        while left:
            flag = left.pop()
            if isinstance(flag, Value) and flag not in found:
                found.add(flag)
                made = self.nesting.definition.get(flag)
                if isinstance(made, If):
                    left += [arm.yields[made.outs.index(flag)] for arm in (made.then, made.orelse)]
        return found

    def skips(self, block: Block) -> list[Arg]:
        """What the branches test that hold the rest of a trip."""
        own = [op.test for op in block.ops if isinstance(op, If) and is_rest(op)]
        return own + [test for op in block.ops if isinstance(op, If) for arm in blocks(op) for test in self.skips(arm)]
