"""What the forward part of a pair saves: arm by arm, where a branch ends it.

before: both parts, and the values that the second reads of the first
after:  the first gives them in a tuple at its end, or each arm of its last branch those of its own; the second
        takes the tuple apart where its mirror begins

>>> def f(x, n):  # float, int
...     return 1.0 if n == 0 else x * f(x, n - 1)
    if n == 0:
        return 1.0, None
    value, f_saved = f_forward(x, n - 1)
    return x * value, (value, f_saved)
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.calls import is_branching
from ..ir.program import UNDEFINED, Arg, Const, If, Loop, Op, Unpack, Value
from ..ir.traverse import rename
from ..ir.types import Items
from ..ir.units import SAVED
from ..primitives.operations import packing
from .parts import Ops, read_by

Values = dict[Value, Arg]       # what the backward part reads, by what it is in the forward part
Arms = tuple[If, tuple[Values, Values]]


class Saving:
    """One pair.  `saved`: where the backward part finds what was saved; the values in `user` keep their names.

    `names`: what else is called as in the backward part, by what it was.
    """

    def __init__(self, user: set[Value]) -> None:
        self.user = user
        self.saved = Value(SAVED, "saved")
        self.names: dict[Arg, Value] = {}

    def sunk(self, before: Ops, after: Ops, values: Values, given: tuple[Arg, ...]) -> tuple[Ops, Arg, Ops]:
        """Both parts, and what the first one saves at its end: what its last arms save, beside what is not of them.

        `given`: what it gives besides; of that nothing can be left in an arm.
        """
        branch = before[at] if (at := last_branch(before)) >= 0 else None
        own = {value: source for value, source in values.items() if branch is not None and source in branch.outs}
        arms = self.arms_of(before, after, own) if own and not set(own.values()) & set(given) else None
        if arms is None:
            return self.whole(before, after, values)
        rest = {value: source for value, source in values.items() if value not in own}
        if not rest:
            return self.in_arms(before, after, own, arms, self.saved)
        inner = Value(SAVED, "saved")
        before, left, after = self.in_arms(before, after, own, arms, inner)
        before = self.named_alike(tuple(defined_always(op, set(rest.values())) for op in before), rest)
        packed, ops = self.pack((*rest.values(), left))
        branch, moved = self.with_last(before[-1], left, ops, packed)
        return (*before[:-1], branch), moved, (Unpack((*rest, inner), None, self.saved), *after)

    def with_last(self, branch: Op, given: Arg, pack: Op, packed: Value) -> tuple[If, Value]:
        """The branch whose arms pack what they save; what it then gives in the place of `given`."""
        assert isinstance(branch, If) and isinstance(given, Value)
        at = branch.outs.index(given)
        out, arms = Value(packed.type, packed.hint), []
        for arm in (branch.then, branch.orelse):
            end = arm.yields[at]
            made = rename(pack, lambda arg, end=end: end if arg is given else arg)  # type: ignore[misc]
            if last_branch(arm.ops) >= 0 and end in arm.ops[-1].outs:
                last, own = self.with_last(arm.ops[-1], end, made, packed)
                ops = (*arm.ops[:-1], last)
            else:
                own = Value(packed.type, packed.hint)
                ops = (*arm.ops, replace(made, outs=(own,)))
            yields = tuple(own if k == at else arg for k, arg in enumerate(arm.yields))
            arms.append(replace(arm, ops=ops, yields=yields))
        outs = tuple(out if k == at else each for k, each in enumerate(branch.outs))
        return replace(branch, outs=outs, then=arms[0], orelse=arms[1]), out

    def pack(self, given: tuple[Arg, ...]) -> tuple[Value, Op]:
        packed = Value(Items("tuple", tuple(value.type for value in given)), "saved")
        return packed, packing(packed, given, None)

    def in_arms(self, before: Ops, after: Ops, values: Values, arms: Arms, there: Value) -> tuple[Ops, Arg, Ops]:
        """Each arm saves its own; the backward part finds it in `there`."""
        at, (mirror, each) = last_branch(before), arms
        branch, outer = before[at], self.saved
        assert isinstance(branch, If)
        self.saved = there
        saved = Value(SAVED, "saved")
        firsts, seconds = [], []
        for block, mirrored, own in zip((branch.then, branch.orelse), (mirror.then, mirror.orelse), each):
            kept = tuple(arg for out, arg in zip(branch.outs, block.yields) if out not in values.values())
            first, given, second = self.sunk(block.ops, mirrored.ops, own, kept) if own else (
                block.ops, Const(None), mirrored.ops)
            firsts.append(replace(block, ops=first, yields=(*kept, given)))
            seconds.append(replace(mirrored, ops=second))
        self.saved = outer
        outs = (*(out for out in branch.outs if out not in values.values()), saved)
        made = replace(branch, outs=outs, then=firsts[0], orelse=firsts[1])
        turned = replace(mirror, then=seconds[0], orelse=seconds[1])
        return ((*before[:at], made, *before[at + 1:]), saved,
                tuple(turned if op is mirror else op for op in after))

    def arms_of(self, before: Ops, after: Ops, values: Values) -> Arms | None:
        """The mirror of the last branch, and what each arm saves; None where the values are not of one arm each."""
        branch = before[last_branch(before)]
        assert isinstance(branch, If)
        readers = [op for op in after if not read_by([op]).keys().isdisjoint(values)]
        if len(readers) != 1 or not isinstance(mirror := readers[0], If) or mirror.test in values:
            return None
        found: tuple[Values, Values] = ({}, {})
        for value, source in values.items():
            pair = [arm.yields[branch.outs.index(source)] for arm in (branch.then, branch.orelse)]
            there = [k for k in (0, 1) if pair[k] is not UNDEFINED]
            if len(there) != 1:
                return None
            found[there[0]][value] = pair[there[0]]
        for k, arm in enumerate((mirror.then, mirror.orelse)):
            if not {*read_by(arm.ops), *arm.yields}.isdisjoint(found[1 - k]):
                return None
        return mirror, found

    def whole(self, before: Ops, after: Ops, values: Values) -> tuple[Ops, Arg, Ops]:
        """All in one tuple; what is not defined on every path is None on the others."""
        before = tuple(defined_always(op, set(values.values())) for op in before)
        before = self.named_alike(before, values)
        outs, given = tuple(values), tuple(values.values())
        if len(values) == 1:
            saved = self.saved
            return before, given[0], tuple(rename(op, lambda arg: saved if arg is outs[0] else arg) for op in after)
        packed, pack = self.pack(given)
        return (*before, pack), packed, (Unpack(outs, None, self.saved), *after)


    def named_alike(self, ops: Ops, values: Values) -> Ops:
        """What a value is called in one part it is called in the other."""
        names = {source: value for value, source in values.items()
                 if isinstance(source, Value) and source not in self.user and value is not source}
        own = {out for op in ops if not isinstance(op, Loop) for out in op.outs}
        names = {source: value for source, value in names.items() if source in own}
        values.update((value, value) for value in names.values())
        self.names.update((source, value) for source, value in names.items())

        def to(arg: Arg) -> Arg:
            return names.get(arg, arg) if isinstance(arg, Value) else arg

        return tuple(replace(rename(op, to), outs=tuple(names.get(out, out) for out in op.outs)) for op in ops)


def last_branch(ops: Ops) -> int:
    """The place of the branch that ends a block; -1 where it ends otherwise."""
    return len(ops) - 1 if ops and is_branching(ops[-1]) else -1


def defined_always(op: Op, values: set[Arg]) -> Op:
    """The operation with None for what of the values it leaves undefined."""
    if isinstance(op, If):
        arms = []
        for arm in (op.then, op.orelse):
            inner = {arg for out, arg in zip(op.outs, arm.yields) if out in values}
            yields = tuple(Const(None) if out in values and arg is UNDEFINED else arg
                           for out, arg in zip(op.outs, arm.yields))
            arms.append(replace(arm, ops=tuple(defined_always(each, inner) for each in arm.ops), yields=yields))
        return replace(op, then=arms[0], orelse=arms[1])
    if isinstance(op, Loop):
        carries = tuple(replace(c, init=Const(None)) if c.result in values and c.init is UNDEFINED else c
                        for c in op.carries)
        return replace(op, carries=carries)
    return op
