"""Cuts a pair in two: the part before `Handover` is a function, and so is the part behind it.

before: the program of both parts, without `At`
after:  two programs; the forward part gives what the backward part reads of it, beside its results

>>> def f(x, n):  # float, int
...     return x if n == 0 else np.sin(f(x, n - 1))
    value, f_saved = f_forward(x, n - 1)
    return np.sin(value), (value, f_saved)
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..ir.calls import units_of, with_calls
from ..ir.program import Arg, Block, Const, Function, If, Op, Value
from ..ir.traverse import last_of, operands, rename_block, walk
from ..ir.units import SAVED, Call, Unit, handover_of
from ..optimize.dead import without_dead
from .arms import Saving
from .held import held_by
from .parts import Ops, across, made_by, made_inside, read_by, split
from .scopes import check_scopes


def cut_pairs(function: Function) -> Function:
    """The program, the pairs of its units cut in place."""
    every = units_of(function)
    if not every:
        return function
    units = [unit for unit in every if handover_of(unit.program) is not None]
    needed = {unit: needed_by(unit, function) for unit in units}
    crossing = {unit: across(unit.program, needed[unit]) for unit in units}
    saving = that_save(crossing)

    def change(op: Call) -> Call:
        if op.unit in saving:
            return op
        if not op.is_backward:
            return replace(op, outs=tuple(out for out in op.outs if out.type != SAVED))
        count = len(op.unit.program.params)
        return replace(op, args=tuple(None if k == count else arg for k, arg in enumerate(op.args)))

    for unit in every:
        if unit not in crossing:
            unit.function = replace(unit.program, block=with_calls(unit.program.block, change))
    for unit in units:
        unit.function = replace(unit.program, block=with_calls(unit.program.block, change))
        Cut(unit, needed[unit], [value for value in crossing[unit] if is_kept(unit, value, saving)]).run()
    note_what_is_held(units)
    return without_dead(replace(function, block=with_calls(function.block, change)))


def that_save(crossing: dict[Unit, list[Value]]) -> set[Unit]:
    """The units whose forward part saves anything but what calls save that save nothing."""
    saving: set[Unit] = set()
    while True:
        more = {unit for unit, values in crossing.items() if any(is_kept(unit, value, saving) for value in values)}
        if more == saving:
            return saving
        saving = more


def is_kept(unit: Unit, value: Value, saving: set[Unit]) -> bool:
    """True for what a unit saves, where `saving` are the units that save anything."""
    return value.type != SAVED or any(op.unit in saving for op in that_saved(value, unit.program))


def that_saved(value: Arg, function: Function) -> Iterator[Call]:
    """The calls that a value of saved things comes from, one in each arm of a branch."""
    for op in walk(function.block):
        if value not in op.outs:
            continue
        if isinstance(op, Call):
            yield op
        elif isinstance(op, If):
            at = op.outs.index(value)  # type: ignore[arg-type]
            for given in {op.then.yields[at], op.orelse.yields[at]} - {value}:
                yield from that_saved(given, function)


def note_what_is_held(units: list[Unit]) -> None:
    """Which parameters' arrays each pair saves, itself or through its calls."""
    changed = True
    while changed:
        changed = False
        for unit in units:
            held = held_by(unit.program)
            changed |= not held <= unit.holds
            unit.holds |= held


def needed_by(unit: Unit, function: Function) -> tuple[int, ...]:
    """The numbers of the parameters that calls of the backward part pass."""
    for each in (function, *(other.program for other in units_of(function))):
        for op in walk(each.block):
            if isinstance(op, Call) and op.is_backward and op.unit is unit:
                return tuple(k for k in range(len(unit.program.params)) if op.args[k] is not None)
    return ()


class Cut:
    """One pair.  `crossing`: what the forward part saves."""

    def __init__(self, unit: Unit, needed: tuple[int, ...], crossing: list[Value]) -> None:
        self.unit = unit
        self.function = unit.program
        self.crossing = crossing
        self.needed = needed
        self.saving = Saving(unit.user)

    def run(self) -> None:
        function = self.function
        before, handover, after = split(function)
        after = (*self.computed_again(before, after), *after)
        saves = bool(self.crossing)
        given: Arg = Const(None)
        if saves:
            before, given, after = self.saving.sunk(before, after, {value: value for value in self.crossing},
                                                           handover.results)
        results = handover.results
        versions = tuple(arg for arg in handover.args if isinstance(arg, Value) and arg.is_version)
        structure = len(results) if saves and not results else (function.structure, len(results)) if saves else \
            function.structure
        yields = (*results, *((given,) if saves else ()), *versions)
        whole = rename_block(replace(function.block, ops=before, yields=yields),
                             lambda arg: last_of(arg, self.saving.names))
        forward = replace(function, block=whole, structure=structure)
        params = (*(function.params[k] for k in self.needed), *((self.saving.saved,) if saves else ()),
                  *(out for out in handover.outs if not out.is_version))
        count = sum(not (isinstance(arg, Value) and arg.is_version) for arg in function.block.yields)
        block = Block(function.block.key, (), after, function.block.yields)
        defined = set(made_by(after)).union(*(made_inside(op) for op in after))
        entry = tuple(value for value in (*read_by(after), *versions_in(block.yields))
                      if value.is_version and value not in defined)
        backward = Function(function.name, params, block, 0 if count == 1 else tuple(range(count)), function.origin,
                            tuple(dict.fromkeys(entry)))
        self.unit.function, self.unit.backward = without_dead(forward), without_dead(backward)
        check_scopes(self.unit.function)
        check_scopes(self.unit.backward)

    def computed_again(self, before: Ops, after: Ops) -> list[Op]:
        """What the backward part reads and does not get, in the order of the forward part."""
        made = made_by(before)
        left, found = [*read_by(after)], set()
        while left:
            value = left.pop()
            op = made.get(value)
            if op is None or value in self.crossing or value.is_version or op in found:
                continue
            found.add(op)
            left += [arg for arg in operands(op) if isinstance(arg, Value)]
        return [op for op in before if op in found]


def versions_in(args: tuple[Arg, ...]) -> tuple[Value, ...]:
    return tuple(arg for arg in args if isinstance(arg, Value) and arg.is_version)
