"""Reverse mode: from a program to the program of its gradient.

before: a program with one scalar result
after:  the same operations, then the backward sweep; the results are the adjoints of `wrt`.  Forward
        values of inner blocks are named by `At`; there is no tape.

>>> def f(x):  # float
...     y = x * x
...     return y * x
%1:y = multiply(%0:x, %0:x)  : float
%2 = multiply(%1:y, %0:x)  : float
%3 = multiply(1.0, %0:x)  : float
%4 = multiply(1.0, %1:y)  : float
%5 = multiply(%3, %0:x)  : float
%6:x_bar = add(%4, %5)  : float
%7 = multiply(%3, %0:x)  : float
%8:x_bar = add(%6:x_bar, %7)  : float
yield %8:x_bar
"""
from __future__ import annotations

from dataclasses import dataclass

from ..analysis.activity import activity, check_differentiable
from ..errors import UnsupportedError
from ..ir.program import Alloc, Arg, Bind, Block, Const, Function, Load, Op, Value, View
from ..ir.traverse import with_blocks
from ..ir.types import Array, Items, Number, NumpyScalar, Type, is_scalar
from ..primitives import core
from ..primitives.build import finished
from ..primitives.facts import Facts
from ..primitives.fitting import AdjointBuilder
from ..primitives.indexing import taken
from .hoist import hoist
from .loops import Loops
from .units import make_pairs, versions_after, with_own_units


@dataclass(frozen=True)
class Target:
    """What a gradient returns: with respect to which parameters; the value or a seed too.

    `aux`: the function returns (number, anything), and the number is what is differentiated.
    `elementwise`: the cotangent is one for each element of the result.
    """

    wrt: tuple[int, ...]
    single: bool
    value: bool = False
    pullback: bool = False
    aux: bool = False
    elementwise: bool = False


def with_first_loads(block: Block) -> Block:
    """The block with a `Load` after every `Alloc`: the name of a value that became a buffer."""
    ops: list[Op] = []
    for op in block.ops:
        ops.append(with_blocks(op, with_first_loads))
        if isinstance(op, Alloc) and isinstance(op.arg, Value):
            handle, version = op.outs
            ops.append(Load((Value(op.arg.type, None),), op.origin, handle, version))
    return Block(block.key, block.params, tuple(ops), block.yields)


def with_locked_views(block: Block, definition: dict[Value, Op], shown: dict[Value, Value]) -> Block:
    """The block with the operations by which a load sees what it shows of an array, where nothing is written
    through that view: it is they that are reversed.  `shown`: the load, and what they give.
    """
    ops: list[Op] = []
    for op in block.ops:
        definition.update(dict.fromkeys(op.outs, op))
        if isinstance(op, Load):
            ops += seen(op, definition, shown)
        ops.append(with_blocks(op, lambda inner: with_locked_views(inner, definition, shown)))
    return Block(block.key, block.params, tuple(ops), block.yields)


def seen(load: Load, definition: dict[Value, Op], shown: dict[Value, Value]) -> list[Op]:
    path: list[View] = []
    handle = load.handle
    while isinstance(op := definition.get(handle), (View, Bind)):
        if isinstance(op, View):
            path.insert(0, op)
            handle = op.base
        else:
            handle = op.args[op.outs.index(handle)]  # type: ignore[assignment]
    if not any(view.step.locked for view in path):
        return []
    path = path[next(k for k, view in enumerate(path) if view.step.locked):]
    whole = Value(path[0].base.type, None)
    ops: list[Op] = [Load((whole,), load.origin, path[0].base, load.version)]
    for view in path:
        out = Value(view.outs[0].type, None)
        ops.append(taken(view, whole, out, view.operands))
        whole = out
    shown[load.outs[0]] = whole
    return ops


