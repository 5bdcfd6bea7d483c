"""Finds what need not be saved though its array is written: it is still there, before or after all the writes.

before: a derivative program, in which a parameter that is written was copied on entry
after:  the loads whose value is an element of the parameter itself, which the caller still has; the loads
        of what is never written again

A loop that writes `x[i]` in trip i reads, at `x[i + c]`, what came in, if no write came before it: the
distance between the trips that touch one place is positive or, at 0, the write stands after the read.

>>> def f(x):  # f8[n]
...     for i in range(len(x)):
...         x[i] = x[i] * x[i]
...     return np.sum(x)
for i in reversed(range(len(x))):
    x_bar[i] = 2.0 * x_bar[i] * x_saved[i]
"""
from __future__ import annotations

from dataclasses import dataclass

from ..ir.program import (
    Alloc,
    Arg,
    Bind,
    Block,
    Const,
    Function,
    Load,
    Loop,
    Op,
    Prim,
    Step,
    Storage,
    Store,
    Value,
    View,
)
from ..ir.traverse import blocks, taken_over, walk
from ..ir.units import Call
from ..primitives import core

LATER, EARLIER, NEVER, UNKNOWN = "later", "earlier", "never", "unknown"
Path = list[tuple[Step, tuple[Arg, ...]]]


@dataclass(frozen=True)
class Access:
    """A load, a store or a call that writes: where it stands in the program, the loops around it, the indices of its
    place in the storage."""

    op: Load | Store | Call
    storage: Storage
    number: int
    loops: tuple[Loop, ...]
    indices: tuple[Arg, ...]


