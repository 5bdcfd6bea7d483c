"""Sizes of array axes: affine expressions over symbols.

A symbol is the size of an axis of a parameter, or a size born in the program (the width of a carried
array, the length of a mask).  Sizes are never guarded; what is guarded is only that a size is not 1,
and only where the compile relied on it.
"""
from __future__ import annotations

import enum
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Symbol:
    """A size.  `examples` are its values in the call at hand: several for the items of a list."""

    name: str
    examples: tuple[int, ...] = field(default=(), compare=False)
    source: tuple[object, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Dim:
    """sum(coefficient * symbol) + constant; `clipped` where Python clips it at 0 (a slice)."""

    terms: tuple[tuple[Symbol, int], ...] = ()
    constant: int = 0
    clipped: bool = False

    def __add__(self, other: Dim | int) -> Dim:
        other = other if isinstance(other, Dim) else Dim((), other)
        if self.clipped and other.terms or other.clipped and self.terms:
            return Dim(((Symbol(f"({self}+{other})"), 1),))
        terms = dict(self.terms)
        for symbol, coefficient in other.terms:
            terms[symbol] = terms.get(symbol, 0) + coefficient
        kept = sorted(((s, c) for s, c in terms.items() if c), key=lambda term: term[0].name)
        return Dim(tuple(kept), self.constant + other.constant, self.clipped or other.clipped)

    def __neg__(self) -> Dim:
        if self.clipped:
            return Dim(((Symbol(f"(-{self})"), 1),))
        return Dim(tuple((s, -c) for s, c in self.terms), -self.constant)

    def __sub__(self, other: Dim | int) -> Dim:
        return self + (-other)

    def times(self, factor: int) -> Dim:
        if self.clipped:
            return Dim(((Symbol(f"({factor}*{self})"), 1),))
        return Dim(tuple((s, factor * c) for s, c in self.terms if factor), factor * self.constant)

    def __str__(self) -> str:
        words = [s.name if c == 1 else f"{c}*{s.name}" for s, c in self.terms]
        if self.constant or not words:
            words.append(str(self.constant))
        return "+".join(words).replace("+-", "-")

    @property
    def is_one(self) -> bool:
        return not self.terms and self.constant == 1

    def examples(self) -> tuple[int, ...]:
        """The sizes in the call at hand; () where they are not known."""
        if any(not s.examples for s, _ in self.terms):
            return ()
        count = max((len(s.examples) for s, _ in self.terms), default=1)
        if any(len(s.examples) not in (1, count) for s, _ in self.terms):
            return ()
        sizes = []
        for k in range(count):
            size = self.constant + sum(c * s.examples[k % len(s.examples)] for s, c in self.terms)
            sizes.append(max(size, 0) if self.clipped else size)
        return tuple(sizes)


def constant(size: int) -> Dim:
    return Dim((), size)


def of_symbol(symbol: Symbol) -> Dim:
    return Dim(((symbol, 1),))


class Each(enum.Enum):
    """Stands in a path for any item of a list."""

    ITEM = "*"


EACH = Each.ITEM


def label(name: str, path: tuple[object, ...], axis: object) -> str:
    """The name of the symbol of an axis: "x.0"; no two places in the arguments have one name."""
    return ".".join([name, *map(word_of_key, path), str(axis)])


def word_of_key(key: object) -> str:
    if key is EACH:
        return str(EACH.value)
    return str(key) if type(key) is int or isinstance(key, str) and key.isidentifier() else f"<{key!r}>"


ONE = constant(1)
