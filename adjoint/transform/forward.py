"""Forward mode: from a program to the program of its derivative along a direction.

before: a program
after:  the same operations, a tangent beside each; the results are (results, tangents)
"""
from __future__ import annotations

from dataclasses import dataclass

from ..errors import LaterError
from ..ir.program import Function
from ..primitives.facts import Facts


@dataclass(frozen=True)
class Direction:
    """A forward derivative: with respect to which parameters."""

    wrt: tuple[int, ...]


def forward(function: Function, direction: Direction, facts: Facts) -> Function:
    raise LaterError("forward mode", function.origin)
