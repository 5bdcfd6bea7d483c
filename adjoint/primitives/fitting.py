"""Builds operations that give an adjoint or a tangent the size and dtype of its primal.

before: `z`, of the size that a formula gave it
after:  `z` summed over the axes that were broadcast, filled, or cast
"""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..ir.program import ZERO, Arg, Const, Value
from ..ir.types import Array, Number, NumpyScalar, Type, dims_of, is_partial
from . import core
from .build import Builder


class AdjointBuilder(Builder):
    """What derivative programs are built with."""

    def fit(self, z: Arg, logical: Type, kind: Type, like: Callable[[], Arg], whole: Callable[[], Arg]) -> Arg:
        """`z` summed over the axes along which a value of type `kind` was broadcast; its dtype too.

        `z` stands for an array of the type `logical`, and may be smaller by broadcasting.  `like`
        gives the value itself, `whole` an array of the logical size, where a size must be asked for.
        """
        dims, to_dims = dims_of(logical), dims_of(kind)
        lead = len(dims) - len(to_dims)
        ones, unsure = [], is_partial(kind)
        for k, (a, b) in enumerate(zip(dims[max(lead, 0):], to_dims)):
            if a == b or a.is_one:
                continue
            if b.is_one:
                ones.append(k + lead)
            elif not self.facts.are_equal(a, b) and not self.facts.same_size(a, b):
                unsure = True
        if unsure or lead > 0 or ones:
            z = self.filled(z, logical, whole)
        if unsure:
            dtype = z.type.dtype if isinstance(z.type, Array) else np.dtype(float)
            return self.cast(self.prim(core.UNBROADCAST, z, like(), kind=Array(dtype, to_dims)), kind)
        if lead > 0:
            z = self._sum(z, tuple(range(lead)), False)
        if ones:
            z = self._sum(z, tuple(k - lead for k in ones), True)
        return self.cast(z, kind)

    def _sum(self, z: Arg, axes: tuple[int, ...], keepdims: bool) -> Value:
        rank = z.type.ndim if isinstance(z.type, Array) else 0
        attrs: dict[str, Arg] = {}
        if len(axes) < rank or keepdims:
            attrs["axis"] = Const(axes if len(axes) > 1 else axes[0])
        if keepdims:
            attrs["keepdims"] = Const(True)
        return self.prim(core.SUM, z, attrs=attrs)

    def cast(self, z: Arg, kind: Type) -> Arg:
        """`z` in the dtype that the adjoint of a value of this type has."""
        have, want = z.type, kind
        if isinstance(have, Number) and have.kind != "complex" or isinstance(want, Number) and want.kind == "complex":
            return z
        have_dtype = have.dtype if isinstance(have, (Array, NumpyScalar)) else None
        want_dtype = want.dtype if isinstance(want, (Array, NumpyScalar)) else None
        complex_have = isinstance(have, Number) or have_dtype is not None and have_dtype.kind == "c"
        if complex_have and (want_dtype is None or want_dtype.kind != "c"):
            z = self.prim(core.REAL, z)
            have_dtype = z.type.dtype if isinstance(z.type, (Array, NumpyScalar)) else None
        if want_dtype is not None and have_dtype is not None and have_dtype != want_dtype:
            return self.prim(core.ASTYPE, z, Const(want_dtype.type))
        return z

    def is_full(self, z: Arg, kind: Type) -> bool:
        """True where `z` is surely as large as a value of this type."""
        if not isinstance(kind, Array):
            return True
        return isinstance(z.type, Array) and not z.type.partial and self.facts.covers(z.type.dims, kind.dims)

    def filled(self, z: Arg, kind: Type, like: Callable[[], Arg]) -> Arg:
        """`z` at the full size of a value of this type; `like` gives an array of that size."""
        if self.is_full(z, kind):
            return z
        if z in (ZERO, Const(1.0)):
            return self.prim(core.ZEROS_LIKE if z == ZERO else core.ONES_LIKE, like())
        return self.prim(core.FULL_LIKE, like(), z)
