"""Results of sums of products that are told by subscripts: "ij,jk->ik"."""
from __future__ import annotations

from typing import Any

import numpy as np

from ...ir.dims import Dim
from ...ir.program import Arg, Const
from ...ir.types import Type
from .call import Call, NoResult, of_dims
from .sequences import items_of

Subscripts = tuple[tuple[str, ...], str]
REST = "."  # stands for `...` among the letters


def subscripts_of(arg: Arg, ranks: tuple[int, ...]) -> Subscripts:
    """The letters of each operand, and those of the result.  Raises NoResult where they are not known or not simple."""
    text = arg.value if isinstance(arg, Const) else None
    if not isinstance(text, str):
        raise NoResult("the subscripts must be a constant string")
    left, arrow, right = text.replace(" ", "").replace("...", REST).partition("->")
    operands, every = tuple(left.split(",")), left.replace(",", "")
    if any(len(set(letters)) < len(letters) for letters in operands):
        raise NoResult("a letter that stands twice in one operand; take np.diagonal or np.trace of it first")
    if any(REST in letters[1:] for letters in (*operands, right)):
        raise NoResult("`...` that does not come first; move the axes")
    fits = [rank >= len(letters) - 1 if REST in letters else rank == len(letters)
            for letters, rank in zip(operands, ranks)]
    if len(operands) != len(ranks) or not all(fits):
        raise NoResult(f"the subscripts {text!r} do not fit operands of ranks {ranks}")
    once = "".join(sorted(letter for letter in set(every) - {REST} if every.count(letter) == 1))
    out = right if arrow else REST * (REST in every) + once
    plain = every.replace(REST, "a")
    if len(set(out)) < len(out) or not set(out) <= set(every) or (REST in every) != (REST in out) or \
            not plain.isalpha() and plain:
        raise NoResult(f"the subscripts {text!r}")
    return operands, out


def axes_by_letter(letters: str, dims: tuple[Dim, ...]) -> dict[str, tuple[Dim, ...]]:
    """The sizes that letters stand for: one, or those of the axes that `...` leaves out."""
    named = letters.removeprefix(REST)
    rest = len(dims) - len(named)
    found: dict[str, tuple[Dim, ...]] = {letter: (dim,) for letter, dim in zip(named, dims[rest:])}
    return found if named == letters else found | {REST: dims[:rest]}


def subscripted(call: Call) -> Type:
    """An axis for each letter of the result, as large as the operands that have the letter."""
    kinds = items_of(Call(call.primitive, call.args[1:], call.attrs, call.spelling, call.facts))
    operands, out = subscripts_of(call.args[0], tuple(kind.ndim for kind in kinds))
    if len(kinds) == 1 and len(out) == len(operands[0]):
        raise NoResult("subscripts that only turn one array give a view of it; write np.transpose(x, axes)")
    sizes: dict[str, tuple[Dim, ...]] = {}
    for letters, kind in zip(operands, kinds):
        for letter, dims in axes_by_letter(letters, kind.dims).items():
            sizes[letter] = call.facts.broadcast(sizes.get(letter, ()), dims)
    dtype: np.dtype[Any] = np.result_type(*(kind.dtype for kind in kinds))
    return of_dims(dtype, tuple(dim for letter in out for dim in sizes[letter]))


RESULTS = (subscripted,)
