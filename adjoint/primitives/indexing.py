"""Index patterns: what `x[...]` selects, and the type of the selection."""
from __future__ import annotations

from typing import Any

from ..ir.dims import Dim, constant
from ..ir.program import Arg, Const, Op, Prim, Step, Value, View
from ..ir.types import Array, Number, NumpyScalar, Type, dims_of
from . import core
from .facts import Facts
from .results.call import NoResult
from .sizes import slice_dim

Axes = tuple[tuple[object, tuple[Arg, ...]], ...]


def is_index(kind: Type) -> bool:
    return (isinstance(kind, Number) and kind.kind == "int"
            or isinstance(kind, NumpyScalar) and kind.dtype.kind in "iu")


def step_of(op: Prim) -> Step:
    """How a `getitem` or `last_writes` selects."""
    step = op.attr("step")
    assert isinstance(step, Step)
    return step


def taken(view: View, array: Arg, out: Value, operands: tuple[Arg, ...]) -> Prim:
    """The operation that takes the same view of a plain array."""
    step = view.step
    if step.kind == "index":
        return Prim((out,), view.origin, core.GETITEM, (array, *operands), (("step", Const(step)),))
    own = len(operands) - len(step.names)
    return Prim((out,), view.origin, step.kind, (array, *operands[:own]), tuple(zip(step.names, operands[own:])),
                step.spelling, step.positional)


def is_basic(step: Step) -> bool:
    """True where the selection is a view (or a scalar element): no index arrays, no masks."""
    return "a" not in step.pattern


def is_mask(view: Op) -> bool:
    """True where one mask selects single elements."""
    if not isinstance(view, View) or view.step.pattern != ("a",):
        return False
    index = view.operands[0].type
    return isinstance(index, Array) and index.dtype.kind == "b" and index.ndim == len(dims_of(view.base.type))


def is_element(step: Step, kind: Type) -> bool:
    """True where the selection from an array of this type is one element."""
    return isinstance(kind, Array) and list(step.pattern) == ["i"] * kind.ndim


def is_whole(step: Step) -> bool:
    """True where nothing is selected or moved, but for new axes."""
    return all(part == "n" or part == "e" or part == ("s", False, False, False) for part in step.pattern)


def expanded(pattern: tuple[object, ...], operands: tuple[Arg, ...], rank: int) -> list[tuple[Any, tuple[Arg, ...]]]:
    """The pattern with its operands, `...` written out, one entry per axis or new axis."""
    parts, at, used = [], 0, 0
    for part in pattern:
        count = sum(part[1:]) if isinstance(part, tuple) else int(part in ("i", "a"))
        own = operands[at:at + count]
        at += count
        parts.append((part, own))
        index = own[0].type if part == "a" else None
        if isinstance(index, Array) and index.dtype.kind == "b":
            used += max(index.ndim, 1)
        else:
            used += part not in ("n", "e")
    if used > rank:
        raise NoResult(f"too many indices for an array of rank {rank}")
    rest = [(("s", False, False, False), ())] * (rank - used)
    places = [k for k, (part, _) in enumerate(parts) if part == "e"]
    if len(places) > 1:
        raise NoResult("an index can have only one `...`")
    at = places[0] if places else len(parts)
    return [*parts[:at], *rest, *parts[at + len(places):]]


def axes_of_view(axes: Axes, step: Step, operands: tuple[Arg, ...], rank: int) -> Axes:
    """The strides of a view of this rank, from those of its base: of which axis, by which steps."""
    if step.kind == core.TRANSPOSE and not step.names:
        return axes[::-1]
    if step.kind != "index":
        return tuple((object(), ()) for _ in range(rank))
    found: list[tuple[object, tuple[Arg, ...]]] = []
    rest = iter(axes)
    for part, own in expanded(step.pattern, operands, len(axes)):
        axis, steps = (object(), ()) if part == "n" else next(rest)
        if isinstance(part, tuple):
            found.append((axis, (*steps, own[-1]) if part[3] and own[-1] != Const(1) else steps))
        elif part == "n":
            found.append((axis, steps))
    return tuple(found)


def turns(steps: tuple[Arg, ...]) -> bool | None:
    """Whether steps along an axis turn its direction; None where that is not known."""
    known = [step.value for step in steps if isinstance(step, Const) and isinstance(step.value, int)]
    return sum(step < 0 for step in known) % 2 == 1 if len(known) == len(steps) else None


def selected(kind: Array, step: Step, operands: tuple[Arg, ...], facts: Facts) -> Type:
    """The type of `x[...]`.  Raises NoResult where the index does not fit."""
    parts = expanded(step.pattern, operands, kind.ndim)
    dims: list[Dim] = []
    arrays: list[tuple[Dim, ...]] = []
    places: list[int] = []
    axis = 0
    for k, (part, own) in enumerate(parts):
        if part == "n":
            dims.append(constant(1))
        elif part == "a" or part == "i" and not is_basic(step):
            index = own[0].type
            if isinstance(index, Array) and index.dtype.kind == "b":
                arrays.append((facts.size_once(own[0]),))
                axis += index.ndim - 1
            else:
                arrays.append(index.dims if isinstance(index, Array) else ())
            places.append(k if not places or places[-1] in (k - 1, -1) else -1)
            if len(places) == 1:
                first = len(dims)
            axis += 1
        elif part == "i":
            axis += 1
        else:
            dims.append(slice_dim(kind.dims[axis], part, own, facts))
            axis += 1
    if arrays:
        at = 0 if -1 in places else first
        dims[at:at] = facts.broadcast(*arrays)
    if not dims and list(step.pattern).count("e") == 0:
        return NumpyScalar(kind.dtype)
    return Array(kind.dtype, tuple(dims))
