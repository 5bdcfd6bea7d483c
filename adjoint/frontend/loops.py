"""Builds loops.  A body is built again until the types, alias sites and writes it shows are stable.

before: `for h in ...: h = f(h)` and the names in scope
after:  a Loop whose carries are the names live at its head, with what each trip makes of them
"""
from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import gast

from ..ir.dims import Symbol, of_symbol
from ..ir.program import UNDEFINED, Arg, Block, Carry, Const, Loop, Step, Storage, Value, new_key
from ..ir.types import Array, Contents, Items, JoinError, Listing, Number, Opaque, Type, join
from ..primitives.build import finished
from .statements import STOP, Statements, leaves
from .things import Restart, Thing

ROUNDS = 12


def assigned_names(nodes: list[Any]) -> list[str]:
    """The names that statements assign, in the order of the source."""
    names: dict[str, None] = {}
    for node in nodes:
        for inner in gast.walk(node):
            if isinstance(inner, gast.Name) and isinstance(inner.ctx, gast.Store):
                names[inner.id] = None
    return list(names)


def is_global(symbol: Symbol) -> bool:
    """True for a size that is the same everywhere: an axis of one parameter, or what follows from such."""
    if not symbol.source:
        return False
    if symbol.source[0] == "slice":
        return all(is_global(inner) for inner, _ in symbol.source[1].terms)  # type: ignore[attr-defined]
    return "*" not in symbol.source[1]  # type: ignore[operator]


def localised(kind: Type, tag: str) -> Type:
    """The type of one item of a list: its sizes are this loop's, not those of the list's other items."""
    if isinstance(kind, Items):
        return replace(kind, items=tuple(localised(item, tag) for item in kind.items))
    if not isinstance(kind, Array):
        return kind
    dims = []
    for dim in kind.dims:
        terms = tuple((s if is_global(s) else replace(s, name=s.name + tag), c) for s, c in dim.terms)
        dims.append(replace(dim, terms=terms))
    return replace(kind, dims=tuple(dims))


@dataclass
class Shape:
    """What the rounds have learned of a loop."""

    types: dict[str, Type] = field(default_factory=dict)
    written: list[Storage] = field(default_factory=list)
    invariant: set[str] = field(default_factory=set)
    maybe: dict[str, Type] = field(default_factory=dict)
    stable: bool = False


@dataclass
class Header:
    """How a loop is driven."""

    kind: str
    args: tuple[Arg, ...] = ()
    target: Any = None
    test: Any = None


@dataclass
class Trip:
    """One build of the body: carries by name, slots by entry storage, what the names became."""

    carries: list[Carry] = field(default_factory=list)
    names: dict[str, Thing] = field(default_factory=dict)
    formals: dict[Storage, tuple[Storage, Value]] = field(default_factory=dict)
    results: dict[Storage, Storage] = field(default_factory=dict)
    versions: dict[Storage, Value] = field(default_factory=dict)


