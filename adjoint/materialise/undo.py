"""Undo: the backward sweep puts back what a write overwrote, so that reads find it where it was.

before: `Undo` marks where the adjoint of a write begins
after:  for the storages that the plan undoes, `x[s] = saved` stands there; loads are done again where
        the storage holds, at that point, the version that they read.  Where it does not,
        `Replan` asks for another plan: the load is saved, or the storage is not undone.

>>> def f(x, n):  # f8[n], int
...     for _ in range(n):
...         x[1:] = x[1:] * x[:-1]
...     return np.sum(x)
while x_saved:
    x[1:] = x_saved.pop()
    x_part_bar = x_bar[1:] * x[1:]
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..ir.program import Block, Carry, If, Load, Loop, Op, Storage, Store, Undo, Value
from ..ir.traverse import blocks, walk
from ..ir.types import Array, Contents
from ..ir.units import Call
from .survey import Survey


class Replan(Exception):
    """The plan does not hold: `keep` is a storage that cannot be undone, `save` a load to be saved."""

    def __init__(self, keep: Storage | None = None, save: Value | None = None) -> None:
        super().__init__(keep, save)
        self.keep = keep
        self.save = save


@dataclass
class Contained:
    """For each undone storage: its version in the program being made, and the one whose contents it holds."""

    undone: frozenset[Storage]
    calls: Mapping[Value, Op] = field(default_factory=dict)
    now: dict[Storage, Value] = field(default_factory=dict)
    holds: dict[Storage, Value] = field(default_factory=dict)

    def now_and_here(self) -> Contained:
        """A copy, which does not change with what comes."""
        return replace(self, now=dict(self.now), holds=dict(self.holds))

    def passes(self, op: Op) -> None:
        """A forward operation: the storage holds what it says."""
        for out in op.outs:
            if out.is_version and out.storage in self.undone:
                self.now[out.storage] = self.holds[out.storage] = out

    def touched(self, op: Op) -> list[Storage]:
        """The undone storages that something inside `op` puts back."""
        found: dict[Storage, None] = {}
        for inner in (inner for block in blocks(op) for inner in walk(block)):
            if isinstance(inner, Undo):
                found[inner.store.handle.buffer] = None
            elif isinstance(inner, Call) and inner.mirrors is not None:
                found.update(dict.fromkeys(v.buffer for v in self.calls[inner.mirrors].outs if v.is_version))
        return [s for s in found if s in self.undone]

    def holds_for(self, load: Load) -> bool:
        return self.holds.get(load.handle.storage) is load.version  # type: ignore[arg-type]

    # ---- loops

    def enter_loop(self, op: Loop, source: Loop) -> dict[Storage, tuple[Value, Value, Carry]]:
        """Version parameters for a mirrored loop: (outer version, parameter, the forward loop's carry)."""
        made = {}
        for storage in self.touched(op):
            carry = next((c for c in source.carries if c.param.storage is storage and c.param.is_version), None)
            if carry is None or self.holds.get(storage) is not carry.result:
                raise Replan(keep=storage)
            param = Value(Contents(), storage.name, storage=storage)
            made[storage] = (self.now[storage], param, carry)
            self.now[storage] = param
            assert isinstance(carry.next, Value)
            self.holds[storage] = carry.next
        return made

    def leave_loop(self, entered: dict[Storage, tuple[Value, Value, Carry]]) -> list[Carry]:
        carries = []
        for storage, (outer, param, carry) in entered.items():
            if self.holds[storage] is not carry.param:
                raise Replan(keep=storage)
            result = Value(Contents(), storage.name, storage=storage)
            carries.append(Carry(outer, param, self.now[storage], result))
            self.now[storage] = result
            assert isinstance(carry.init, Value)
            self.holds[storage] = carry.init
        return carries

    # ---- branches

    def enter_branch(self, op: If, source: If) -> dict[Storage, tuple[Value, int]]:
        """(version before, place among the forward branch's results) of what the arms put back."""
        made = {}
        for storage in self.touched(op):
            at = next((k for k, out in enumerate(source.outs) if out.is_version and out.storage is storage), None)
            if at is None or self.holds.get(storage) is not source.outs[at]:
                raise Replan(keep=storage)
            made[storage] = (self.now[storage], at)
        return made

    def enter_arm(self, entered: dict[Storage, tuple[Value, int]], source: Block) -> None:
        for storage, (before, at) in entered.items():
            self.now[storage] = before
            held = source.yields[at]
            assert isinstance(held, Value)
            self.holds[storage] = held

    def ends(self, entered: dict[Storage, tuple[Value, int]]) -> dict[Storage, tuple[Value, Value]]:
        return {storage: (self.now[storage], self.holds[storage]) for storage in entered}

    def leave_branch(self, made: If, ends: list[dict[Storage, tuple[Value, Value]]]) -> If:
        """The branch with the versions its arms leave."""
        for storage, (first, held) in ends[0].items():
            second, other = ends[1][storage]
            if held is not other:
                raise Replan(keep=storage)
            out = Value(Contents(), storage.name, storage=storage)
            then = replace(made.then, yields=(*made.then.yields, first))
            orelse = replace(made.orelse, yields=(*made.orelse.yields, second))
            made = replace(made, outs=(*made.outs, out), then=then, orelse=orelse)
            self.now[storage], self.holds[storage] = out, held
        return made


def candidates(found: Survey, needed: list[Value]) -> list[Storage]:
    """Storages that might be undone: written, put back by marks, and never bound to another name."""
    moved = {value.storage for carries in found.mirrors.values() for loop in carries for c in loop.carries
             for value in (c.init, c.param, c.next, c.result) if isinstance(value, Value) and value.is_handle}
    marked = (store.handle.buffer for store in found.marked)
    written = dict.fromkeys([*marked, *found.written_by_calls()])
    return [s for s in written if s not in moved and found.is_outermost(s)]


def undo_cost(found: Survey, storage: Storage, scalar: int, nested: int) -> int:
    """What saving and putting back every overwritten place of a storage costs."""
    total = 0
    for store in found.marked:
        if store.handle.storage is storage:
            kind = store.handle.type
            cost = 120 + 50 * (kind.ndim - 1) if isinstance(kind, Array) else scalar + 1
            depth = found.depth(found.home[store.outs[0]])
            total += cost * nested ** max(depth - 1, 0) // (1 if depth else nested)
    return total


def loads_of(found: Survey, storage: Storage) -> set[Value]:
    return {value for value, op in found.definition.items()
            if isinstance(op, Load) and op.handle.storage is storage and isinstance(op.outs[0], Value)}


def old_value(found: Survey, store: Store) -> Value:
    """The forward load of what `store` overwrites."""
    return found.old[store.outs[0]]
