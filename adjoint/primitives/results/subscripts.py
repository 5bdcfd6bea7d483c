"""Results of sums of products that are told by subscripts: "ij,jk->ik"."""
from __future__ import annotations

from typing import Any

import numpy as np

from ...ir.dims import ONE, Dim
from ...ir.program import Arg, Const
from ...ir.types import Type
from .call import Call, NoResult, of_dims
from .sequences import items_of

Subscripts = tuple[tuple[str, ...], str]


def subscripts_of(arg: Arg, ranks: tuple[int, ...]) -> Subscripts:
    """The letters of each operand, and those of the result.  Raises NoResult where they are not known or not simple."""
    text = arg.value if isinstance(arg, Const) else None
    if not isinstance(text, str):
        raise NoResult("the subscripts must be a constant string")
    left, arrow, right = text.replace(" ", "").partition("->")
    operands = tuple(left.split(","))
    if "." in text:
        raise NoResult("`...` in subscripts; write a letter for each axis")
    if any(len(set(letters)) < len(letters) for letters in operands):
        raise NoResult("a letter that stands twice in one operand; take np.diagonal or np.trace of it first")
    if tuple(map(len, operands)) != ranks:
        raise NoResult(f"the subscripts {text!r} do not fit operands of ranks {ranks}")
    every = "".join(operands)
    out = right if arrow else "".join(sorted(letter for letter in set(every) if every.count(letter) == 1))
    if len(set(out)) < len(out) or not set(out) <= set(every) or not every.isalpha() and every:
        raise NoResult(f"the subscripts {text!r}")
    return operands, out


def subscripted(call: Call) -> Type:
    """An axis for each letter of the result, as large as the operands that have the letter."""
    kinds = items_of(Call(call.primitive, call.args[1:], call.attrs, call.spelling, call.facts))
    operands, out = subscripts_of(call.args[0], tuple(kind.ndim for kind in kinds))
    if len(kinds) == 1 and len(out) == kinds[0].ndim:
        raise NoResult("subscripts that only turn one array give a view of it; write np.transpose(x, axes)")
    sizes: dict[str, Dim] = {}
    for letters, kind in zip(operands, kinds):
        for letter, dim in zip(letters, kind.dims):
            sizes[letter] = call.facts.broadcast_dim(sizes.get(letter, ONE), dim)
    dtype: np.dtype[Any] = np.result_type(*(kind.dtype for kind in kinds))
    return of_dims(dtype, tuple(sizes[letter] for letter in out))


RESULTS = (subscripted,)
