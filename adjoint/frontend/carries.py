"""What a loop carries from trip to trip, and what it leaves behind.

before: the names in scope before a trip of a loop, and after it
after:  parameters for what is live at the loop's head; carries, and what the names mean after the loop
"""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir.dims import Symbol, of_symbol
from ..ir.program import NONE, UNDEFINED, Arg, Bind, Carry, Const, Loop, Storage, Value
from ..ir.types import Array, Contents, Number, Opaque, Type
from ..primitives.sizes import is_settled
from .things import DictThing, ListThing, Restart, Thing
from .trips import Trip, TupleTrips
from .tuples import spoken


class Carries(TupleTrips):
    """The head of a loop and the end of its trips."""

    # ---- the head

    def enter(self, assigned: list[str], trip: Trip) -> None:
        """Parameters for what is live at the head of the loop."""
        for name in assigned:
            thing = trip.entry.get(name)
            if name in trip.shape.invariant or thing is None and name not in trip.shape.maybe:
                continue
            if thing == NONE and name not in trip.shape.types:
                continue
            if isinstance(thing, (ListThing, DictThing)):
                continue    # a name of a list stands for it in all trips, or the list is read before the loop
            if isinstance(thing, Value) and thing.is_handle:
                if name not in trip.shape.rebound:
                    continue    # most names of arrays that are written stand for one array in all trips
                param = self.enter_slot(name, thing, trip)
            else:
                param = self.enter_plain(name, thing, trip)
            trip.params[name] = self.session.frame.names[name] = param
        trip.shape.written = [storage for storage in trip.shape.written if storage not in trip.formals]
        for storage in trip.shape.written:
            version = Value(Contents(), storage.name, storage=storage)
            self.builder.versions[storage] = trip.versions[storage] = version

    def enter_plain(self, name: str, thing: Thing | None, trip: Trip) -> Value:
        if thing is not None and not isinstance(thing, (Value, Const)):
            raise self.later(f"`{name}`, which is not a value, rebound in a loop", trip.node)
        types = trip.shape.types
        kind = types.setdefault(name, trip.shape.maybe[name] if thing is None else thing.type)
        if isinstance(kind, Number) and kind.size is not None:
            kind = types[name] = Number(kind.kind)
        param = Value(kind, spoken(name))
        if thing == NONE or thing in self.session.optional:
            self.session.optional.add(param)
        self.session.sites[param] = frozenset() if thing is None else self.sites_of(thing)
        return param

    def enter_slot(self, name: str, thing: Value, trip: Trip) -> Value:
        storage, word = thing.buffer, spoken(name) or "t"
        if storage not in trip.formals:
            formal = Storage(word, thing.type)
            self.session.storage_sites[formal] = self.sites_of(thing)
            version = Value(Contents(), word, storage=formal)
            trip.formals[storage] = (formal, version)
            self.builder.versions.pop(storage, None)
            self.builder.versions[formal] = version
        kind = trip.shape.types.setdefault(name, thing.type)
        return Value(kind, word, storage=trip.formals[storage][0])

    # ---- the end of a trip

    def close(self, assigned: list[str], trip: Trip) -> None:
        """Carries from what the names became; `shape.stable` turns False where another round is due."""
        after, versions = self.session.frame.names, dict(self.builder.versions)
        trip.shape.stable = True
        for name in assigned:
            found = after.get(name)
            if name in trip.shape.invariant:
                self.check_invariant(name, found, trip)
            elif name in trip.params:
                self.close_carried(name, found, trip)
            elif self.is_kept(name, found, trip):
                continue
            elif trip.entry.get(name) == NONE:
                self.close_none(name, found, trip)
            else:
                self.close_last(name, found, trip)
        self.close_slots(versions, trip)
        trip.carries = [self.on_result(carry, trip) for carry in trip.carries]
        self.close_versions(versions, trip)

    def check_invariant(self, name: str, found: Thing | None, trip: Trip) -> None:
        """A name that no trip changed, as far as an earlier round knew; where one does, it is carried from now on."""
        if self.unbound(found) != trip.entry.get(name):
            trip.shape.invariant.discard(name)
            trip.shape.varying.add(name)
            trip.shape.stable = False

    def is_kept(self, name: str, found: Thing | None, trip: Trip) -> bool:
        """True for a name of an array that is written; one that does not stand for it after the trip is carried from
        the next round on."""
        entry = trip.entry.get(name)
        if isinstance(entry, (ListThing, DictThing)):
            if found != entry:
                trip.shape.rebound.add(name)
                trip.shape.stable = False
            return True
        if not isinstance(entry, Value) or not entry.is_handle or name in trip.shape.rebound:
            return False
        if self.unbound(found) is not entry:
            trip.shape.rebound.add(name)
            trip.shape.stable = False
        return True

    def close_slots(self, versions: dict[Storage, Value], trip: Trip) -> None:
        """Carries for the contents of the slots."""
        if len(set(trip.moved.values())) < len(trip.moved):
            raise self.refuse("two names that stand for two arrays before a trip of this loop stand for one after it, "
                              "and it is written", trip.node, "take a copy, so that each name has an array of its own")
        own = {formal for formal, _ in trip.formals.values()}
        for storage, (formal, version) in trip.formals.items():
            target = trip.moved.get(formal, formal)
            if target in trip.outer and target not in own:
                raise self.refuse("a name stands for an array of its own before a trip of this loop, and for another "
                                  "name's array after it, and that is written", trip.node, "take a copy")
            if target not in versions:
                raise self.refuse("an array that is written is rebound in a way the loop cannot follow", trip.node)
            if storage not in trip.outer:
                raise self.refuse("an array that is written goes by two names at the head of this loop", trip.node,
                                  "take a copy, so that each name has an array of its own")
            result = Storage(formal.name, formal.type)
            self.session.storage_sites[result] = self.session.storage_sites.get(formal, frozenset())
            trip.results[formal] = result
            final = Value(Contents(), formal.name, storage=result)
            trip.carries.append(Carry(trip.outer[storage], version, versions[target], final))

    def on_result(self, carry: Carry, trip: Trip) -> Carry:
        """A handle's result points at the storage that its slot has after the loop."""
        if not carry.param.is_handle:
            return carry
        result = Value(carry.result.type, carry.result.hint, False, trip.results[carry.param.buffer])
        for name, thing in trip.names.items():
            if thing is carry.result:
                trip.names[name] = result
        return replace(carry, result=result)

    def close_none(self, name: str, found: Thing | None, trip: Trip) -> None:
        """A name that is None before the loop: if a trip gives it a value, it is carried from the next round on."""
        if not isinstance(found, Value):
            trip.shape.invariant.add(name)
        else:
            trip.shape.types[name] = found.type
        trip.shape.stable = False

    def close_carried(self, name: str, found: Thing | None, trip: Trip) -> None:
        """The carry of a name that is live at the head."""
        param, init, node = trip.params[name], trip.entry.get(name, UNDEFINED), trip.node
        if isinstance(found, (ListThing, DictThing)):
            found = self.read(found, node)
        if self.unbound(found) is param and init is not UNDEFINED and name not in trip.shape.varying:
            trip.shape.invariant.add(name)
            trip.shape.stable = False
            return
        if not isinstance(found, (Value, Const)):
            raise self.later(f"what this loop makes of `{name}`", node)
        if found != NONE and isinstance(found.type, Opaque) or isinstance(param.type, Opaque):
            raise self.later(f"`{name}`, which is not a number on every trip,", node)
        handle = isinstance(found, Value) and found.is_handle
        if handle != param.is_handle:
            raise Restart(self.writable_sites(init if handle else found, name, node))
        kind = self.widened(name, found, trip)
        if isinstance(found, Value) and found.is_handle:
            self.move(name, found, trip)
        self.session.sites[param] = self.sites_of(param) | self.sites_of(found)
        result = Value(self.outside(kind, init, node), spoken(name))
        self.session.sites[result] = self.sites_of(param)
        if found == NONE or found in self.session.optional:
            shape = trip.shape
            shape.stable = shape.stable and param in self.session.optional
            self.session.optional |= {param, result}
        elif param in self.session.optional:
            self.session.optional.add(result)
        trip.carries.append(Carry(init, param, found, result))  # type: ignore[arg-type]
        trip.names[name] = result

    def widened(self, name: str, found: Arg, trip: Trip) -> Type:
        """The type of a carried name, given what a trip makes of it."""
        shape, known = trip.shape, self.count_parts()
        kind = shape.types[name]
        if found != NONE:
            kind = self.joined(name, kind, found.type, trip.node, "use another name")
        if isinstance(kind, Number):
            kind = Number(kind.kind)
        shape.stable = shape.stable and known == self.count_parts() and kind == shape.types[name]
        shape.types[name] = kind
        return kind

    def count_parts(self) -> int:
        return sum(map(len, self.builder.facts.parts.values()))

    def move(self, name: str, found: Value, trip: Trip) -> None:
        """Note which slot's array a name stands for after the trip."""
        if trip.entry.get(name) in self.builder.views or found in self.builder.views:
            raise self.later(f"`{name}`, a view of an array that is written, bound to another place in a loop,",
                             trip.node, "index the array itself")
        if trip.moved.setdefault(trip.params[name].buffer, found.buffer) is not found.buffer:
            raise self.refuse("names that stand for one array before a trip of this loop stand for two after it, "
                              "and it is written", trip.node, "take a copy")

    def outside(self, kind: Type, init: Thing, node: Any) -> Type:
        """The type of a carried variable after the loop: sizes born in a trip are other symbols there."""
        if not isinstance(kind, Array):
            return kind
        before = init.type.dims if isinstance(init, Value) and isinstance(init.type, Array) else ()
        dims = []
        for k, dim in enumerate(kind.dims):
            if k < len(before) and before[k] == dim or is_settled(dim):
                dims.append(dim)
            else:
                name = f"{dim}^{self.mark(node)}"
                self.builder.facts.parts.setdefault(name, {})[dim] = None
                dims.append(of_symbol(Symbol(name)))
        return replace(kind, dims=tuple(dims))

    def close_last(self, name: str, found: Thing | None, trip: Trip) -> None:
        """A name that the loop defines: after the loop it is what the last trip made of it."""
        if name in self.session.maybe and isinstance(found, Value) and not found.is_handle:
            trip.shape.maybe[name] = found.type
            trip.shape.stable = False
        elif isinstance(found, Value) and found.is_handle:
            trip.names[name] = found
        elif isinstance(found, (Value, Const)) and not isinstance(found.type, Opaque):
            result = Value(self.outside(found.type, UNDEFINED, trip.node), spoken(name))
            self.session.sites[result] = self.sites_of(found)
            if found in self.session.optional:
                self.session.optional.add(result)
            trip.carries.append(Carry(UNDEFINED, Value(found.type, spoken(name)), found, result))
            trip.names[name] = result

    def unbound(self, thing: Thing | None) -> Thing | None:
        """What a name stands for, through `v = w`."""
        for op in reversed(self.builder.ops):
            if isinstance(op, Bind) and thing in op.outs:
                thing = op.args[op.outs.index(thing)]  # type: ignore[arg-type]
        return thing

    def close_versions(self, versions: dict[Storage, Value], trip: Trip) -> None:
        """Carries for the contents of outer storages that the body writes."""
        lost = [storage for storage in [*trip.versions, *trip.outer] if storage not in versions]
        if lost and not trip.shape.stable:
            return      # names that a trip binds to other arrays are carried in the next round
        for storage in lost:
            if storage not in trip.formals:
                raise self.refuse(f"`{storage.name}` is written, and another name of it is rebound in a loop inside",
                                  trip.node, "use one name for the array, or copy it")
        for storage, before in trip.outer.items():
            known = storage in trip.formals or storage in trip.versions
            if not known and versions.get(storage, before) is not before:
                trip.shape.written.append(storage)
                trip.shape.stable = False
        for storage, param in trip.versions.items():
            result = Value(Contents(), storage.name, storage=storage)
            trip.carries.append(Carry(trip.outer[storage], param, versions[storage], result))

    # ---- after the loop

    def leave_loop(self, loop: Loop, trip: Trip) -> None:
        """The names and versions after the loop."""
        versions = self.builder.versions
        for storage in trip.formals:
            versions.pop(storage, None)
        for carry in loop.carries:
            if carry.result.is_version:
                versions[carry.result.buffer] = carry.result
        inner = {out for op in loop.body.ops for out in op.outs}
        for name, thing in trip.names.items():
            root = self.outer_handle(thing, loop, inner)
            if root is not None:
                self.session.frame.names[name] = root

    def outer_handle(self, thing: Thing, loop: Loop, inner: set[Value]) -> Thing | None:
        """A handle that a trip bound, as it is known outside: through `Bind`s to one from outside."""
        while isinstance(thing, Value) and thing.is_handle and thing in inner:
            found = next((op for op in loop.body.ops if thing in op.outs), None)
            if not isinstance(found, Bind):
                return None
            thing = found.args[found.outs.index(thing)]
        for carry in loop.carries:
            if thing is carry.param:
                return carry.result
        return thing
