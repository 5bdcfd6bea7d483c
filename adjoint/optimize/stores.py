"""Fuses writes to adjoint storages.

before: `x_bar[s] = 0.0`, other additions, `x_bar[s] += c`; `zeros_like` then `+= c`; two additions to one place
after:  `x_bar[s] = c`, then the other additions; `c` itself becomes the storage; one addition;
        what is added to a place and then taken from it is added to what is taken.
        What is set to zero is set as late as possible, so that loads before it need no copy.

>>> def f(x):  # f8[n]
...     x[0] = x[0] * 3.0
...     return x[0]
%9 = load &7 at #6:x_bar  : scalar float64
%10 = add(%9, 1.0)  : scalar float64
%11 = multiply(3.0, %10)  : scalar float64
#12:x_bar = store set &7 <- %11 after #6:x_bar
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import (
    ADD_TO,
    SCATTER,
    SET,
    Alloc,
    Arg,
    Block,
    Const,
    Function,
    If,
    Load,
    Loop,
    Op,
    Prim,
    Storage,
    Store,
    Value,
)
from ..ir.traverse import blocks, ends, last_of, operands, place_of, rename_block, with_blocks
from ..ir.types import Contents, dims_of
from ..ir.units import Call, Handover
from ..primitives import core
from ..primitives.facts import Facts
from ..primitives.fitting import AdjointBuilder
from ..primitives.layouts import lying, relied_orders
from ..primitives.operations import is_zeros


def touches(op: Op, storage: Storage) -> bool:
    """True where `op`, or an operation inside it, reads or writes the contents of the storage."""
    if isinstance(op, (Load, Store)):
        return op.handle.storage is storage
    if isinstance(op, (If, Loop, Call)):
        used = any(isinstance(a, Value) and a.storage is storage for a in (*operands(op), *ends(op)))
        return used or any(touches(inner, storage) for block in blocks(op) for inner in block.ops)
    return False


def is_zero(store: Store) -> bool:
    return store.how == SET and store.value == Const(0.0)


class Stores:
    """Rewrites the blocks of a program; `own` are the storages that derived code made."""

    def __init__(self, facts: Facts) -> None:
        self.builder = AdjointBuilder(facts)
        self.definition: dict[Value, Op] = {}
        self.own: set[Storage] = set()
        self.orders: dict[Storage, str] = {}
        self.same: dict[Arg, Arg] = {}

    def survey(self, block: Block, user: set[Value]) -> None:
        self.user = user
        for op in block.ops:
            for out in op.outs:
                self.definition[out] = op
            if isinstance(op, Alloc) and op.outs[0] not in user and op.outs[0].storage:
                self.own.add(op.outs[0].buffer)
            if isinstance(op, Handover):
                self.own.update(out.buffer for out in op.outs if out.is_handle)
            if isinstance(op, Loop):
                for carry in op.carries:
                    if carry.param not in user:
                        for value in (carry.param, carry.result):
                            if value.is_handle and value.storage:
                                self.own.add(value.storage)
            for inner in blocks(op):
                self.survey(inner, user)

    def block(self, block: Block) -> Block:
        ops = [with_blocks(op, self.block) for op in block.ops]
        changed = True
        while changed:
            changed = self.fuse_alloc(ops) or self.fuse_zero(ops) or self.fuse_adds(ops) or self.fuse_taken(ops)
        self.sink_zeros(ops)
        return replace(block, ops=tuple(ops))

    def later_stores(self, ops: list[Op], at: int, storage: Storage) -> list[int]:
        """Indices of the stores that follow ops[at], up to the first that reads the storage or sets it."""
        found = []
        for k in range(at + 1, len(ops)):
            op = ops[k]
            if isinstance(op, Store) and op.handle.storage is storage:
                if op.how != ADD_TO:
                    break
                found.append(k)
            elif touches(op, storage):
                break
        return found

    def fuse_alloc(self, ops: list[Op]) -> bool:
        for k, op in enumerate(ops):
            if not isinstance(op, Alloc) or op.outs[0].storage not in self.own:
                continue
            made = self.definition.get(op.arg) if isinstance(op.arg, Value) else None
            handle, version = op.outs
            number = not dims_of(handle.type) and not is_zeros(op.arg, self.definition)  # no array by arithmetic
            if made is None or op.arg in self.user or number:
                continue
            for j in self.later_stores(ops, k, handle.buffer):
                store = ops[j]
                assert isinstance(store, Store)
                if store.handle is not handle:
                    continue
                filled, new = self.first_contents(op.arg, made, store.value, handle)
                self.drop_store(ops, j)
                moved = ops[k + 1:j]
                pure = [o for o in moved if not (isinstance(o, Store) and o.handle.storage is handle.storage)
                        and not self.reads_handle(o, handle)]
                rest = [o for o in moved if o not in pure]
                ops[k:j] = [*pure, *new, replace(op, arg=filled), *rest]
                return True
        return False

    def first_contents(self, start: Arg, made: Op, share: Arg, handle: Value) -> tuple[Arg, list[Op]]:
        """A storage's contents after an addition to all of it, and the operations that make them."""
        kind, order = handle.type, self.orders.get(handle.buffer)
        if isinstance(made, Prim) and made.primitive == core.ZEROS_LIKE:
            like = made.args[0]
            filled = self.builder.filled(share, kind, lambda: like)
        else:
            filled = self.builder.prim(core.ADD, start, share)
        return lying(self.builder, filled, order), self.made()

    def made(self) -> list[Op]:
        """The operations that the builder was asked for since the last time."""
        new = list(self.builder.ops)
        self.builder.ops.clear()
        for op in new:
            self.definition.update((out, op) for out in op.outs)
        return new

    def reads_handle(self, op: Op, handle: Value) -> bool:
        if any(isinstance(a, Value) and a.storage is handle.storage for a in operands(op)):
            return True
        return any(self.reads_handle(inner, handle) for block in blocks(op) for inner in block.ops)

    def drop_store(self, ops: list[Op], j: int) -> None:
        """Remove a store: what read its version reads the one before."""
        store = ops[j]
        assert isinstance(store, Store)
        del ops[j]
        self.same[store.outs[0]] = store.before

    def fuse_zero(self, ops: list[Op]) -> bool:
        for k, op in enumerate(ops):
            if not isinstance(op, Store) or not is_zero(op) or op.handle.storage not in self.own:
                continue
            storage = op.handle.buffer
            target = place_of(op.handle, self.definition)
            adds = self.later_stores(ops, k, storage)
            same = next((j for j in adds if place_of(ops[j].handle, self.definition) == target), None)  # type: ignore[attr-defined]
            if same is None:
                continue
            add, last = ops[same], ops[adds[-1]].outs[0]
            assert isinstance(add, Store)
            before = [j for j in adds if j < same]
            fused = self.without_identity(replace(add, how=SET), op.before)
            chain = [*([fused] if fused else []), *(ops[j] for j in before), *(ops[j] for j in adds if j > same)]
            ops[same:same + 1] = chain[:len(before) + (fused is not None)]
            for j in [*before[::-1], k]:
                del ops[j]
            self.rethread(ops, storage, op.before, last, chain)
            return True
        return False

    def without_identity(self, store: Store, before: Value) -> Store | None:
        """None for a store that writes back what stands there."""
        value = store.value
        made = self.definition.get(value) if isinstance(value, Value) else None
        if isinstance(made, Load) and last_of(made.version, self.same) is last_of(before, self.same):
            if place_of(made.handle, self.definition) == place_of(store.handle, self.definition):
                return None
        return store

    def rethread(self, ops: list[Op], storage: Storage, first: Value, last: Value, chain: list[Op]) -> None:
        """Give the stores of `chain` their versions again, from `first` to `last`."""
        if not chain:
            self.same[last] = first
        version = first
        for k, store in enumerate(chain):
            after = last if k == len(chain) - 1 else Value(Contents(), storage.name, storage=storage)
            at = next(i for i, op in enumerate(ops) if op is store)
            ops[at] = replace(store, before=version, outs=(after,))  # type: ignore[call-arg]
            version = after

    def fuse_adds(self, ops: list[Op]) -> bool:
        for k, op in enumerate(ops):
            if not isinstance(op, Store) or is_zero(op) or op.how == SCATTER or op.handle.storage not in self.own:
                continue
            storage = op.handle.buffer
            target = place_of(op.handle, self.definition)
            for j in self.later_stores(ops, k, storage):
                other = ops[j]
                assert isinstance(other, Store)
                if place_of(other.handle, self.definition) == target:
                    total = self.builder.prim(core.ADD, op.value, other.value)
                    self.join(ops, k, j, self.made(), total)
                    return True
        return False

    def fuse_taken(self, ops: list[Op]) -> bool:
        """What is added to a place, then taken from it and set anew, is added to what is taken: `t = x_bar[i] + s`."""
        for k, op in enumerate(ops):
            if not isinstance(op, Store) or op.how != ADD_TO or op.handle.storage not in self.own:
                continue
            storage, target = op.handle.buffer, place_of(op.handle, self.definition)
            touching = [j for j in range(k + 1, len(ops)) if touches(ops[j], storage)][:2]
            if len(touching) < 2:
                continue
            load, store = ops[touching[0]], ops[touching[1]]
            if not isinstance(load, Load) or not isinstance(store, Store) or store.how != SET or any(
                    place_of(other.handle, self.definition) != target for other in (load, store)):
                continue
            old = Value(load.outs[0].type)
            total = self.builder.prim(core.ADD, old, op.value, hint=load.outs[0].hint)
            ops[touching[0]:touching[0] + 1] = [Load((old,), load.origin, op.handle, op.before), *self.made()]
            self.definition[old] = load
            self.builder.facts.suggest(total, self.builder.facts.hints.get(load.outs[0]))
            self.same[load.outs[0]] = total
            self.drop_store(ops, k)
            self.rethread_one(ops, op)
            return True
        return False

    def join(self, ops: list[Op], k: int, j: int, new: list[Op], total: Arg) -> None:
        """One store instead of those at k and j; what is between them keeps its order."""
        first, second = ops[k], ops[j]
        assert isinstance(first, Store) and isinstance(second, Store)
        if first.how == ADD_TO:
            ops[j:j + 1] = [*new, replace(second, value=total)]
            self.drop_store(ops, k)
            self.rethread_one(ops, first)
            return
        stores = [first, *(ops[i] for i in self.later_stores(ops, k, first.handle.buffer))]
        chain, last = [s for s in stores if s is not second], stores[-1].outs[0]
        fused = replace(first, value=total)
        delayed = [s for s in ops[k + 1:j] if any(s is c for c in chain)]
        rest = [s for s in ops[k + 1:j] if not any(s is c for c in chain)]
        ops[k:j + 1] = [*rest, *new, fused, *delayed]
        self.rethread(ops, first.handle.buffer, first.before, last, [fused, *chain[1:]])

    def rethread_one(self, ops: list[Op], gone: Store) -> None:
        for k, op in enumerate(ops):
            if isinstance(op, Store) and op.before is gone.outs[0]:
                ops[k] = replace(op, before=gone.before)

    def sink_zeros(self, ops: list[Op]) -> None:
        """Move each store of zero down to just before the next operation that touches its storage."""
        for k in range(len(ops) - 1, -1, -1):
            op = ops[k]
            if isinstance(op, Store) and is_zero(op) and op.handle.storage in self.own:
                j = k + 1
                while j < len(ops) and not touches(ops[j], op.handle.storage):
                    j += 1
                ops[k:j] = [*ops[k + 1:j], op]


def fuse_stores(function: Function, facts: Facts, user: set[Value]) -> Function:
    """The program with its writes to adjoint storages fused."""
    stores = Stores(facts)
    stores.orders = relied_orders(function.block)
    stores.survey(function.block, user)
    block = stores.block(function.block)
    return replace(function, block=rename_block(block, lambda arg: last_of(arg, stores.same)))


