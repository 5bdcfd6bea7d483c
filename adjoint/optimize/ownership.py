"""Which arrays may be updated in place (RULES O1-O4).

before: a program after `materialise`; an adjoint that grows is a new value each time
after:  the values whose statement may be printed as `x_bar += c`: the array they replace is fresh,
        and nothing else reads it
"""
from __future__ import annotations

from ..ir.program import Function, Value


def owned_values(function: Function) -> set[Value]:
    """The values that may take over the array of their first operand."""
    return set()
