"""Leaves out, in the last trip of a backward loop, what only a trip after it would read (RULES D7).

before: a program with its tapes; a mirrored loop carries an adjoint that nobody reads after the loop
after:  where computing it takes a product of matrices, it is computed only if a trip follows

>>> def f(w, n):  # f8[n,n], int
...     x = np.ones(len(w))
...     for _ in range(n):
...         x = np.tanh(w @ x)
...     return np.sum(x)
    if x_saved:
        x_bar = w.T @ x_in_bar
"""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from ..ir.program import Arg, Block, Carry, Const, Function, If, Load, Loop, Op, Pop, Prim, Value, new_key
from ..ir.traverse import count_reads, definitions, operands, with_blocks
from ..ir.types import Number
from .plan import cost_of
from .survey import Survey


@dataclass(frozen=True)
class Follows:
    """How a trip knows that another follows: by a test that holds from behind operation number `at` on."""

    test: Arg
    at: int
    made: tuple[Op, ...] = ()
    index: Value | None = None


class LastTrips:
    """Rewrites the mirrored loops of a program."""

    def __init__(self, function: Function, found: Survey) -> None:
        self.found = found
        self.uses = count_reads(function.block)
        self.definition = definitions(function.block)

    def block(self, block: Block) -> Block:
        return replace(block, ops=tuple(map(self.op, block.ops)))

    def op(self, op: Op) -> Op:
        op = with_blocks(op, self.block)
        return self.guarded(op) if isinstance(op, Loop) and self.is_mirror(op) else op

    def is_mirror(self, op: Loop) -> bool:
        source = self.found.regions[op.body.key].op
        return isinstance(source, Loop) and source.trips is not op.trips

    def guarded(self, op: Loop) -> Loop:
        """The loop with what is idle in its last trip under an `if`, where that pays and can be told."""
        idle = [c for c in op.carries if not self.uses[c.result] and c.param.storage is None
                and isinstance(c.next, Value)]
        moved = self.only_for(idle, op.body.ops)
        if not any(cost_of(part) == "never" for part in moved):
            return op
        idle = [c for c in idle if self.definition.get(c.next) in moved]
        follows = self.by_tape(op, moved) or self.by_index(op)
        if follows is None or not self.can_wait(moved, op.body.ops, follows.at):
            return op
        return self.under(op, follows, moved, idle)

    def only_for(self, idle: list[Carry], ops: tuple[Op, ...]) -> list[Op]:
        """The operations that nothing reads but these carries, in order."""
        reads = Counter(carry.next for carry in idle)
        found: list[Op] = []
        for op in reversed(ops):
            if isinstance(op, Prim) and all(0 < reads[out] == self.uses[out] for out in op.outs):
                found.append(op)
                reads.update(operands(op))
        return found[::-1]

    def by_tape(self, op: Loop, moved: list[Op]) -> Follows | None:
        """A tape that each trip takes one item from holds something as long as a trip follows."""
        source = self.found.regions[op.body.key].op
        assert isinstance(source, Loop)
        if self.found.home[source.trips] != self.found.top:
            return None
        for k, inner in enumerate(op.body.ops):
            if isinstance(inner, Pop) and not inner.peek:
                before = {part for part in op.body.ops[:k] if part in moved}
                names = {out.hint for out in inner.outs}
                read = {arg.hint for part in before for arg in operands(part) if isinstance(arg, Value)}
                return None if names & read else Follows(inner.tape, k)
        return None

    def by_index(self, op: Loop) -> Follows | None:
        """A loop that runs backwards over a range ends with the range's first element."""
        if op.kind != "range" or not op.reverse or not isinstance(op.header[0], Const):
            return None
        index = op.index or Value(Number("int"))
        if op.header[0] == Const(0):
            return Follows(index, -1, (), index)
        test = Value(Number("bool"))
        return Follows(test, -1, (Prim((test,), op.origin, "NotEq", (index, op.header[0])),), index)

    def can_wait(self, moved: list[Op], ops: tuple[Op, ...], at: int) -> bool:
        """True where what is read from arrays is not written before the place of the `if`."""
        first, last = ops.index(moved[0]), max(ops.index(moved[-1]), at)
        straight = all(op in moved or isinstance(op, (Prim, Load, Pop)) for op in ops[first:last + 1])
        loads = any(isinstance(self.definition.get(arg), Load) for op in moved for arg in operands(op))
        return straight or not loads

    def under(self, op: Loop, follows: Follows, moved: list[Op], idle: list[Carry]) -> Loop:
        last = max(op.body.ops.index(moved[-1]), follows.at) + 1
        outs = {c.next: Value(c.next.type, c.next.hint) for c in idle if isinstance(c.next, Value)}
        kept = tuple(outs)
        then = Block(new_key(), (), tuple(moved), kept)
        orelse = Block(new_key(), (), (), tuple(next(c.param for c in idle if c.next is value) for value in kept))
        branch = If(tuple(outs.values()), moved[-1].origin, follows.test, then, orelse)
        before = tuple(part for part in op.body.ops[:last] if part not in moved)
        body = replace(op.body, ops=(*before, *follows.made, branch, *op.body.ops[last:]))
        carries = tuple(replace(c, next=outs[c.next]) if c in idle else c for c in op.carries)  # type: ignore[index]
        return replace(op, carries=carries, body=body, index=follows.index or op.index)


def with_last_trips(function: Function, found: Survey) -> Function:
    """The program with the last trips of its backward loops done only as far as they are read."""
    return replace(function, block=LastTrips(function, found).block(function.block))
