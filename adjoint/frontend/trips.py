"""One build of a loop's body, what the builds have learned, and the tuples that a loop rebinds.

before: the names in scope before a loop
after:  `Trip` and `Shape`; the names of a tuple's items in place of the tuple's, and the tuple again
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..ir.dims import EACH, Symbol
from ..ir.program import Carry, Const, Storage, Value
from ..ir.types import Type
from .statements import Statements
from .things import Thing
from .tuples import Structure, item_names, item_things, structure_of, tuple_from

NONE = Const(None)


def is_global(symbol: Symbol) -> bool:
    """True for a size that is the same everywhere: an axis of one parameter, or what follows from such."""
    if not symbol.source:
        return False
    if symbol.source[0] == "slice":
        return all(is_global(inner) for inner, _ in symbol.source[1].terms)  # type: ignore[attr-defined]
    return EACH not in symbol.source[1]  # type: ignore[operator]


@dataclass
class Shape:
    """What the rounds have learned of a loop.  `tuples`: names that stand for tuples, and how these are nested."""

    types: dict[str, Type] = field(default_factory=dict)
    written: list[Storage] = field(default_factory=list)
    invariant: set[str] = field(default_factory=set)
    maybe: dict[str, Type] = field(default_factory=dict)
    tuples: dict[str, Structure] = field(default_factory=dict)
    stable: bool = False


@dataclass
class Trip:
    """One build of the body.

    `entry`, `outer`: the names and versions before the loop; `params`: names and what they stand for
    at the head; `formals`: the slot, with its version, for each storage that a carried name enters
    with; `moved`: the slot that each slot's array is in after the trip; `names`: after the loop.
    """

    node: Any
    shape: Shape
    entry: dict[str, Thing]
    outer: dict[Storage, Value]
    params: dict[str, Value] = field(default_factory=dict)
    carries: list[Carry] = field(default_factory=list)
    names: dict[str, Thing] = field(default_factory=dict)
    formals: dict[Storage, tuple[Storage, Value]] = field(default_factory=dict)
    moved: dict[Storage, Storage] = field(default_factory=dict)
    results: dict[Storage, Storage] = field(default_factory=dict)
    versions: dict[Storage, Value] = field(default_factory=dict)


class TupleTrips(Statements):
    """Tuples that a loop rebinds."""

    def split(self, assigned: list[str], trip: Trip) -> list[str]:
        """The assigned names, those of a tuple's items in place of the tuple's."""
        tuples, names = trip.shape.tuples, self.session.frame.names
        for name in assigned:
            thing = trip.entry.get(name)
            if isinstance(thing, tuple):
                tuples.setdefault(name, structure_of(thing))  # type: ignore[arg-type]
            if name in tuples and thing is not None:
                trip.entry.update(item_things(name, thing))
                names.update(item_things(name, thing))
        return [item for name in assigned for item in item_names(name, tuples.get(name))]

    def join_tuples(self, trip: Trip) -> None:
        """The tuples again, from the names of their items."""
        names = self.session.frame.names
        for name, structure in trip.shape.tuples.items():
            thing = tuple_from(name, structure, names)
            if thing is not None:
                names[name] = thing

    def split_after(self, assigned: list[str], trip: Trip) -> bool:
        """Name the items of what the trip made; True where a name turns out to stand for a tuple."""
        names, found = self.session.frame.names, False
        for name in assigned:
            thing = names.get(name)
            structure = None if thing is None else structure_of(thing)
            known = trip.shape.tuples.get(name)
            if structure is not None and known is None and name not in trip.entry:
                trip.shape.tuples[name] = structure
                found = True
            elif structure != known and thing is not None:
                raise self.refuse(f"`{name}` is a tuple of another form after a trip of this loop", trip.node,
                                  "keep its form, or use an array")
            if known is not None and thing is not None:
                names.update(item_things(name, thing))
        return found
