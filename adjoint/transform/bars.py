"""Adjoints while the backward sweep is written: where each value's cotangent stands.

An adjoint is a value (`x_bar`, added to by making a new one) until something is added to a part of
it; then it is a storage of its own (`x_bar[i] += ...`).  Adjoints of storages are storages, and views
of them mirror the views of the primal.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..ir.program import Arg, Storage, Value
from ..ir.types import Field, Items, Type


class Cell(NamedTuple):
    """A leaf of a container of known structure: the positions that lead to it from `root`."""

    root: Value
    positions: tuple[int, ...]


class Part(NamedTuple):
    """A piece of a list's adjoint.  kind: whole, slice (where: bounds), element (where: index)."""

    kind: str
    where: tuple[Arg, ...]
    value: Arg


Key = Value | Cell
Home = Storage | Key


class NeedStorage(Exception):
    """An adjoint must have a storage, made in the block where its primal is defined."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.home = home


@dataclass
class Bars:
    """The adjoints known in one backward block and the blocks around it.

    `cuts`: the lists that loops have made one of, item by item; each takes its items' adjoints off the end of that
    one's adjoint.  `ends`: where that end is by now.
    """

    values: dict[Key, Arg] = field(default_factory=dict)
    handles: dict[Home, Value] = field(default_factory=dict)
    lists: dict[Key, list[Part]] = field(default_factory=dict)
    cuts: dict[Value, Arg] = field(default_factory=dict)
    ends: dict[Arg, Arg] = field(default_factory=dict)

    def inner(self) -> Bars:
        """For a block inside: storages are shared, values are its own."""
        return Bars({}, dict(self.handles), {})     # what it cuts it is told

    def copy(self) -> Bars:
        lists = {key: list(parts) for key, parts in self.lists.items()}
        return Bars(dict(self.values), dict(self.handles), lists, {}, dict(self.ends))


def leaf_type(kind: Type, positions: tuple[int, ...]) -> Type:
    for at in positions:
        assert isinstance(kind, Items)
        kind = kind.items[at]
    return kind


def leaves_of(root: Value) -> list[Cell]:
    """The cells of a container of known structure, in order."""
    found: list[Cell] = []

    def visit(kind: Type, positions: tuple[int, ...]) -> None:
        if isinstance(kind, Items):
            for k, item in enumerate(kind.items):
                visit(item, (*positions, k))
        else:
            found.append(Cell(root, positions))

    visit(root.type, ())
    return found


def hint_of(key: Key) -> str | None:
    if isinstance(key, Cell):
        kind = key.root.type
        for at in key.positions:
            assert isinstance(kind, Items)
            word = kind.keys[at] if kind.keys else None
            word = word.name if isinstance(word, Field) else word
            kind = kind.items[at]
        if isinstance(word, str) and word.isidentifier():
            return word
        return key.root.hint
    return key.hint


def type_of_key(key: Key) -> Type:
    return leaf_type(key.root.type, key.positions) if isinstance(key, Cell) else key.type
