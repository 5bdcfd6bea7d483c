"""Removes what nobody reads.

before: a program
after:  without operations, loop carries and branch results that no result depends on.  The user's
        loops go only when all that they compute is dead; `Undo` marks stay, and keep nothing alive.

>>> def f(x, y):  # float, float
...     return x * y
function f(%0:x : float, %1:y : float)
    %2 = multiply(1.0, %1:y)  : float
    yield %2
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import Arg, Block, Effect, Function, If, Loop, Op, Pop, Push, Undo, Value
from ..ir.traverse import operands


class Marker:
    """Marks the values that are needed."""

    def __init__(self) -> None:
        self.live: set[Value] = set()

    def need(self, *args: Arg | None) -> None:
        self.live.update(arg for arg in args if isinstance(arg, Value))

    def block(self, block: Block) -> None:
        for op in reversed(block.ops):
            self.op(op)

    def op(self, op: Op) -> None:
        if isinstance(op, Loop):
            return self.loop(op)
        if isinstance(op, If):
            return self.branch(op)
        if is_live(op, self.live):
            self.need(*operands(op))

    def branch(self, op: If) -> None:
        for block in (op.then, op.orelse):
            for out, arg in zip(op.outs, block.yields):
                if out in self.live:
                    self.need(arg)
            self.block(block)
        if is_live(op, self.live):
            self.need(op.test)

    def loop(self, op: Loop) -> None:
        size = -1
        while size != len(self.live):
            size = len(self.live)
            for carry in op.carries:
                if carry.result in self.live or carry.param in self.live:
                    self.need(carry.init, carry.next)
            for collect in op.collects:
                if collect.result in self.live:
                    self.need(collect.value)
            if is_live(op, self.live):
                self.need(op.stop, op.limit, *op.header)
                if op.head is not None:
                    self.need(*op.head.yields)
            self.block(op.body)
            if op.head is not None:
                self.block(op.head)


def is_live(op: Op, live: set[Value]) -> bool:
    """True where something that `op` defines, itself or inside, is needed."""
    if isinstance(op, Effect):
        return True
    if isinstance(op, (Push, Pop)) and op.tape in live or isinstance(op, Undo):
        return not isinstance(op, Undo)
    if any(out in live for out in op.outs):
        return True
    if isinstance(op, If):
        return any(is_live(inner, live) for b in (op.then, op.orelse) for inner in b.ops)
    if isinstance(op, Loop):
        return op.trips in live or any(is_live(inner, live) for inner in op.body.ops) or any(
            c.result in live or c.param in live for c in op.carries) or any(c.result in live for c in op.collects) or (
            op.index in live or op.item in live)
    return False


def sweep(block: Block, live: set[Value]) -> Block:
    ops: list[Op] = []
    for op in block.ops:
        if isinstance(op, Undo):
            ops.append(op)
        elif is_live(op, live):
            ops.append(shrunk(op, live))
    return Block(block.key, block.params, tuple(ops), block.yields)


def shrunk(op: Op, live: set[Value]) -> Op:
    """A region without its dead results."""
    if isinstance(op, If):
        kept = [k for k, out in enumerate(op.outs) if out in live]
        arms = []
        for block in (op.then, op.orelse):
            inner = sweep(block, live)
            arms.append(replace(inner, yields=tuple(block.yields[k] for k in kept)))
        return replace(op, outs=tuple(op.outs[k] for k in kept), then=arms[0], orelse=arms[1])
    if isinstance(op, Loop):
        carries = tuple(c for c in op.carries if c.result in live or c.param in live)
        collects = tuple(c for c in op.collects if c.result in live)
        outs = (*(c.result for c in carries), *(c.result for c in collects))
        head = None if op.head is None else sweep(op.head, live)
        return replace(op, outs=outs, carries=carries, collects=collects, head=head, body=sweep(op.body, live))
    return op


def without_dead(function: Function) -> Function:
    """The program without dead code."""
    marker = Marker()
    marker.need(*function.block.yields)
    size = -1
    while size != len(marker.live):
        size = len(marker.live)
        marker.block(function.block)
    block = sweep(function.block, marker.live)
    return replace(function, block=without_empty(block))


def without_empty(block: Block) -> Block:
    """Regions that only hold `Undo` marks are dropped."""
    return replace(block, ops=tuple(op for op in block.ops if not is_empty(op)))


def is_empty(op: Op) -> bool:
    if isinstance(op, If):
        return not op.outs and all(isinstance(i, Undo) or is_empty(i) for b in (op.then, op.orelse) for i in b.ops)
    return False


