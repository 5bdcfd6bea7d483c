"""Operations whose results are typed already, made without a builder."""
from __future__ import annotations

from ..errors import Span
from ..ir.program import Arg, Const, Prim, Value
from ..ir.types import Items
from . import core
from .primitive import REGISTRY


def copying(out: Value, source: Arg, origin: Span | None) -> Prim:
    """The operation `out = source.copy()`."""
    return Prim((out,), origin, core.COPY, (source,), (), REGISTRY.by_name[core.COPY].idiom)


def packing(out: Value, items: tuple[Arg, ...], origin: Span | None) -> Prim:
    """The operation that makes a tuple, list, dict or record of its items."""
    kind = out.type
    assert isinstance(kind, Items), kind
    return Prim((out,), origin, core.PACK, items, (("kind", Const(kind.kind)), ("keys", Const(kind.keys))))
