"""The type of a primitive's result: one rule per name that templates use in `result=`."""
from __future__ import annotations

from collections.abc import Callable

from ...ir.types import Type
from . import elements, making, moving, places, products, reductions, sequences, subscripts
from .call import OPERATORS, Call, NoResult, NotConstant
from .reductions import axes_of

__all__ = ["BROADCAST", "JOINS", "OPERATORS", "RULES", "Call", "NoResult", "NotConstant", "axes_of"]

MODULES = (elements, reductions, products, making, moving, sequences, places, subscripts)
RULES: dict[str, Callable[[Call], Type]] = {
    rule.__name__: rule for module in MODULES for rule in module.RESULTS}

# Rules of primitives whose templates take an adjoint that is smaller than the result, by broadcasting.
BROADCAST = (reductions.reduced, elements.same, elements.converted, elements.real, reductions.rows_reduced,
             products.normed, products.of_matrices)
# Rules that take a list of any length as it is, its arrays of unlike sizes; others take the array of its rows.
JOINS = (sequences.joined, sequences.joined_horizontally)
