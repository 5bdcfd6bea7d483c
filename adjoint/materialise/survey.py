"""What `materialise` must know of a program: where values stand, which loops and branches hold them.

before: a program with `At` operations
after:  `Survey`: homes, definitions, the forward region of each key, versions that are overwritten

>>> def f(x):  # f8[n]
...     y = 2.0 * x
...     y[1:] = y[1:] * y[:-1]
...     return np.sum(y * y)
y_saved = y[1:].copy()
y_saved2 = y[:-1].copy()
"""
from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from ..errors import Span
from ..ir.program import Alloc, Arg, Bind, Block, Function, If, Load, Loop, Op, Prim, Storage, Store, Undo, Value, View
from ..ir.traverse import blocks, loop_params, walk, with_blocks
from ..ir.types import Array
from ..ir.units import Call, handover_of
from ..primitives import core
from ..primitives.indexing import is_basic


@dataclass(frozen=True)
class Region:
    """The first block with a key: a loop's body, or an arm of a branch."""

    key: int
    op: Op
    parent: int
    in_loop: bool
    top: Op


@dataclass
class Survey:
    top: int
    home: dict[Value, int] = field(default_factory=dict)
    definition: dict[Value, Op] = field(default_factory=dict)
    regions: dict[int, Region] = field(default_factory=dict)
    overwritten: set[Value] = field(default_factory=set)
    stores: dict[Storage, list[Op]] = field(default_factory=dict)
    loops: dict[Value, Loop] = field(default_factory=dict)
    next_of: dict[Value, Value] = field(default_factory=dict)
    whole: dict[Value, Value] = field(default_factory=dict)
    entry: dict[Value, Value] = field(default_factory=dict)
    lasting: dict[Value, Value] = field(default_factory=dict)
    trips: set[Value] = field(default_factory=set)
    marked: list[Store] = field(default_factory=list)
    old: dict[Value, Value] = field(default_factory=dict)
    within: dict[Value, Op | None] = field(default_factory=dict)
    around: dict[Op, Op | None] = field(default_factory=dict)
    mirrors: dict[int, list[Loop]] = field(default_factory=dict)
    backward: set[Value] = field(default_factory=set)
    left: dict[tuple[Value, int], Value] = field(default_factory=dict)
    found: dict[Storage, Value] = field(default_factory=dict)
    hot: set[Storage] = field(default_factory=set)

    def block(self, block: Block, in_loop: bool, top: Op | None, region: Op | None = None) -> None:
        for op in block.ops:
            self.around[op] = region
            for out in op.outs:
                self.home[out] = block.key
                self.definition[out] = op
                self.within[out] = region
            if isinstance(op, Store):
                self.overwritten.add(op.before)
                if op.handle.storage is not None:
                    self.stores.setdefault(op.handle.storage, []).append(op)
            if isinstance(op, Call):
                self.call(op)
            if isinstance(op, If):
                self.overwritten.update(y for b in (op.then, op.orelse) for y in b.yields if isinstance(y, Value))
            if isinstance(op, Loop):
                self.loop(op, block)
            for inner in blocks(op):
                looped = in_loop or isinstance(op, Loop)
                self.regions.setdefault(inner.key, Region(inner.key, op, block.key, looped, top or op))
                self.block(inner, looped, top or op, op)

    def call(self, op: Call) -> None:
        self.overwritten.update(op.before)
        for version in op.written:
            self.stores.setdefault(version.buffer, []).append(op)
        if op.mirrors is not None:
            self.backward.add(op.mirrors)

    def loop(self, op: Loop, block: Block) -> None:
        self.home[op.trips] = block.key
        self.within[op.trips] = self.around[op]
        self.trips.add(op.trips)
        self.mirrors.setdefault(op.body.key, []).append(op)
        for value in loop_params(op):
            self.home[value] = op.body.key
            self.within[value] = op
            self.loops[value] = op
        for carry in op.carries:
            chained = isinstance(carry.next, Value) and carry.param.storage is None
            if chained and block.key == self.top and not op.reverse:
                self.next_of.setdefault(carry.next, carry.param)  # type: ignore[arg-type]
            self.overwritten.update(v for v in (carry.init, carry.next) if isinstance(v, Value))

    def is_outermost(self, storage: Storage) -> bool:
        """True for a storage that is made in the outermost block."""
        return storage in self.hot or any(self.home.get(out) == self.top for out, op in self.definition.items()
                                          if out.storage is storage and isinstance(op, Alloc))

    def written_by_calls(self) -> list[Storage]:
        """The storages that a call writes whose backward part puts them back; those that are parameters."""
        calls = [op for op in dict.fromkeys(self.definition.values()) if isinstance(op, Call) and not op.is_backward]
        lost = {v.storage for op in calls if op.saved not in self.backward for v in op.written}
        found = dict.fromkeys([*self.hot, *(v.buffer for op in calls for v in op.written)])
        return [storage for storage in found if storage not in lost]

    def depth(self, key: int) -> int:
        """How many loops stand around the block with this key."""
        depth = 0
        while key != self.top:
            region = self.regions[key]
            depth += isinstance(region.op, Loop)
            key = region.parent
        return depth

    def direction(self, region: Op | None) -> bool:
        """True where the innermost loop at this place runs backwards."""
        while region is not None and not isinstance(region, Loop):
            region = self.around[region]
        return region is not None and region.reverse

    def is_stable(self, load: Load) -> bool:
        """True where nothing is written over what the load reads."""
        version = load.version
        return version not in self.overwritten and not (
            version in self.loops and self.stores.get(version.storage, []))  # type: ignore[arg-type]


    def source_of(self, copy: Value) -> Arg | None:
        """What the user's copy is a copy of."""
        made = self.definition.get(copy)
        return made.args[0] if isinstance(made, Prim) else None

    def is_part(self, load: Load) -> bool:
        """True where a load shows elements of the array itself, not a selection that is a copy."""
        view = self.definition.get(load.handle)
        return not isinstance(view, View) or is_basic(view.step)

    def can_reload(self, load: Load) -> bool:
        """True where a load may simply be done again: its array is still there, under a name."""
        root = self.root_of(load.handle)
        there = self.is_stable(load) or load.outs[0] in self.lasting
        return there and root not in self.loops and self.home.get(root, self.top) == self.top

    def place_operands(self, load: Op | None) -> tuple[Arg, ...]:
        """The index operands along the path that a load reads, and the root it starts from."""
        found: list[Arg] = []
        handle = load.handle if isinstance(load, Load) else None
        while handle is not None:
            view = self.definition.get(handle)
            if isinstance(view, Bind) and load is not None and load.outs[0] in self.entry:
                handle = view.args[view.outs.index(handle)]  # type: ignore[assignment]
                continue
            if not isinstance(view, View):
                return (*found, handle)
            found += view.operands
            handle = view.base
        return tuple(found)

    def origin_of(self, value: Value) -> Span | None:
        op = self.definition.get(value)
        return op.origin if op is not None else self.regions[self.home[value]].op.origin

    def result_of(self, value: Value) -> Value:
        """What a value of an arm is outside of all branches that have it as a result."""
        region = self.regions.get(self.home[value])
        branch = region.op if region is not None else None
        if not isinstance(branch, If) or value.storage is not None:
            return value
        arm = branch.then if branch.then.key == self.home[value] else branch.orelse
        found = next((out for out, arg in zip(branch.outs, arm.yields) if arg is value and out.storage is None), value)
        return found if found is value else self.result_of(found)

    def root_of(self, handle: Value) -> Value:
        view = self.definition.get(handle)
        return self.root_of(view.base) if isinstance(view, View) else handle


