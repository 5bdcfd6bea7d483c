"""The passes, in order, and nothing else."""
from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .emit.backend import Backend
from .emit.text import Emitted, Heading, emit
from .emit.units import Survives
from .frontend.read import NOTHING_SHOWN, Reading, Shown, read_function
from .frontend.things import Session
from .ir.calls import units_of, users_own
from .ir.program import Function, Value
from .ir.traverse import defined_in
from .ir.types import Type
from .materialise.materialise import materialise
from .materialise.pairs import cut_pairs
from .materialise.plan import Options
from .optimize.chains import chained
from .optimize.dead import without_dead
from .optimize.fold import fold
from .optimize.needless import without_needless
from .optimize.ownership import owned_values
from .optimize.returns import detached
from .optimize.stores import fuse_stores
from .optimize.sums import summed_late
from .optimize.turn import turned
from .primitives.facts import Facts
from .transform.forward import Direction, forward
from .transform.reverse import Target, reverse

Step = Target | Direction
Watch = Callable[[str, Function], None]
SIMPLIFY = ("dead", "fold", "turn", "stores", "fold", "dead", "chains")
PASSES = ("read", "transform", *dict.fromkeys(SIMPLIFY), "detach", "sums", "materialise")


@dataclass(frozen=True)
class Settings:
    """What a compile is asked for besides its steps."""

    backend: Backend
    plan: Options = Options()
    in_place: bool = True


def read(function: types.FunctionType, kinds: dict[str, Type], constants: dict[str, object],
         caller: Session | None = None, shown: Shown = NOTHING_SHOWN) -> Reading:
    return read_function(function, kinds, constants, caller, shown)


def differentiate(reading: Reading, steps: tuple[Step, ...], watch: Watch) -> Function:
    """The derivative program: each step transforms and simplifies the one before."""
    program = reading.function
    watch("read", program)
    kept: set[Value] = defined_in(program.block) | set(program.params)
    for step in steps:
        if isinstance(step, Direction):
            program = forward(program, step, reading.facts)
        else:
            program = reverse(program, step, reading.facts)
        watch("transform", program)
        units = units_of(program)
        for name in SIMPLIFY:
            for unit in units:
                unit.function = simplified(name, unit.program, reading.facts, unit.kept)
            program = simplified(name, program, reading.facts, kept)
            watch(name, program)
    program = without_needless(program)
    program = detached(program, reading.facts.hints)
    watch("detach", program)
    return program


def simplified(name: str, program: Function, facts: Facts, kept: set[Value]) -> Function:
    """One pass of the simplification; the operations in `kept` (the user's own) stay as written."""
    match name:
        case "dead":
            return without_dead(program)
        case "fold":
            return fold(program, facts, kept)
        case "turn":
            return turned(program, facts)
        case "stores":
            return fuse_stores(program, facts, kept)
        case "chains":
            return chained(program, facts, kept)
    raise ValueError(name)


def nothing_owned(function: Function, survives: Survives) -> dict[Value, set[Value]]:
    return {}


def compile_program(reading: Reading, steps: tuple[Step, ...], settings: Settings, heading: Heading,
                    aliases: dict[str, str], taken: set[str], watch: Watch = lambda name, program: None) -> Emitted:
    """From a read function to the text of its derivative."""
    program = differentiate(reading, steps, watch)
    user = users_own(reading.function.block, reading.function.params)
    if settings.plan.late_sums:
        program = summed_late(program, reading.facts, user)
        watch("sums", program)
    for unit in units_of(program):
        unit.function = materialise(unit.program, settings.plan, reading.facts.hints)
    program = materialise(program, settings.plan, reading.facts.hints)
    program = cut_pairs(program)
    watch("materialise", program)
    owned = partial(owned_values, facts=reading.facts) if settings.in_place else nothing_owned
    return emit(program, user, owned, settings.backend, heading, aliases, taken, reading.facts.hints,
                settings.plan.unsafe_reference)
