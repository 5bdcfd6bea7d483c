"""Operations whose results are typed already, made without a builder."""
from __future__ import annotations

from collections.abc import Mapping

from ..errors import Span
from ..ir.program import ZERO, Arg, Const, Op, Prim, Value
from ..ir.types import Items
from . import core
from .primitive import REGISTRY


def copying(out: Value, source: Arg, origin: Span | None) -> Prim:
    """The operation `out = source.copy()`."""
    return Prim((out,), origin, core.COPY, (source,), (), REGISTRY.by_name[core.COPY].idiom)


def is_zeros(arg: Arg, definition: Mapping[Arg, Op] | Mapping[Value, Op]) -> bool:
    """True for the number zero, and for an array made of zeros."""
    made = definition.get(arg)  # type: ignore[arg-type]
    return arg == ZERO or isinstance(made, Prim) and made.primitive == core.ZEROS_LIKE


def packing(out: Value, items: tuple[Arg, ...], origin: Span | None) -> Prim:
    """The operation that makes a tuple, list, dict or record of its items."""
    kind = out.type
    assert isinstance(kind, Items), kind
    return Prim((out,), origin, core.PACK, items, (("kind", Const(kind.kind)), ("keys", Const(kind.keys))))