class Entries:
    """Walks a program once and answers for its loads."""

    def __init__(self, function: Function) -> None:
        self.definition: dict[Value, Op] = {}
        self.source: dict[Storage, tuple[Value, Value]] = {}
        self.stores: dict[Storage, list[Access]] = {}
        self.loads: list[Access] = []
        self.params = set(function.params)
        self.last: dict[Storage, Value] = {}
        self.taken = frozenset[Storage]().union(*map(taken_over, walk(function.block)))
        self.count = 0
        self.block(function.block, ())
        for op in function.block.ops:
            self.last.update({out.buffer: out for out in op.outs if out.is_version})
            for inner in blocks(op):
                for inside in walk(inner):
                    for version in inside.outs if isinstance(inside, (Store, Call)) else ():
                        if version.is_version and all(out.storage is not version.storage for out in op.outs):
                            self.last.pop(version.buffer, None)  # what is left there has no name outside

    def block(self, block: Block, loops: tuple[Loop, ...]) -> None:
        for op in block.ops:
            self.count += 1
            for out in op.outs:
                self.definition[out] = op
            if isinstance(op, Alloc):
                self.alloc(op)
            elif isinstance(op, Store):
                path = self.path(op.handle)[1]
                access = Access(op, op.handle.buffer, self.count, loops, indices_of(path))
                self.stores.setdefault(op.handle.buffer, []).append(access)
            elif isinstance(op, Call):
                for version in op.written:
                    self.stores.setdefault(version.buffer, []).append(Access(op, version.buffer, self.count, loops, ()))
            elif isinstance(op, Load):
                place = indices_of(self.path(op.handle)[1])
                self.loads.append(Access(op, op.handle.buffer, self.count, loops, place))
            elif isinstance(op, Loop):
                self.block(op.body, (*loops, op))
                continue
            for inner in blocks(op):
                self.block(inner, loops)

    def alloc(self, op: Alloc) -> None:
        made = self.definition.get(op.arg) if isinstance(op.arg, Value) else None
        if isinstance(made, Prim) and made.primitive == core.COPY and made.args[0] in self.params:
            assert isinstance(made.args[0], Value)
            self.source[op.outs[0].buffer] = made.args[0], op.outs[1]

    def path(self, handle: Value) -> tuple[Value, Path]:
        """The handle of the whole array, and the steps from there."""
        op = self.definition.get(handle)
        if isinstance(op, Bind):
            source = op.args[op.outs.index(handle)]
            return self.path(source) if isinstance(source, Value) else (handle, [])
        if not isinstance(op, View):
            return handle, []
        root, steps = self.path(op.base)
        return root, [*steps, (op.step, op.operands)]

    # ---- what is read before it is written

    def found(self) -> dict[Value, Value]:
        """For each load of what came in, the parameter."""
        return {load.op.outs[0]: self.source[load.storage][0] for load in self.loads
                if load.storage in self.source and self.is_entry(load)}

    def is_entry(self, load: Access) -> bool:
        assert isinstance(load.op, Load)
        storage = load.op.handle.buffer
        first = self.source[storage][1]
        if load.op.version is first:
            return True
        if not load.loops or self.path(load.op.handle)[0] not in self.definition or storage in self.taken:
            return False
        outer = load.loops[0]
        starts = [c.init for c in outer.carries if c.param.storage is storage and c.param.is_version]
        if outer.reverse or starts != [first]:
            return False
        return all(self.order(store, load) in (LATER, NEVER) for store in self.stores.get(storage, ())
                   if store.loops and store.loops[0] is outer)

    # ---- what is read and never written again

    def lasting(self) -> dict[Value, Value]:
        """For each load in a loop of what is never written again, the last version of its storage."""
        return {load.op.outs[0]: self.last[load.storage] for load in self.loads
                if load.storage in self.last and self.is_lasting(load)}

    def is_lasting(self, load: Access) -> bool:
        assert isinstance(load.op, Load)
        root = self.path(load.op.handle)[0]
        if not load.loops or load.loops[0].reverse or not isinstance(self.definition.get(root), Alloc) or \
                load.storage in self.taken:     # it may be written under another name
            return False
        for store in self.stores.get(load.storage, ()):
            if store.loops and store.loops[0] is load.loops[0]:
                if self.order(store, load) not in (EARLIER, NEVER):
                    return False
            elif store.number > load.number:
                return False
        return True

    # ---- what comes first

    def order(self, store: Access, load: Access) -> str:
        """Which comes first where both touch one place: that the store does so LATER, EARLIER, NEVER, or UNKNOWN."""
        distance: dict[Loop, int] = {}
        for mine, others in zip(load.indices, store.indices):
            if isinstance(mine, Const) and isinstance(others, Const) and mine != others:
                same_side = bool(mine.value >= 0) == bool(others.value >= 0)  # type: ignore[operator]
                return NEVER if same_side else UNKNOWN
            one, other = self.affine(mine, load.loops), self.affine(others, store.loops)
            if one is None or other is None or one[0] is not other[0]:
                continue
            if distance.setdefault(one[0], one[1] - other[1]) != one[1] - other[1]:
                return NEVER
        for loop in [loop for loop in load.loops if loop in store.loops]:
            if loop not in distance or distance[loop] and not direction(loop):
                return UNKNOWN
            if distance[loop]:
                return LATER if distance[loop] * direction(loop) > 0 else EARLIER
        return LATER if store.number > load.number else EARLIER

    def affine(self, arg: Arg, loops: tuple[Loop, ...]) -> tuple[Loop, int] | None:
        """(loop, c) for an index that is the loop's plus c, and never below 0."""
        made = self.definition.get(arg) if isinstance(arg, Value) else None
        if isinstance(made, Bind):
            return self.affine(made.args[made.outs.index(arg)], loops)  # type: ignore[arg-type]
        loop = next((loop for loop in loops if loop.index is arg), None)
        if loop is not None:
            return (loop, 0) if least(loop) is not None and least(loop) >= 0 else None  # type: ignore[operator]
        if not isinstance(made, Prim) or made.primitive not in (core.ADD, core.SUBTRACT) or len(made.args) != 2:
            return None
        left, right = made.args
        if isinstance(left, Const) and made.primitive == core.ADD:
            left, right = right, left
        loop = next((loop for loop in loops if loop.index is left), None)
        if loop is None or not isinstance(right, Const) or type(right.value) is not int:
            return None
        offset = right.value if made.primitive == core.ADD else -right.value
        low = least(loop)
        return (loop, offset) if low is not None and low + offset >= 0 else None


def indices_of(path: Path) -> tuple[Arg, ...]:
    """The leading indices of a place; what follows a slice says nothing."""
    found: list[Arg] = []
    for step, operands in path:
        if step.kind != "index":
            return tuple(found)
        for part, operand in zip(step.pattern, operands):
            if part != "i":
                return tuple(found)
            found.append(operand)
        if any(part != "i" for part in step.pattern):
            return tuple(found)
    return tuple(found)


def direction(loop: Loop) -> int:
    """1 where the index grows from trip to trip, -1 where it shrinks, 0 where that is not known."""
    if loop.reverse:
        return 0
    if loop.kind in ("rows", "each"):
        return 1
    step = loop.header[2] if loop.kind == "range" else None
    if not isinstance(step, Const) or type(step.value) is not int:
        return 0
    return (step.value > 0) - (step.value < 0)


def least(loop: Loop) -> int | None:
    """A bound from below of a loop's index."""
    if loop.kind in ("rows", "each"):
        return 0
    if loop.kind != "range":
        return None
    bound = loop.header[0] if direction(loop) > 0 else loop.header[1]
    if direction(loop) == 0 or not isinstance(bound, Const) or type(bound.value) is not int:
        return None
    return bound.value if direction(loop) > 0 else bound.value + 1


def still_there(function: Function) -> tuple[dict[Value, Value], dict[Value, Value]]:
    """The loads of what a parameter held on entry, and the parameter; those of what is there to the end, and the
    version of the end."""
    entries = Entries(function)
    return entries.found(), entries.lasting()
