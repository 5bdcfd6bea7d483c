"""The backward sweep over `If`: a branch on the same test, whose arms mirror its arms.

before: an `If` of the forward program; adjoints of its results
after:  an `If` that gives the adjoints of what the arms read; what one arm adds, the other passes on
"""
from __future__ import annotations

from ..ir.program import Arg, Bind, Block, Const, If, Op, Storage, Store, Value
from ..ir.traverse import defined_in, succeeded, walk
from ..ir.types import Array, Contents, Listing, Type, is_scalar, scalar_join
from ..ir.units import Call
from ..primitives.build import finished
from .bars import Bars, Key, NeedStorage, Part, type_of_key
from .calls import Calls
from .sweep import ZERO

Arm = tuple[list[Op], Bars, dict[Storage, Value]]


class Branches(Calls):
    """`If`, and what mirrored regions share."""

    def branch(self, op: If) -> None:
        swapped = self.enter_swapped(op)
        taken = {out: self.take_any(out) if isinstance(out.type, Listing) else self.take(self.key_of(out))
                 for out in op.outs if out.storage is None}
        cuts = [out for out in op.outs if out in self.bars.cuts]
        if not any(bar is not None for bar in taken.values()) and not swapped and not cuts and not self.touches(op):
            return
        remote = {value: list(shares) for value, shares in self.remote.items()}
        lists: dict[Key, None] = {}
        handed = self.before_branch(op, swapped)
        while True:
            self.remote = {value: list(shares) for value, shares in remote.items()}
            try:
                arms = [self.arm(op, block, taken, lists, swapped, handed) for block in (op.then, op.orelse)]
            except NeedStorage as need:
                if self.home_key(need.home) != self.block_key:
                    raise
                self.make_storage(need.home)
                continue
            moved = [home for block, (_, bars, _) in zip((op.then, op.orelse), arms)
                     for home in self.moved_in(bars, block.key, handed)]
            if moved:
                handed = list(dict.fromkeys([*handed, *moved]))
                continue
            added = [key for _, bars, _ in arms for key, parts in bars.lists.items()
                     if parts != self.bars.lists.get(key)]
            if not added:
                break
            lists.update(dict.fromkeys(added))
            self.builder.origin = op.origin
            for key in lists:
                start = self.combine(key, self.bars.lists.get(key, []))
                self.bars.lists[key] = [Part("whole", (), start)]
        self.builder.origin = op.origin
        self.merge(op, arms, swapped, handed)
        for out in cuts:
            del self.bars.cuts[out]
        for key in lists:
            self.bars.lists[key] = [Part("whole", (), self.bars.values.pop(key))]

    def mirrored_test(self, op: If) -> Arg:
        """The test, as the backward sweep names it; constant where the trips that left by this branch are left out."""
        loop = self.around[-1] if self.around else None
        if loop is not None and op.leaves is not None and op in loop.body.ops and loop.whole is not None:
            first = next(inner for inner in loop.body.ops if isinstance(inner, If) and inner.leaves is not None)
            if first is op:
                return Const(op.leaves[0] == 1)
        if loop is not None and op.leaves is not None and op.leaves[1] == "break" and op in loop.body.ops:
            flag = next((c for c in loop.carries if c.next is op.test and self.literal(c.init) == Const(False)), None)
            if flag is not None:
                return self.left_flags.setdefault(loop, {}).setdefault(flag, Value(flag.param.type, flag.param.hint))
        return self.forward(succeeded(op) if op.form == "try" else op.test)

    def literal(self, arg: Arg) -> Arg:
        """The constant that a name was bound to."""
        made = self.definition.get(arg) if isinstance(arg, Value) else None
        return self.literal(made.args[made.outs.index(arg)]) if isinstance(made, Bind) else arg  # type: ignore

    def touches(self, op: If) -> bool:
        """True where an arm may write to a storage, or add to an adjoint of its own accord."""
        return any(isinstance(inner, (Store, Call)) for block in (op.then, op.orelse) for inner in walk(block)) or any(
            v in defined_in(block) for v in self.remote for block in (op.then, op.orelse))

    # ---- arrays that are written, and change places

    def enter_swapped(self, op: If) -> dict[Value, Value]:
        """The adjoint handles of the arrays that stand in other storages after the branch, by what it gives."""
        outs = [out for out in op.outs if out.is_handle and out in self.active]
        if not any(out.storage in self.bars.handles for out in outs) and not any(
                isinstance(inner, Store) for block in (op.then, op.orelse) for inner in walk(block)):
            return {}
        for out in outs:
            if out.storage not in self.bars.handles:
                self.make_storage(out.buffer)
        bars = {storage: self.bars.handles.pop(storage) for storage in dict.fromkeys(out.buffer for out in outs)}
        return {out: bars[out.buffer] for out in outs}

    def before_branch(self, op: If, swapped: dict[Value, Value]) -> list[Storage]:
        """The storages that the arrays of `swapped` stood in before the branch, on one path or the other."""
        found: dict[Storage, None] = {}
        for block in (op.then, op.orelse):
            found.update({arg.buffer: None for out, arg in zip(op.outs, block.yields)
                          if out in swapped and isinstance(arg, Value) and self.home_key(arg.buffer) != block.key})
        return list(found)

    def leave_swapped(self, arms: list[Arm], outs: list[Value],
                      yields: list[list[Arg]], handed: list[Storage]) -> None:
        """In each arm the adjoint of such an array is another one's: both go on under one name."""
        for storage in handed:
            name = storage.name + "_bar"
            made = Storage(name, storage.type)
            handle, version = Value(storage.type, name, storage=made), Value(Contents(), name, storage=made)
            outs += [handle, version]
            for k, (_, bars, versions) in enumerate(arms):
                own = bars.handles[storage]
                yields[k] += [own, versions[own.buffer]]
            self.bars.handles[storage] = handle
            self.builder.versions[made] = version

    def arm(self, op: If, block: Block, taken: dict[Value, Arg | None], lists: dict[Key, None],
            swapped: dict[Value, Value], handed: list[Storage]) -> Arm:
        """One mirrored arm.  `lists`: those of outside whose adjoints an arm adds to; they become values here.
        `handed`: storages of outside whose adjoints are in other arrays after an arm."""
        outer_bars, outer_key = self.bars, self.block_key
        self.bars = outer_bars.copy()
        self.block_key = block.key
        try:
            with self.builder.block() as ops:
                self.receive({out for inner in block.ops for out in inner.outs})
                for out, arg in zip(op.outs, block.yields):
                    bar = taken.get(out)
                    if bar is not None and isinstance(arg, Value):
                        self.contribute(arg, bar, arg if isinstance(out.type, Array) else None)
                    if out in swapped and isinstance(arg, Value):
                        self.bars.handles[arg.buffer] = swapped[out]
                    if out in outer_bars.cuts and isinstance(arg, Value):
                        self.bars.cuts[arg] = outer_bars.cuts[out]
                self.ops(block.ops)
                for storage in handed:
                    if storage not in self.bars.handles:
                        self.make_storage(storage)
                for key in lists:
                    self.bars.values[key] = self.combine(key, self.bars.lists.pop(key))
                return list(ops), self.bars, dict(self.builder.versions)
        finally:
            self.bars, self.block_key = outer_bars, outer_key

    def moved_in(self, bars: Bars, key: int, handed: list[Storage]) -> list[Storage]:
        """The storages of outside whose adjoint is in another array after an arm: a branch in it has moved it."""
        found = []
        for home, handle in bars.handles.items():
            if self.bars.handles.get(home) is not handle and self.home_key(home) != key and home not in handed:
                assert isinstance(home, Storage), f"the adjoint storage `{handle.hint}` is lost with its arm"
                found.append(home)
        return found

    def merge(self, op: If, arms: list[Arm], swapped: dict[Value, Value], handed: list[Storage]) -> None:
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
        self.merge_ends(arms, outs, yields)
        for handle in swapped.values():
            self.builder.versions.pop(handle.buffer, None)
        self.leave_swapped(arms, outs, yields, handed)
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
        made = [finished(block.key, ops, (), tuple(y))
                for block, (ops, _, _), y in zip((op.then, op.orelse), arms, yields)]
        self.builder.emit(If(tuple(outs), op.origin, self.mirrored_test(op), made[0], made[1]))
        self.bars.values.update(new)

    def merge_ends(self, arms: list[Arm], outs: list[Value], yields: list[list[Arg]]) -> None:
        """How far each arm has come in the adjoints of the lists that the branch adds to."""
        for bar, end in self.bars.ends.items():
            after = [bars.ends[bar] for _, bars, _ in arms]
            if after[0] is not end or after[1] is not end:
                self.bars.ends[bar] = out = Value(end.type, "end")
                outs.append(out)
                for k in (0, 1):
                    yields[k].append(after[k])

    # ---- adjoints that meet

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

    def receive(self, defined: set[Value]) -> None:
        """Add what mirrors of this block have found for the values it defines."""
        for value in [v for v in self.remote if v in defined and self.home.get(v) == self.block_key]:
            for share in self.remote[value]:
                self.contribute(value, self.builder.at(share) if isinstance(share, Value) else share)
