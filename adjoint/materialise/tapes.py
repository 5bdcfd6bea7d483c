"""Puts in what a plan saves: tapes, pushes, copies, counters, and results of branches.

before: a rewritten program, and the saves it relies on
after:  every pop has its push; loops are driven by a tape where its length is the number of trips

>>> def f(x, n):  # float, float
...     while x < n:
...         x = x * x
...     return x
x_saved = []
while x < n:
    x_saved.append(x)
    x = x * x
"""
from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..errors import Span
from ..ir.program import (
    UNDEFINED,
    Arg,
    At,
    Block,
    Carry,
    Const,
    Function,
    If,
    Load,
    Loop,
    Op,
    Pop,
    Prim,
    Push,
    Tape,
    Value,
)
from ..ir.traverse import blocks, loop_params, loop_yields, operands
from ..ir.types import Array, is_scalar
from ..optimize.ownership import is_fresh
from ..primitives import core
from ..primitives.operations import copying
from ..primitives.primitive import REGISTRY
from .rewrite import Rewriter
from .stack import Saved


@dataclass
class Found:
    """What was inserted inside an operation: tapes that must exist before it, values that must leave it."""

    tapes: dict[Value, None] = field(default_factory=dict)
    leaving: list[tuple[Value, Value]] = field(default_factory=list)


