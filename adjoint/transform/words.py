"""The words that templates have besides NumPy's and Python's.

before: a word with its arguments, in the rule of a template
after:  operations, or a constant where types alone decide

`expand(z, x, axis, keepdims)` gives a reduced value its axes back; `fit(z, x)` says that z broadcasts as
x does; `count(x, axis)` is how many elements make one of a reduction; `ndim`, `shape` and `size(x, axis)`
ask for sizes.  Of a sequence of operands, x is the one at hand: `part(z, axis)` is its piece of what was
joined, `layer(z, axis)` its layer of what was stacked, `element(z)` its place in nested tuples.
"""
from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..frontend.expressions import Expressions
from ..frontend.things import Thing
from ..ir.dims import Dim
from ..ir.program import Arg, Const, Step, Value
from ..ir.types import Array, Items, dims_of, dtype_of
from ..primitives import core
from ..primitives.primitive import REGISTRY
from ..primitives.results import axes_of
from ..primitives.results.products import contracted_axes

WHOLE, REVERSED = ("s", False, False, False), ("s", False, False, True)


@dataclass(frozen=True)
class Surroundings:
    """What a rule finds where it is used.

    `forward` gives an operand's value there, `items` the operands that a sequence holds.  `sized` gives something
    as large as an operand, `axis_of` an array and its axis of some size: what has a name already.  `varies`
    is False for an operand whose tangent is zero.  `part` gives an item of the result that has a name of its own.
    """

    forward: Callable[[Arg], Arg]
    items: Callable[[Arg], tuple[Arg, ...]]
    sized: Callable[[Arg], Arg]
    axis_of: Callable[[Dim], tuple[Value, int] | None]
    varies: Callable[[Arg], bool] = lambda arg: True
    part: Callable[[Arg, int], Arg | None] = lambda arg, k: None