def with_whole_loads(block: Block, found: Survey, inside: bool = False) -> Block:
    """In loops, a load of the whole array before the first load of a part: one copy may serve several, the user's own
    as well."""
    ops: list[Op] = []
    copies = copies_in(block, found) if inside else {}
    made = dict(copies)
    for op in block.ops:
        op = with_blocks(op, partial(with_whole_loads, found=found, inside=inside or isinstance(op, Loop)))
        if isinstance(op, Load) and inside and isinstance(op.outs[0].type, Array):
            root = found.root_of(op.handle)
            key = (root, op.version)
            alike = isinstance(root.type, Array) and root.type.ndim == op.outs[0].type.ndim
            apart = root is not op.handle and alike or key in copies and found.source_of(made[key]) is not op.outs[0]
            if apart and is_plain_path(op.handle, found) and not found.is_stable(op):
                if key not in made:
                    made[key] = Value(root.type, None)
                    ops.append(Load((made[key],), op.origin, root, op.version))
                found.whole[op.outs[0]] = made[key]
        elif isinstance(op, Store) and op.outs[0] in found.old:
            ops.append(Load((found.old[op.outs[0]],), op.origin, op.handle, op.before))
        ops.append(op)
        if isinstance(op, Call) and op.saved in found.backward:
            ops += loads_after(op, found)
    return replace(block, ops=tuple(ops))


