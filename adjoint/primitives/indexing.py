"""Index patterns: what `x[...]` selects, and the type of the selection."""
from __future__ import annotations

from typing import Any

from ..ir.dims import Dim, Symbol, constant, of_symbol
from ..ir.program import Arg, Const, Prim, Step
from ..ir.types import Array, Number, NumpyScalar, Type
from .facts import Facts
from .results import NoResult


def is_index(kind: Type) -> bool:
    return (isinstance(kind, Number) and kind.kind == "int"
            or isinstance(kind, NumpyScalar) and kind.dtype.kind in "iu")


def step_of(op: Prim) -> Step:
    """How a `getitem` or `last_writes` selects."""
    step = op.attr("step")
    assert isinstance(step, Step)
    return step


def is_basic(step: Step) -> bool:
    """True where the selection is a view (or a scalar element): no index arrays, no masks."""
    return "a" not in step.pattern


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


def slice_dim(dim: Dim, part: tuple[object, ...], own: tuple[Arg, ...], facts: Facts) -> Dim:
    """The size of `axis[start:stop:step]`, affine where the bounds allow it."""
    bounds: list[Arg | None] = []
    rest = list(own)
    for given in part[1:]:
        bounds.append(rest.pop(0) if given else None)
    start, stop, step = (None if isinstance(b, Const) and b.value is None else b for b in bounds)
    if start is None and stop is None and (step is None or step == Const(-1)):
        return dim
    ints = all(b is None or isinstance(b, Const) for b in (start, stop, step))
    if ints and (step is None or step == Const(1)):
        low = start.value if isinstance(start, Const) else 0
        high = stop.value if isinstance(stop, Const) else None
        if type(low) is int and low >= 0 and (high is None or type(high) is int and high < 0):
            cut = low - (high or 0)
            return dim if cut == 0 else Dim(dim.terms, dim.constant - cut, True) if dim.terms \
                else constant(max(0, dim.constant - cut))
    return derived_dim(dim, (start, stop, step), facts)


def derived_dim(dim: Dim, bounds: tuple[Arg | None, ...], facts: Facts) -> Dim:
    """A size that is not affine: a symbol named by its expression, so that equals stay equal."""
    known: list[int | None] = []
    words = []
    for bound in bounds:
        size = None
        if bound is not None:
            size = bound.type.size if isinstance(bound.type, Number) else None
            if size is None:
                return facts.fresh_dim()
        words.append("" if size is None else str(size))
        sample = size.examples() if size is not None else ()
        known.append(sample[0] if len(sample) == 1 else None)
    complete = all((b is None) == (k is None) for b, k in zip(bounds, known))
    examples = tuple(len(range(n)[slice(*known)]) for n in dim.examples()) if complete else ()
    if not dim.terms and complete and examples and all(isinstance(b, Const) for b in bounds if b):
        return constant(examples[0])
    return of_symbol(Symbol(f"len({dim}[{':'.join(words)}])", examples, ("slice", dim, tuple(known))))


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
                arrays.append((facts.fresh_dim(),))
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
