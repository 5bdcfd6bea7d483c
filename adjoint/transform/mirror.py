"""One writing of the body of a mirrored loop.

A mirrored loop carries backwards what the loop carried forwards; it also carries the adjoints of
outer values that its body adds to.  Which those are is found by writing the body until no more appear.
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..ir.dims import Dim
from ..ir.program import Arg, At, Carry, Const, Form, Loop, Prim, Storage, Value
from ..ir.traverse import defined_in, loop_params
from ..ir.types import Contents, Items, Listing, Number, Type, dims_of, is_scalar
from ..primitives import core
from ..primitives.primitive import REGISTRY
from .bars import Bars, Key, NeedStorage, Part, type_of_key
from .made_lists import MadeLists
from .sweep import ZERO


@dataclass
class Mirror:
    """What the rounds have learned of a mirrored loop.

    `carried`: the loop's carries whose adjoint flows; `outer`: outer values that the body adds to;
    `written`: outer adjoint storages that it adds to; `kinds`: types of the mirrored parameters; `first`:
    the types that adjoints have if there is a trip, where that is known.
    """

    carried: list[Carry]
    outer: list[Key] = field(default_factory=list)
    written: list[Storage] = field(default_factory=list)
    kinds: dict[object, Type] = field(default_factory=dict)
    first: dict[Carry, Type] = field(default_factory=dict)
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
    collected: dict[Arg, Arg]
    key: int
    made_lists: dict[Value, Arg]
    counter: tuple[Value, Arg] | None
    ends: list[tuple[Arg, Value, Arg]]


def length_of(leaf: Form, args: tuple[Arg, ...]) -> Dim | None:
    """The size of a sequence that a loop runs over (below 0 for an empty range), where it has a name."""
    if leaf.word == "range":
        start, stop = (arg.type.size if isinstance(arg.type, Number) else None for arg in args[:2])
        return stop - start if start is not None and stop is not None and args[2] == Const(1) else None
    kind = args[-1].type
    return kind.length if isinstance(kind, Listing) else dims_of(kind)[0]


class Mirrors(MadeLists):
    """Enters a mirrored body, writes it, and notes what it touched."""

    def take_full(self, result: Value) -> Arg:
        bar = self.take_any(result) if isinstance(result.type, Listing) else self.take(self.key_of(result))
        assert bar is not None
        return bar

    def mirror(self, op: Loop, state: Mirror, before: dict[Value, Arg], made_lists: dict[Value, Arg],
               cuts: dict[Value, Arg]) -> Round:
        outer_bars, outer_key, outer_native = self.bars, self.block_key, dict(self.native)
        self.around.append(op)
        defined = defined_in(op.body).union(loop_params(op))
        self.bars = outer_bars.inner()
        self.block_key = op.body.key
        index, item = self.drivers(op, bool(made_lists))
        try:
            with self.builder.block() as ops:
                outer_versions = dict(self.builder.versions)
                slots = self.enter_slots(op, outer_bars)
                versions = self.enter_versions(state)
                params = self.enter_params(op, state, before, outer_bars)
                self.receive(defined)
                counter = self.receive_elements(op, made_lists, index)
                starts = self.receive_many(op, made_lists, cuts)
                self.ops(op.body.ops)
                ends = [(bar, start, self.bars.ends[bar]) for bar, start in starts.items()]
                self.builder.origin = op.origin
                collected = self.collect_item(op) | self.collect_elements(op, state)
                self.grow(op, state, defined, outer_versions)
                self.complete_outer(state)
                closed = {s: (p, self.builder.versions[s]) for s, p in versions.items()}
                for carry, *_ in slots:
                    if carry.param.storage not in self.bars.handles:
                        self.make_storage(carry.param.storage)  # type: ignore[arg-type]
                found = [(*slot, self.bars.handles[slot[0].param.buffer]) for slot in slots]
                self.slot_versions = {h: self.builder.versions[h.storage] for *_, h in found if h.storage}
                if not state.grown:
                    self.settle(op, state, params)
                return Round(list(ops), params, closed, found, self.bars, index, item, collected, op.body.key,
                             made_lists, counter, ends)
        finally:
            self.around.pop()
            self.bars, self.block_key, self.native = outer_bars, outer_key, outer_native

    def drivers(self, op: Loop, counted: bool) -> tuple[Value | None, Value | None]:
        """The index and the item of the mirror; a loop over a list is counted where its trips need a number."""
        index = None if op.index is None else Value(op.index.type, None if op.index.hint == "_" else op.index.hint)
        item = None if op.item is None else Value(op.item.type, op.item.hint)
        if counted and op.kind == "items":
            return Value(Number("int"), None), None
        if op.index is not None and index is not None:
            self.native[op.index] = index
        if op.item is not None and item is not None:
            self.native[op.item] = item
        return index, item

    def enter_params(self, op: Loop, state: Mirror, before: dict[Value, Arg], outer: Bars) -> dict[object, Value]:
        params: dict[object, Value] = {}
        for carry in state.carried:
            logical = carry.next.type
            start = before.get(carry.result, ZERO)
            kind = state.kinds.setdefault(carry, self.actual(state.first.get(carry, start.type), logical))
            param = params[carry] = Value(kind, self.bar_hint(carry.param))
            if isinstance(carry.next, Value):
                self.contribute(carry.next, param, carry.next)
        for key in state.outer:
            known = outer.values.get(key)
            kind = state.kinds.setdefault(key, self.full_type(type_of_key(key), known))
            params[key] = Value(kind, self.bar_hint(key))
            if isinstance(kind, Listing):
                self.bars.lists.setdefault(key, []).append(Part("whole", (), params[key]))
                continue
            if key in self.bars.values:
                self.bars.values[key] = self.sum(params[key], self.bars.values[key], self.bar_hint(key))
            else:
                self.bars.values[key] = params[key]
        return params

    def is_full_after(self, result: Value, bar: Arg) -> bool:
        """True where an adjoint is computed, element by element, from a loop's result that is as large as its type
        after a trip: so is the adjoint, whenever the mirrored loop has a trip."""
        if result not in self.full:
            return False
        op = self.builder.made_here(bar)
        if isinstance(op, At):
            return op.value is result
        primitive = REGISTRY.by_name.get(op.primitive) if isinstance(op, Prim) else None
        if not isinstance(op, Prim) or primitive is None or primitive.kind != "elementwise":
            return bar is result
        return any(self.is_full_after(result, arg) for arg in op.args)

    def full_type(self, kind: Type, known: Arg | None) -> Type:
        if not is_scalar(kind):
            return kind
        start = ZERO if known is None else known
        return start.type

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
        return key in self.bars.values or key in self.bars.handles or key in self.bars.lists

    def collect_item(self, op: Loop) -> dict[Arg, Arg]:
        """The adjoint of the element that this trip read, by the list that it is of."""
        if op.item is None or op.item not in self.active:
            return {}
        if isinstance(op.item.type, Items):
            return {op.header[0]: self.take_tree(op.item, ()) or self.tree(op.item, ())}
        return {op.header[0]: self.complete(op.item, op.item.type)}

    def collect_elements(self, op: Loop, state: Mirror) -> dict[Arg, Arg]:
        """The adjoints of lists of which trip k reads element k: one element a trip, as for the loop's item."""
        found: dict[Arg, Arg] = {}
        for key, parts in list(self.bars.lists.items()):
            if not isinstance(key, Value) or key in state.outer or op.index is None or op.stop is not None:
                continue
            at = self.native.get(op.index)
            if len(parts) == 1 and parts[0].kind == "element" and parts[0].where == (at,) and self.covers(op, key):
                found[key] = self.bars.lists.pop(key)[0].value
        return found

    def covers(self, op: Loop, source: Value) -> bool:
        """True where the loop's index runs over all the elements of a list."""
        assert isinstance(source.type, Listing)
        if op.kind == "range":
            start, stop, step = op.header
            made = self.definition.get(stop) if isinstance(stop, Value) else None
            length = isinstance(made, Prim) and made.primitive == core.LEN and made.args == (source,)
            return start == Const(0) and step == Const(1) and length
        if op.kind != "each" or op.form is None:
            return False
        sizes = [length_of(leaf, tuple(op.header[k] for k in leaf.at)) for leaf in op.form.leaves]
        return all(size is not None and self.builder.facts.same_size(size, source.type.length) for size in sizes)

    def complete_outer(self, state: Mirror) -> None:
        for key in state.outer:
            if key in self.bars.lists:
                self.bars.values[key] = self.combine(key, self.bars.lists.pop(key))
        for carry in state.carried:
            key = self.key_of(carry.param)
            if key in self.bars.lists:
                self.bars.values[key] = self.combine(key, self.bars.lists.pop(key))
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
