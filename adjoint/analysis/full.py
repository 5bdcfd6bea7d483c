"""Values that may be smaller than their type only where nothing asks for their adjoint.

before: a program; with `y = 0.0` before a loop that adds arrays to it, `y` is a number first and an array then
after:  such values: their adjoints may be taken to be as large as the array

What reaches the number, which is a constant, is dropped, whatever its size: the adjoint of a constant entry value is
never typed (RULES F2).

>>> def f(coefficients, x):  # [float, ...], f8[n]
...     y = 0.0
...     for c in coefficients:
...         y = y * x + c
...     return np.sum(y * y)
        y_bar = y_bar * x
"""
from __future__ import annotations

from collections.abc import Iterator

from ..ir.program import Arg, At, Bind, Block, If, Loop, Op, Prim, Value
from ..ir.traverse import flows, walk
from ..ir.types import Array, is_partial, is_scalar
from ..primitives.primitive import REGISTRY
from .activity import Activity


def full_values(block: Block, active: Activity) -> set[Value]:
    """The values of partial types that are as large as these wherever their adjoints count."""
    sources: dict[Value, tuple[Arg, ...] | None] = {
        value: args for op in walk(block) for value, args in sources_of(op) if is_partial(value.type)}
    found = set(sources)
    size = -1
    while size != len(found):
        size = len(found)
        found = {value for value in found if is_full(value, sources[value], found, active)}
    return found


def sources_of(op: Op) -> Iterator[tuple[Value, tuple[Arg, ...] | None]]:
    """Where each result comes from; None for what is not looked into."""
    if isinstance(op, (If, Loop)):
        yield from flows(op)
    elif isinstance(op, Bind):
        yield from zip(op.outs, ((arg,) for arg in op.args))
    elif isinstance(op, At):
        yield op.outs[0], (op.value,)
    else:
        primitive = REGISTRY.by_name.get(op.primitive) if isinstance(op, Prim) else None
        alike = isinstance(op, Prim) and primitive is not None and primitive.kind == "elementwise"
        partial = tuple(arg for arg in op.args if is_partial(arg.type)) if alike else None  # type: ignore[attr-defined]
        yield from ((out, partial) for out in op.outs)


def is_full(value: Value, sources: tuple[Arg, ...] | None, found: set[Value], active: Activity) -> bool:
    return sources is not None and all(agrees(value, arg, found, active) for arg in sources)


def agrees(value: Value, arg: Arg, found: set[Value], active: Activity) -> bool:
    """True where `value` is as large as its type if it is `arg`, or `arg` has no adjoint."""
    if arg in found:
        return True
    if is_scalar(arg.type):
        return arg not in active
    dims = value.type.dims if isinstance(value.type, Array) else ()
    return isinstance(arg.type, Array) and not arg.type.partial and arg.type.dims == dims
