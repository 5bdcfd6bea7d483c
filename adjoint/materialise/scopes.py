"""Checks that no operation reads a value that is not there: one that is defined later, or inside another region.

before: a program after `materialise`
after:  the same; ScopeError where a value is read outside the block that defines it

>>> def f(xs, a, n):  # [float, ...], float, int
...     for _ in range(n):
...         xs = [x * a for x in xs]
...     return sum(xs)
xs_saved.append(xs)
"""
from __future__ import annotations

from ..errors import AdjointError
from ..ir.program import Arg, Block, Form, Function, If, Loop, Value
from ..ir.traverse import loop_params, loop_yields, operands


class ScopeError(AdjointError):
    """The compiler has made a mistake: please report it."""


def check_scopes(function: Function) -> None:
    block(function.block, {*function.params, *function.entry})


def block(inner: Block, outer: set[Value], *first: Value) -> set[Value]:
    """Checks a block; the values that are there at its end."""
    there = outer | set(first) | set(inner.params)
    for op in inner.ops:
        read(operands(op), there)
        if isinstance(op, If):
            for arm in (op.then, op.orelse):
                read(arm.yields, block(arm, there))
        elif isinstance(op, Loop):
            loop(op, there)
        there.update(op.outs)
        if isinstance(op, Loop):
            there.update(value for value in (op.trips, op.whole) if value is not None)
    read(inner.yields, there)
    return there


def loop(op: Loop, there: set[Value]) -> None:
    params = (*loop_params(op), *(op.form.values if isinstance(op.form, Form) else ()),
              *(collect.result for collect in op.collects))
    if op.head is not None:
        block(op.head, there, *params)
    read(loop_yields(op), block(op.body, there, *params))


def read(args: tuple[Arg, ...], there: set[Value]) -> None:
    for arg in args:
        if isinstance(arg, Value) and arg not in there:
            raise ScopeError(f"`{arg.hint or arg.id}` is read where it is not there; this is a mistake of the "
                             "compiler, please report it")
