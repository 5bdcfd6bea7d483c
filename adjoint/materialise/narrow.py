"""Saves what only one arm of a branch needs in that arm.

before: a save in front of a branch; where it is fetched, only the mirror of one arm reads it
after:  it is saved where that arm begins, and fetched where its mirror begins

>>> def f(x, s):  # f8[n], float
...     for v in x:
...         if v > 0.0:
...             s = s * s * v
...     return s
if v > 0.0:
s_saved.append(s)
s = s * s * v
"""
from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..ir.program import Bind, Block, Function, If, Op, Pop, Prim, Push, Unpack, Value
from ..ir.traverse import blocks, count_reads, walk, with_blocks
from ..primitives import core

Arm = tuple[int, int]   # the key of a branch's first arm, and which arm


def is_elif(arm: Block) -> bool:
    """True where nothing but a branch, and what it tests, stands in an arm."""
    last = arm.ops[-1] if arm.ops else None
    return isinstance(last, If) and last.leaves is None and not any(
        out.user for op in arm.ops[:-1] for out in op.outs)


def narrowed(function: Function) -> Function:
    """The program with its saves in the arms that need them."""
    narrow = Narrow(function.block)
    return replace(function, block=narrow.block(function.block)) if narrow.moves else function


class Narrow:
    """`moves`: for each tape that moves, the arm that it moves to."""

    def __init__(self, block: Block) -> None:
        ops = list(walk(block))
        self.pushes = {op.tape: op for op in ops if isinstance(op, Push)}
        self.moves: dict[Value, Arm] = {}
        if not self.pushes or not any(isinstance(op, If) for op in ops):
            return
        self.reads = count_reads(block)
        pops = Counter(op.tape for op in ops if isinstance(op, Pop))
        self.single = {tape for tape in self.pushes if pops[tape] == 1 and self.reads[tape] == 2}
        saved = {arg: tape for tape, push in self.pushes.items() for arg in push.args if self.reads[arg] == 1}
        self.copies: dict[Op, Value] = {op: saved[op.outs[0]] for op in ops
                       if isinstance(op, Prim) and op.primitive == core.COPY and op.outs[0] in saved}
        behind = self.behind(block)
        for inner in (inner for op in ops for inner in blocks(op)):
            for k, op in enumerate(inner.ops):
                if isinstance(op, Pop) and not op.peek and op.tape in behind:
                    self.find(op, inner.ops[k + 1:], behind[op.tape])

    def behind(self, block: Block) -> dict[Value, If]:
        """For each tape the branch behind its `append`, where the name of what is saved is still bound."""
        found: dict[Value, If] = {}
        for k, op in enumerate(block.ops):
            for inner in blocks(op):
                found.update(self.behind(inner))
            if not isinstance(op, If) or op.form != "if":
                continue
            bound: set[str | None] = set()
            for before in reversed(block.ops[:k]):
                if not isinstance(before, (Push, Prim, Bind, Unpack)):
                    break
                bound.update(out.hint for out in before.outs if out.user)
                if isinstance(before, Push) and before.tape in self.single and not any(
                        isinstance(arg, Value) and arg.hint in bound for arg in before.args):
                    found[before.tape] = op
        return found

    def find(self, pop: Pop, rest: tuple[Op, ...], source: If) -> None:
        """Note the arm where all is read that is fetched."""
        key = source.then.key
        mirror = next((op for op in rest if isinstance(op, If) and op.then.key == key), None)
        if mirror is None:
            return
        for k, (arm, forward) in enumerate(zip((mirror.then, mirror.orelse), (source.then, source.orelse))):
            own = count_reads(arm)
            if all(own[out] == self.reads[out] for out in pop.outs) and not (k == 1 and is_elif(forward)):
                self.moves[pop.tape] = (key, k)

    # ---- rewriting

    def block(self, block: Block) -> Block:
        ops: list[Op] = []
        held: list[tuple[Op, Arm]] = []
        for op in block.ops:
            tape = op.tape if isinstance(op, (Push, Pop)) else self.copies.get(op)
            if tape in self.moves:
                held.append((op, self.moves[tape]))
                continue
            op = with_blocks(op, self.block)
            ops.append(self.branch(op, held) if isinstance(op, If) else op)
        return replace(block, ops=tuple(ops))

    def branch(self, op: If, held: list[tuple[Op, Arm]]) -> If:
        arms = []
        for k, arm in enumerate((op.then, op.orelse)):
            own = [save for save, where in held if where == (op.then.key, k)]
            arms.append(replace(arm, ops=(*own, *arm.ops)))
        held[:] = [(save, where) for save, where in held if where[0] != op.then.key]
        return replace(op, then=arms[0], orelse=arms[1])
