"""When each named value is alive, in positions along the program.

before: a program and its nesting
after:  `Lifetimes`: for each value that gets a name, where it is defined and where it is read last
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.program import (
    Arg, Block, Function, If, Loop, Op, Value, loop_yields, operands,
)
from .nest import Nesting


@dataclass
class Lifetimes:
    """Positions count statements.  `order`: named values in the order of their definition."""

    start: dict[Value, int] = field(default_factory=dict)
    end: dict[Value, int] = field(default_factory=dict)
    order: list[Value] = field(default_factory=list)
    loops: dict[int, tuple[int, int]] = field(default_factory=dict)
    depth: dict[Value, tuple[int, ...]] = field(default_factory=dict)
    reads: dict[Value, list[int]] = field(default_factory=dict)

    def overlap(self, a: Value, b: Value) -> bool:
        """True where two values are alive at once, so that they cannot share a name."""
        return self.start[a] < self.end.get(b, self.start[b]) and self.start[b] < self.end.get(a, self.start[a]) or \
            self.start[a] == self.start[b] and a is not b


class Walker:
    """Assigns positions and notes reads."""

    def __init__(self, function: Function, nesting: Nesting) -> None:
        self.nesting = nesting
        self.life = Lifetimes()
        self.at = 0
        self.inside: list[int] = []
        for param in function.params:
            self.define(param)
        self.at += 1
        self.block(function.block)
        self.at += 1
        for arg in function.block.yields:
            self.read(arg)

    def define(self, value: Value) -> None:
        if value in self.nesting.inline or value.is_version:
            return
        self.life.start[value] = self.at
        self.life.end.setdefault(value, self.at)
        self.life.order.append(value)
        self.life.depth[value] = tuple(self.inside)

    def read(self, arg: Arg | None) -> None:
        """A read of `arg` here; of what its expression reads, where it is printed here."""
        if not isinstance(arg, Value) or arg.is_version:
            return
        if arg in self.nesting.inline:
            for inner in operands(self.nesting.definition[arg]):
                self.read(inner)
            return
        self.life.reads.setdefault(arg, []).append(self.at)
        at = self.at
        own = self.life.depth.get(arg, ())
        for loop in self.inside:
            if loop not in own:
                at = max(at, self.life.loops[loop][1])
                self.pending_end(arg, loop)
                break
        self.life.end[arg] = max(self.life.end.get(arg, 0), at)

    def pending_end(self, arg: Value, loop: int) -> None:
        """A value from outside, read in a loop, is alive until the loop ends."""
        self.extend.setdefault(loop, set()).add(arg)

    @property
    def extend(self) -> dict[int, set[Value]]:
        if not hasattr(self, "_extend"):
            self._extend: dict[int, set[Value]] = {}
        return self._extend

    def block(self, block: Block) -> None:
        for op in block.ops:
            self.op(op)

    def op(self, op: Op) -> None:
        if op.outs and op.outs[0] in self.nesting.inline:
            return
        self.at += 1
        if isinstance(op, Loop):
            return self.loop(op)
        if isinstance(op, If):
            return self.branch(op)
        for arg in operands(op):
            self.read(arg)
        for out in op.outs:
            self.define(out)

    def branch(self, op: If) -> None:
        self.read(op.test)
        for block in (op.then, op.orelse):
            self.block(block)
            self.at += 1
            for arg in block.yields:
                self.read(arg)
        self.at += 1
        for out in op.outs:
            self.define(out)

    def loop(self, op: Loop) -> None:
        for carry in op.carries:
            self.read(carry.init)
        for carry in op.carries:
            self.define(carry.param)
        for collect in op.collects:
            self.define(collect.result)
        self.at += 1
        for arg in (*op.header, op.limit):
            self.read(arg)
        self.at += 1
        number = len(self.life.loops)
        self.life.loops[number] = (self.at, 1 << 60)
        self.inside.append(number)
        for carry in op.carries:
            if carry.param in self.life.depth:
                self.life.depth[carry.param] = tuple(self.inside)
        if op.head is not None:
            self.block(op.head)
            for arg in op.head.yields:
                self.read(arg)
        self.at += 1
        for value in (op.index, op.item):
            if value is not None:
                self.define(value)
        self.block(op.body)
        self.at += 1
        for arg in loop_yields(op):
            self.read(arg)
        self.at += 1
        self.inside.pop()
        self.life.loops[number] = (self.life.loops[number][0], self.at)
        for value in self.extend.get(number, ()):
            self.life.end[value] = max(min(self.life.end[value], self.at), self.at)
        self.close(op)
        for carry in op.carries:
            self.define(carry.result)
        self.define(op.trips)

    def close(self, op: Loop) -> None:
        """Ends that were left open inside the loop are the loop's end."""
        for value, end in self.life.end.items():
            if end >= 1 << 60:
                self.life.end[value] = self.at


def lifetimes(function: Function, nesting: Nesting) -> Lifetimes:
    return Walker(function, nesting).life


