"""Builds loops.  A body is built again until the types, alias sites and writes it shows are stable.

before: `for h in ...: h = f(h)` and the names in scope
after:  a Loop whose carries are the names live at its head, with what each trip makes of them
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import gast

from ..errors import UnsupportedError
from ..ir.dims import Dim
from ..ir.program import Arg, Block, Const, Form, Loop, Step, Value, new_key
from ..ir.types import Array, Items, Listing, Number, Parts, Type
from ..primitives import core
from ..primitives.build import finished
from ..primitives.sizes import is_global, of_trip, size_of
from .iterables import Iterable, Iterables
from .things import DictThing, ListThing, Nothing, Restart, Thing
from .trips import Shape, Trip
from .tuples import SKIP, STOP
from .whole import with_whole_trips

ROUNDS = 12


def localised(kind: Type, tag: str, parts: Parts) -> Type:
    """The type of one item of a list: its sizes are this loop's, not those of the list's other items."""
    if isinstance(kind, Items):
        return replace(kind, items=tuple(localised(item, tag, parts) for item in kind.items))
    if not isinstance(kind, Array):
        return kind
    dims = []
    for dim in kind.dims:
        for symbol, _ in dim.terms:
            if symbol.name in parts and not is_global(symbol):
                parts.setdefault(symbol.name + tag, {}).update(parts[symbol.name])
        terms = tuple((s if is_global(s) else replace(s, name=s.name + tag), c) for s, c in dim.terms)
        dims.append(replace(dim, terms=terms))
    return replace(kind, dims=tuple(dims))


def count_name(it: Iterable, target: Any) -> str | None:
    """The name that the user gives to the number of the trip."""
    counts = it.kind == "enumerate" and it.args[0] == Const(0)
    names = getattr(target, "elts", [])
    return names[0].id if counts and names and isinstance(names[0], gast.Name) else None


@dataclass
class Header:
    """How a loop is driven."""

    kind: str
    args: tuple[Arg, ...] = ()
    target: Any = None
    test: Any = None
    reverse: bool = False
    iterable: Iterable | None = None
    form: Form | None = None


class Loops(Iterables):
    """The meaning of `for` and `while`."""

    def _For(self, node: Any) -> str | None:
        things = self.written_out(node)
        if things is not None:
            return self.unrolled(node, things)
        try:
            self.build_loop(node, self.header(node))
        except UnsupportedError as refusal:
            if not refusal.known_in_trips or self.few(node) is None:
                raise
            raise Restart(frozenset({self.site(node)})) from None
        return None

    def _While(self, node: Any) -> None:
        self.build_loop(node, Header("while", test=node.test))

    def header(self, node: Any) -> Header:
        it, reverse = self.iterable(node.iter), False
        if it.kind == "reversed" and it.parts[0].kind in ("list", "rows", "range"):
            it, reverse = it.parts[0], True
        if it.kind in ("list", "rows"):
            return Header({"list": "items"}.get(it.kind, it.kind), it.args, node.target, None, reverse)
        if it.kind == "range" and type(node.target).__name__ == "Name":
            return Header("range", it.args, node.target, None, reverse)
        return Header("each", (), node.target, None, False, it)

    def build_loop(self, node: Any, header: Header) -> None:
        shape, frame = Shape(), self.session.frame
        entry, outer_maybe, outer_unbound = dict(frame.names), self.session.maybe, self.session.unbound
        lost = frame.lost
        for _ in range(ROUNDS):
            self.session.maybe, self.session.unbound = set(), None
            for name in shape.rebound:
                if isinstance(entry.get(name), (ListThing, DictThing)):
                    entry[name] = self.read(entry[name], node)
            frame.names, frame.lost, frame.statement = dict(entry), set(lost), node
            trip = Trip(node, shape, entry, dict(self.builder.versions))
            try:
                loop = self.trip(node, header, trip)
            except Nothing:  # no trip ends, as far as is known: this program is built again
                self.check_bound(True)
                self.session.maybe, frame.names = outer_maybe, entry
                return
            if shape.stable:
                self.check_bound(False)
                break
        else:
            raise self.refuse("the types of this loop's variables do not settle", node)
        self.session.maybe, self.session.unbound = outer_maybe, self.session.unbound or outer_unbound
        frame.names = entry
        frame.statement = node
        self.builder.emit(loop)
        self.leave_loop(loop, trip)
        self.join_tuples(trip)
        self.leave_lists(trip)

    def check_bound(self, everywhere: bool) -> None:
        """Refuse an operation on None that this loop's last reading still has; in a loop around it may be bound yet.

        `everywhere`: on all paths of a trip.
        """
        refusal = self.session.unbound
        if refusal is None:
            return
        if not self.session.in_loop:
            raise refusal
        if everywhere:
            raise Nothing

    # ---- one round

    def trip(self, node: Any, header: Header, trip: Trip) -> Loop:
        assigned = self.session.frame.source.assigned_in(node)
        origin = self.span(node)
        with self.builder.block() as ops, self.builder.facts.trip():
            assigned += [key for key, grows in trip.shape.lists.items() if not grows]
            expanded = self.split(assigned, trip)
            self.enter_lists(trip)
            self.enter(expanded, trip)
            self.join_tuples(trip)
            head = self.head(header)
            index, item = self.items(header, node)
            self.session.frame.names[STOP] = Const(False)
            self.session.frame.names.pop(SKIP, None)
            self.session.in_loop += 1
            try:
                self.run(node.body)
            finally:
                self.session.in_loop -= 1
            self.session.frame.statement = node
            self.builder.origin = origin
            stop = self.session.frame.names.pop(STOP)
            found = self.split_after(assigned, trip)
            collects, changed = self.close_lists(trip, self.trip_count(header, stop))
            self.close(expanded, trip)
            trip.shape.stable = trip.shape.stable and not found and not changed
        body = finished(new_key(), ops)
        head = None if head is None else replace(head, key=body.key)
        flag = None if isinstance(stop, Const) and stop.value is False else stop
        outs = (*(c.result for c in trip.carries), *(c.result for c in collects))
        made = Loop(outs, origin, header.kind, header.args, index, item, head, tuple(trip.carries), tuple(collects),
                    body, Value(Number("int"), "trips"), flag, header.reverse, None, header.form)  # type: ignore
        return made if flag is None or collects else with_whole_trips(made)

    def trip_count(self, header: Header, stop: Thing) -> Dim:
        """How many trips there are, where that has a name."""
        if stop == Const(False) and header.args:
            kind = header.args[0].type
            if header.kind == "items" and isinstance(kind, Listing):
                return kind.length
            if header.kind == "rows" and isinstance(kind, Array):
                return kind.dims[0]
            size = size_of(header.args[1]) if header.kind == "range" else None
            if header.args[0] == Const(0) and header.args[2:] == (Const(1),) and size:
                return size
        return self.builder.facts.fresh_dim("trips")

    def head(self, header: Header) -> Block | None:
        if header.kind != "while":
            return None
        before = dict(self.builder.versions)
        with self.builder.block() as ops:
            test = self.test(header.test)
            if self.builder.versions != before:
                raise self.refuse("a loop's test that writes to an array", header.test)
            return finished(0, ops, (), (test,))

    def items(self, header: Header, node: Any) -> tuple[Value | None, Value | None]:
        """The values that each trip starts with, bound to the loop's target."""
        if header.kind == "range":
            name = header.target.id
            index = Value(Number("int", of_trip(f"{name}@{self.mark(node)}")), name, True)
            self.session.frame.names[name] = index
            return index, None
        if header.kind == "items":
            sequence = header.args[0]
            assert isinstance(sequence.type, Listing)
            item = self.item_of(sequence, node)
            self.assign_item(header.target, item, node)
            return None, item
        if header.kind == "rows":
            array = header.args[0]
            index = Value(Number("int"), None)
            assert isinstance(array, Value)
            self.assign_item(header.target, self.row(array, index, node), node)
            return index, None
        if header.iterable is not None:
            name = count_name(header.iterable, header.target)
            index = Value(Number("int", of_trip(f"{name}@{self.mark(node)}")), name)
            thing = self.element(header.iterable, index, node)
            args: list[Arg] = []
            header.form = self.form(header.iterable, thing, args)
            header.args = tuple(args)
            self.assign(header.target, thing, node)
            return index, None
        return None, None

    def form(self, it: Iterable, thing: Any, args: list[Arg]) -> Form:
        """How the iterable was written; its operands go to the loop's header."""
        at = tuple(range(len(args), len(args) + len(it.args)))
        args += it.args
        if it.kind == "enumerate":
            return Form(it.kind, at, thing[0], (self.form(it.parts[0], thing[1], args),))
        if it.kind == "reversed":
            return Form(it.kind, at, None, (self.form(it.parts[0], thing, args),))
        if it.parts:
            return Form(it.kind, at, None, tuple(self.form(p, t, args) for p, t in zip(it.parts, thing)))
        return Form(it.kind, at, thing)

    def assign_item(self, target: Any, item: Thing, node: Any) -> None:
        if type(target).__name__ != "Name":
            return self.assign(target, item, node)
        named = Value(item.type, target.id, True, item.storage)  # type: ignore[union-attr]
        self.builder.bind((item,), (target.id,), True)  # type: ignore[arg-type]
        bound = self.builder.ops.pop()
        self.builder.emit(replace(bound, outs=(named,)))
        self.session.sites[named] = self.sites_of(item)
        self.builder.lock(named, self.builder.locked.get(item))  # type: ignore[arg-type]
        self.session.frame.names[target.id] = named

    def item_of(self, sequence: Arg, node: Any) -> Value:
        assert isinstance(sequence.type, Listing)
        item = Value(localised(sequence.type.element, f"@{self.mark(node)}", self.builder.facts.parts), None)
        self.session.sites[item] = self.sites_of(sequence)
        return item

    def list_element(self, sequence: Arg, index: Arg, node: Any) -> Value:
        kind = self.item_of(sequence, node)
        value = self.builder.prim(core.ITEM, sequence, index, kind=kind.type)
        self.session.sites[value] = self.session.sites[kind]
        return value

    def row(self, array: Any, index: Any, node: Any) -> Thing:
        step = Step("index", ("i",))
        if array.is_handle:
            view = self.builder.view(array, step, (index,))
            return view if isinstance(view.type, Array) else self.builder.load(view)
        value = self.builder.getitem(array, step, (index,))
        self.session.sites[value] = self.sites_of(array) if isinstance(value.type, Array) else frozenset()
        return value
