"""What is known of a recursive function, for arguments of one kind: it grows from nothing until it settles.

before: a function that calls itself; the things that it is called with
after:  the types of its parameters, whose sizes are its own; a `Summary` of what a call gives and writes
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..ir.dims import Dim, Symbol, of_symbol
from ..ir.types import Array, Items, Listing, Number, Type, dtype_of, is_scalar, scalar_join
from ..primitives.facts import Facts

ROUNDS = 6
KINDS = 8       # how many kinds of arguments one function may be called with
Classes = tuple[int, ...]


class Again(Exception):
    """More is known of a recursive function than what the program was built with: build again."""


@dataclass(frozen=True)
class Summary:
    """`structure`: the result, a tree with numbers of leaves, constants for what is always the same.

    `kinds`: their types.  `outer`: for each leaf what its array may be, numbers of parameters and sites outside;
    None where it is an array of its own.  `written`: the numbers of the parameters that are written.
    """

    structure: object
    kinds: tuple[Type, ...]
    outer: tuple[frozenset[object] | None, ...]
    written: tuple[int, ...]


@dataclass(eq=False)
class Known:
    """A recursive function, called with arguments of one kind.

    `alike`: which of their sizes are equal; `sizes`: for each such size what calls from outside give, None for what
    nothing is known of.  `kinds`: the types of its parameters, their sizes aside.
    """

    number: int
    alike: Classes
    kinds: tuple[Type, ...]
    sizes: dict[int, dict[Dim | None, None]] = field(default_factory=dict)
    summary: Summary | None = None
    rounds: int = 0

    def settle(self, found: Summary) -> bool:
        """True where the summary stays as it was."""
        if found == self.summary:
            return True
        self.summary, self.rounds = found, self.rounds + 1
        return False

    def meet(self, given: tuple[Dim, ...], kinds: tuple[Type, ...]) -> bool:
        """Note the arguments of a call; True where nothing of them is new."""
        before = self.alike, self.kinds, sum(map(len, self.sizes.values()))
        alike = numbered(zip(self.alike, numbered(given)))
        if alike != self.alike:
            self.alike, self.sizes = alike, {}
        self.kinds = tuple(scalar_join(a, b) if is_scalar(a) and is_scalar(b) else a
                           for a, b in zip(self.kinds, map(without_sizes, kinds)))
        for number, dim in zip(alike, given):
            if dim != of_symbol(own_symbol(self, number)):
                self.sizes.setdefault(number, {})[dim if dim.examples() else None] = None
        return before == (self.alike, self.kinds, sum(map(len, self.sizes.values())))


@dataclass
class Recursions:
    """What outlasts one build: the functions that call themselves, and what is known of them."""

    codes: set[object] = field(default_factory=set)
    known: dict[object, Known] = field(default_factory=dict)

    def find(self, code: object, how: object, given: tuple[Dim, ...], kinds: tuple[Type, ...]) -> Known:
        """What is known of a function called so.  Raises Again where the call differs from those before."""
        key = (code, how, tuple(map(kind_as_key, kinds)))
        found = self.known.get(key)
        if found is None:
            plain = tuple(map(without_sizes, kinds))
            found = self.known[key] = Known(len(self.known) + 1, numbered(given), plain)
            found.meet(given, kinds)
        elif not found.meet(given, kinds):
            raise Again
        return found

    def count(self, code: object) -> int:
        return sum(isinstance(key, tuple) and key[0] is code for key in self.known)


def numbered(things: Iterable[object]) -> Classes:
    """Equal things by equal numbers, in order of appearance."""
    seen: dict[object, int] = {}
    return tuple(seen.setdefault(thing, len(seen)) for thing in things)


def sizes_in(kind: Type) -> Iterator[Dim]:
    if isinstance(kind, Array):
        yield from kind.dims
    elif isinstance(kind, Items):
        for item in kind.items:
            yield from sizes_in(item)
    elif isinstance(kind, Listing):
        yield kind.length
        yield from sizes_in(kind.element)


def resized(kind: Type, to: Callable[[Dim], Dim]) -> Type:
    """The type with other sizes; what a number says of sizes is forgotten."""
    if isinstance(kind, Array):
        return replace(kind, dims=tuple(map(to, kind.dims)))
    if isinstance(kind, Items):
        return replace(kind, items=tuple(resized(item, to) for item in kind.items))
    if isinstance(kind, Listing):
        return Listing(resized(kind.element, to), to(kind.length))
    return Number(kind.kind) if isinstance(kind, Number) else kind


def without_sizes(kind: Type) -> Type:
    """The type as a key: a size is 1, or it is not known."""
    return resized(kind, lambda dim: dim if dim.is_one else Dim())


def kind_as_key(kind: Type) -> object:
    """Python's floats and NumPy's are of one kind."""
    dtype = dtype_of(kind)
    return "float" if is_scalar(kind) and dtype is not None and dtype.kind == "f" else without_sizes(kind)


def own_symbol(known: Known, number: int) -> Symbol:
    """The name of a size in the function's own program."""
    return Symbol(f"f{known.number}.{number}")


def own_kinds(known: Known, facts: Facts) -> tuple[Type, ...]:
    """The types of the parameters: their sizes are the function's own, and what is known of them is a fact."""
    left = iter(known.alike)
    for number, sizes in known.sizes.items():
        facts.parts[own_symbol(known, number).name] = {
            of_symbol(Symbol("?")) if size is None else size: None for size in sizes}

    def own(dim: Dim) -> Dim:
        number = next(left)
        return dim if dim.is_one else of_symbol(own_symbol(known, number))

    return tuple(resized(kind, own) for kind in known.kinds)


def summed_up(kinds: tuple[Type, ...], known: Known) -> tuple[Type, ...]:
    """The types of results: sizes that are not made of the parameters' are told apart by numbers."""
    own = {own_symbol(known, number) for number in known.alike}
    others: dict[Dim, Dim] = {}

    def to(dim: Dim) -> Dim:
        if all(symbol in own for symbol, _ in dim.terms):
            return dim
        return others.setdefault(dim, of_symbol(Symbol(f"?{len(others)}")))

    return tuple(resized(kind, to) for kind in kinds)


def at_call(kinds: tuple[Type, ...], known: Known, given: tuple[Dim, ...],
            fresh: Callable[[], Dim]) -> tuple[Type, ...]:
    """The types of results where the function is called: the sizes of its parameters are those of the arguments."""
    own = {own_symbol(known, number): dim for number, dim in zip(known.alike, given)}
    others: dict[Dim, Dim] = {}

    def to(dim: Dim) -> Dim:
        if dim.clipped and dim.terms or any(symbol not in own for symbol, _ in dim.terms):
            if dim not in others:
                others[dim] = fresh()
            return others[dim]
        total = Dim((), dim.constant, dim.clipped)
        for symbol, coefficient in dim.terms:
            total = total + own[symbol].times(coefficient)
        return total

    return tuple(resized(kind, to) for kind in kinds)