class Tapes:
    """Walks the rewritten program once."""

    def __init__(self, rewriter: Rewriter) -> None:
        self.rewriter = rewriter
        self.survey = rewriter.survey
        self.saves: dict[Value, list[Saved]] = {}
        self.group: dict[Value, list[Saved]] = {}
        self.shared: dict[Value, Value] = {}
        self.counts: dict[Value, Value] = {}
        for group in self.grouped():
            tape = group[0].tape if len(group) == 1 else Value(group[0].tape.type, "saved")
            for saved in group:
                self.saves.setdefault(saved.value, []).append(saved)
                self.group[saved.tape] = group
                self.shared[saved.tape] = tape

    def grouped(self) -> list[list[Saved]]:
        """Scalars carried by one loop into one consumer are saved as one tuple."""
        found: dict[object, list[Saved]] = {}
        for saved in self.rewriter.saves:
            carried = saved.value in self.survey.loops and is_scalar(saved.value.type) and not saved.peek
            key = (self.survey.loops[saved.value], saved.consumer) if carried else saved.tape
            found.setdefault(key, []).append(saved)
        return list(found.values())

    def run(self, function: Function) -> Function:
        ops: list[Op] = []
        for op in function.block.ops:
            made, found = self.op(op)
            ops += [Tape((tape,), op.origin) for tape in found.tapes]
            ops += made
            if isinstance(op, Loop) and op.trips in self.counts:
                length = Prim((op.trips,), op.origin, core.LEN, (self.counts[op.trips],))
                ops.insert(len(ops) - len(made) + 1, length)
        return replace(function, block=replace(function.block, ops=tuple(ops)))

    def block(self, block: Block, found: Found, first: tuple[Value, ...] = (), origin: Span | None = None) -> Block:
        ops: list[Op] = []
        for value in first:
            ops += self.pushes(value, origin, found)
        for op in block.ops:
            made, inside = self.op(op)
            ops += made
            found.tapes.update(inside.tapes)
            found.leaving += inside.leaving
        return replace(block, ops=tuple(ops))

    def op(self, op: Op) -> tuple[list[Op], Found]:
        """The operation with its insides done, followed by the saves of what it defines."""
        found = Found()
        if isinstance(op, Pop):
            return self.pop(op), found
        if isinstance(op, Loop):
            op = self.loop(op, found)
        elif isinstance(op, If):
            op = self.branch(op, found)
        after: list[Op] = []
        for out in dict.fromkeys((*op.outs, *((op.trips,) if isinstance(op, Loop) else ()))):
            copy = self.rewriter.copies.get(out)
            if copy is not None:
                after.append(copying(copy, out, op.origin))
            found.leaving += [(value, self.rewriter.escapes[value]) for value in (out, copy)
                              if value in self.rewriter.escapes]
            after += self.pushes(out, op.origin, found)
        return [op, *after], found

    # ---- saves

    def pushes(self, value: Value, origin: Span | None, found: Found) -> list[Op]:
        ops: list[Op] = []
        for saved in self.saves.get(value, []):
            group = self.group[saved.tape]
            if saved is group[0]:
                tape = self.shared[saved.tape]
                found.tapes[tape] = None
                ops += self.push(tape, tuple(s.value for s in self.ordered(group)), origin)
        return ops

    def push(self, tape: Value, values: tuple[Value, ...], origin: Span | None) -> list[Op]:
        if isinstance(values[0].type, Array) and (self.needs_copy(values[0]) or self.is_copied(values[0].type)):
            copy = Value(values[0].type, None)
            return [copying(copy, values[0], origin), Push((), origin, tape, (copy,))]
        return [Push((), origin, tape, values)]

    def is_copied(self, kind: Array) -> bool:
        """True where the plan saves nothing by reference."""
        return not self.rewriter.plan.options.reference and not kind.partial

    def needs_copy(self, value: Arg) -> bool:
        """True for elements of an array itself: what a load shows, or a view of that where they are overwritten."""
        made = self.survey.definition.get(value) if isinstance(value, Value) else None
        if isinstance(made, Prim) and made.args and not is_fresh(made):
            shown = self.survey.definition.get(made.args[0])    # type: ignore[arg-type]
            return self.needs_copy(made.args[0]) and not (isinstance(shown, Load) and self.survey.is_stable(shown))
        return isinstance(made, Load) and self.survey.is_part(made) and \
            not self.rewriter.plan.options.unsafe_reference

    def pop(self, op: Pop) -> list[Op]:
        group = [] if op.peek else self.group[op.tape]
        if len(group) <= 1:
            return [op]
        if op.tape is not group[0].tape:
            return []
        return [replace(op, tape=self.shared[op.tape], outs=tuple(s.popped for s in self.ordered(group)))]

    def ordered(self, group: list[Saved]) -> list[Saved]:
        """What is saved as one, in the order in which its loop carries it."""
        if len(group) < 2:
            return group
        params = [carry.param for carry in self.survey.loops[group[0].value].carries]
        return sorted(group, key=lambda saved: params.index(saved.value))

    # ---- regions

    def loop(self, op: Loop, found: Found) -> Loop:
        head = None if op.head is None else self.block(op.head, found)
        body = self.whole_body(op, found) if self.is_whole(op) else self.block(
            op.body, found, loop_params(op), op.origin)
        op = replace(op, head=head, body=body)
        driver = self.driver(op)
        if driver is not None:
            op = replace(op, kind="tape", header=(driver,), limit=None)
        if op.trips in self.rewriter.counted:
            tape = self.counting_tape(op)
            if tape is None:
                return with_counter(op)
            self.counts[op.trips] = tape
        return op

    def is_whole(self, op: Loop) -> bool:
        """True where the mirrors of a loop leave out the trip that a `break` left at its head."""
        return op.whole is not None and any(
            self.named(arg) is op.whole for mirror in self.survey.mirrors[op.body.key]
            for arg in (mirror.limit, *mirror.header))

    def named(self, arg: Arg | None) -> Arg | None:
        """The forward value that an `At` names."""
        made = self.survey.definition.get(arg) if isinstance(arg, Value) else None
        return self.named(made.value) if isinstance(made, At) else arg

    def whole_body(self, op: Loop, found: Found) -> Block:
        """What is saved at the head of a trip is saved only where the trip goes on."""
        ops: list[Op] = []
        delayed: list[Op] = []
        for value in loop_params(op):
            delayed += self.pushes(value, op.origin, found)
        left = False
        for inner in op.body.ops:
            made, inside = self.op(inner)
            found.tapes.update(inside.tapes)
            found.leaving += inside.leaving
            if not left and isinstance(inner, If) and inner.leaves is not None:
                left = True
                made[0] = self.with_first(made[0], delayed, 1 - inner.leaves[0])
            elif not left:
                made, after = made[:1], made[1:]
                delayed += after
            ops += made
        return replace(op.body, ops=tuple(ops))

    def with_first(self, op: Op, first: list[Op], which: int) -> Op:
        assert isinstance(op, If)
        arm = (op.then, op.orelse)[which]
        arm = replace(arm, ops=(*first, *arm.ops))
        return replace(op, then=arm) if which == 0 else replace(op, orelse=arm)

    def counting_tape(self, op: Loop) -> Value | None:
        """A list that gets one item in every trip that is begun: its length is their number."""
        if self.survey.home.get(op.trips) != self.survey.top or len(self.survey.mirrors.get(op.body.key, ())) != 2:
            return None
        if any(self.named(arg) is op.trips for made in self.survey.definition.values() if isinstance(made, Prim)
               for arg in made.args):
            return None  # only where one loop asks for it, before it empties the list
        for inner in op.body.ops:
            if isinstance(inner, If) and inner.leaves is not None:
                return None
            if isinstance(inner, Push):
                return inner.tape
        return None

    def driver(self, op: Loop) -> Value | None:
        """A tape that is popped exactly once in every trip of a mirrored loop that is not nested."""
        source = self.survey.regions[op.body.key].op
        assert isinstance(source, Loop)
        if source.trips is op.trips or op.kind == "items" and op.limit is None:
            return None
        if self.survey.home[source.trips] != self.survey.top or op.item is not None:
            return None
        if op.index is not None and uses(op.body, op.index):
            return None
        return next((o.tape for o in op.body.ops if isinstance(o, Pop) and not o.peek), None)

    def branch(self, op: If, found: Found) -> If:
        inside = [Found(), Found()]
        arms = [self.block(op.then, inside[0]), self.block(op.orelse, inside[1])]
        leaving: dict[Value, list[Arg]] = {}
        for k in (0, 1):
            found.tapes.update(inside[k].tapes)
            for value, final in inside[k].leaving:
                leaving.setdefault(final, [UNDEFINED, UNDEFINED])[k] = value
        arms = [replace(arm, yields=(*arm.yields, *(pair[k] for pair in leaving.values())))
                for k, arm in enumerate(arms)]
        around = self.survey.regions.get(self.survey.regions[op.then.key].parent)
        if around is not None and isinstance(around.op, If):
            found.leaving += [(final, final) for final in leaving]
        return replace(op, then=arms[0], orelse=arms[1], outs=(*op.outs, *leaving))


def with_counter(op: Loop) -> Loop:
    """The loop counting its trips."""
    param, after = Value(op.trips.type, "trips"), Value(op.trips.type, "trips")
    count = Prim((after,), op.origin, core.ADD, (param, Const(1)), (), REGISTRY.by_name[core.ADD].augmented)
    body = replace(op.body, ops=(count, *op.body.ops))
    carry = Carry(Const(0), param, after, op.trips)
    return replace(op, carries=(*op.carries, carry), body=body, outs=(*op.outs, op.trips))


def uses(block: Block, value: Value) -> bool:
    """True where something in the block reads `value`."""
    for op in block.ops:
        if any(arg is value for arg in operands(op)):
            return True
        if isinstance(op, Loop) and any(arg is value for arg in loop_yields(op)):
            return True
        if any(uses(inner, value) for inner in blocks(op)):
            return True
    return any(arg is value for arg in block.yields)
