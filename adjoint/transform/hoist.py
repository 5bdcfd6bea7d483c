"""Puts each `At` into the block that has the key of its value.

before: a derivative program; `At(v)` may stand in a branch or loop inside the block that mirrors v's
after:  it stands in that block, so that its adjoint is known for the whole of a trip

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         if x > 1.0:
...             x = x * x
...     return x
%23 = at %14
%24:x = at %15:x
%25:x_bar, %22:x_bar_bar = if %23
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import Arg, At, Block, If, Loop, Op, Value
from ..ir.traverse import blocks, last_of, loop_params, rename_block


class Hoister:
    """Moves `At` operations outwards; equal ones in one block become one."""

    def __init__(self, block: Block) -> None:
        self.home: dict[Value, int] = {}
        self.same: dict[Arg, Arg] = {}
        self.survey(block)

    def survey(self, block: Block) -> None:
        for op in block.ops:
            for out in op.outs:
                self.home.setdefault(out, block.key)
            if isinstance(op, Loop):
                self.home.setdefault(op.trips, block.key)
                for value in loop_params(op):
                    self.home.setdefault(value, op.body.key)
            for inner in blocks(op):
                self.survey(inner)

    def block(self, block: Block) -> tuple[Block, list[At]]:
        """The block, and the `At`s that belong further out."""
        ops: list[Op] = []
        known: dict[Value, Value] = {}
        outwards: list[At] = []
        for op in block.ops:
            op, found = self.inside(op)
            for at in [*found, *([op] if isinstance(op, At) else [])]:
                if self.home.get(at.value, block.key) != block.key:
                    outwards.append(at)
                elif at.value in known:
                    self.same[at.outs[0]] = known[at.value]
                else:
                    known[at.value] = at.outs[0]
                    ops.append(at)
            if not isinstance(op, At):
                ops.append(op)
        return replace(block, ops=tuple(ops)), outwards

    def inside(self, op: Op) -> tuple[Op, list[At]]:
        if isinstance(op, If):
            then, first = self.block(op.then)
            orelse, second = self.block(op.orelse)
            return replace(op, then=then, orelse=orelse), [*first, *second]
        if isinstance(op, Loop):
            body, found = self.block(op.body)
            return replace(op, body=body), found
        return op, []


def hoist(block: Block) -> Block:
    """The block with its `At`s where their values belong."""
    hoister = Hoister(block)
    made, left = hoister.block(block)
    assert not left
    return rename_block(made, lambda arg: last_of(arg, hoister.same))