class Words(Expressions):
    """What only templates can call: each `call_` method is a word."""

    types: dict[str, Arg]
    around: Surroundings
    get: Callable[[str], Arg]
    position: tuple[int, ...] = ()
    siblings: tuple[Arg, ...] = ()
    finite: tuple[str, ...] = ()

    def static_value(self, node: Any) -> Any:
        """The value of an expression that is known when the program is compiled."""
        known, value = self.constant_of(self.expr(node))
        assert known, node
        return value

    def type_source(self, node: Any) -> Arg:
        """An operand that is asked for its type only: it is not fetched."""
        return self.types[node.id]

    # ---- types and sizes

    def call_ndim(self, x: Any) -> Thing:
        return Const(len(dims_of(self.type_source(x).type)))

    def call_is_complex(self, x: Any) -> Thing:
        dtype = dtype_of(self.type_source(x).type)
        return Const(dtype is not None and dtype.kind == "c")

    def call_is_scalar(self, x: Any) -> Thing:
        return Const(not isinstance(self.type_source(x).type, Array))

    def call_is_whole(self, x: Any) -> Thing:
        """True where an operand is known to be 0, 1, 2, ..."""
        value = getattr(self.type_source(x), "value", None)
        return Const(isinstance(value, (int, float)) and value >= 0 and value == int(value))

    def call_is_negative(self, x: Any) -> Thing:
        """True where an operand is known to be less than 0."""
        value = getattr(self.type_source(x), "value", None)
        return Const(isinstance(value, (int, float)) and value < 0)

    def call_varies(self, x: Any) -> Thing:
        """False where a tangent is zero."""
        return Const(self.around.varies(self.type_source(x)))

    def call_is_square(self, x: Any) -> Thing:
        dims = dims_of(self.type_source(x).type)
        return Const(dims[0] == dims[1])

    def call_reaches(self, z: Any, x: Any) -> Thing:
        """True where a diagonal is as long as both axes of its matrix."""
        return Const(dims_of(self.type_source(z).type)[0] in dims_of(self.type_source(x).type))

    def call_is_constant(self, x: Any, value: Any) -> Thing:
        """True where an operand is this very number."""
        return Const(self.type_source(x) == Const(self.static_value(value)))

    def call_dtype(self, x: Any) -> Thing:
        """The dtype of an operand, as `dtype=` takes it."""
        dtype = dtype_of(self.type_source(x).type)
        assert dtype is not None
        return Const(float if dtype == np.float64 else dtype.type)

    def call_shape(self, x: Any) -> Thing:
        return self.builder.shape(self.sized(x.id))

    def sized(self, name: str) -> Arg:
        """An operand, or something of the same size that is cheaper to name."""
        return self.around.sized(self.types[name])

    def call_size(self, x: Any, axis: Any) -> Thing:
        source = self.type_source(x)
        return self.size_along(source, self.static_value(axis) % len(dims_of(source.type)), lambda: self.sized(x.id))

    def size_along(self, source: Arg, axis: int, value: Callable[[], Arg]) -> Arg:
        """The size of an axis: a constant, or asked of something that has a name."""
        dim = dims_of(source.type)[axis]
        if not dim.terms:
            return Const(dim.constant)
        if found := self.around.axis_of(dim):
            array, axis = found
        else:
            array = value()  # type: ignore[assignment]
        return self.builder.length(array) if axis == 0 else self.builder.item(self.builder.shape(array), Const(axis))

    def call_count(self, x: Any, axis: Any, less: Any = None) -> Thing:
        """How many elements of x make one element of a reduction over `axis`; so many less, where that is asked."""
        found = self.count(x, self.static_value(axis))
        known, value = self.constant_of(self.expr(less)) if less is not None else (True, 0)
        if known and value == 0:
            return found
        if known and isinstance(found, Const):
            return Const(found.value - value)  # type: ignore[operator]
        return self.builder.prim(core.SUBTRACT, found, self.arg(less))

    def count(self, x: Any, axis_value: object) -> Arg:
        source = self.type_source(x)
        dims = dims_of(source.type)
        axes = axes_of(axis_value, len(dims))
        if all(not dims[k].terms for k in axes):
            return Const(math.prod(dims[k].constant for k in axes))
        value = self.sized(x.id)
        named = isinstance(value, Const) or value.hint is not None
        if len(axes) == 1 and not named and (found := self.around.axis_of(dims[axes[0]])):
            return self.builder.item(self.builder.shape(found[0]), Const(found[1]))
        if len(axes) == len(dims):
            return self.builder.size(value)
        shape = self.builder.shape(value)
        sizes = [self.builder.item(shape, Const(k)) for k in axes]
        return functools.reduce(lambda a, b: self.builder.prim(core.MULTIPLY, a, b), sizes)

    # ---- broadcasting and order

    def call_expand(self, z: Any, x: Any, axis: Any, keepdims: Any) -> Thing:
        return self.builder.expand(self.arg(z), self.type_source(x), self.static_value(axis),
                                   self.static_value(keepdims))

    def call_fit(self, z: Any, x: Any) -> Thing:
        return self.arg(z)

    def call_mT(self, x: Any) -> Thing:
        value = self.arg(x)
        if isinstance(value.type, Array) and value.type.ndim == 2:
            return self.builder.prim(core.TRANSPOSE, value)
        return self.builder.prim(core.MATRIX_TRANSPOSE, value)

    def call_inverse(self, axes: Any) -> Thing:
        """The permutation that takes `axes` back."""
        order = self.static_value(axes)
        return Const(tuple(int(k) for k in np.argsort([k % len(order) for k in order])))

    def call_backwards(self, z: Any, axis: Any) -> Thing:
        """z with an axis in reverse order."""
        value, at = self.arg(z), self.static_value(axis)
        pattern = (*[WHOLE] * (at % len(dims_of(value.type))), REVERSED)
        return self.builder.getitem(value, Step("index", pattern), (Const(-1),))

    def call_opposite(self, shift: Any) -> Thing:
        """-shift, of one or of several."""
        known, value = self.constant_of(self.expr(shift))
        if known:
            return Const(tuple(-k for k in value) if isinstance(value, tuple) else -value)
        return self.builder.prim(core.NEGATIVE, self.arg(shift))

    def call_rise(self, way: Any, z: Any) -> Thing:
        """A vector as the first axis of what has the rank of z."""
        value, rank = self.arg(way), len(dims_of(self.type_source(z).type))
        return value if rank == 1 else self.builder.getitem(value, Step("index", (WHOLE, *["n"] * (rank - 1))), ())

    # ---- sums of copies

    def call_copies_summed(self, z: Any, x: Any, reps: Any) -> Thing:
        """The sum of the copies of x that `tile` laid side by side."""
        source, times = self.type_source(x), self.counts(self.get(reps.id))
        rank = len(dims_of(source.type))
        sizes = [self.size_along(source, k, functools.partial(self.sized, x.id)) for k in range(rank)]
        shape: list[Arg] = times[:-rank] if len(times) > rank else []
        gone = list(range(len(shape)))
        times = times[len(shape):]
        for k, size in enumerate(sizes):
            if k >= rank - len(times) and times[k - rank + len(times)] != Const(1):
                gone.append(len(shape))
                shape.append(times[k - rank + len(times)])
            shape.append(size)
        return self.summed(self.arg(z), shape, tuple(gone))

    def counts(self, reps: Arg) -> list[Arg]:
        if isinstance(reps, Const) and isinstance(reps.value, tuple):
            return [Const(k) for k in reps.value]
        if isinstance(reps.type, Items):
            return [self.builder.item(reps, Const(k)) for k in range(len(reps.type.items))]
        return [reps]

    def call_repeats_summed(self, z: Any, x: Any, repeats: Any, axis: Any) -> Thing:
        """The sum of the copies that `repeat` made of each element."""
        source, at = self.type_source(x), self.static_value(axis)
        rank, times = len(dims_of(source.type)), self.get(repeats.id)
        if at is None and rank != 1:
            flat = self.summed(self.arg(z), [self.builder.size(self.sized(x.id)), times], (1,))
            return self.builder.prim(core.RESHAPE, flat, self.builder.shape(self.sized(x.id)))
        at = (at or 0) % rank
        sizes = [self.size_along(source, k, functools.partial(self.sized, x.id)) for k in range(rank)]
        return self.summed(self.arg(z), [*sizes[:at + 1], times, *sizes[at + 1:]], (at + 1,))

    def summed(self, z: Arg, shape: list[Arg], axes: tuple[int, ...]) -> Arg:
        """z in another shape, summed over axes."""
        if not axes:
            return z
        constant = all(isinstance(size, Const) for size in shape)
        target = Const(tuple(s.value for s in shape)) if constant else self.builder.pack("tuple", tuple(shape))  # type: ignore[union-attr]
        split = self.builder.prim(core.RESHAPE, z, target)
        axis = Const(axes if len(axes) > 1 else axes[0])
        return self.builder.prim(core.SUM, split, attrs={"axis": axis})

    # ---- contractions

    def call_free(self, axes: Any, x: Any, y: Any, which: Any) -> Thing:
        """The axes of x (which = 0) or y (1) that are not summed over."""
        pair, ranks, k = self.contraction(axes, x, y, which)
        return Const(tuple(axis for axis in range(ranks[k]) if axis not in pair[k]))

    def call_untangled(self, share: Any, axes: Any, x: Any, y: Any, which: Any) -> Thing:
        """A contraction of z with the other operand, its axes in the order of this operand's own."""
        pair, ranks, k = self.contraction(axes, x, y, which)
        rest = [axis for axis in range(ranks[k]) if axis not in pair[k]]
        order = np.argsort([*rest, *(own for _, own in sorted(zip(pair[1 - k], pair[k])))])
        value = self.arg(share)
        if list(order) == list(range(ranks[k])):
            return value
        attrs = {"axes": Const(tuple(map(int, order)))}
        spelling = REGISTRY.by_name[core.TRANSPOSE].spelling
        return self.builder.prim(core.TRANSPOSE, value, attrs=attrs, spelling=spelling, positional=1)

    def contraction(self, axes: Any, x: Any, y: Any, which: Any) -> tuple[Any, tuple[int, int], int]:
        ranks = (len(dims_of(self.type_source(x).type)), len(dims_of(self.type_source(y).type)))
        return contracted_axes(self.static_value(axes), *ranks), ranks, self.static_value(which)
