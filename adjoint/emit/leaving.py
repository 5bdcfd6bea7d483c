"""Saves what a trip must save before a branch deep inside leaves it, not behind.

before: a branch in which another may leave the trip; what is saved of both; a branch on whether it was left
after:  the same is saved in each arm that leaves, and where the trip goes on

>>> def f(x, s):  # f8[n], float
...     for v in x:
...         if v > 0.0:
...             s = s * v
...             if s > 1.0:
...                 continue
...         s = np.sin(s)
...     return s
            if s > 1.0:
                skipped_saved.append(True)
                continue
        skipped_saved.append(False)
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..ir.program import UNDEFINED, Arg, Block, Const, Function, If, Op, Prim, Push, Value
from ..ir.traverse import count_reads, rename, walk, with_blocks
from ..primitives import core

SKIP = "skip"


def leaves_trip(op: Op) -> bool:
    """True for a branch in which the trip may end, in one of its arms or deeper."""
    return isinstance(op, If) and (op.leaves is not None or any(
        leaves_trip(inner) for arm in (op.then, op.orelse) for inner in arm.ops))


def is_rest(op: Op) -> bool:
    """True for the branch that holds what follows where no branch deeper inside has left the trip."""
    return isinstance(op, If) and op.leaves is not None and op.leaves[1] == SKIP


def with_saves_before(function: Function) -> Function:
    if not any(map(is_rest, walk(function.block))):
        return function
    return replace(function, block=rewritten(function.block))


def rewritten(block: Block) -> Block:
    ops: list[Op] = []
    for op in block.ops:
        op = with_blocks(op, rewritten)
        if isinstance(op, If) and is_rest(op):
            op = behind(ops, op)
        ops.append(op)
    return replace(block, ops=tuple(ops))


def behind(ops: list[Op], rest: If) -> If:
    """Takes the saves that end `ops` into both: the branch that may have left, and the rest of the trip."""
    at = next((k for k, op in enumerate(ops) if rest.test in op.outs), None)
    if at is None:
        return rest
    saves, before = ops[at + 1:], ops[at]
    made = {out for op in saves for out in op.outs}
    read = count_reads(Block(0, (), (rest,)))
    copies = all(isinstance(op, Push) or isinstance(op, Prim) and op.primitive == core.COPY for op in saves)
    if not saves or not copies or not isinstance(before, If) or any(read[out] for out in made):
        return rest
    if not any(leaves_trip(op) for op in walk(Block(0, (), (before,)))):
        return rest     # its arms only say that the trip is left: the test was known
    ops[at:] = [into_branch(before, tuple(saves))]
    first = renewed(saves, {rest.test: Const(False)})
    return replace(rest, orelse=replace(rest.orelse, ops=(*first, *rest.orelse.ops)))


def renewed(ops: tuple[Op, ...] | list[Op], to: Mapping[Arg, Arg]) -> tuple[Op, ...]:
    """The operations again, with names of their own for what they make."""
    known = {**to, UNDEFINED: Const(None)}
    made: list[Op] = []
    for op in ops:
        outs = tuple(Value(out.type, out.hint) for out in op.outs)
        made.append(replace(rename(op, lambda arg: known.get(arg, arg)), outs=outs))
        known.update(zip(op.outs, outs))
    return tuple(made)


def into_branch(op: If, saves: tuple[Op, ...]) -> If:
    """The branch with `saves`, which speak of its results, in each place that leaves the trip."""
    arms = []
    for k, arm in enumerate((op.then, op.orelse)):
        own = renewed(saves, dict(zip(op.outs, arm.yields)))
        leaves = op.leaves is not None and op.leaves[0] == k
        arms.append(replace(arm, ops=(*arm.ops, *own)) if leaves else into_block(arm, own))
    return replace(op, then=arms[0], orelse=arms[1])


def into_block(block: Block, saves: tuple[Op, ...]) -> Block:
    at = max((k for k, op in enumerate(block.ops) if leaves_trip(op)), default=None)
    if at is None:
        return block
    ops, last = list(block.ops), block.ops[at]
    assert isinstance(last, If)
    if not is_rest(last):
        ops[at] = into_branch(last, saves)
        return replace(block, ops=tuple(ops))
    orelse = into_block(last.orelse, renewed(saves, dict(zip(last.outs, last.orelse.yields))))
    ops[at] = replace(last, orelse=orelse)
    first = next(k for k, op in enumerate(ops) if last.test in op.outs)
    before = ops[first]
    assert isinstance(before, If)
    ops[first] = into_branch(before, renewed(saves, dict(zip(last.outs, last.then.yields))))
    return replace(block, ops=tuple(ops))
