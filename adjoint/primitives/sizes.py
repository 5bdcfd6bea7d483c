"""Sizes that the program computes: affine where they can be, else a symbol named by its expression."""
from __future__ import annotations

import math
from collections.abc import Callable

from ..ir.dims import EACH, Dim, Symbol, constant, of_symbol
from ..ir.program import Arg, Const
from ..ir.types import Number
from .facts import Facts


def size_of(arg: Arg) -> Dim | None:
    """The size that an integer is, where it is known, and the same in every trip of a loop."""
    return settled(arg.type.size) if isinstance(arg.type, Number) else None


def of_trip(name: str) -> Dim:
    """An index of a loop: another number each trip, so that only differences with it are sizes."""
    return of_symbol(Symbol(name, (), ("trip",)))


def is_of_trip(dim: Dim) -> bool:
    """True where a size is computed from an index of a loop."""
    return any(symbol.source[:1] == ("trip",) or symbol.source[:1] == ("derived",) and any(
        map(is_of_trip, symbol.source[2])) for symbol, _ in dim.terms)  # type: ignore[call-overload]


def settled(size: Dim | None) -> Dim | None:
    return None if size is None or is_of_trip(size) else size


def derived(form: str, of: Callable[..., int], *dims: Dim) -> Dim:
    """A size computed from others; `form` writes it, over the words for them."""
    if not any(dim.terms for dim in dims):
        return constant(of(*(dim.constant for dim in dims)))
    samples = [dim.examples() for dim in dims]
    count = max(map(len, samples))
    known = all(len(s) in (1, count) for s in samples)
    examples = tuple(of(*(s[k % len(s)] for s in samples)) for k in range(count)) if known else ()
    return of_symbol(Symbol(form.format(*(f"({dim})" for dim in dims)), examples, ("derived", form, dims)))


def product(dims: tuple[Dim, ...]) -> Dim:
    """How many elements an array of these sizes has."""
    factor = math.prod(dim.constant for dim in dims if not dim.terms)
    rest = sorted((dim for dim in dims if dim.terms), key=str)
    if not rest or not factor:
        return constant(factor)
    if len(rest) == 1:
        return rest[0].times(factor)
    return derived(" * ".join(["{}"] * len(rest)), lambda *sizes: math.prod(sizes), *rest).times(factor)


def _floor(a: int, b: int) -> int:
    return a // b if b else 0


def quotient(a: Dim, b: Dim) -> Dim:
    """`a // b`."""
    if not b.terms and b.constant and not a.clipped:
        parts = [c for _, c in a.terms] + [a.constant]
        if all(c % b.constant == 0 for c in parts):
            return Dim(tuple((s, c // b.constant) for s, c in a.terms), a.constant // b.constant)
    return derived("{} // {}", _floor, a, b)


def remainder(a: Dim, b: Dim) -> Dim:
    return derived("{} % {}", lambda p, q: p % q if q else 0, a, b)


def largest(a: Dim, b: Dim) -> Dim:
    return a if a == b else derived("max({}, {})", max, a, b)


def smallest(a: Dim, b: Dim) -> Dim:
    return a if a == b else derived("min({}, {})", min, a, b)


def without(total: tuple[Dim, ...], parts: tuple[Dim, ...]) -> Dim:
    """The size that makes the product of `parts` and it that of `total`: what -1 stands for in a shape."""
    left, known = list(total), []
    for dim in parts:
        if dim in left:
            left.remove(dim)
        else:
            known.append(dim)
    return product(tuple(left)) if not known else quotient(product(tuple(left)), product(tuple(known)))


def slice_dim(dim: Dim, part: tuple[object, ...], own: tuple[Arg, ...], facts: Facts) -> Dim:
    """The size of `axis[start:stop:step]`, affine where the bounds allow it."""
    bounds: list[Arg | None] = []
    rest = list(own)
    for given in part[1:]:
        bounds.append(rest.pop(0) if given else None)
    start, stop, step = (None if isinstance(b, Const) and b.value is None else b for b in bounds)
    if start is None and stop is None and (step is None or step == Const(-1)):
        return dim
    ints = all(b is None or isinstance(b, Const) for b in (start, stop, step))
    if ints and (step is None or step == Const(1)):
        low = start.value if isinstance(start, Const) else 0
        high = stop.value if isinstance(stop, Const) else None
        if type(low) is int and low >= 0 and (high is None or type(high) is int and high < 0):
            cut = low - (high or 0)
            return dim if cut == 0 else Dim(dim.terms, dim.constant - cut, True) if dim.terms \
                else constant(max(0, dim.constant - cut))
    return derived_dim(dim, (start, stop, step), facts)


def derived_dim(dim: Dim, bounds: tuple[Arg | None, ...], facts: Facts) -> Dim:
    """A size that is not affine: a symbol named by its expression, so that equals stay equal."""
    sizes = [b.type.size if b is not None and isinstance(b.type, Number) else None for b in bounds]
    if any(size is not None and is_of_trip(size) for size in sizes):
        return moving_dim(dim, sizes, facts)
    if any(bound is not None and size is None for bound, size in zip(bounds, sizes)):
        return facts.fresh_dim()
    form = f"len(range({{}})[{':'.join('' if size is None else '{}' for size in sizes)}])"

    def length(whole: int, *given: int) -> int:
        rest = iter(given)
        return len(range(whole)[slice(*(None if size is None else next(rest) for size in sizes))])

    size = derived(form, length, dim, *(size for size in sizes if size is not None))
    written = all(b is None or isinstance(b, Const) for b in bounds)
    return constant(1) if written and set(size.examples()) == {1} and facts.same_size(size, constant(1)) else size


def moving_dim(dim: Dim, sizes: list[Dim | None], facts: Facts) -> Dim:
    """The size of `[i:i + n]`: n, unless the slice leaves the axis."""
    start, stop, step = sizes
    found = facts.size_once(dim, start, stop, step)
    if start is not None and stop is not None and step is None and not is_of_trip(stop - start):
        facts.nominal[found] = stop - start
    return found


def is_global(symbol: Symbol) -> bool:
    """True for a size that is the same everywhere: an axis of one parameter, or what follows from such."""
    if not symbol.source:
        return False
    if symbol.source[0] == "derived":
        return all(map(is_settled, symbol.source[2]))  # type: ignore[call-overload]
    if symbol.source[0] == "trip":
        return False
    return EACH not in symbol.source[1]  # type: ignore[operator]


def is_settled(dim: Dim) -> bool:
    """True for a size that is the same in all trips."""
    return all(is_global(symbol) for symbol, _ in dim.terms)
