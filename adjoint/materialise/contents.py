"""What was written to all of an array, and stays there, is read from the array.

before: a value that the user's `A /= s` or `A[...] = v` stores, and that the backward sweep reads
after:  a load of the array, where nothing is written to it any more: the statement stays in one piece

>>> def f(A):  # f8[n,m]
...     A = np.exp(A)
...     A /= A.sum()
...     return np.sum(np.sin(A) * A)
A /= total
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..ir.program import SET, Alloc, Arg, Function, Load, Op, Prim, Store, Value
from ..ir.traverse import blocks, count_reads, ends, operands, rename, walk
from ..ir.types import Array
from .survey import surveyed


def from_arrays(function: Function) -> Function:
    """The program that reads from arrays what they hold to the end."""
    made = {out: op for op in function.block.ops for out in op.outs}
    stores = {op for op in function.block.ops if isinstance(op, Store) and is_whole(op, made)}
    if not stores:
        return function
    found, reads = surveyed(function), count_reads(function.block)
    kept: dict[Arg, Value] = {}
    before: set[Arg] = set()    # what is read in front of the operation at hand
    ops: list[Op] = []
    for op in function.block.ops:
        ops.append(rename(op, lambda arg: kept.get(arg, arg)) if kept else op)
        if isinstance(op, Store) and op in stores and reads[op.value] > 1 and op.value not in before and \
                op.outs[0] not in found.overwritten:
            loaded = Value(op.handle.type)
            ops.append(Load((loaded,), op.origin, op.handle, op.outs[0]))
            kept[op.value] = loaded
        before.update(arg for inner in (op, *(i for block in blocks(op) for i in walk(block)))
                      for arg in (*operands(inner), *ends(inner)))
    return replace(function, block=replace(function.block, ops=tuple(ops))) if kept else function


def is_whole(store: Store, definition: Mapping[Value, Op]) -> bool:
    """True where all of an array that the function made is written, with what has no name."""
    value, kind = store.value, store.handle.type
    made = definition.get(value) if isinstance(value, Value) else None
    return store.how == SET and isinstance(made, Prim) and not made.outs[0].user and made.outs[0].type == kind and \
        isinstance(kind, Array) and not kind.partial and isinstance(definition.get(store.handle), Alloc)
