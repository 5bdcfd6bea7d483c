"""Puts what a loop collects into its list where it is made, not at the end of the trip.

before: a loop that collects the value of an operation, and goes on after it
after:  an `append` stands behind that operation; what comes later may take its operands' names

>>> def f(params, x):  # [(f8[h,h], f8[h]), ...], f8[b,h]
...     for W, b in params:
...         y = x @ W + b
...         x = np.tanh(y)
...     return np.sum(y * y)
        params_bar.append((x.T @ y_bar, y_bar.sum(axis=0)))
        y_bar = y_bar @ W.T * (1.0 - x * x)
"""
from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from ..ir.program import UNDEFINED, Arg, Block, Collect, Function, If, Loop, Op, Prim, Push, Value
from ..ir.traverse import count_reads, rename_block, with_blocks
from ..primitives import core
from .leaving import leaves_trip


def with_appends(function: Function) -> Function:
    appends = Appends(count_reads(function.block))
    block = appends.block(function.block)
    if appends.same:
        block = rename_block(block, lambda arg: appends.same.get(arg, arg))
    return replace(function, block=block)


class Appends:
    """Rewrites loops.  `uses`: how often each value is read.  `same`: what stands for values that are gone."""

    def __init__(self, uses: Counter[Arg]) -> None:
        self.uses = uses
        self.same: dict[Arg, Arg] = {}

    def block(self, block: Block) -> Block:
        ops: list[Op] = []
        for op in block.ops:
            op = with_blocks(op, self.block)
            ops.append(self.loop(op) if isinstance(op, Loop) else op)
            if isinstance(op, Prim) and op.primitive == core.LIST_JOIN:
                self.start(ops, op)
        return replace(block, ops=tuple(ops))

    def start(self, ops: list[Op], join: Prim) -> None:
        """A list to whose first items a loop has added more: it starts with them."""
        first, rest = join.args[0], join.args[-1]
        packed = next((op for op in ops if first in op.outs), None)
        loop = next((op for op in ops if isinstance(op, Loop) and rest in op.outs), None)
        if loop is None or len(join.args) != 2 or any(self.uses[arg] != 1 for arg in join.args) \
                or not isinstance(packed, Prim) or packed.primitive != core.PACK:
            return
        at, collect = ops.index(loop), next((c for c in loop.collects if c.result is rest), None)
        if collect is None or collect.display or any(arg in op.outs for op in ops[at:] for arg in packed.args):
            return
        self.same[join.outs[0]] = rest
        collects = tuple(replace(c, start=packed.args) if c is collect else c for c in loop.collects)
        ops[at] = replace(loop, collects=collects)
        ops.remove(join)
        ops.remove(packed)

    def loop(self, op: Loop) -> Loop:
        body, collects = op.body, []
        for collect in op.collects:
            ops = self.extended(body, collect.value, collect.result) if collect.extend else \
                self.appended(op, body, collect)
            if ops is not None and not collect.display:
                body = replace(body, ops=ops)
                collect = replace(collect, value=UNDEFINED)
            collects.append(collect)
        return replace(op, collects=tuple(collects), body=body)

    def appended(self, op: Loop, body: Block, collect: Collect) -> tuple[Op, ...] | None:
        """The body with an `append` of the item behind what makes it; None where the end of the trip is as good."""
        made = self.maker(body, collect.value)
        if not isinstance(made, Prim) or made is body.ops[-1] or made.outs[0].user:
            return None
        return with_ops(body.ops, made, (made, Push((), op.origin, collect.result, (collect.value,))))

    def maker(self, block: Block, value: Arg) -> Op | None:
        """What makes a value in this block that is read once."""
        return next((op for op in block.ops if value in op.outs), None) if self.uses[value] == 1 else None

    # ---- lists that a trip adds to another

    def extended(self, block: Block, part: Arg, to: Value) -> tuple[Op, ...] | None:
        """The block with an `append` for each item of a list that it builds; None where it does not build it."""
        made = self.maker(block, part)
        if isinstance(made, If) and made.form == "if":
            return self.extended_branch(block, made, part, to)
        if isinstance(made, Loop):
            return self.extended_loop(block, made, part, to)
        if not isinstance(made, Prim):
            return None
        if made.primitive == core.LIST_JOIN:
            return self.extended_parts(block, made, to)
        packed = self.maker(block, made.args[0]) if made.primitive == core.LISTED else None
        if not isinstance(packed, Prim) or packed.primitive != core.PACK or packed.attr("kind") != "list":
            return None
        pushes = tuple(Push((), packed.origin, to, (item,)) for item in packed.args)
        ops = with_ops(with_ops(block.ops, made, ()), packed, ())
        at = place_of_append(block.ops, packed)
        return (*ops[:at], *pushes, *ops[at:])

    def extended_branch(self, block: Block, made: If, part: Arg, to: Value) -> tuple[Op, ...] | None:
        at = made.outs.index(part)  # type: ignore[arg-type]
        arms = []
        for arm in (made.then, made.orelse):
            ops = self.extended(arm, arm.yields[at], to)
            if ops is None:
                return None
            arms.append(replace(arm, ops=ops, yields=without(arm.yields, at)))
        branch = replace(made, outs=without(made.outs, at), then=arms[0], orelse=arms[1])
        return with_ops(block.ops, made, (branch,))

    def extended_loop(self, block: Block, made: Loop, part: Arg, to: Value) -> tuple[Op, ...] | None:
        """A loop that fills the list itself."""
        collect = next((c for c in made.collects if c.result is part), None)
        if collect is None or collect.display or made.reverse:
            return None
        ops = made.body.ops
        if collect.extend and collect.value is not UNDEFINED:
            return None
        if collect.value is not UNDEFINED:
            ops = (*ops, Push((), made.origin, to, (collect.value,)))
        ops = tuple(redirected(op, collect.result, to) for op in ops)
        left = tuple(c for c in made.collects if c is not collect)
        outs = tuple(out for out in made.outs if out is not part)
        loop = replace(made, outs=outs, collects=left, body=replace(made.body, ops=ops))
        return with_ops(block.ops, made, (loop,))

    def extended_parts(self, block: Block, made: Prim, to: Value) -> tuple[Op, ...] | None:
        """The parts of a list one by one, where they are made in this order."""
        places = [k for part in made.args for k, op in enumerate(block.ops) if part in op.outs]
        if places != sorted(places) or self.uses[made.outs[0]] != 1:
            return None
        block = replace(block, ops=with_ops(block.ops, made, ()))
        for part in made.args:
            ops = self.extended(block, part, to)
            if ops is None:
                return None
            block = replace(block, ops=ops)
        return block.ops


def place_of_append(ops: tuple[Op, ...], packed: Prim) -> int:
    """Where the items stand ready, and no branch has left the trip yet: what leaves it comes after them."""
    at = ops.index(packed)
    ready = max((k + 1 for k, op in enumerate(ops[:at]) if any(out in packed.args for out in op.outs)), default=0)
    return next((k for k in range(ready, at) if leaves_trip(ops[k])), at)


def redirected(op: Op, source: Value, to: Value) -> Op:
    """The operation with what it appends to one list appended to another."""
    op = with_blocks(op, lambda block: replace(block, ops=tuple(redirected(o, source, to) for o in block.ops)))
    return replace(op, tape=to) if isinstance(op, Push) and op.tape is source else op


def with_ops(ops: tuple[Op, ...], old: Op, new: tuple[Op, ...]) -> tuple[Op, ...]:
    at = ops.index(old)
    return (*ops[:at], *new, *ops[at + 1:])


def without(items: tuple[Any, ...], at: int) -> tuple[Any, ...]:
    return (*items[:at], *items[at + 1:])
