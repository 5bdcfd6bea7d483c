"""One build of a loop's body, what the builds have learned, and the tuples that a loop rebinds.

before: the names in scope before a loop
after:  `Trip` and `Shape`; the names of a tuple's items in place of the tuple's, and the tuple again
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..ir.dims import Dim
from ..ir.program import Carry, Collect, Storage, Value
from ..ir.types import Listing, Type
from .dicts import KEYS
from .lists import MARK
from .sizes import unsized
from .statements import Statements
from .things import Growing, ListThing, Many, Thing, holds_handle
from .tuples import Structure, item_names, item_things, structure_of, tuple_from


@dataclass
class Shape:
    """What the rounds have learned of a loop.  `invariant`: names that no trip changes; `varying`: those that only
    seemed so, while less was known of the others.  `rebound`: names of arrays that are written, bound to others in a
    trip.
    `tuples`: names that stand for tuples, and how these are nested.
    `lists`: the lists that the body changes; True for those that it appends to, one item in each trip.
    """

    types: dict[str, Type] = field(default_factory=dict)
    written: list[Storage] = field(default_factory=list)
    invariant: set[str] = field(default_factory=set)
    varying: set[str] = field(default_factory=set)
    rebound: set[str] = field(default_factory=set)
    maybe: dict[str, Type] = field(default_factory=dict)
    tuples: dict[str, Structure] = field(default_factory=dict)
    lists: dict[str, bool] = field(default_factory=dict)
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
    lists: dict[str, Value] = field(default_factory=dict)


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

    # ---- lists

    def enter_lists(self, trip: Trip) -> None:
        for key, grows in trip.shape.lists.items():
            if grows:
                self.session.frame.names[key] = Growing(trip.entry[key], ())

    def close_lists(self, trip: Trip, length: Dim) -> tuple[list[Collect], bool]:
        """What the trip appended to lists; True where a list turns out to be changed."""
        names, collects, found = self.session.frame.names, [], False
        for key, before in list(trip.entry.items()):
            if not key.startswith(MARK) or "." in key:
                continue
            after = names.get(key)
            if after is not None and names.get(key + KEYS) != trip.entry.get(key + KEYS):
                raise self.later("a dict whose keys a loop changes", trip.node, "give it all its keys before the loop")
            if after is None:
                raise self.later("a list that is appended to on some paths only", trip.node, "append on every path")
            if trip.shape.lists.get(key):
                collects.append(self.collected(key, after, length, trip))
            elif after is not before and key not in trip.shape.lists and not self.same_items(before, after):
                trip.shape.lists[key] = self.grows(key, before, after, trip)
                found = True
        return collects, found

    def same_items(self, before: Thing, after: Thing) -> bool:
        return isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after) and all(
            a is b for a, b in zip(before, after))

    def grows(self, key: str, before: Thing, after: Thing, trip: Trip) -> bool:
        """True where a trip appends; False where it replaces items."""
        if isinstance(before, tuple) and isinstance(after, tuple):
            if len(before) == len(after):
                return False
            if key + KEYS in trip.entry:
                raise self.later("a dict to which a loop adds keys", trip.node, "give it all its keys before the loop")
            if len(before) < len(after) and all(a is b for a, b in zip(before, after)):
                return True
        elif isinstance(after, Growing) or isinstance(after, Value) and isinstance(after.type, Listing):
            return True
        raise self.later("what this loop does to a list", trip.node, "append one item in each trip")

    def collected(self, key: str, after: Thing, length: Dim, trip: Trip) -> Collect:
        if not isinstance(after, Growing):
            raise self.later("what this loop does to a list", trip.node, "append items to it")
        if any(holds_handle(item) for item in after.items):
            raise self.later("a list of arrays that are written", trip.node, "append a copy: `x.copy()`")
        one = len(after.items) == 1 and not isinstance(after.items[0], Many)
        if one:
            value = self.read(after.items[0], trip.node)
            kind = Listing(unsized(value.type), length)
        else:
            element = self.element_of(after.items, trip.node)
            if element is None:
                raise self.later("what this loop does to a list", trip.node, "append items to it")
            kind = Listing(element, self.builder.facts.fresh_dim("len"))
            value = self.as_listing(after.items, kind, trip.node)
        named = (n for n, thing in trip.entry.items() if thing == ListThing(key) and n.isidentifier())
        inner = isinstance(trip.entry[key], Growing)    # what an inner loop adds is a list of its own
        result = Value(kind, None if inner else next(named, self.session.list_names.get(key)))
        self.session.sites[result] = frozenset({("inside", key)})
        trip.lists[key] = result
        return Collect(value, result, key in self.session.displays, not one, repeat=key in self.session.repeats)

    def leave_lists(self, trip: Trip) -> None:
        """The lists after the loop."""
        names = self.session.frame.names
        for key, result in trip.lists.items():
            before = trip.entry[key]
            if isinstance(before, Growing):
                names[key] = Growing(before.base, (*before.items, Many(result)))
                continue
            empty = isinstance(before, tuple) and not before
            first = None if empty else self.read(before, trip.node) if isinstance(before, Value) else \
                self.builder.pack("list", tuple(self.read(item, trip.node) for item in before))  # type: ignore
            names[key] = result if first is None else self.joined_lists(first, result, trip.node)
