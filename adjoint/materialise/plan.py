"""Decides, for each forward value that the backward sweep needs, whether it is saved or computed again.

The base plan saves leaves (what the user named, carried values, loads, dear operations) and computes
again what lies between them.  Cheaper plans are upgrades of it.

before: a value that the backward sweep needs, what it is computed from
after:  whether it is computed again, or saved

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         y = np.exp(x)
...         x = y + x
...     return x
y = np.exp(x)
y_saved.append(y)
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.program import Bind, Const, Load, Op, Prim, Storage, Unpack, Value, View
from ..ir.traverse import operands
from ..ir.types import Array, Number
from ..primitives import core
from ..primitives.indexing import is_basic, step_of
from ..primitives.primitive import REGISTRY
from .survey import Survey

SQUARE = (Const(2), Const(2.0))
FREE = (core.ITEM, core.PACK, core.LISTED, core.AS_ROWS, core.ROWS, core.KEY, core.ENTRY, core.RANGE_LENGTH,
        core.SHORTEST, *core.SIZES)


@dataclass(frozen=True)
class Options:
    """Which upgrades of the base plan are on.

    `unsafe_reference` saves everything by reference, and prints no copies: wrong, to test the version checker.
    """

    reference: bool = True
    cut: bool = True
    undo: bool = True
    chain: bool = True
    entry: bool = True
    last_trip: bool = True
    late_sums: bool = True
    together: bool = True
    unsafe_reference: bool = False


BASE = Options(False, False, False, False, False, False, False, False)


@dataclass
class Plan:
    """`recomputed`: values to compute again; all others that are needed are saved.

    `undone`: storages whose writes are put back; `saved_loads`: loads of them that must be saved all the same.
    `hints`: names for values that have none.  `pair`: the program will be cut, and what is saved in a branch costs.
    """

    options: Options
    recomputed: set[Value] = field(default_factory=set)
    undone: set[Storage] = field(default_factory=set)
    saved_loads: set[Value] = field(default_factory=set)
    hints: dict[Value, str] = field(default_factory=dict)
    pair: bool = False

    def name_of(self, value: Value) -> str | None:
        return value.hint or self.hints.get(value)


def is_count(op: Op | None) -> bool:
    """True for what counts or tests, at next to no cost."""
    kind = op.outs[0].type if isinstance(op, Prim) else None
    return isinstance(kind, Number) and kind.kind in ("int", "bool") and cost_of(op) == "cheap"


def is_free(op: Op | None, survey: Survey) -> bool:
    """True where computing again costs next to nothing and needs no more than what is at hand."""
    match op:
        case Unpack() | View():
            return True
        case Bind():
            return True
        case Load():
            return survey.can_reload(op)
        case Prim():
            if op.primitive == core.GETITEM:
                return is_basic(step_of(op))
            return op.primitive in FREE or op.primitive == core.TRANSPOSE
    return False


def cost_of(op: Op | None) -> str:
    """cheap, dear or never: what it costs to compute an operation again."""
    if isinstance(op, Prim):
        if op.primitive == core.POWER and op.args[1] in SQUARE:
            return "cheap"
        primitive = REGISTRY.by_name.get(op.primitive)
        return primitive.cost if primitive is not None else "dear" if op.primitive in core.LISTS else "cheap"
    return "cheap" if isinstance(op, (Bind, Unpack, View)) else "never"


def is_recomputed(value: Value, survey: Survey, plan: Plan) -> bool:
    """True where the plan computes `value` again."""
    op = survey.definition.get(value)
    if not isinstance(op, (Prim, Bind, Unpack, View, Load)):
        return False
    if isinstance(op, View) or value.is_handle or value in survey.entry:
        return True
    if plan.pair and not survey.regions[survey.home[value]].in_loop:
        if is_count(op) or is_short(value, survey) and is_of_parameters(value, survey):
            return True
    if plan.options.cut:
        return value in plan.recomputed or not survey.regions[survey.home[value]].in_loop and is_free(op, survey)
    if is_free(op, survey):
        return True
    if isinstance(op, Bind):
        return True
    return isinstance(op, Prim) and not value.user and cost_of(op) == "cheap"


def is_short(value: Value, survey: Survey, depth: int = 1) -> bool:
    """True where an unnamed value is at most one cheap operation away from what has a name."""
    op = survey.definition.get(value)
    if op is None or value.user or not isinstance(op, (Prim, View, Bind)) or cost_of(op) != "cheap":
        return False
    if isinstance(op, Prim) and op.primitive == core.GETITEM and not is_free(op, survey):
        return False
    own = 0 if is_free(op, survey) else 1
    if own > depth:
        return False
    return all(is_named(arg, survey, depth - own) for arg in operands(op) if isinstance(arg, Value))


def is_of_parameters(value: Value, survey: Survey) -> bool:
    """True for what is computed from parameters and constants alone."""
    op = survey.definition.get(value)
    if op is None:
        return value not in survey.loops
    return not isinstance(op, Load) and all(is_of_parameters(arg, survey) for arg in operands(op)
                                            if isinstance(arg, Value))


def is_named(value: Value, survey: Survey, depth: int) -> bool:
    op = survey.definition.get(value)
    if op is None or value.user or not isinstance(op, (Prim, View, Bind, Load)):
        return True
    if isinstance(op, Load):
        return survey.can_reload(op)
    return cost_of(op) != "cheap" or is_short(value, survey, depth)


def weight(value: Value) -> int:
    """What saving a value once costs, in units of which a scalar is 4."""
    return 4 if not isinstance(value.type, Array) else 100
