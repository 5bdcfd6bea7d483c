"""The backward sweep over `If` and `Loop`: each becomes a region that mirrors it.

A mirrored loop carries backwards what the loop carried forwards; it also carries the adjoints of
outer values that its body adds to.  Which those are is found by writing the body until no more appear.
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import LaterError
from ..ir.program import UNDEFINED, Arg, Block, Carry, Collect, Const, If, Loop, Prim, Storage, Store, Value
from ..ir.traverse import defined_in, walk
from ..ir.types import Array, Contents, Items, Listing, Number, Type, is_scalar, scalar_join
from ..primitives.build import finished
from .bars import Bars, Key, NeedStorage, Part, type_of_key
from .sweep import ZERO, Sweep

ROUNDS = 30


@dataclass
class Mirror:
    """What the rounds have learned of a mirrored loop.

    `carried`: the loop's carries whose adjoint flows; `outer`: outer values that the body adds to;
    `written`: outer adjoint storages that it adds to; `kinds`: types of the mirrored parameters.
    """

    carried: list[Carry]
    outer: list[Key] = field(default_factory=list)
    written: list[Storage] = field(default_factory=list)
    kinds: dict[object, Type] = field(default_factory=dict)
    grown: bool = False


@dataclass
class Round:
    """One writing of the mirrored body."""

    ops: list[object]
    params: dict[object, Value]
    versions: dict[Storage, tuple[Value, Value]]
    slots: list[tuple[Carry, Value, Value, Value, Value]]
    bars: Bars
    index: Value | None
    item: Value | None
    collected: Arg | None
    key: int


class Regions(Sweep):
    """`If` and `Loop`."""

    # ---- loops

    def loop(self, op: Loop) -> None:
        if any(c.result in self.bars.lists for c in op.collects):
            raise LaterError("the derivative of the gradient of a list", op.origin, "differentiate by its items")
        plain = [c for c in op.carries if c.result.storage is None]
        state = Mirror([c for c in plain if self.key_of(c.result) in self.bars.values
                        or self.key_of(c.result) in self.bars.handles])
        before = {c.result: self.take_full(c.result) for c in state.carried}
        remote = {value: list(shares) for value, shares in self.remote.items()}
        for _ in range(ROUNDS):
            self.remote = {value: list(shares) for value, shares in remote.items()}
            for carry in state.carried:
                if carry.result not in before and isinstance(carry.next.type, Array):
                    before[carry.result] = self.zeros(self.key_of(carry.result))
            try:
                state.grown = False
                done = self.mirror(op, state, before)
            except NeedStorage as need:
                if self.home_key(need.home) != self.block_key:
                    raise
                self.make_storage(need.home)
                continue
            if not state.grown:
                break
        if done.ops or state.carried or state.outer or done.slots:
            self.finish_loop(op, state, before, done)

    def receive(self, defined: set[Value]) -> None:
        """Add what mirrors of this block have found for the values it defines."""
        for value in [v for v in self.remote if v in defined and self.home.get(v) == self.block_key]:
            for share in self.remote[value]:
                self.contribute(value, self.builder.at(share) if isinstance(share, Value) else share)

    def take_full(self, result: Value) -> Arg:
        bar = self.take(self.key_of(result))
        assert bar is not None
        return bar

    def mirror(self, op: Loop, state: Mirror, before: dict[Value, Arg]) -> Round:
        outer_bars, outer_key, outer_native = self.bars, self.block_key, dict(self.native)
        defined = defined_in(op.body) | {c.param for c in op.carries} | {v for v in (op.index, op.item) if v}
        self.bars = outer_bars.inner()
        self.block_key = op.body.key
        index = None if op.index is None else Value(op.index.type, op.index.hint)
        item = None if op.item is None else Value(op.item.type, op.item.hint)
        if op.index is not None and index is not None:
            self.native[op.index] = index
        if op.item is not None and item is not None:
            self.native[op.item] = item
        try:
            with self.builder.block() as ops:
                outer_versions = dict(self.builder.versions)
                slots = self.enter_slots(op, outer_bars)
                versions = self.enter_versions(state)
                params = self.enter_params(op, state, before, outer_bars)
                self.receive(defined)
                self.ops(op.body.ops)
                self.builder.origin = op.origin
                self.grow(op, state, defined, outer_versions)
                collected = self.collect_item(op)
                self.complete_outer(state)
                closed = {s: (p, self.builder.versions[s]) for s, p in versions.items()}
                for carry, *_ in slots:
                    if carry.param.storage not in self.bars.handles:
                        self.make_storage(carry.param.storage)  # type: ignore[arg-type]
                full = [(*slot, self.bars.handles[slot[0].param.storage]) for slot in slots
                        if slot[0].param.storage in self.bars.handles]
                found = [(c, r, p, v, h) for c, r, p, v, h in full]
                self.slot_versions = {h: self.builder.versions[h.storage] for *_, h in found if h.storage}
                if not state.grown:
                    self.settle(op, state, params)
                return Round(list(ops), params, closed, found, self.bars, index, item, collected, op.body.key)
        finally:
            self.bars, self.block_key, self.native = outer_bars, outer_key, outer_native

    def enter_params(self, op: Loop, state: Mirror, before: dict[Value, Arg], outer: Bars) -> dict[object, Value]:
        params: dict[object, Value] = {}
        for carry in state.carried:
            logical = carry.next.type
            start = before.get(carry.result, ZERO)
            kind = state.kinds.setdefault(carry, self.actual(start.type, logical))
            param = params[carry] = Value(kind, self.bar_hint(carry.param))
            if isinstance(carry.next, Value):
                self.contribute(carry.next, param, carry.next)
        for key in state.outer:
            known = outer.values.get(key)
            kind = state.kinds.setdefault(key, self.full_type(type_of_key(key), known))
            params[key] = Value(kind, self.bar_hint(key))
            if isinstance(kind, Listing):
                self.bars.lists.setdefault(key, []).append(Part("all", (), params[key]))
                continue
            if key in self.bars.values:
                self.bars.values[key] = self.sum(params[key], self.bars.values[key], self.bar_hint(key))
            else:
                self.bars.values[key] = params[key]
        return params

    def full_type(self, kind: Type, known: Arg | None) -> Type:
        if not is_scalar(kind):
            return kind
        start = ZERO if known is None else known
        return start.type

    def actual(self, kind: Type, logical: Type) -> Type:
        """The type of an adjoint that starts as `kind` and stands for a value of the type `logical`."""
        if not isinstance(logical, Array):
            return kind
        if isinstance(kind, Array) and not kind.partial and self.builder.facts.covers(kind.dims, logical.dims):
            return Array(kind.dtype, logical.dims)
        return Array(logical.dtype, logical.dims, True)

    def widen(self, a: Type, b: Type, logical: Type) -> Type:
        """The type of an adjoint that is an `a` on one edge and a `b` on another."""
        if is_scalar(logical):
            return scalar_join(a, b) if is_scalar(a) and is_scalar(b) else a
        first, second = self.actual(a, logical), self.actual(b, logical)
        return first if getattr(first, "partial", False) else second

    def enter_versions(self, state: Mirror) -> dict[Storage, Value]:
        params = {}
        for storage in state.written:
            params[storage] = Value(Contents(), storage.name, storage=storage)
            self.builder.versions[storage] = params[storage]
        return params

    def enter_slots(self, op: Loop, outer: Bars) -> list[tuple[Carry, Value, Value, Value]]:
        """Adjoint handles of the loop's slots: in reverse, `next`'s adjoint comes in, `param`'s goes out."""
        slots = []
        for carry in op.carries:
            if not carry.param.is_handle or carry.param not in self.active:
                continue
            result, following = carry.result.storage, carry.next.storage  # type: ignore[union-attr]
            assert result is not None and following is not None
            if following in self.bars.handles and following not in outer.handles:
                continue
            if result not in outer.handles:
                raise NeedStorage(result)
            name = (carry.param.hint or "t") + "_bar"
            formal = Storage(name, carry.param.type)
            handle = Value(carry.param.type, name, storage=formal)
            version = Value(Contents(), name, storage=formal)
            self.builder.versions[formal] = version
            self.bars.handles[following] = handle
            slots.append((carry, outer.handles[result], handle, version))
        return slots

    def grow(self, op: Loop, state: Mirror, defined: set[Value], outer_versions: dict[Storage, Value]) -> None:
        """Note what this round touched that the mirror does not carry yet."""
        for carry in op.carries:
            if carry.param.storage is None and carry not in state.carried and self.has_bar(carry.param):
                state.carried.append(carry)
                state.grown = True
        for key in self.bars.values:
            root = key if isinstance(key, Value) else key.root
            if root not in defined and key not in state.outer:
                state.outer.append(key)
                state.grown = True
        for key in self.bars.lists:
            root = key if isinstance(key, Value) else key.root
            if root not in defined and key not in state.outer:
                state.outer.append(key)
                state.grown = True
        for storage, version in outer_versions.items():
            if self.builder.versions.get(storage, version) is not version and storage not in state.written:
                state.written.append(storage)
                state.grown = True

    def has_bar(self, value: Value) -> bool:
        key = self.key_of(value)
        return key in self.bars.values or key in self.bars.handles

    def collect_item(self, op: Loop) -> Arg | None:
        """The adjoint of the element that this trip read."""
        if op.item is None or op.item not in self.active:
            return None
        if isinstance(op.item.type, Items):
            return self.take_tree(op.item, ()) or self.tree(op.item, ())
        return self.complete(op.item, op.item.type)

    def complete_outer(self, state: Mirror) -> None:
        for key in state.outer:
            if key in self.bars.lists:
                self.bars.values[key] = self.combine(key, self.bars.lists.pop(key))
        for carry in state.carried:
            key = self.key_of(carry.param)
            if key in self.bars.handles:
                self.bars.values[key] = self.take(key)  # type: ignore[assignment]

    def settle(self, op: Loop, state: Mirror, params: dict[object, Value]) -> None:
        """Widen the types of mirrored parameters to what comes round the loop."""
        for carry in state.carried:
            back = self.bars.values.get(self.key_of(carry.param), ZERO)
            kind = self.widen(params[carry].type, back.type, carry.next.type)
            if kind != state.kinds[carry]:
                state.kinds[carry] = kind
                state.grown = True
        for key in state.outer:
            if key in self.bars.values and is_scalar(type_of_key(key)):
                kind = self.widen(state.kinds[key], self.bars.values[key].type, type_of_key(key))
                if kind != state.kinds[key]:
                    state.kinds[key] = kind
                    state.grown = True

    def finish_loop(self, op: Loop, state: Mirror, before: dict[Value, Arg], done: Round) -> None:
        """Emit the mirrored loop and pass on what it found."""
        carries: list[Carry] = []
        self.builder.origin = op.origin
        for carry in state.carried:
            start = before.get(carry.result, ZERO)
            back = done.bars.values.get(self.key_of(carry.param), ZERO)
            init_type = carry.init.type if carry.init is not UNDEFINED else carry.next.type
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
        self.finish_slots(done, carries)
        collects: tuple[Collect, ...] = ()
        if done.collected is not None and op.item is not None:
            assert isinstance(op.header[0].type, Listing)
            kind = Listing(done.collected.type, op.header[0].type.length)
            hint = self.list_hint(op.header[0])
            collects = (Collect(done.collected, Value(kind, hint)),)
        self.emit_mirror(op, done, carries, collects)
        for carry, mirrored in zip(state.carried, carries[:plain]):
            if carry.init is not UNDEFINED:
                init = carry.init if isinstance(carry.init, Value) else None
                self.contribute(carry.init, mirrored.result, init)
        if collects:
            items = collects[0].result
            if not op.reverse:
                items = self.builder.prim("reversed_list", items, kind=items.type, hint=items.hint)
            self.contribute(op.header[0], items)

    def list_hint(self, source: Arg) -> str | None:
        made = self.definition.get(source) if isinstance(source, Value) else None
        while isinstance(made, Prim) and made.primitive == "slice_list":
            source = made.args[0]
            made = self.definition.get(source) if isinstance(source, Value) else None
        return source.hint + "_bar" if isinstance(source, Value) and source.hint else None

    def finish_outer(self, key: Key, done: Round) -> Carry:
        kind = type_of_key(key)
        if isinstance(kind, Listing):
            start: Arg | None = self.combine(key, self.bars.lists.pop(key, []))
            result = Value(kind, self.bar_hint(key))
            self.bars.lists[key] = [Part("all", (), result)]
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

    def finish_slots(self, done: Round, carries: list[Carry]) -> None:
        for carry, start, param, version, final in done.slots:
            assert start.storage is not None and isinstance(carry.init, Value)
            storage = Storage((carry.param.hint or "t") + "_bar", carry.init.type)
            result = Value(carry.init.type, storage.name, storage=storage)
            contents = Value(Contents(), storage.name, storage=storage)
            carries.append(Carry(start, param, final, result))
            carries.append(Carry(self.builder.versions[start.storage], version, self.slot_versions[final], contents))
            self.bars.handles.pop(carry.result.storage, None)  # type: ignore[arg-type]
            self.bars.handles[carry.init.storage] = result  # type: ignore[index]
            self.builder.versions[storage] = contents

    def emit_mirror(self, op: Loop, done: Round, carries: list[Carry], collects: tuple[Collect, ...]) -> None:
        kind, header, limit = op.kind, tuple(map(self.forward, op.header)), op.limit
        if op.stop is not None:
            limit = op.trips
        if kind == "rows":
            array = op.header[0]
            size = array.type.dims[0] if isinstance(array.type, Array) else None
            length = self.builder.prim("len", self.forward(array), kind=Number("int", size))
            kind, header = "range", (Const(0), length, Const(1))
        elif kind == "while":
            kind, header, limit = "count", (self.forward(op.trips),), None
        results = (*(c.result for c in carries), *(c.result for c in collects))
        body = finished(done.key, done.ops)  # type: ignore[arg-type]
        limit = None if limit is None else self.forward(limit)
        self.builder.emit(Loop(results, op.origin, kind, header, done.index, done.item, None, tuple(carries),
                               collects, body, Value(Number("int"), "trips"), None, not op.reverse, limit))

    # ---- branches

    def branch(self, op: If) -> None:
        for out in op.outs:
            if out.is_handle and out in self.active and out.storage in self.bars.handles:
                raise LaterError("an array that is written and swapped in a branch", op.origin,
                                 "copy it in the branch instead")
        taken = {out: self.take(self.key_of(out)) for out in op.outs if out.storage is None}
        if not any(bar is not None for bar in taken.values()) and not self.touches(op):
            return
        remote = {value: list(shares) for value, shares in self.remote.items()}
        while True:
            self.remote = {value: list(shares) for value, shares in remote.items()}
            try:
                arms = [self.arm(op, block, taken) for block in (op.then, op.orelse)]
                break
            except NeedStorage as need:
                if self.home_key(need.home) != self.block_key:
                    raise
                self.make_storage(need.home)
        self.builder.origin = op.origin
        self.merge(op, arms)

    def touches(self, op: If) -> bool:
        """True where an arm may write to a storage, or add to an adjoint of its own accord."""
        return any(isinstance(inner, Store) for block in (op.then, op.orelse) for inner in walk(block)) or any(
            v in defined_in(block) for v in self.remote for block in (op.then, op.orelse))

    def arm(self, op: If, block: Block, taken: dict[Value, Arg | None]) -> tuple[list[object], Bars, dict[Storage, Value]]:
        outer_bars, outer_key = self.bars, self.block_key
        self.bars = Bars(dict(outer_bars.values), dict(outer_bars.handles), {k: list(v) for k, v in outer_bars.lists.items()})
        self.block_key = block.key
        try:
            with self.builder.block() as ops:
                self.receive({out for inner in block.ops for out in inner.outs})
                for out, arg in zip(op.outs, block.yields):
                    bar = taken.get(out)
                    if bar is not None and isinstance(arg, Value):
                        self.contribute(arg, bar, arg if isinstance(out.type, Array) else None)
                self.ops(block.ops)
                return list(ops), self.bars, dict(self.builder.versions)
        finally:
            self.bars, self.block_key = outer_bars, outer_key

    def merge(self, op: If, arms: list[tuple[list[object], Bars, dict[Storage, Value]]]) -> None:
        """The mirrored `If`: what an arm added to an outer adjoint, the other arm passes through."""
        outs: list[Value] = []
        yields: list[list[Arg]] = [[], []]
        inside = defined_in(op.then) | defined_in(op.orelse)
        new: dict[Key, Value] = {}
        for key in dict.fromkeys([*arms[0][1].values, *arms[1][1].values]):
            root = key if isinstance(key, Value) else key.root
            pair = [bars.values.get(key) for _, bars, _ in arms]
            if root in inside:
                continue
            if pair[0] is pair[1]:
                self.bars.values[key] = pair[0]  # type: ignore[assignment]
                continue
            ends = [ZERO if bar is None else bar for bar in pair]
            out = Value(self.widen(ends[0].type, ends[1].type, type_of_key(key)), self.bar_hint(key))
            new[key] = out
            outs.append(out)
            for k in (0, 1):
                yields[k].append(ends[k])
        for storage, version in list(self.builder.versions.items()):
            after = [versions.get(storage, version) for _, _, versions in arms]
            if after[0] is not version or after[1] is not version:
                out = Value(Contents(), storage.name, storage=storage)
                outs.append(out)
                for k in (0, 1):
                    yields[k].append(after[k])
                self.builder.versions[storage] = out
        if not outs and not any(ops for ops, _, _ in arms):
            return
        made = [finished(block.key, ops, (), tuple(y))  # type: ignore[arg-type]
                for block, (ops, _, _), y in zip((op.then, op.orelse), arms, yields)]
        self.builder.emit(If(tuple(outs), op.origin, self.forward(op.test), made[0], made[1]))
        self.bars.values.update(new)


