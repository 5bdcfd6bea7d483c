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

from ..ir.program import Arg, At, Bind, Block, If, Loop, Op, Prim, Value
from ..ir.traverse import blocks
from ..ir.types import Array, is_partial, is_scalar
from ..primitives.primitive import REGISTRY
from .activity import Activity


def full_values(block: Block, active: Activity) -> set[Value]:
    """The values of partial types that are as large as these wherever their adjoints count."""
    sources: dict[Value, tuple[Arg, ...] | None] = {}
    collect(block, sources)
    found = set(sources)
    size = -1
    while size != len(found):
        size = len(found)
        found = {value for value in found if is_full(value, sources[value], found, active)}
    return found


def collect(block: Block, sources: dict[Value, tuple[Arg, ...] | None]) -> None:
    """For each value of a partial type, where it comes from; None for what is not looked into."""
    for op in block.ops:
        for inner in blocks(op):
            collect(inner, sources)
        if isinstance(op, If):
            made = dict(zip(op.outs, zip(op.then.yields, op.orelse.yields)))
        elif isinstance(op, Loop):
            made = {value: (c.init, c.next) for c in op.carries for value in (c.param, c.result)}
        else:
            made = {out: sources_of(op, out) for out in op.outs}    # type: ignore[misc]
        sources.update((value, flow) for value, flow in made.items() if is_partial(value.type))


def sources_of(op: Op, out: Value) -> tuple[Arg, ...] | None:
    if isinstance(op, Bind):
        return (op.args[op.outs.index(out)],)
    if isinstance(op, At):
        return (op.value,)
    primitive = REGISTRY.by_name.get(op.primitive) if isinstance(op, Prim) else None
    if isinstance(op, Prim) and primitive is not None and primitive.kind == "elementwise":
        return tuple(arg for arg in op.args if is_partial(arg.type))
    return None


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
