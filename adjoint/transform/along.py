"""The words that templates have for places along an axis.

before: `x_at = along(x, index, axis)` in a template
after:  an array of indices for each axis of x
"""
from __future__ import annotations

import functools
from typing import Any

from ..frontend.things import Thing
from ..ir.program import Arg, Step
from ..ir.types import dims_of
from ..primitives import core
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

    def grid(self, name: str, source: Arg, k: int, rank: int) -> Arg:
        """0, 1, ... along one axis of an array, of size 1 along those behind it."""
        size = self.size_along(source, k, functools.partial(self.sized, name))
        numbers = self.builder.prim(core.ARANGE, size)
        step = Step("index", (WHOLE, *["n"] * (rank - 1 - k)))
        return numbers if k == rank - 1 else self.builder.getitem(numbers, step, ())
