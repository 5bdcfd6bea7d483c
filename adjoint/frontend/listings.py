"""Lists of any length: made of items and of other lists, and as arrays.

before: things, and lists of which it is not known how many items they have
after:  one list; an array of its rows
"""
from __future__ import annotations

import functools
from itertools import groupby
from typing import Any

from ..ir.dims import constant
from ..ir.program import Arg, Const, Prim, Value
from ..ir.types import Array, Items, Listing, Type, dtype_of
from ..primitives import core
from ..primitives.primitive import GIVEN
from ..primitives.sizes import is_settled
from .expressions import Expressions
from .sizes import unsized
from .things import ListThing, Many, Thing


def is_numeric(kind: Type) -> bool:
    """True for numbers and arrays, and for tuples and lists of them."""
    if isinstance(kind, Items):
        return kind.kind in ("list", "tuple") and bool(kind.items) and all(map(is_numeric, kind.items))
    return dtype_of(kind) is not None


class Listings(Expressions):
    """Values that are lists."""

    def as_listing(self, things: tuple[Any, ...], kind: Listing, node: Any) -> Value:
        """Items, and lists of items, as one list."""
        parts: list[Value] = []
        for many, group in reversed([(k, [*g]) for k, g in groupby(things, lambda thing: isinstance(thing, Many))]):
            before = parts[0] if parts else None
            parts[:0] = [thing.value for thing in group] if many else [
                self.items_as_listing(tuple(group), kind, node, before)]
        if len(parts) < 2:
            return parts[0] if parts else self.items_as_listing((), kind, node)
        return self.builder.prim(core.LIST_JOIN, *parts, kind=kind)

    def items_as_listing(self, things: tuple[Thing, ...], kind: Listing, node: Any,
                         before: Value | None = None) -> Value:
        """A list of these items.  `before`: the list that follows, above whose making they were appended."""
        with self.builder.block() as made:
            packed = self.builder.pack("list", tuple(self.read(thing, node) for thing in things))
            listed = self.builder.prim(core.LISTED, packed, kind=Listing(kind.element, constant(len(things))))
        ops = self.builder.ops
        at = next((k for k, op in enumerate(ops) if before in op.outs), None)
        at = at if at is not None and all(isinstance(op, Prim) for op in made) else len(ops)
        ops[at:at] = made
        return listed

    def element_of(self, things: tuple[Any, ...], node: Any) -> Type | None:
        """The type of the items of a list; None of an empty one."""
        found: Type | None = None
        for thing in things:
            kind = thing.value.type.element if isinstance(thing, Many) else self.unsized_type(thing, node)
            found = kind if found is None else self.joined_item(found, kind, node)
        return found

    def unsized_type(self, thing: Thing, node: Any) -> Type:
        if isinstance(thing, tuple):
            return Items("tuple", tuple(self.unsized_type(item, node) for item in thing))
        if not isinstance(thing, (Value, Const)):
            raise self.later("a list of these on some paths only", node, "append numbers or arrays")
        return unsized(thing.type)

    def joined_item(self, a: Type, b: Type, node: Any) -> Type:
        raise NotImplementedError

    def joined_lists(self, first: Arg, second: Arg, node: Any) -> Value:
        kinds = [item for t in (second.type, first.type) for item in (
            (t.element,) if isinstance(t, Listing) else map(unsized, t.items) if isinstance(t, Items) else ())]
        element = functools.reduce(lambda a, b: self.joined_item(a, b, node), kinds)
        kind = Listing(element, self.builder.facts.fresh_dim("len"))
        return self.builder.prim(core.LIST_JOIN, first, second, kind=kind)

    # ---- as an array

    def list_index(self, thing: ListThing, node: Any) -> Arg:
        """`x[[0, 2]]`: a list of ints or bools as an index array."""
        listing = self.read_list(thing, node)
        if isinstance(listing.type, Listing):
            return self.as_rows(listing, node)
        assert isinstance(listing.type, Items)
        kinds = {dtype_of(kind) for kind in listing.type.items}
        if len(kinds) != 1 or (dtype := kinds.pop()) is None or dtype.kind not in "iub":
            raise self.refuse("an index that is a list of something other than ints or bools", node)
        return self.builder.prim(core.AS_ROWS, listing, kind=Array(dtype, (constant(len(listing.type.items)),)))

    def as_array(self, arg: Arg, node: Any) -> Arg:
        """A list or tuple of numbers or arrays, where NumPy makes an array of it; anything else as it is."""
        if isinstance(arg.type, Listing):
            return self.as_rows(arg, node)
        if isinstance(arg.type, Items) and is_numeric(arg.type):
            return self.builder.prim(core.ARRAY, arg, spelling=GIVEN + core.ARRAY)
        return arg

    def as_rows(self, listing: Arg, node: Any) -> Value:
        """A list of arrays of one size, where an array of them is asked for."""
        kind = listing.type
        assert isinstance(kind, Listing)
        element = kind.element
        meant = self.builder.facts.nominal
        dims = tuple(meant.get(dim, dim) for dim in element.dims) if isinstance(element, Array) else ()
        if not all(map(is_settled, dims)):
            raise self.in_trips(self.later("to join arrays whose sizes differ from trip to trip", node,
                                           "use arrays of one size"))
        dtype = dtype_of(element)
        if dtype is None:
            raise self.later(f"a list of {element} as an array", node, "make a list of numbers or arrays")
        return self.builder.prim(core.AS_ROWS, listing, kind=Array(dtype, (kind.length, *dims)))
