"""Leaves out of calls of backward parts what these do not ask for again.

before: a derivative program; each call of a backward part is passed all that the forward part was passed
after:  only the parameters that it reads, or from which it can compute what it reads at little cost; a pair whose
        backward part is never called is a function as it is

>>> def f(x, n):  # float, float
...     return x if n < 1.0 else 2.0 * f(x, n - 1.0)
%5:x_bar = call back f(-, %1:n, %4:f_saved, 1.0)  : scalar float64
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..ir.calls import units_of, with_calls
from ..ir.program import Alloc, Bind, Function, If, Load, Loop, Op, Prim, Undo, Value
from ..ir.traverse import ends, operands, walk
from ..ir.units import Call, Unit, handover_of
from ..primitives.primitive import REGISTRY
from .dead import without_dead


def without_needless(function: Function) -> Function:
    """The program, its units changed in place."""
    if not units_of(function):
        return function
    for unit in units_of(function):
        unit.function = without_idle_part(unit, function)
    needed = all_needed(units_of(function))

    def change(op: Call) -> Call:
        if not op.is_backward:
            return op
        count = len(op.unit.program.params)
        args = tuple(arg if k >= count or k in needed[op.unit] else None for k, arg in enumerate(op.args))
        return replace(op, args=args)

    for unit in units_of(function):
        unit.function = without_dead(replace(unit.program, block=with_calls(unit.program.block, change)))
    return without_dead(replace(function, block=with_calls(function.block, change)))


def without_idle_part(unit: Unit, function: Function) -> Function:
    """Only the forward part, where no call of the other is left."""
    program, handover = unit.program, handover_of(unit.program)
    every = (function, *(each.program for each in units_of(function) if each is not unit))
    if handover is None or any(isinstance(op, Call) and op.is_backward and op.unit is unit
                           for each in every for op in walk(each.block)):
        return program
    ops = program.block.ops[:program.block.ops.index(handover)]
    return replace(program, block=replace(program.block, ops=ops, yields=handover.args))


def all_needed(units: tuple[Unit, ...]) -> dict[Unit, set[int]]:
    """The numbers of the parameters that the backward parts ask for: the least sets that are enough."""
    needed: dict[Unit, set[int]] = {unit: set() for unit in units}
    size = -1
    while size != sum(map(len, needed.values())):
        size = sum(map(len, needed.values()))
        for unit in units:
            read = read_backwards(unit.program, needed)
            needed[unit] |= {k for k, param in enumerate(unit.program.params) if param in read or param.is_handle}
    return needed


def read_backwards(function: Function, needed: dict[Unit, set[int]]) -> set[Value]:
    """What the backward sweep reads, with all that this is computed from at little cost."""
    handover = handover_of(function)
    if handover is None:
        return set()
    at = function.block.ops.index(handover)
    definition = {out: op for op in walk(function.block) for out in op.outs}
    backward = replace(function.block, ops=function.block.ops[at + 1:])
    found: set[Value] = set()
    left = [arg for op in walk(backward) for arg in reads(op, needed)]
    left += [arg for arg in function.block.yields if isinstance(arg, Value)]
    while left:
        value = left.pop()
        if value not in found:
            found.add(value)
            op = definition.get(value)
            if op is not None and (is_cheap(op) or isinstance(op, If)):
                left += [arg for arg in sources(op, value) if isinstance(arg, Value)]
    return found


def reads(op: Op, needed: dict[Unit, set[int]]) -> Iterator[Value]:
    if isinstance(op, Call) and op.is_backward:
        count = len(op.unit.program.params)
        args = [arg for k, arg in enumerate(op.args) if k >= count or k in needed[op.unit]]
    elif isinstance(op, Undo):
        args = [op.store.handle]
    else:
        args = [*operands(op), *ends(op)]
    yield from (arg for arg in args if isinstance(arg, Value))


def sources(op: Op, value: Value) -> tuple[object, ...]:
    if isinstance(op, Bind):
        return (op.args[op.outs.index(value)],)
    if isinstance(op, If):
        return (op.test,)
    return operands(op)


def is_cheap(op: Op) -> bool:
    """True for what the backward part may compute again."""
    if isinstance(op, Prim):
        primitive = REGISTRY.by_name.get(op.primitive)
        return primitive is None or primitive.cost == "cheap"
    return not isinstance(op, (Call, Loop, If, Load, Alloc))


