"""Saves what the user's next assignment to the same name would take from the backward sweep.

before: a program in which a forward value is read after its name is bound to another
after:  `x_saved = x` stands where the value is still there, and the later reads read that
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import Arg, Bind, Block, Function, If, Loop, Op, Value, blocks, rename, rename_block
from .lifetimes import lifetimes
from .nest import nest


def names_written(block: Block) -> set[str]:
    found: set[str] = set()
    for op in block.ops:
        found |= {out.hint for out in op.outs if out.hint}
        if isinstance(op, Loop):
            found |= {v.hint for v in (op.index, op.item) if v is not None and v.hint}
            found |= {c.param.hint for c in op.carries if c.param.hint}
        for inner in blocks(op):
            found |= names_written(inner)
    return found


def snapshots(function: Function, fixed: set[Value]) -> Function:
    """The program with its snapshots.  `fixed`: the values whose names are the user's."""
    nesting = nest(function)
    life = lifetimes(function, nesting)
    values = [v for v in life.order if v in fixed and v.hint]
    by_name: dict[str, list[Value]] = {}
    for value in values:
        by_name.setdefault(value.hint or "", []).append(value)
    webs = web_of(function)
    lost: dict[Value, Value] = {}
    for name, group in by_name.items():
        for value in [v for v in group if not life.depth[v]]:
            others = [o for o in group if o is not value and webs.get(o, o) is not webs.get(value, value)]
            if any(life.start[value] < life.start[o] < life.end[value] for o in others):
                lost[value] = Value(value.type, name + "_saved", False, value.storage)
    if not lost:
        return function
    cut = {value: min(life.start[o] for o in by_name[value.hint or ""]
                      if life.start[o] > life.start[value]) for value in lost}
    return Snapshot(lost, cut).run(function)


def web_of(function: Function) -> dict[Value, Value]:
    """Values that a loop makes one variable: a carry's parameter stands for its other values."""
    found: dict[Value, Value] = {}

    def visit(block: Block) -> None:
        for op in block.ops:
            if isinstance(op, Loop):
                for carry in op.carries:
                    for value in (carry.param, carry.next, carry.result):
                        if isinstance(value, Value):
                            found.setdefault(value, carry.param)
            for inner in blocks(op):
                visit(inner)

    visit(function.block)
    return found


class Snapshot:
    """Inserts the saves and redirects the reads that come after the name is bound again."""

    def __init__(self, lost: dict[Value, Value], cut: dict[Value, int]) -> None:
        self.lost = lost
        self.cut = cut
        self.gone: set[Value] = set()

    def run(self, function: Function) -> Function:
        first = [self.save(p, None) for p in function.params if p in self.lost]
        block = self.block(function.block, first)
        return replace(function, block=block)

    def save(self, value: Value, op: Op | None) -> Op:
        return Bind((self.lost[value],), op.origin if op is not None else None, (value,))

    def to(self, arg: Arg) -> Arg:
        return self.lost[arg] if arg in self.gone else arg  # type: ignore[index]

    def block(self, block: Block, first: list[Op]) -> Block:
        ops: list[Op] = list(first)
        for op in block.ops:
            if blocks(op):
                made = self.region(op)
            else:
                made = rename(op, self.to)
                self.note(op)
            ops.append(made)
            for out in op.outs:
                if out in self.lost:
                    ops.append(self.save(out, op))
        return replace(block, ops=tuple(ops), yields=tuple(map(self.to, block.yields)))

    def note(self, op: Op) -> None:
        """From here on, names that `op` binds no longer hold the values that were saved."""
        names = {out.hint for out in op.outs}
        for inner in blocks(op):
            names |= names_written(inner)
        self.gone |= {value for value in self.lost if value.hint in names and value not in op.outs}

    def region(self, op: Op) -> Op:
        """Inside a region that binds the name, reads of the old value read the saved one."""
        if isinstance(op, If):
            test = self.to(op.test)
            self.note(op)
            return replace(op, test=test, then=rename_block(op.then, self.to), orelse=rename_block(op.orelse, self.to))
        assert isinstance(op, Loop)
        inits = [self.to(c.init) for c in op.carries]
        self.note(op)
        made = rename(op, self.to)
        assert isinstance(made, Loop)
        return replace(made, carries=tuple(replace(c, init=i) for c, i in zip(made.carries, inits)))
