"""Counts the trips of a loop that were not left by a `break` at their head.

before: a loop whose trips begin with `if test: break`
after:  the same, and a count of the trips that went on; a backward sweep that has nothing to undo in the
        trip that was left runs over those alone.  Where nobody asks for it, it is dead code.
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import Block, Carry, Const, If, Loop, Op, Prim, Store, Value
from ..ir.types import Number, has_inexact
from ..ir.units import Call
from ..primitives import core
from ..primitives.primitive import REGISTRY


def leading_break(block: Block) -> int | None:
    """Where the first `if test: break` stands in a body, if its arm does nothing else and no write comes before."""
    for k, op in enumerate(block.ops):
        if isinstance(op, If) and op.leaves is not None:
            arm = op.then if op.leaves[0] == 0 else op.orelse
            return k if op.leaves[1] == "break" and not arm.ops else None
        if isinstance(op, (Store, Call, If, Loop)):
            return None
    return None


def leaves_all_as_it_was(loop: Loop, op: If) -> bool:
    """True where the trip that is left hands on what it was handed: it has no adjoint then."""
    assert op.leaves is not None
    arm = op.then if op.leaves[0] == 0 else op.orelse
    kept = dict(zip(op.outs, arm.yields))
    for carry in loop.carries:
        after = kept.get(carry.next, carry.next) if isinstance(carry.next, Value) else carry.next
        flows = has_inexact(carry.param.type) or carry.param.is_version or carry.param.is_handle
        if flows and after is not carry.param:
            return False
    return True


def with_whole_trips(loop: Loop) -> Loop:
    """The loop with `whole`, the number of trips that were not left at their head."""
    at = leading_break(loop.body)
    if at is None or not leaves_all_as_it_was(loop, loop.body.ops[at]):  # type: ignore[arg-type]
        return loop
    op = loop.body.ops[at]
    assert isinstance(op, If) and op.leaves is not None
    kind = Number("int")
    param, more, after, whole = (Value(kind, "whole_trips") for _ in range(4))
    count = Prim((more,), op.origin, core.ADD, (param, Const(1)), (), REGISTRY.by_name[core.ADD].augmented)
    arms = [op.then, op.orelse]
    which = op.leaves[0]
    arms[which] = replace(arms[which], yields=(*arms[which].yields, param))
    rest = arms[1 - which]
    arms[1 - which] = replace(rest, ops=(count, *rest.ops), yields=(*rest.yields, more))
    counted: Op = replace(op, outs=(*op.outs, after), then=arms[0], orelse=arms[1])
    ops = (*loop.body.ops[:at], counted, *loop.body.ops[at + 1:])
    carry = Carry(Const(0), param, after, whole)
    outs = (*(c.result for c in (*loop.carries, carry)), *(c.result for c in loop.collects))
    return replace(loop, outs=outs, body=replace(loop.body, ops=ops), carries=(*loop.carries, carry), whole=whole)
