"""The backward sweep over `Loop`: a loop with the same steps, in reverse order.

before: a `Loop` of the forward program; adjoints of its results
after:  a `Loop` that gives the adjoints of what its body read from outside, trip by trip
"""
from __future__ import annotations

from ..ir.dims import Dim
from ..ir.program import ADD_TO, UNDEFINED, Arg, Carry, Collect, Const, Loop, Prim, Storage, Value
from ..ir.types import Array, Contents, Listing, Number, full
from ..primitives import core
from ..primitives.build import finished
from .bars import Key, NeedStorage, Part, type_of_key
from .mirror import Mirror, Mirrors, Round, length_of
from .sweep import ZERO

ROUNDS = 30


def is_less(a: Dim | None, b: Dim | None) -> bool:
    """True where the size a is surely less than b."""
    difference = None if a is None or b is None else b - a
    return difference is not None and not difference.terms and difference.constant > 0


class Loops(Mirrors):
    """`Loop`."""

    def loop(self, op: Loop) -> None:
        made_lists = {c.result: bar for c in op.collects if (bar := self.take_any(c.result)) is not None}
        cuts = {c.result: self.bars.cuts.pop(c.result) for c in op.collects if c.result in self.bars.cuts}
        for made, bar in made_lists.items():
            self.builder.facts.suggest(bar, self.bar_hint(made))
        plain = [c for c in op.carries if c.result.storage is None]
        state = Mirror([c for c in plain if self.has_bar(c.result)])
        before = {c.result: self.take_full(c.result) for c in state.carried}
        state.first = {c: full(before[c.result].type) for c in state.carried
                       if self.is_full_after(c.result, before[c.result])}
        remote = {value: list(shares) for value, shares in self.remote.items()}
        for _ in range(ROUNDS):
            self.remote = {value: list(shares) for value, shares in remote.items()}
            for carry in state.carried:
                if carry.result not in before and isinstance(carry.next.type, (Array, Listing)):
                    before[carry.result] = self.complete(self.key_of(carry.result), carry.next.type)
            try:
                state.grown = False
                done = self.mirror(op, state, before, made_lists, cuts)
            except NeedStorage as need:
                if self.home_key(need.home) != self.block_key:
                    raise
                self.make_storage(need.home)
                continue
            if not state.grown:
                break
        if done.ops or state.carried or state.outer or done.slots or done.ends:
            self.finish_loop(op, state, before, done)

    def finish_loop(self, op: Loop, state: Mirror, before: dict[Value, Arg], done: Round) -> None:
        """Emit the mirrored loop and pass on what it found."""
        carries: list[Carry] = []
        self.builder.origin = op.origin
        for carry in state.carried:
            start = before.get(carry.result, ZERO)
            back = done.bars.values.get(self.key_of(carry.param), ZERO)
            init_type = carry.next.type if carry.init in (UNDEFINED, Const(None)) else carry.init.type
            kind = self.widen(start.type, back.type, init_type)
            result = Value(kind, self.bar_hint(carry.param))
            carries.append(Carry(start, done.params[carry], back, result))
        for key in state.outer:
            carries.append(self.finish_outer(key, done))
        for storage, (param, after) in done.versions.items():
            result = Value(Contents(), storage.name, storage=storage)
            carries.append(Carry(self.builder.versions[storage], param, after, result))
            self.builder.versions[storage] = result
        plain = len(state.carried)
        left = self.finish_slots(done, carries)
        for flag, param in self.left_flags.pop(op, {}).items():
            # Only the last trip, which is the first one here, can have left the loop.
            carries.append(Carry(self.forward(flag.result), param, Const(False), Value(param.type, None)))
        carries += self.places(op, done)
        collects = tuple(Collect(bar, Value(Listing(bar.type, source.type.length), self.list_hint(source)))
                         for source, bar in done.collected.items() if isinstance(source.type, Listing))
        self.emit_mirror(op, done, carries, collects)
        for begun, found in left:
            self.leave_slot(begun, found)
        for carry, mirrored in zip(state.carried, carries[:plain]):
            if carry.init is not UNDEFINED:
                init = carry.init if isinstance(carry.init, Value) else None
                self.contribute(carry.init, mirrored.result, init)
        for source, collect in zip(done.collected, collects):
            items = collect.result
            if not op.reverse:
                items = self.builder.prim(core.REVERSED_LIST, items, kind=items.type, hint=items.hint)
            self.contribute(source, self.with_rest(op, source, items))

    def places(self, op: Loop, done: Round) -> list[Carry]:
        """Carries for where a trip of the mirror stands in the adjoints of the lists that the loop made."""
        found: list[Carry] = []
        for bar, cut, other in done.ends:
            end = Const(0) if op.reverse else self.bars.ends[bar] if bar in self.bars.ends else self.builder.length(bar)
            found.append(Carry(end, cut, other, Value(Number("int"), "end")))
            if bar in self.bars.ends:
                self.bars.ends[bar] = found[-1].result
        if done.counter is not None:
            bar = next(done.made_lists[c.result] for c in op.collects if c.result in done.made_lists and not c.extend)
            last = self.builder.prim(core.SUBTRACT, self.builder.length(bar), Const(1))
            found.append(Carry(last, *done.counter, Value(Number("int"), None)))
        return found

    def with_rest(self, op: Loop, source: Arg, items: Value) -> Arg:
        """The adjoint of a list from those of the items that a loop came to: the others' are zeros."""
        trips = op.trips if op.stop is not None else op.limit
        if trips is None:
            return items
        kind = source.type
        assert isinstance(kind, Listing)
        rest = self.builder.prim(core.SLICE_LIST, self.forward(source), self.forward(trips), Const(None), Const(None),
                                 kind=kind)
        zeros = self.builder.prim(core.LIST_ZEROS, rest, kind=items.type)
        return self.builder.prim(core.LIST_JOIN, items, zeros, kind=items.type, hint=items.hint)

    def list_hint(self, source: Arg) -> str | None:
        made = self.definition.get(source) if isinstance(source, Value) else None
        while isinstance(made, Prim) and made.primitive in (core.SLICE_LIST, core.LISTED):
            source = made.args[0]
            made = self.definition.get(source) if isinstance(source, Value) else None
        return source.hint + "_bar" if isinstance(source, Value) and source.hint else None

    def finish_outer(self, key: Key, done: Round) -> Carry:
        kind = type_of_key(key)
        if isinstance(kind, Listing):
            start: Arg | None = self.combine(key, self.bars.lists.pop(key, []))
            result = Value(kind, self.bar_hint(key))
            self.bars.lists[key] = [Part("whole", (), result)]
            assert start is not None
            return Carry(start, done.params[key], done.bars.values[key], result)
        start = self.bars.values.pop(key, None)
        if start is None:
            start = self.zeros(key)
        elif isinstance(kind, Array):
            start = self.builder.filled(start, kind, lambda: self.forward_key(key))
        result = Value(done.params[key].type, self.bar_hint(key))
        self.bars.values[key] = result
        return Carry(start, done.params[key], done.bars.values[key], result)

    def finish_slots(self, done: Round, carries: list[Carry]) -> list[tuple[Value, Value]]:
        """Carries for the adjoints of slots; for each what the slot started with, and its adjoint after the mirror."""
        left = []
        for carry, start, param, version, final in done.slots:
            assert start.storage is not None and isinstance(carry.init, Value)
            storage = Storage((carry.param.hint or "t") + "_bar", carry.init.type)
            result = Value(carry.init.type, storage.name, storage=storage)
            contents = Value(Contents(), storage.name, storage=storage)
            carries.append(Carry(start, param, final, result))
            carries.append(Carry(self.builder.versions[start.storage], version, self.slot_versions[final], contents))
            self.bars.handles.pop(carry.result.storage, None)  # type: ignore[arg-type]
            self.builder.versions[storage] = contents
            left.append((carry.init, result))
        return left

    def leave_slot(self, init: Value, result: Value) -> None:
        """The adjoint of the storage that a slot started with: what the mirror found, added where that is elsewhere."""
        if self.home_key(init.buffer) == self.block_key:
            self.bars.handles[init.buffer] = result
        else:
            self.builder.store(self.handle_for(init.buffer), self.builder.load(result), ADD_TO)

    def count(self, op: Loop) -> Arg:
        """The number of trips that the header of an "each" loop allows: the least of its lengths."""
        assert op.form is not None
        found: list[tuple[Dim | None, Arg]] = []
        for leaf in op.form.leaves:
            args = tuple(self.forward(op.header[k]) for k in leaf.at)
            size = length_of(leaf, tuple(op.header[k] for k in leaf.at))
            if size is not None and any(known is not None and self.builder.facts.same_size(size, known)
                                        for known, _ in found):
                continue
            if leaf.word != "range":
                found.append((size, self.builder.length(args[0 if leaf.word != "keys" else 1])))
            elif args[2] == Const(1):
                length = args[1] if args[0] == Const(0) else self.builder.prim(core.SUBTRACT, args[1], args[0])
                found.append((size, length))
            else:
                found.append((size, self.builder.prim(core.RANGE_LENGTH, *args, kind=Number("int"))))
        found = [(a, length) for a, length in found if not any(is_less(b, a) for b, _ in found)]
        if len(found) == 1:
            return found[0][1]
        return self.builder.prim(core.SHORTEST, *(length for _, length in found), kind=Number("int"))

    def emit_mirror(self, op: Loop, done: Round, carries: list[Carry], collects: tuple[Collect, ...]) -> None:
        kind, header, limit = op.kind, tuple(map(self.forward, op.header)), op.limit
        if op.stop is not None:
            limit = op.trips if op.whole is None else op.whole
        if done.counter is None and kind == "items" and done.item is None:
            kind, header = "range", (Const(0), self.builder.length(header[0]), Const(1))
        elif kind == "rows":
            kind, header = "range", (Const(0), self.builder.length(self.forward(op.header[0])), Const(1))
        elif kind == "each":
            kind, header = "range", (Const(0), self.count(op), Const(1))
        elif kind == "while":
            trips = op.trips if op.whole is None else op.whole
            kind, header, limit = "count", (self.forward(trips),), None
        results = (*(c.result for c in carries), *(c.result for c in collects))
        body = finished(done.key, done.ops)  # type: ignore[arg-type]
        limit = None if limit is None else self.forward(limit)
        self.builder.emit(Loop(results, op.origin, kind, header, done.index, done.item, None, tuple(carries),
                               collects, body, Value(Number("int"), "trips"), None, not op.reverse, limit))
