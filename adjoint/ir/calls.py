"""What programs call."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from .program import Block, Effect, Function, If, Op, Value
from .traverse import defined_in, walk, with_blocks
from .units import SAVED, Call, Unit


def units_of(*functions: Function) -> tuple[Unit, ...]:
    """All units that programs call, those that they call too, in the order of their first call."""
    found: dict[Unit, None] = {}
    left = list(functions)
    while left:
        for op in walk(left.pop(0).block):
            if isinstance(op, Call) and op.unit not in found:
                found[op.unit] = None
                left.append(op.unit.program)
                left += [op.unit.backward] if op.unit.backward is not None else []
    return tuple(found)


def is_branching(op: Op) -> bool:
    """True for a branch that is written as statements: as an expression it could not hold a call."""
    return isinstance(op, If) and (op.form == "if" or any(
        isinstance(inner, Call) for arm in (op.then, op.orelse) for inner in walk(arm)))


def users_own(block: Block, params: tuple[Value, ...] | list[Value]) -> set[Value]:
    """The values that the user's statements make; what calls save is none of them."""
    return {value for value in defined_in(block) if value.type != SAVED} | set(params)


def has_effects(unit: Unit) -> bool:
    """True where a call does more than give results."""
    return any(isinstance(op, Effect) for each in (unit, *units_of(unit.program)) for op in walk(each.program.block))


def with_calls(block: Block, change: Callable[[Call], Call]) -> Block:
    """The block with its calls changed."""
    def changed(inner: Block) -> Block:
        return replace(inner, ops=tuple(change(op) if isinstance(op, Call) else with_blocks(op, changed)
                                        for op in inner.ops))

    return changed(block)


def with_units(block: Block, units: Mapping[Unit, Unit]) -> Block:
    """The block calling other units."""
    return with_calls(block, lambda op: replace(op, unit=units[op.unit]))
