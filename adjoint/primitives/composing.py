"""Views of views: `x[1:][0]` is x[1], `x[i][j]` is x[i, j]."""
from __future__ import annotations

from ..ir.program import Arg, Const, Step
from .indexing import expanded

WHOLE = ("s", False, False, False)
Part = tuple[object, tuple[Arg, ...]]
Bounds = tuple[int | None, int | None, int | None]


def composed(first: Step, operands: tuple[Arg, ...], rank: int, second: Step,
             others: tuple[Arg, ...]) -> tuple[Step, tuple[Arg, ...]] | None:
    """One selection for two, of an array of this rank; None where it takes more than constants to say which."""
    outer = expanded(first.pattern, operands, rank)
    if any(part == "a" for part, _ in outer) or "a" in second.pattern or "n" in second.pattern:
        return None
    inner = expanded(second.pattern, others, sum(part != "i" for part, _ in outer))
    rest, found = iter(inner), []
    for part in outer:
        if part[0] == "n":
            if next(rest) not in (("i", (Const(0),)), ("i", (Const(-1),))):
                return None     # a new axis that is there in the end
            continue
        both = part if part[0] == "i" else along_axis(part, next(rest))
        if both is None:
            return None
        found.append(both)
    while len(found) > 1 and found[-1] == (WHOLE, ()):
        found.pop()
    return Step("index", tuple(part for part, _ in found)), tuple(arg for _, own in found for arg in own)


def along_axis(first: Part, second: Part) -> Part | None:
    """What an index or slice selects of what a slice selects."""
    if first[0] == WHOLE:
        return second
    if second[0] == WHOLE:
        return first
    outer, inner = bounds(first), bounds(second)
    if outer is None or inner is None:
        return None
    start, stop, step = outer[0] or 0, outer[1], outer[2] or 1
    if start < 0 or step < 1:
        return None
    if second[0] == "i":
        at = index_in(start, stop, step, inner[0])  # type: ignore[arg-type]
        return None if at is None else ("i", (Const(at),))
    return slice_in(start, stop, step, inner)


def bounds(part: Part) -> Bounds | None:
    """(start, stop, step) of a slice, (index, None, None) of an index; None where one is not constant."""
    kind, own = part
    given = kind[1:] if isinstance(kind, tuple) else (True, False, False)
    if any(not isinstance(arg, Const) or type(arg.value) is not int for arg in own):
        return None
    rest = [arg.value for arg in own]  # type: ignore[union-attr]
    start, stop, step = (rest.pop(0) if there else None for there in given)
    return start, stop, step  # type: ignore[return-value]


def index_in(start: int, stop: int | None, step: int, at: int) -> int | None:
    if at >= 0:
        return start + at * step
    if step > 1 or stop is not None and stop >= 0:
        return None
    return (stop or 0) + at


def slice_in(start: int, stop: int | None, step: int, inner: Bounds) -> Part | None:
    first, last, by = inner[0] or 0, inner[1], inner[2] or 1
    if first < 0 or by < 1 or last is not None and (step > 1 or stop is not None and (stop >= 0 or last >= 0)):
        return None
    if last is not None:
        stop = (stop or 0) + last if last < 0 else start + last
    elif step > 1 and stop is not None:
        return None
    found: Bounds = (start + first * step or None, stop, step * by if step * by > 1 else None)
    pattern = ("s", *(bound is not None for bound in found))
    return pattern, tuple(Const(bound) for bound in found if bound is not None)
