"""Puts the stores of one assignment together: `x[i], x[j] = x[j], x[i]`.

before: the stores that a statement of the user's makes, one after another, all values read before the first
after:  one operation, printed as the user's own statement

>>> def f(x, w):  # f8[n], f8[n]
...     x[0], x[1] = x[1], x[0]
...     return np.sum(x * x * w)
x[0], x[1] = x[1], x[0]
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import SET, Block, Function, If, Op, Prim, Store, StoreAll, Value, View
from ..ir.traverse import with_blocks
from ..ir.types import Number, NumpyScalar, is_inexact
from ..primitives import core


def with_tuples(function: Function, user: set[Value]) -> Function:
    """The program with the user's assignments to several places as such."""
    return replace(function, block=rewritten(function.block, user))


def rewritten(block: Block, user: set[Value]) -> Block:
    ops: list[Op] = []
    for op in block.ops:
        op = with_blocks(op, lambda inner: rewritten(inner, user))
        if isinstance(op, If) and op.form == "try":
            op = replace(op, then=users_first(op.then, user))
        first = partner(ops, op, user) if isinstance(op, Store) else None
        if first is None or not isinstance(op, Store):
            ops.append(op)
            continue
        before = ops.pop(first)
        stores = before.stores if isinstance(before, StoreAll) else (before,)
        ops.append(StoreAll((*before.outs, *op.outs), op.origin, (*stores, op)))  # type: ignore[arg-type]
    return replace(block, ops=tuple(ops))


def users_first(block: Block, user: set[Value]) -> Block:
    """What is tried begins with the user's own; what is derived from that is no part of the attempt."""
    return replace(block, ops=tuple(sorted(block.ops, key=lambda op: not any(out in user for out in op.outs))))


def partner(ops: list[Op], op: Store, user: set[Value]) -> int | None:
    """Where the store stands that the same assignment makes before `op`: only the places of both stand between."""
    at = next((k for k in range(len(ops) - 1, -1, -1) if not is_place(ops[k])), -1)
    before = ops[at] if at >= 0 else None
    last = before.stores[-1] if isinstance(before, StoreAll) else before
    if not isinstance(last, Store) or not all(is_users(store, user) for store in (last, op)):
        return None
    return at if statement(last) == statement(op) is not None and last.value is not op.value else None


def is_place(op: Op) -> bool:
    return isinstance(op, View) or isinstance(op, Prim) and op.primitive in (core.GETITEM, *core.ARITHMETIC) \
        and isinstance(op.outs[0].type, (Number, NumpyScalar)) and not is_inexact(op.outs[0].type)


def is_users(op: Store, user: set[Value]) -> bool:
    return op.outs[0] in user and op.how == SET and not op.augmented and not op.spelling


def statement(op: Op) -> tuple[str, int] | None:
    return None if op.origin is None else (op.origin.function, op.origin.statement)
