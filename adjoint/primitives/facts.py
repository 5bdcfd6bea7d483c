"""What the compile has relied on: facts about sizes, each of which becomes a guard."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..ir.dims import EACH, ONE, Dim, Symbol, constant, of_symbol
from ..ir.program import Arg, Value
from ..ir.types import Sizes


def items_of(dim: Dim) -> object:
    """The list, and the loop over it, whose items have this size; None where there is no one such list."""
    found = set()
    for symbol, _ in dim.terms:
        path = symbol.source[1] if len(symbol.source) == 3 else ()
        at = path.index(EACH) if isinstance(path, tuple) and EACH in path else None
        found.add(None if at is None else (symbol.source[0], path[:at], symbol.name.partition("@")[2]))  # type: ignore[index]
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Lock:
    """Why a handle is not written through; `version`: the only one that it may show, where there is one."""

    why: str
    remedy: str
    version: Value | None = None


@dataclass
class Facts:
    """Answers questions about sizes and remembers, in order, every answer that was a supposition.

    `not_one` holds sizes that are not 1; `equal` pairs of sizes that are equal, item by item.
    `parts`: for a size that several paths give, by its symbol's name, what each path gives.
    `nominal`: the size of a slice that moves with a loop, unless it leaves its axis: then NumPy raises,
    or what is added to the slice has another size than it, which raises too.
    `layouts`: how parameters lie in memory, as `layouts.py` has it; `lies`: what of that was relied on, by name.
    `met`: what is known of two sizes that broadcast: nothing but that it is this one size.
    `selected`: the size of what a mask, or a slice that moves with a loop, selects, for each loop around.
    `hints` are names that derived values would best have, found after they were made.
    """

    not_one: dict[Dim, None] = field(default_factory=dict)
    equal: dict[tuple[Dim, Dim], None] = field(default_factory=dict)
    parts: dict[str, dict[Dim, None]] = field(default_factory=dict)
    nominal: dict[Dim, Dim] = field(default_factory=dict)
    layouts: dict[Value, dict[str, frozenset[tuple[str, str]]]] = field(default_factory=dict)
    lies: dict[tuple[str, str], None] = field(default_factory=dict)
    met: dict[tuple[Dim, Dim], Dim] = field(default_factory=dict)
    selected: list[dict[object, Dim]] = field(default_factory=lambda: [{}])
    settled: dict[object, Dim] = field(default_factory=dict)
    fresh: int = 0
    hints: dict[Value, str] = field(default_factory=dict)

    @property
    def sizes(self) -> Sizes:
        return Sizes(self.parts, self.same_size)

    def fresh_dim(self, name: str = "n") -> Dim:
        self.fresh += 1
        return of_symbol(Symbol(f"{name}'{self.fresh}"))

    @contextmanager
    def trip(self) -> Iterator[None]:
        """For the body of a loop: what it selects has a size of its own each time that the body is read."""
        self.selected.append({})
        try:
            yield
        finally:
            self.settled.update(self.selected.pop())

    def read(self) -> None:
        """The program is read: what the last reading of each loop found holds for its mirrors."""
        self.selected[0].update(self.settled)

    def size_once(self, *selects: object) -> Dim:
        """The size of what is selected: one size for what selects alike in one trip."""
        for known in self.selected:
            if selects in known:
                return known[selects]
        self.selected[-1][selects] = self.fresh_dim()
        return self.selected[-1][selects]

    def suggest(self, arg: Arg, hint: str | None) -> None:
        """A name for a value that has none."""
        if hint is not None and isinstance(arg, Value) and arg.hint is None:
            self.hints.setdefault(arg, hint)

    def is_not_one(self, dim: Dim) -> bool:
        """True where `dim` is not 1, or is not 1 in the call at hand (which is then guarded)."""
        return self._is_not_one(dim, ())

    def _is_not_one(self, dim: Dim, seen: tuple[Symbol, ...]) -> bool:
        if not dim.terms:
            return dim.constant != 1
        examples = dim.examples()
        if examples and all(size != 1 for size in examples):
            self.not_one[dim] = None
            return True
        if len(dim.terms) == 1 and dim.constant == 0 and dim.terms[0][1] == 1:
            symbol = dim.terms[0][0]
            others = [part for part in self.parts.get(symbol.name, ()) if part != dim]
            return bool(others) and symbol not in seen and all(
                self._is_not_one(part, (*seen, symbol)) for part in others)
        return False

    def are_equal(self, a: Dim, b: Dim) -> bool:
        """True where two sizes that meet elementwise are surely equal (else NumPy would raise)."""
        if a == b:
            return True
        if a.is_one or b.is_one or not (a.terms or b.terms):
            return False
        if self.is_not_one(a) and self.is_not_one(b):
            return True
        for one, other in ((a, b), (b, a)):
            meant = self.nominal.get(one)
            if meant is not None and meant in (other, self.nominal.get(other)) and self.is_not_one(meant):
                return True
        examples = a.examples()
        if len(examples) > 1 and examples == b.examples() and items_of(a) == items_of(b) is not None:
            self.equal[a, b] = None
            return True
        return False

    def same_size(self, a: Dim, b: Dim) -> bool:
        """True where two sizes are equal, or are in the call at hand (which is then guarded)."""
        if a == b:
            return True
        examples = a.examples()
        if not examples or examples != b.examples() or not (a.terms or b.terms):
            return False
        self.equal[a, b] = None
        return True

    def length(self, dim: Dim, wanted: int | None) -> int | None:
        """How long an axis is, where that is known, or is `wanted` in the call at hand (which is then guarded)."""
        if not dim.terms:
            return dim.constant
        examples = dim.examples()
        if wanted is not None and self.same_size(dim, constant(wanted)):
            return wanted
        return examples[0] if len(examples) == 1 and wanted is not None else None

    def broadcast_dim(self, a: Dim, b: Dim) -> Dim:
        if a == b or b.is_one:
            return a
        if a.is_one or self.is_not_one(b):
            return b
        if self.is_not_one(a) or self.are_equal(a, b):
            return a
        if (a, b) not in self.met:
            self.met[a, b] = self.fresh_dim()
        return self.met[a, b]

    def broadcast(self, *shapes: tuple[Dim, ...]) -> tuple[Dim, ...]:
        """The dims of an elementwise result."""
        rank = max((len(shape) for shape in shapes), default=0)
        result = [ONE] * rank
        for shape in shapes:
            for k in range(1, len(shape) + 1):
                result[-k] = self.broadcast_dim(result[-k], shape[-k])
        return tuple(result)

    def covers(self, shape: tuple[Dim, ...], dims: tuple[Dim, ...]) -> bool:
        """True where an array of `shape` is surely as large as `dims`, axis by axis."""
        return len(shape) == len(dims) and all(a == b or self.are_equal(a, b) for a, b in zip(shape, dims))
