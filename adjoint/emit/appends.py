"""Puts what a derived list collects into it where it is made, not at the end of the trip.

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

from ..ir.program import UNDEFINED, Arg, Block, Function, Loop, Op, Prim, Push
from ..ir.traverse import count_reads, with_blocks


def with_appends(function: Function) -> Function:
    return replace(function, block=rewritten(function.block, count_reads(function.block)))


def rewritten(block: Block, uses: Counter[Arg]) -> Block:
    ops = [with_blocks(op, lambda inner: rewritten(inner, uses)) for op in block.ops]
    return replace(block, ops=tuple(appending(op, uses) if isinstance(op, Loop) else op for op in ops))


def appending(op: Loop, uses: Counter[Arg]) -> Loop:
    ops: list[Op] = list(op.body.ops)
    collects = []
    for collect in op.collects:
        made = next((inner for inner in ops[:-1] if isinstance(inner, Prim) and inner.outs[0] is collect.value), None)
        plain = not collect.display and not collect.extend
        if made is not None and plain and not made.outs[0].user and uses[collect.value] == 1:
            ops.insert(ops.index(made) + 1, Push((), op.origin, collect.result, (collect.value,)))
            collect = replace(collect, value=UNDEFINED)
        collects.append(collect)
    return replace(op, collects=tuple(collects), body=replace(op.body, ops=tuple(ops)))
