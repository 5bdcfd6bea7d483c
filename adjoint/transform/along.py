"""The words that templates have for places along an axis, and for what stands at its ends.

before: `x_at = along(x, index, axis)` in a template
after:  an array of indices for each axis of x
"""
from __future__ import annotations

import functools
from typing import Any

from ..frontend.things import Thing
from ..ir.program import Arg, Const, Step
from ..ir.types import Array, dims_of
from ..primitives import core
from ..primitives.results.places import widths_of
from .pieces import Pieces
from .words import WHOLE


class Along(Pieces):
    """Words for places along an axis."""

    def call_along(self, x: Any, index: Any, axis: Any) -> Thing:
        """The elements of x that `index` takes along an axis, as a tuple of arrays of indices."""
        source = self.type_source(x)
        rank = len(dims_of(source.type))
        at = self.static_value(axis) % rank
        return tuple(self.get(index.id) if k == at else self.grid(x.id, source, k, rank) for k in range(rank))

    def call_unpadded(self, z: Any, x: Any, pad_width: Any) -> Thing:
        """z without its border."""
        source, value = self.type_source(x), self.arg(z)
        pattern: list[object] = []
        bounds: list[Arg] = []
        kind = source.type
        assert isinstance(kind, Array)
        asked = self.builder.forward_value(self.get(pad_width.id))
        widths = widths_of(asked, kind.ndim, lambda arg, k: self.around.items(arg)[k])
        for k, (before, after) in enumerate(widths):
            start, after = self.around.forward(before), self.around.forward(after)
            stop = Const(-after.value) if isinstance(after, Const) else self.end(x, k, start)  # type: ignore[operator]
            given = [None if bound == Const(0) else bound for bound in (start, stop)]
            pattern.append(("s", given[0] is not None, given[1] is not None, False))
            bounds += [bound for bound in given if bound is not None]
        while pattern and pattern[-1] == WHOLE:
            pattern.pop()
        if not pattern:
            return value
        step = Const(Step("index", tuple(pattern)))
        return self.builder.prim(core.GETITEM, value, *bounds, attrs={"step": step}, kind=kind)

    def end(self, x: Any, k: int, before: Arg) -> Arg:
        """Where x ends along an axis, so many elements behind the start of its border."""
        size = self.size_along(self.type_source(x), k, functools.partial(self.sized, x.id))
        return size if before == Const(0) else self.builder.prim(core.ADD, before, size)

    def grid(self, name: str, source: Arg, k: int, rank: int) -> Arg:
        """0, 1, ... along one axis of an array, of size 1 along those behind it."""
        size = self.size_along(source, k, functools.partial(self.sized, name))
        numbers = self.builder.prim(core.ARANGE, size)
        step = Step("index", (WHOLE, *["n"] * (rank - 1 - k)))
        return numbers if k == rank - 1 else self.builder.getitem(numbers, step, ())
