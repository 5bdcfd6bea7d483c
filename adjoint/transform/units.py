"""The adjoint of a unit: a pair, as one program.

before: a unit, and what is active in it
after:  its operations, `Handover`, then the backward sweep, which adds to the adjoints of its arrays where they stand,
        and gives those of its numbers
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..analysis.activity import Activity
from ..errors import LaterError
from ..ir.calls import units_of, with_units
from ..ir.program import Arg, Block, Function, Storage, Value
from ..ir.traverse import defined_in
from ..ir.types import Contents
from ..ir.units import Handover, Unit, handover_of
from ..primitives.build import finished
from ..primitives.facts import Facts
from ..primitives.fitting import AdjointBuilder
from .calls import bar_type, roles_of
from .loops import Loops


def with_own_units(function: Function, change: Callable[[Block], Block], pairs: bool = False) -> Function:
    """The program calling units of its own, to be differentiated; all blocks changed by `change`.

    Raises UnsupportedError for adjoints of units, where not `pairs`.
    """
    own: dict[Unit, Unit] = {}
    for unit in units_of(function):
        if handover_of(unit.program) is not None and not pairs:
            raise LaterError("a second derivative of a recursive function in reverse mode is not supported yet",
                             unit.origin, "take the second derivative in forward mode, with `jvp`")
        own[unit] = Unit(unit.name, unit.origin, None, unit.user, defined_in(unit.program.block) | {
            *unit.program.params})
    for unit, made in own.items():
        made.function = replace(unit.program, block=change(with_units(unit.program.block, own)))
        made.primal, made.shares = made.function, set(unit.shares)
    return replace(function, block=change(with_units(function.block, own)))


def make_pairs(function: Function, active: Activity, facts: Facts, shown: dict[Value, Value]) -> None:
    for unit in units_of(function):
        pair(unit, active, facts, shown)


def pair(unit: Unit, active: Activity, facts: Facts, shown: dict[Value, Value]) -> None:
    """Give the unit the program of both parts, where anything in it is active.  `shown`: what loads of views see."""
    function = unit.program
    block, params, roles = function.block, function.params, roles_of(function, active)
    if not roles.grown + roles.given:
        return
    versions = {value.buffer: value for value in function.entry} | versions_after(block)
    sweep = Loops(AdjointBuilder(facts, list(block.ops), versions, function.origin), block, active)
    sweep.shown, builder = shown, sweep.builder
    for param in params:
        sweep.home[param] = block.key
        if param.is_handle:
            sweep.root_handle[param.buffer] = param
        sweep.donate(param)
    seeds = tuple(Value(bar_type(block.yields[k].type), seed_hint(block.yields[k], len(roles.seeds)))
                  for k in roles.seeds)
    grown, entry = grown_in(sweep, [params[k] for k in roles.grown])
    builder.emit(Handover((*seeds, *grown, *entry), function.origin, block.yields))
    for k, bar in zip(roles.seeds, seeds):
        sweep.contribute(block.yields[k], bar)
    sweep.ops(block.ops)
    builder.origin = function.origin
    given = tuple(sweep.whole_adjoint(params[k]) for k in roles.given)
    last = tuple(builder.versions[handle.buffer] for handle in grown)
    made = finished(block.key, builder.ops, (), (*given, *last))
    unit.function = replace(function, block=made)


def grown_in(sweep: Loops, params: list[Value]) -> tuple[list[Value], list[Value]]:
    """Storages for the adjoints of arrays, which the caller makes, with their versions on entry."""
    handles, versions = [], []
    for param in params:
        name = f"{param.hint}_bar"
        storage = Storage(name, param.type)
        handles.append(Value(param.type, name, storage=storage))
        versions.append(Value(Contents(), name, storage=storage))
        sweep.bars.handles[param.buffer if param.is_handle else param] = handles[-1]
        sweep.builder.versions[storage] = versions[-1]
    return handles, versions


def seed_hint(result: Arg, count: int) -> str:
    hint = result.hint if isinstance(result, Value) else None
    return "out_bar" if count == 1 or hint is None else f"{hint}_bar"


def versions_after(block: Block) -> dict:  # type: ignore[type-arg]
    return {out.storage: out for op in block.ops for out in op.outs if out.is_version}