class Loops(Statements):
    """The meaning of `for` and `while`."""

    def _For(self, node: Any) -> None:
        if node.orelse:
            raise self.later("`else` after a loop", node)
        self.build_loop(node, self.header(node))

    def _While(self, node: Any) -> None:
        if node.orelse:
            raise self.later("`else` after a loop", node)
        self.build_loop(node, Header("while", test=node.test))

    def header(self, node: Any) -> Header:
        call = node.iter
        if isinstance(call, gast.Call) and self.expr(call.func) == Const(range):
            bounds = [self.arg(arg) for arg in call.args]
            bounds = [Const(0), *bounds] if len(bounds) == 1 else bounds
            return Header("range", (*bounds, Const(1))[:3], node.target)
        if isinstance(call, gast.Call) and self.expr(call.func) in [Const(f) for f in (enumerate, zip, reversed, map)]:
            raise self.later("a loop over `enumerate`, `zip`, `reversed` or `map`", node, "loop over range(...)")
        thing = self.expr(call)
        if isinstance(thing, Value) and isinstance(thing.type, Listing):
            return Header("items", (thing,), node.target)
        if isinstance(thing, Value) and isinstance(thing.type, Array) and thing.type.ndim:
            return Header("rows", (thing,), node.target)
        if isinstance(thing, Value) and isinstance(thing.type, Items):
            raise self.later("a loop over a tuple, or over a list or dict of unlike items", node)
        raise self.later("a loop over this", node)

    def build_loop(self, node: Any, header: Header) -> None:
        if leaves(node.body, ("Return",)):
            raise self.later("`return` inside a loop", node, "set a flag, `break`, and return after the loop")
        shape, frame = Shape(), self.session.frame
        entry, outer_maybe = dict(frame.names), self.session.maybe
        for _ in range(ROUNDS):
            self.session.maybe = set()
            frame.names = dict(entry)
            frame.statement = node
            loop, trip = self.trip(node, header, shape, entry)
            if shape.stable:
                break
        else:
            raise self.refuse("the types of this loop's variables do not settle", node)
        self.session.maybe = outer_maybe
        frame.names = entry
        frame.statement = node
        self.builder.emit(loop)
        self.leave_loop(loop, trip)

    # ---- one round

    def trip(self, node: Any, header: Header, shape: Shape, entry: dict[str, Thing]) -> tuple[Loop, Trip]:
        targets = [node.target] if header.target is not None else []
        assigned = assigned_names([*targets, *node.body])
        origin = self.span(node)
        trip = Trip()
        outer_versions = self.outer_versions = dict(self.builder.versions)
        with self.builder.block() as ops:
            params = self.enter(assigned, shape, entry, trip)
            head = self.head(header)
            index, item = self.items(header, node)
            self.session.frame.names[STOP] = Const(False)
            self.session.in_loop += 1
            self.run(node.body)
            self.session.in_loop -= 1
            self.session.frame.statement = node
            self.builder.origin = origin
            stop = self.session.frame.names.pop(STOP)
            after, versions = self.session.frame.names, dict(self.builder.versions)
            shape.stable = True
            self.outer_versions = outer_versions
            self.close(assigned, params, shape, entry, after, versions, trip, node)
            self.close_versions(shape, outer_versions, versions, trip)
        key = ops_key = new_key()
        head_block = None if head is None else replace(head, key=ops_key)
        body = finished(key, ops)
        flag = None if isinstance(stop, Const) and stop.value is False else stop
        trips = Value(Number("int"), "trips")
        loop = Loop(tuple(c.result for c in trip.carries), origin, header.kind, header.args, index, item, head_block,
                    tuple(trip.carries), (), body, trips, flag)  # type: ignore[arg-type]
        return loop, trip

    def enter(self, assigned: list[str], shape: Shape, entry: dict[str, Thing], trip: Trip) -> dict[str, Value]:
        """Parameters for what is live at the head of the loop."""
        params: dict[str, Value] = {}
        names = self.session.frame.names
        for name in assigned:
            thing = entry.get(name)
            if name in shape.invariant or thing is None and name not in shape.maybe:
                continue
            if isinstance(thing, Value) and thing.is_handle:
                params[name] = self.enter_slot(name, thing, shape, trip)
            else:
                params[name] = self.enter_plain(name, thing, shape)
            names[name] = params[name]
        for storage in shape.written:
            version = Value(Contents(), storage.name, storage=storage)
            self.builder.versions[storage] = trip.versions[storage] = version
        return params

    def enter_plain(self, name: str, thing: Thing | None, shape: Shape) -> Value:
        if thing is not None and not isinstance(thing, (Value, Const)):
            raise self.later(f"`{name}`, a tuple that a loop rebinds,", self.session.frame.statement)
        initial = shape.maybe[name] if thing is None else thing.type
        kind = shape.types.setdefault(name, initial)
        if isinstance(kind, Number) and kind.size is not None:
            kind = shape.types[name] = Number(kind.kind)
        param = Value(kind, name)
        sites = self.sites_of(thing) if thing is not None else frozenset()
        self.session.sites[param] = sites
        return param

    def enter_slot(self, name: str, thing: Value, shape: Shape, trip: Trip) -> Value:
        assert thing.storage is not None
        if thing.storage not in trip.formals:
            formal = Storage(name, thing.type)
            self.session.storage_sites[formal] = self.sites_of(thing)
            version = Value(Contents(), name, storage=formal)
            trip.formals[thing.storage] = (formal, version)
            self.builder.versions.pop(thing.storage, None)
            self.builder.versions[formal] = version
        formal = trip.formals[thing.storage][0]
        kind = shape.types.setdefault(name, thing.type)
        return Value(kind, name, storage=formal)

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
            index = Value(Number("int"), name, True)
            self.session.frame.names[name] = index
            return index, None
        if header.kind == "items":
            sequence = header.args[0]
            assert isinstance(sequence.type, Listing)
            item = Value(localised(sequence.type.element, f"@{self.mark(node)}"), None)
            self.session.sites[item] = self.sites_of(sequence)
            self.assign_item(header.target, item, node)
            return None, item
        if header.kind == "rows":
            array = header.args[0]
            index = Value(Number("int"), None)
            assert isinstance(array, Value)
            self.assign_item(header.target, self.row(array, index, node), node)
            return index, None
        return None, None

    def assign_item(self, target: Any, item: Thing, node: Any) -> None:
        if type(target).__name__ != "Name":
            return self.assign(target, item, node)
        named = Value(item.type, target.id, True, item.storage)  # type: ignore[union-attr]
        self.builder.bind((item,), (target.id,), True)  # type: ignore[arg-type]
        bound = self.builder.ops.pop()
        self.builder.emit(replace(bound, outs=(named,)))
        self.session.sites[named] = self.sites_of(item)
        self.session.frame.names[target.id] = named

    def row(self, array: Value, index: Value, node: Any) -> Thing:
        step = Step("index", ("i",))
        if array.is_handle:
            view = self.builder.view(array, step, (index,))
            return view if isinstance(view.type, Array) else self.builder.load(view)
        value = self.builder.getitem(array, step, (index,))
        self.session.sites[value] = self.sites_of(array) if isinstance(value.type, Array) else frozenset()
        return value

    # ---- the end of a trip

    def close(self, assigned: list[str], params: dict[str, Value], shape: Shape, entry: dict[str, Thing],
              after: dict[str, Thing], versions: dict[Storage, Value], trip: Trip, node: Any) -> None:
        """Carries from what the names became; `shape.stable` turns False where another round is due."""
        moved: dict[Storage, Storage] = {}
        for name in assigned:
            found = after.get(name)
            if name in params:
                self.close_carried(name, params[name], entry.get(name, UNDEFINED), found, shape, moved, trip, node)
            elif name not in shape.invariant:
                self.close_last(name, found, shape, trip)
        if len(set(moved.values())) < len(moved):
            raise self.refuse("two names that stand for two arrays before a trip of this loop stand for one after it, "
                              "and it is written", node, "take a copy, so that each name has an array of its own")
        for storage, (formal, version) in trip.formals.items():
            target = moved.get(formal, formal)
            own = {f for f, _ in trip.formals.values()}
            if target in self.outer_versions and target not in own:
                raise self.refuse("a name stands for an array of its own before a trip of this loop, and for another "
                                  "name's array after it, and that is written", node, "take a copy")
            if target not in versions:
                raise self.refuse("an array that is written is rebound in a way the loop cannot follow", node)
            result = Storage(formal.name, formal.type)
            self.session.storage_sites[result] = self.session.storage_sites.get(formal, frozenset())
            trip.results[formal] = result
            final = Value(Contents(), formal.name, storage=result)
            trip.carries.append(Carry(self.builder_version(storage), version, versions[target], final))
        trip.carries = [self.on_result(carry, trip) for carry in trip.carries]

    def builder_version(self, storage: Storage) -> Value:
        if storage not in self.outer_versions:
            raise self.refuse("an array that is written goes by two names at the head of this loop",
                              self.session.frame.statement, "take a copy, so that each name has an array of its own")
        return self.outer_versions[storage]

    def on_result(self, carry: Carry, trip: Trip) -> Carry:
        """A handle's result points at the storage that its slot has after the loop."""
        storage = carry.param.storage
        if not carry.param.is_handle or storage is None:
            return carry
        result = Value(carry.result.type, carry.result.hint, False, trip.results[storage])
        for name, thing in trip.names.items():
            if thing is carry.result:
                trip.names[name] = result
        return replace(carry, result=result)

    def close_carried(self, name: str, param: Value, init: Thing, found: Thing | None, shape: Shape,
                      moved: dict[Storage, Storage], trip: Trip, node: Any) -> None:
        if found is param and init is not UNDEFINED:
            shape.invariant.add(name)
            shape.stable = False
            return
        if isinstance(found, tuple) or not isinstance(found, (Value, Const)):
            raise self.later(f"what this loop makes of `{name}`", node)
        if isinstance(found, Const) and isinstance(found.type, Opaque) or isinstance(param.type, Opaque):
            raise self.later(f"`{name}`, which is not a number on every trip,", node)
        handle = isinstance(found, Value) and found.is_handle
        if handle != param.is_handle:
            plain = init if handle else found
            raise Restart(self.writable_sites(plain, name, node))
        try:
            known = self.count_parts()
            kind = join(shape.types[name], found.type, f"{name}@{self.mark(node)}", self.builder.facts.parts)
            shape.stable = shape.stable and known == self.count_parts()
        except JoinError as failure:
            raise self.refuse(f"`{name}` is {failure}", node, "use another name") from None
        if isinstance(kind, Number):
            kind = Number(kind.kind)
        if kind != shape.types[name]:
            shape.types[name] = kind
            shape.stable = False
        if handle:
            assert isinstance(found, Value) and found.storage is not None and param.storage is not None
            if init in self.builder.views or found in self.builder.views:
                raise self.later(f"`{name}`, a view of an array that is written, bound to another place in a loop,",
                                 node, "index the array itself")
            if moved.setdefault(param.storage, found.storage) is not found.storage:
                raise self.refuse("names that stand for one array before a trip of this loop stand for two after it, "
                                  "and it is written", node, "take a copy")
        self.session.sites[param] = self.sites_of(param) | self.sites_of(found)
        result = Value(self.outside(kind, init, node), name)
        self.session.sites[result] = self.sites_of(param)
        trip.carries.append(Carry(init, param, found, result))  # type: ignore[arg-type]
        trip.names[name] = result

    def outside(self, kind: Type, init: Thing, node: Any) -> Type:
        """The type of a carried variable after the loop: sizes born in a trip are other symbols there."""
        if not isinstance(kind, Array):
            return kind
        before = init.type.dims if isinstance(init, Value) and isinstance(init.type, Array) else ()
        dims = []
        for k, dim in enumerate(kind.dims):
            if k < len(before) and before[k] == dim or all(is_global(symbol) for symbol, _ in dim.terms):
                dims.append(dim)
            else:
                name = f"{dim}^{self.mark(node)}"
                self.builder.facts.parts.setdefault(name, {})[dim] = None
                dims.append(of_symbol(Symbol(name)))
        return replace(kind, dims=tuple(dims))

    def count_parts(self) -> int:
        return sum(map(len, self.builder.facts.parts.values()))

    def close_last(self, name: str, found: Thing | None, shape: Shape, trip: Trip) -> None:
        """A name that the loop defines: after the loop it is what the last trip made of it."""
        if name in self.session.maybe and isinstance(found, Value) and not found.is_handle:
            shape.maybe[name] = found.type
            shape.stable = False
        elif isinstance(found, Value) and found.is_handle:
            trip.names[name] = found
        elif isinstance(found, (Value, Const)) and not isinstance(found.type, Opaque):
            result = Value(self.outside(found.type, UNDEFINED, self.session.frame.statement), name)
            self.session.sites[result] = self.sites_of(found)
            trip.carries.append(Carry(UNDEFINED, Value(found.type, name), found, result))
            trip.names[name] = result

    def close_versions(self, shape: Shape, outer: dict[Storage, Value], versions: dict[Storage, Value],
                       trip: Trip) -> None:
        for storage, before in outer.items():
            if storage in trip.formals or storage in trip.versions:
                continue
            if storage not in versions:
                continue
            if versions[storage] is not before:
                shape.written.append(storage)
                shape.stable = False
        for storage, param in trip.versions.items():
            result = Value(Contents(), storage.name, storage=storage)
            trip.carries.append(Carry(outer[storage], param, versions[storage], result))

    def leave_loop(self, loop: Loop, trip: Trip) -> None:
        """The names and versions after the loop."""
        versions = self.builder.versions
        for storage in trip.formals:
            versions.pop(storage, None)
        for carry in loop.carries:
            if carry.result.is_version:
                assert carry.result.storage is not None
                versions[carry.result.storage] = carry.result
        inner = {out for op in loop.body.ops for out in op.outs}
        for name, thing in trip.names.items():
            root = self.outer_handle(thing, loop, inner)
            if root is not None:
                self.session.frame.names[name] = root

    def outer_handle(self, thing: Thing, loop: Loop, inner: set[Value]) -> Thing | None:
        """A handle that a trip bound, as it is known outside: through `Bind`s to one from outside."""
        from ..ir.program import Bind
        while isinstance(thing, Value) and thing.is_handle and thing in inner:
            found = next((op for op in loop.body.ops if thing in op.outs), None)
            if not isinstance(found, Bind):
                return None
            thing = found.args[found.outs.index(thing)]
        for carry in loop.carries:
            if thing is carry.param:
                return carry.result
        return thing

