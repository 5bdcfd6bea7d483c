"""The blocks around the place that is being rewritten, and what is known in each.

before: a block of the backward sweep
after:  the same, with what was fetched for it once: a value is popped, or computed again, in one place

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         y = np.exp(x)
...         x = y * y
...     return x
for y in reversed(y_saved):
    x_bar = 2.0 * x_bar * y * y
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.program import Arg, Carry, Const, Load, Op, Prim, Value, View
from ..ir.types import is_scalar
from .undo import Contained


@dataclass
class Scope:
    """A block that is being rewritten.

    `cache`: forward values that it has already; `known`: what it has computed again; `outside`: what the
    undone storages hold where the block stands.
    """

    key: int
    ops: list[Op]
    region: Op | None = None
    cache: dict[Value, Arg] = field(default_factory=dict)
    known: dict[object, tuple[Value, ...]] = field(default_factory=dict)
    chains: dict[Carry, Value] = field(default_factory=dict)
    outside: Contained = field(default_factory=lambda: Contained(frozenset()))


def key_of(op: Op) -> object:
    """What an operation computes, comparable; `0.5 * dt` is rather written again than named."""
    match op:
        case Prim():
            if is_scalar(op.outs[0].type) and any(isinstance(arg, Const) for arg in op.args):
                return op
            return op.primitive, op.args, op.attrs, op.spelling
        case View():
            return "view", op.base, op.step, op.operands
        case Load():
            return "load", op.handle, op.version
    return op


@dataclass
class Saved:
    """A value that is pushed where it is defined and popped in one consumer."""

    value: Value
    tape: Value
    popped: Value
    peek: bool
    consumer: Op | None
