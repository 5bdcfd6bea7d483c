"""The words that templates have for one operand of a sequence: its piece, its layer, its place.

before: `x_bar = part(z_bar, axis)` in a template, the operand at hand
after:  the operations that cut it out of the adjoint; for a list of any length, the list of all of them
"""
from __future__ import annotations

import functools
from typing import Any

from ..frontend.things import Thing
from ..ir.program import ZERO, Arg, Const, Prim, Step, Value
from ..ir.types import Array, Listing, NumpyScalar, Opaque, dims_of
from ..primitives import core
from ..primitives.operations import is_zeros
from ..primitives.primitive import REGISTRY
from ..primitives.results.sequences import own_axes
from ..primitives.sizes import is_settled
from .words import WHOLE, Words


class Pieces(Words):
    """Words for sequences."""

    def call_part(self, z: Any, axis: Any) -> Thing:
        """The piece of z that is the operand at hand; one of a lower rank is a single layer."""
        value = self.arg(z)
        kind = value.type
        assert isinstance(kind, Array)
        if not self.position:
            return self.pieces(value, self.siblings[0], self.static_value(axis))
        at, k = self.static_value(axis) % kind.ndim, self.position[0]
        sizes = [self.size_along(item, at, functools.partial(self.around.sized, item))
                 if len(dims_of(item.type)) == kind.ndim else Const(1) for item in self.siblings[:k + 1]]
        start = self.total(sizes[:-1]) if k else None
        own = dims_of(self.siblings[k].type)
        if len(own) < kind.ndim:
            return self.builder.getitem(value, Step("index", (*[WHOLE] * at, "i")), (start or Const(0),))
        stop = self.total(sizes) if k + 1 < len(self.siblings) else None
        step = Step("index", (*[WHOLE] * at, ("s", start is not None, stop is not None, False)))
        dims = (*kind.dims[:at], own[at], *kind.dims[at + 1:])
        return self.builder.prim(core.GETITEM, value, *(b for b in (start, stop) if b is not None),
                                 attrs={"step": Const(step)}, kind=Array(kind.dtype, dims))

    def pieces(self, value: Arg, whole: Arg, axis: int) -> Thing:
        """What was joined of a list of any length, as a list."""
        kind = whole.type
        assert isinstance(kind, Listing) and isinstance(kind.element, Array)
        rank = kind.element.ndim
        alike = is_settled(kind.element.dims[axis % rank])
        attrs: dict[str, Arg] = {} if axis % rank == 0 else {"axis": Const(axis)}
        where = self.builder.length(self.around.forward(whole)) if alike else self.builder.prim(
            core.CUTS, self.around.forward(whole), attrs=attrs, kind=Opaque("cuts"))
        attrs = {"indices_or_sections": where, **attrs}
        spelling = REGISTRY.by_name[core.SPLIT].idiom
        return self.builder.prim(core.SPLIT, value, attrs=attrs, kind=kind, spelling=spelling, positional=1)

    def total(self, sizes: list[Arg]) -> Arg:
        total = sizes[0]
        for size in sizes[1:]:
            known = [s.value for s in (total, size) if isinstance(s, Const)]
            total = Const(sum(known)) if len(known) == 2 else self.builder.prim(core.ADD, total, size)  # type: ignore[arg-type]
        return total

    def call_layer(self, z: Any, axis: Any) -> Thing:
        value = self.arg(z)
        if not self.position:  # the operands are the rows of one array
            at = self.static_value(axis) % len(dims_of(value.type))
            attrs: dict[str, Arg] = {"source": Const(at), "destination": Const(0)}
            return self.builder.prim(core.MOVEAXIS, value, attrs=attrs, positional=2) if at else value
        at = self.static_value(axis) % len(dims_of(value.type))
        return self.builder.getitem(value, Step("index", (*[WHOLE] * at, "i")), (Const(self.position[0]),))

    def call_item(self, z: Any, k: Any) -> Thing:
        """An item of a tuple; what it was made of, where that is known."""
        named = self.around.part(self.types[z.id], self.static_value(k)) if z.id in self.types else None
        return self.item_of(self.arg(z), self.static_value(k)) if named is None else named

    def item_of(self, value: Arg, at: int) -> Arg:
        made = self.builder.definition.get(value) if isinstance(value, Value) else None
        packed = isinstance(made, Prim) and made.primitive == core.PACK
        return made.args[at] if packed else self.builder.item(value, Const(at))  # type: ignore[union-attr]

    def call_is_zero(self, z: Any, k: Any) -> Thing:
        """True where an item of a tuple of adjoints is zero."""
        return Const(self.is_zero(self.item_of(self.arg(z), self.static_value(k))))

    def call_across(self, z: Any, indexing: Any) -> Thing:
        """Of a grid for each vector, that of the operand at hand, summed over the axes of the others."""
        value, count = self.item_of(self.arg(z), self.position[0]), len(self.siblings)
        if self.is_zero(value):
            return ZERO
        own = own_axes(count, self.static_value(indexing))[self.position[0]]
        axes = tuple(k for k in range(count) if k != own)
        attrs: dict[str, Arg] = {"axis": Const(axes if len(axes) > 1 else axes[0])} if axes else {}
        return self.builder.prim(core.SUM, value, attrs=attrs) if axes else value

    def is_zero(self, arg: Arg) -> bool:
        return arg == Const(None) or is_zeros(arg, self.builder.definition)

    def call_element(self, z: Any) -> Thing:
        value = self.arg(z)
        if not self.position or isinstance(value.type, NumpyScalar):
            return value
        return self.builder.getitem(value, Step("index", ("i",) * len(self.position)), tuple(map(Const, self.position)))
