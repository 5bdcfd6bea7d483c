"""The item that a trip of a loop over lists takes, where the mirrored loop counts its trips.

before: the item of a loop, named in a loop that mirrors it and has an index
after:  `xs[k]`: the list as it was when the loop began, and the index

>>> def f(a, xs, n):  # float, [float, ...], int
...     for _ in range(n):
...         xs = [x * a for x in xs]
...     return sum(xs)
    for k in reversed(range(len(xs))):
        xs_bar2.append(xs_bar[k] * a)
        a_bar += xs_bar[k] * xs[k]
"""
from __future__ import annotations

from collections.abc import Callable

from ..ir.program import Arg, Loop, Op, Prim, Value
from ..ir.types import Items
from ..primitives import core
from ..primitives.operations import packing
from .survey import Survey


def item_of_trip(value: Value, survey: Survey, region: Op | None, resolve: Callable[[Value], Arg],
                 ops: list[Op]) -> Value | None:
    """The item, made by operations that are added to `ops`; None where `value` is no such item."""
    if not isinstance(region, Loop) or region.index is None:
        return None
    source = next((loop for loop in survey.mirrors.get(region.body.key, ()) if loop.item is value), None)
    if source is None:
        return None
    item, origin = Value(value.type, value.hint), region.origin
    lists = [resolve(over) if isinstance(over, Value) else over for over in source.header]
    if len(lists) == 1:
        ops.append(Prim((item,), origin, core.ITEM, (lists[0], region.index)))
        return item
    assert isinstance(value.type, Items)
    parts = tuple(map(Value, value.type.items))
    for part, over in zip(parts, lists):
        ops.append(Prim((part,), origin, core.ITEM, (over, region.index)))
    ops.append(packing(item, parts, origin))
    return item