def reverse(function: Function, target: Target, facts: Facts) -> Function:
    """The gradient of `function`.

    Raises UnsupportedError where the result is not one real number, or an argument has no derivative.
    """
    shown: dict[Value, Value] = {}
    function = with_own_units(function, lambda block: with_locked_views(with_first_loads(hoist(block)), {}, shown))
    block = function.block
    wrt = [function.params[k] for k in target.wrt]
    for param in wrt:
        check_differentiable(str(param.hint), param.type, function.origin)
    active = activity(block, wrt)
    builder = AdjointBuilder(facts, list(block.ops), versions_after(block), function.origin)
    sweep = Loops(builder, block, active)
    sweep.shown = shown
    for param in function.params:
        sweep.home[param] = block.key
        if isinstance(param.type, Array):
            sweep.lend(param)
    params = function.params
    if target.pullback:
        params = (*params, *seed_all(sweep, function, block))
    else:
        seed_one(sweep, function, block, target)
    if target.value or target.pullback:
        name_values(block, facts, target.aux)
    sweep.ops(block.ops)
    builder.origin = function.origin
    results = [python_number(sweep, sweep.whole_adjoint(param), param.type) for param in wrt]
    leaves: list[Arg] = []
    structure: object = tuple(flatten(sweep, bar, leaves) for bar in results)
    if target.single:
        structure = structure[0]  # type: ignore[index]
    if target.value or target.pullback:
        structure = (appended(function.structure, block, leaves), structure)
    elif target.aux:
        structure = (structure, appended(function.structure[1], block, leaves))  # type: ignore[index]
    made = finished(block.key, builder.ops, (), tuple(leaves))
    make_pairs(function, active, facts, shown)
    return Function(function.name, params, made, structure, function.origin)


def name_values(block: Block, facts: Facts, aux: bool) -> None:
    single = aux or len(block.yields) == 1
    for k, arg in enumerate(block.yields):
        facts.suggest(arg, "value" if single and k == 0 else "aux" if aux else f"value{k}")


def appended(structure: object, block: Block, leaves: list[Arg]) -> object:
    """Adds the results of a structure to `leaves`; the structure with their numbers there."""
    if isinstance(structure, tuple):
        return tuple(appended(item, block, leaves) for item in structure)
    assert isinstance(structure, int)
    leaves.append(block.yields[structure])
    return len(leaves) - 1


def seed_one(sweep: Loops, function: Function, block: Block, target: Target) -> None:
    place = function.structure
    if target.aux:
        if not isinstance(place, tuple) or len(place) != 2:
            raise UnsupportedError("the function does not return two values", function.origin,
                                   "with has_aux=True it returns (number, anything)")
        place = place[0]
    if not isinstance(place, int):
        raise UnsupportedError("the function returns more than one value", function.origin,
                               "return one number, use has_aux=True for (number, anything), or use vjp")
    result = block.yields[place]
    if target.elementwise and isinstance(result.type, Array):
        sweep.contribute(result, Const(1.0))
        return
    if not is_scalar(result.type) and not (isinstance(result.type, Array) and result.type.ndim == 0):
        raise UnsupportedError(f"the function returns {result.type}, not one number", function.origin,
                               "sum it, or use vjp")
    if isinstance(result, Value):
        sweep.contribute(result, Const(1.0))


def seed_all(sweep: Loops, function: Function, block: Block) -> tuple[Value, ...]:
    """The cotangent parameter: of the structure of what the function returns."""
    def kind_of(structure: object) -> Type:
        if isinstance(structure, tuple):
            return Items("tuple", tuple(map(kind_of, structure)))
        assert isinstance(structure, int)
        return block.yields[structure].type

    def seed(structure: object, bar: Arg) -> None:
        if isinstance(structure, tuple):
            for k, inner in enumerate(structure):
                seed(inner, sweep.builder.item(bar, Const(k)))
        else:
            assert isinstance(structure, int)
            sweep.contribute(block.yields[structure], bar)

    out_bar = Value(kind_of(function.structure), "out_bar")
    seed(function.structure, out_bar)
    return (out_bar,)


def python_number(sweep: Loops, bar: Arg, kind: Type) -> Arg:
    """A Python float has a Python float for its adjoint; NumPy's float64 is one."""
    is_float = isinstance(bar.type, Number) or isinstance(bar.type, NumpyScalar) and bar.type.dtype == float
    if isinstance(kind, Number) and kind.kind == "float" and not is_float:
        return sweep.builder.prim(core.TO_FLOAT, bar, hint=bar.hint if isinstance(bar, Value) else None)
    return bar


def flatten(sweep: Loops, bar: Arg, leaves: list[Arg]) -> object:
    leaves.append(bar)
    return len(leaves) - 1