def copies_in(block: Block, found: Survey) -> dict[object, Value]:
    """What the user copies of whole arrays, and never writes to, by the array and what it holds."""
    copies: dict[object, Value] = {}
    made = [op for op in block.ops if isinstance(op, Prim) and op.primitive == core.COPY]
    hot = {op.arg for op in found.definition.values() if isinstance(op, Alloc)} if made else set()
    for op in made:
        load = found.definition.get(op.args[0])     # type: ignore[arg-type]
        if isinstance(load, Load) and found.root_of(load.handle) is load.handle and op.outs[0] not in hot:
            copies.setdefault((load.handle, load.version), op.outs[0])
    return copies


def with_loads_before(block: Block, found: Survey) -> Block:
    """Before a loop, a load of each whole array that its trips only read: one copy serves all of them."""
    ops: list[Op] = []
    for op in block.ops:
        made: dict[object, Value] = {}
        for inner in walk(op.body) if isinstance(op, Loop) and not op.reverse else ():
            if isinstance(inner, Load) and isinstance(inner.outs[0].type, Array) and not found.is_stable(inner) and \
                    all(found.home.get(value) == found.top for value in (inner.handle, inner.version)) and \
                    found.root_of(inner.handle) is inner.handle:
                key = (inner.handle, inner.version)
                if key not in made:
                    made[key] = Value(inner.outs[0].type, inner.outs[0].hint)
                    ops.append(Load((made[key],), op.origin, inner.handle, inner.version))
                found.whole[inner.outs[0]] = made[key]
        ops.append(op)
    return replace(block, ops=tuple(ops))


def loads_after(op: Call, found: Survey) -> list[Op]:
    """Loads of what a call left in the arrays that it writes: what its backward part must find there."""
    versions = {version.storage: version for version in op.written}
    loads: list[Op] = []
    for k, arg in enumerate(op.args):
        if isinstance(arg, Value) and arg.is_handle and op.saved is not None:
            out = found.left[op.saved, k] = Value(arg.type, f"{arg.hint or arg.buffer.name}_left")
            loads.append(Load((out,), op.origin, arg, versions[arg.storage]))
    return loads


def is_plain_path(handle: Value, found: Survey) -> bool:
    view = found.definition.get(handle)
    if not isinstance(view, View):
        return True
    return view.step.kind == "index" and is_basic(view.step) and is_plain_path(view.base, found)


def survey(function: Function) -> tuple[Function, Survey]:
    """The program, with loads of whole arrays to choose from, and what stands where in it."""
    first = surveyed(function)
    first.marked = list(dict.fromkeys(op.store for op in walk(function.block) if isinstance(op, Undo)))
    first.old = {s.outs[0]: Value(s.handle.type, s.handle.hint or s.handle.storage.name) for s in first.marked
                 if s.handle.storage is not None}
    block = with_loads_before(with_whole_loads(function.block, first), first)
    entries: list[Op] = []
    for version in function.entry if first.hot else ():
        handle = next(param for param in function.params if param.storage is version.storage)
        first.found[version.buffer] = Value(handle.type, version.buffer.name + "_found")
        entries.append(Load((first.found[version.buffer],), function.origin, handle, version))
    function = replace(function, block=replace(block, ops=(*entries, *block.ops)))
    again = surveyed(function)
    again.whole, again.old, again.left, again.found = first.whole, first.old, first.left, first.found
    again.marked = [store for store in first.marked if store.outs[0] in again.home]
    return function, again


def surveyed(function: Function) -> Survey:
    found = Survey(function.block.key)
    for param in (*function.params, *function.entry):
        found.home[param] = function.block.key
    if handover_of(function) is not None:
        found.hot = {version.buffer for version in function.entry}
    found.block(function.block, False, None)
    return found
