"""What goes from the first part of a pair to the second.

before: the program of both parts, without `At`
after:  the values that the first part must save; what the second can compute from its parameters at next to no
        cost, it computes again

>>> def f(x, n):  # float, int
...     return x if n % 2 == 0 else f(x * x, n - 1)
    product_bar = f_backward(x * x, n - 1, out_bar)
    return 2.0 * product_bar * x
"""
from __future__ import annotations

from collections.abc import Iterable

from ..ir.program import Bind, Function, Loop, Op, Prim, Value, View
from ..ir.traverse import blocks, ends, loop_params, operands
from ..ir.units import Handover, handover_of
from ..primitives import core
from ..primitives.indexing import is_basic, step_of
from .plan import is_count

Ops = tuple[Op, ...]


def split(function: Function) -> tuple[Ops, Handover, Ops]:
    ops, handover = function.block.ops, handover_of(function)
    assert handover is not None
    at = ops.index(handover)
    return ops[:at], handover, ops[at + 1:]


def read_by(ops: Iterable[Op]) -> dict[Value, None]:
    """The values that operations read, themselves or inside."""
    found: dict[Value, None] = {}
    for op in ops:
        found.update((arg, None) for arg in (*operands(op), *ends(op)) if isinstance(arg, Value))
        for inner in blocks(op):
            found.update(read_by(inner.ops))
    return found


def made_by(ops: Iterable[Op]) -> dict[Value, Op]:
    """The values that operations of the outermost block make."""
    found: dict[Value, Op] = {}
    for op in ops:
        found.update((out, op) for out in op.outs)
        if isinstance(op, Loop):
            found[op.trips] = op
    return found


def again(value: Value, made: dict[Value, Op], at_hand: set[Value]) -> bool:
    """True for what the backward part computes again from its parameters: counts, tests, and parts of arrays."""
    if value in at_hand:
        return True
    op = made.get(value)
    if isinstance(op, Prim):
        if not is_count(op) and not (op.primitive == core.GETITEM and is_basic(step_of(op))):
            return False
    elif not isinstance(op, (Bind, View)):
        return False
    return all(again(arg, made, at_hand) for arg in operands(op) if isinstance(arg, Value))


def across(function: Function, needed: tuple[int, ...]) -> list[Value]:
    """What the forward part must save, in the order in which it is made."""
    before, handover, after = split(function)
    made, at_hand = made_by(before), {function.params[k] for k in needed}
    found: dict[Value, None] = {}
    left = [*read_by(after), *(arg for arg in function.block.yields if isinstance(arg, Value))]
    while left:
        value = left.pop(0)
        if value.is_version or value in at_hand or value in found or value not in made and \
                value not in function.params:
            continue
        op = made.get(value)
        if isinstance(op, View) or again(value, made, at_hand):
            assert op is not None
            left += [arg for arg in operands(op) if isinstance(arg, Value)]
        else:
            found[value] = None
    order = {value: k for k, value in enumerate([*function.params, *made])}
    return sorted(found, key=order.__getitem__)


def made_inside(op: Op) -> set[Value]:
    found: set[Value] = set(loop_params(op)) if isinstance(op, Loop) else set()
    for block in blocks(op):
        found |= set(made_by(block.ops)).union(*map(made_inside, block.ops))
    return found
