"""When each named value is alive, in positions along the program.

before: a program and its nesting
after:  `Lifetimes`: for each value that gets a name, where it is defined and where it is read last

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         x = np.sin(x)
...     return x
for x in reversed(x_saved):
    x_bar *= np.cos(x)
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.program import Arg, Bind, Block, Function, If, Loop, Op, Value
from ..ir.traverse import loop_yields, operands, parts
from .nesting import Nesting, is_comprehension

Arms = tuple[tuple[int, int], ...]


def exclude(a: Arms, b: Arms) -> bool:
    """True for places in different arms of one branch: no run passes through both."""
    for (branch, arm), (other, other_arm) in zip(a, b):
        if branch != other:
            return False
        if arm != other_arm:
            return True
    return False


def assigned_last(block: Block) -> tuple[Value, ...]:
    """What the last statement of the user's in a block binds."""
    return next((op.outs for op in reversed(block.ops) if any(out.user for out in op.outs)), ())


@dataclass
class Lifetimes:
    """Positions count statements.  `order`: named values in the order of their definition."""

    start: dict[Value, int] = field(default_factory=dict)
    end: dict[Value, int] = field(default_factory=dict)
    order: list[Value] = field(default_factory=list)
    depth: dict[Value, tuple[int, ...]] = field(default_factory=dict)
    reads: dict[Value, list[tuple[int, Arms]]] = field(default_factory=dict)
    arms: dict[Value, Arms] = field(default_factory=dict)
    comprehensions: set[Op] = field(default_factory=set)
    bound: dict[Value, Arg] = field(default_factory=dict)

    def same(self, value: Value, other: Value) -> bool:
        """True where `other` is bound to `value` itself."""
        return self.bound.get(other) is value

    def overlap(self, a: Value, b: Value) -> bool:
        """True where two values are alive at once, so that they cannot share a name."""
        if self.start[a] == self.start[b]:
            return a is not b
        first, second = (a, b) if self.start[a] < self.start[b] else (b, a)
        return self.survives(first, second)

    def outlives(self, first: Value, second: Value) -> bool:
        """As `survives`; False for what has no name."""
        return second in self.start and self.survives(first, second)

    def survives(self, first: Value, second: Value) -> bool:
        """True where `first` is read after `second` is defined, on one way through the branches."""
        at, arms = self.start[second], self.arms[second]
        return any(place > at and not exclude(arms, others) for place, others in self.reads.get(first, ()))


class Walker:
    """Assigns positions and notes reads."""

    def __init__(self, function: Function, nesting: Nesting) -> None:
        self.nesting = nesting
        self.life = Lifetimes()
        self.at = 0
        self.inside: list[int] = []
        self.branches: Arms = ()
        self.loops = 0
        self.open: dict[int, list[tuple[Value, Arms]]] = {}
        for param in function.params:
            self.define(param)
        self.at += 1
        self.block(function.block)
        self.at += 1
        for arg in function.block.yields:
            self.read(arg)

    def define(self, value: Value) -> None:
        if value in self.nesting.inline or value.is_version or value in self.life.start:
            return
        self.life.start[value] = self.at
        self.life.end.setdefault(value, self.at)
        self.life.order.append(value)
        self.life.depth[value] = tuple(self.inside)
        self.life.arms[value] = self.branches

    def read(self, arg: Arg | None) -> None:
        """A read of `arg` here; of what its expression reads, where it is printed here."""
        if not isinstance(arg, Value) or arg.is_version:
            return
        if arg in self.nesting.inline:
            for inner in parts(self.nesting.definition[arg]):
                self.read(inner)
            return
        own = self.life.depth.get(arg, ())
        loop = next((loop for loop in self.inside if loop not in own), None)
        if loop is None:
            self.note(arg, self.at, self.branches)
        else:
            self.open.setdefault(loop, []).append((arg, self.branches))

    def note(self, arg: Value, at: int, arms: Arms) -> None:
        self.life.reads.setdefault(arg, []).append((at, arms))
        self.life.end[arg] = max(self.life.end.get(arg, 0), at)

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
        if isinstance(op, Bind):
            self.life.bound.update(zip(op.outs, op.args))

    def branch(self, op: If) -> None:
        self.read(op.test)
        outer = self.branches
        for k, block in enumerate((op.then, op.orelse)):
            self.branches = (*outer, (id(op), k))
            if op.form == "try" and k == 0:
                self.attempt(block, outer)
            else:
                self.block(block)
            self.at += 1
            for arg in block.yields:
                self.read(arg)
        self.branches = outer
        self.at += 1
        for out in op.outs:
            self.define(out)

    def attempt(self, block: Block, outer: Arms) -> None:
        """What is tried: the handler may run after all of it but the user's assignment, with which it ends."""
        inside, self.branches = self.branches, outer
        self.block(block)
        self.branches = inside
        for out in assigned_last(block):
            self.life.arms[out] = inside

    def loop(self, op: Loop) -> None:
        for before in (*(carry.init for carry in op.carries), *(arg for c in op.collects for arg in c.start)):
            self.read(before)
        for carry in op.carries:
            self.define(carry.param)
        made_at_once = is_comprehension(op, self.nesting)
        self.life.comprehensions |= {op} if made_at_once else set()
        for collect in op.collects if not made_at_once else ():
            self.define(collect.result)
        self.at += 1
        for arg in (*op.header, op.limit):
            self.read(arg)
        self.at += 1
        number = self.loops = self.loops + 1
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
        depth = len(self.branches)
        for value, arms in self.open.pop(number, []):
            self.note(value, self.at, arms[:depth])
        for out in (*(carry.result for carry in op.carries), *(collect.result for collect in op.collects)):
            self.define(out)
        self.define(op.trips)


def lifetimes(function: Function, nesting: Nesting) -> Lifetimes:
    return Walker(function, nesting).life


