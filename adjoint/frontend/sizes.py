"""Types of what lists hold."""
from __future__ import annotations

from ..ir.types import Number, Type


def unsized(kind: Type) -> Type:
    """A number's type without the size that it has here: the items differ."""
    return Number(kind.kind) if isinstance(kind, Number) else kind
