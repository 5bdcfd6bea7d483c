"""Sizes that are the same everywhere, and those that belong to one trip of a loop."""
from __future__ import annotations

from ..ir.dims import EACH, Symbol
from ..ir.types import Number, Type


def is_global(symbol: Symbol) -> bool:
    """True for a size that is the same everywhere: an axis of one parameter, or what follows from such."""
    if not symbol.source:
        return False
    if symbol.source[0] == "slice":
        return all(is_global(inner) for inner, _ in symbol.source[1].terms)  # type: ignore[attr-defined]
    if symbol.source[0] == "derived":
        return all(is_global(inner) for dim in symbol.source[2] for inner, _ in dim.terms)  # type: ignore[attr-defined]
    if symbol.source[0] == "trip":
        return False
    return EACH not in symbol.source[1]  # type: ignore[operator]


def unsized(kind: Type) -> Type:
    """A number's type without the size that it has here: the items differ."""
    return Number(kind.kind) if isinstance(kind, Number) else kind
