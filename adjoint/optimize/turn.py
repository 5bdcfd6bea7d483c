"""Turns a backward loop so that its trips begin with a sum that is already there.

before: the first trip adds what is still zero to what comes from behind the loop, the others add zero
after:  that sum is carried; it is computed at the end of the trip before, where the last trip leaves it out

It is what becomes of a variable that each trip sets anew and that is read after the loop too.

>>> def f(W, inputs, n):  # f8[h,h], f8[b,h], int
...     for _ in range(n):
...         outputs = inputs @ W
...         inputs = np.tanh(outputs)
...     return np.sum(outputs * outputs)
    outputs_bar = 2.0 * outputs
    W_bar = np.zeros_like(W)
    while inputs_saved:
        inputs = inputs_saved.pop()
        W_bar += inputs.T @ outputs_bar
        if inputs_saved:
            outputs_bar = outputs_bar @ W.T * (1.0 - inputs * inputs)
"""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from ..ir.program import ZERO, Arg, At, Block, Carry, Function, Loop, Op, Prim, Value
from ..ir.traverse import count_reads, definitions, operands, rename, walk, with_blocks
from ..ir.types import Array
from ..primitives import core
from ..primitives.facts import Facts
from ..primitives.operations import is_zeros

SCALES = (core.MULTIPLY, core.DIVIDE)
SUMS = (core.ADD, core.SUBTRACT, core.NEGATIVE)


@dataclass(frozen=True)
class Turn:
    """`carry` and what `cone` computes meet in the sum `total`, the first thing a trip needs of either."""

    carry: Carry
    total: Prim
    cone: tuple[Op, ...]
    value: Value


class Turner:
    """Rewrites the mirrored loops of a program."""

    def __init__(self, function: Function, facts: Facts) -> None:
        self.facts = facts
        self.uses = count_reads(function.block)
        self.definition = definitions(function.block)
        self.sources: dict[int, Loop] = {}
        for op in walk(function.block):
            if isinstance(op, Loop):
                self.sources.setdefault(op.body.key, op)

    def block(self, block: Block) -> Block:
        return replace(block, ops=tuple(map(self.op, block.ops)))

    def op(self, op: Op) -> Op:
        op = with_blocks(op, self.block)
        if isinstance(op, Loop) and self.sources[op.body.key].reverse != op.reverse:
            turn = next(filter(None, (self.found(op, carry) for carry in op.carries)), None)
            return op if turn is None else self.turned(op, turn)
        return op

    def found(self, op: Loop, carry: Carry) -> Turn | None:
        """What can be turned for the sake of a carry that is zero in all trips but the first."""
        if carry.next != ZERO or self.uses[carry.result] or self.uses[carry.param] != 1:
            return None
        total = next((o for o in op.body.ops if isinstance(o, Prim) and o.primitive == core.ADD
                      and carry.param in o.args), None)
        if total is None:
            return None
        other = total.args[1 - total.args.index(carry.param)]
        start, whole = carry.init.type, total.outs[0].type
        if not isinstance(start, Array) or not isinstance(whole, Array) or not isinstance(other, Value):
            return None
        full = not start.partial and not whole.partial and start.dtype == whole.dtype
        cone = self.cone(op, other)
        if cone is None or not full or not self.facts.covers(start.dims, whole.dims):
            return None
        return Turn(carry, total, cone, other)

    def cone(self, op: Loop, value: Value) -> tuple[Op, ...] | None:
        """What computes `value` at the start of a trip, if nothing else reads it and it is zero in the first."""
        source = self.sources[op.body.key]
        following = {c.next for c in source.carries if c.param.storage is None}
        zero: set[Arg] = {c.param for c in op.carries if is_zeros(c.init, self.definition)}
        own = {out for inner in op.body.ops for out in inner.outs} | {v for v in (op.index, op.item) if v is not None}
        found: list[Op] = []
        wanted = Counter({value: 1})
        for inner in reversed(op.body.ops):
            if not inner.outs or inner.outs[0] not in wanted:
                continue
            if isinstance(inner, At) and inner.value in following:
                found.append(inner)
            elif isinstance(inner, Prim) and wanted[inner.outs[0]] == self.uses[inner.outs[0]]:
                found.append(inner)
                wanted.update(arg for arg in operands(inner) if isinstance(arg, Value))
            else:
                return None
        made = {out for inner in found for out in inner.outs}
        if any(arg in own and arg not in made for arg in wanted):
            return None
        for inner in reversed(found):
            if isinstance(inner, Prim) and is_zero_of(inner, zero):
                zero.update(inner.outs)
        return tuple(reversed(found)) if value in zero else None

    def turned(self, op: Loop, turn: Turn) -> Loop:
        """The loop with the sum as a carry."""
        total = turn.total.outs[0]
        after: dict[Arg, Arg] = {c.param: c.next for c in op.carries}
        following = {c.next: c.param for c in self.sources[op.body.key].carries}
        made: list[Op] = []
        for inner in turn.cone:
            out = inner.outs[0]
            new = after[out] = Value(out.type, out.hint)
            if isinstance(inner, At):
                made.append(At((new,), inner.origin, following[inner.value]))
            else:
                made.append(replace(rename(inner, lambda arg: after.get(arg, arg)), outs=(new,)))
        gone = {turn.total, *(inner for inner in turn.cone if isinstance(inner, Prim))}
        carry = Carry(turn.carry.init, total, after[turn.value], Value(total.type, total.hint))
        carries = tuple(carry if c is turn.carry else c for c in op.carries)
        ops = tuple(inner for inner in op.body.ops if inner not in gone)
        outs = tuple(carry.result if out is turn.carry.result else out for out in op.outs)
        return replace(op, outs=outs, carries=carries, body=replace(op.body, ops=(*ops, *made)))


def is_zero_of(op: Prim, zero: set[Arg]) -> bool:
    """True where a result is zero because operands are."""
    if op.primitive in SCALES:
        return op.args[0] in zero or op.primitive == core.MULTIPLY and op.args[1] in zero
    if op.primitive in SUMS:
        return all(arg in zero for arg in op.args)
    return op.primitive in (core.SUM, core.TRANSPOSE) and op.args[0] in zero


def turned(function: Function, facts: Facts) -> Function:
    """The program with its backward loops turned where that saves the first trip's sum."""
    return replace(function, block=Turner(function, facts).block(function.block))
