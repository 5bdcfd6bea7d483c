"""`+` and `*` of lists and tuples.

before: `[a] + [b]`, `xs[1:] + xs[:1]`, `(2,) + x.shape`, `(n,) * 2`
after:  the items, where each is known; else a list of any length, or a shape
"""
from __future__ import annotations

from typing import Any

import gast

from ..ir.program import Const, Value
from ..ir.types import Items, Listing, Number
from ..primitives import core
from ..primitives.indexing import is_index
from ..primitives.results import OPERATORS
from .lists import MADE, Lists
from .nodes import at, load
from .things import ListThing, RangeThing, Thing


def is_listing(thing: Thing) -> bool:
    """True for a list of any length that is a value."""
    return isinstance(thing, Value) and isinstance(thing.type, Listing)


def is_tuple(thing: Thing) -> bool:
    return isinstance(thing, tuple) or isinstance(thing, Value) and isinstance(thing.type, Items) \
        and thing.type.kind == "tuple"


class Joins(Lists):
    """The meaning of `+` and `*` where an operand is a list or a tuple."""

    def concatenated(self, first: ListThing, second: ListThing, node: Any) -> Thing:
        """`[x] + [y]`."""
        items = [self.items_in(part, node) for part in (first, second)]
        if None not in items:
            return self.new_list((*items[0], *items[1]), node)  # type: ignore[misc]
        return self.new_list(self.joined_lists(self.read_list(first, node), self.read_list(second, node), node), node)

    def _BinOp(self, node: Any, hint: str | None) -> Thing:
        word = type(node.op).__name__
        if word not in ("Add", "Mult"):
            return super()._BinOp(node, hint)
        left, right = self.expr(node.left), self.expr(node.right)
        if word == "Add" and isinstance(left, ListThing) and isinstance(right, ListThing):
            return self.concatenated(left, right, node)
        if word == "Add" and all(is_listing(thing) or isinstance(thing, ListThing) for thing in (left, right)):
            return self.of_any_length(left, right, node)
        made = self.tuples_joined(left, right, node) if word == "Add" else self.repeated(left, right, node, hint)
        return self.of_two(left, right, node, hint) if made is None else made

    def of_two(self, left: Thing, right: Thing, node: Any, hint: str | None) -> Thing:
        """An operation on two values; `k - 1`, in a trip that is written out, is a number."""
        pair, operate = (left, right), OPERATORS.get(type(node.op).__name__)
        if operate is not None and any(frame.unrolled is not None for frame in self.session.frames):
            numbers = [thing.value for thing in pair if isinstance(thing, Const) and type(thing.value) is int]
            if len(numbers) == 2 and (numbers[1] > 0 or isinstance(node.op, (gast.Add, gast.Sub, gast.Mult))):
                return Const(operate(*numbers))
        return super().of_two(left, right, node, hint)

    def tuples_joined(self, left: Thing, right: Thing, node: Any) -> Thing | None:
        """`(2,) + x.shape`; None for what are not two tuples."""
        if not (is_tuple(left) and is_tuple(right)):
            return None
        items = (*self.items_in(left, node), *self.items_in(right, node))  # type: ignore[misc]
        if isinstance(left, tuple) and isinstance(right, tuple) or not all(
                isinstance(item, (Value, Const)) and isinstance(item.type, Number) for item in items):
            return items
        kind = Items("tuple", tuple(item.type for item in items))
        return self.builder.prim(core.LIST_JOIN, self.read(left, node), self.read(right, node), kind=kind)

    def repeated(self, left: Thing, right: Thing, node: Any, hint: str | None) -> Thing | None:
        """`[x] * 3`, `2 * (n,)`: the same objects again; None for others."""
        for base, times in ((left, self.static(right)), (right, self.static(left))):
            listed = isinstance(base, ListThing)
            items = self.items_in(base, node) if listed or is_tuple(base) else None
            if items is not None and isinstance(times, Const) and type(times.value) is int:
                made = items * times.value
                return self.new_list(made, node) if listed else made
            if listed and items is not None and len(items) == 1 and isinstance(times, Value) and is_index(times.type):
                return self.many_times(items[0], times, node, hint)
        return None

    def many_times(self, item: Thing, times: Value, node: Any, hint: str | None) -> Thing:
        """`[x] * n` as `[x for _ in range(n)]`."""
        what, many = f"{MADE}.item", f"{MADE}.times"
        self.session.frame.names.update({what: item, many: RangeThing((Const(0), times, Const(1)))})
        target = gast.Name("_", gast.Store(), None, None)
        made = at(gast.ListComp(load(what, node), [gast.comprehension(target, load(many, node), [], 0)]), node)
        made.is_repeat = True
        found = self._ListComp(made, hint)
        for name in (what, many):
            self.session.frame.names.pop(name, None)
        return found

    def of_any_length(self, left: Thing, right: Thing, node: Any) -> Value:
        """`xs[1:] + xs[:1]`, of lists that are arguments."""
        lists = [arg if isinstance(arg.type, Listing) else self.listed(arg, node)
                 for arg in (self.read(left, node), self.read(right, node))]
        if len({arg.type.element for arg in lists}) > 1:  # type: ignore[attr-defined]
            raise self.later("to join lists of unlike items", node)
        joined = self.joined_lists(lists[0], lists[1], node)
        self.session.sites[joined] = self.sites_of(lists[0]) | self.sites_of(lists[1])  # type: ignore[arg-type]
        return joined
