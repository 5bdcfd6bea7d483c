"""Saves what the user's next assignment to the same name would take from the backward sweep.

before: a program in which a forward value is read after its name is bound to another
after:  `x_saved = x` stands where the value is still there, and the later reads read that

>>> def f(x):  # f8[n]
...     y = np.exp(x)
...     s = y * y
...     y = 2.0
...     return np.sum(s) * y
y = np.exp(x)
y_saved = y
y = 2.0
"""
from __future__ import annotations

from dataclasses import replace

from ..errors import Span
from ..ir.program import UNDEFINED, Arg, Bind, Block, Const, Function, If, Loop, Op, Value
from ..ir.traverse import blocks, defined_in, flows, loop_params, maybe_undefined, rename, walk, with_blocks
from .conflicts import names_written
from .lifetimes import Lifetimes, assigned_last


def snapshots(function: Function, fixed: set[Value], life: Lifetimes) -> Function:
    """The program with its snapshots.  `fixed`: the values whose names are the user's; `life`: when they are alive."""
    by_name: dict[str, list[Value]] = {}
    for value in life.order:
        if value in fixed and value.hint:
            by_name.setdefault(value.hint, []).append(value)
    lost: dict[Value, Value] = {}
    for name, group in by_name.items():
        for value in group:
            if any(life.start[value] < life.start[other] and life.survives(value, other) and not life.same(value, other)
                   for other in group):
                lost[value] = Value(value.type, name + "_saved", False, value.storage)
    while lost:
        unbound = maybe_undefined(function.block).intersection(lost)
        found = Snapshot(lost, life.comprehensions)
        saved = found.run(with_bound(function, unbound) if unbound else function)
        if len(found.redirected) == len(lost):
            return saved
        lost = {value: copy for value, copy in lost.items() if value in found.redirected}
    return function


def with_bound(function: Function, values: set[Value]) -> Function:
    """The program with values that are bound on some paths only bound to None on the others: they can be saved."""
    reached, size = set(values), 0
    while size != len(reached):
        size = len(reached)
        for op in walk(function.block):
            for value, args in flows(op):
                reached.update(arg for arg in args if value in reached and isinstance(arg, Value))

    def bound(arg: Arg, *values: Value) -> Arg:
        return Const(None) if arg is UNDEFINED and not reached.isdisjoint(values) else arg

    def block(before: Block) -> Block:
        return replace(before, ops=tuple(map(changed, before.ops)))

    def changed(op: Op) -> Op:
        inside = (op, *(inner for within in blocks(op) for inner in walk(within)))
        if reached.isdisjoint(value for part in inside for value, _ in flows(part)):
            return op
        op = with_blocks(op, block)
        if isinstance(op, Loop):
            carries = tuple(replace(c, init=bound(c.init, c.param, c.result)) for c in op.carries)
            return replace(op, carries=carries)
        if isinstance(op, If):
            then, orelse = (replace(arm, yields=tuple(map(bound, arm.yields, op.outs))) for arm in (op.then, op.orelse))
            return replace(op, then=then, orelse=orelse)
        return op

    return replace(function, block=block(function.block))


class Snapshot:
    """Inserts the saves and redirects the reads that come after the name is bound again."""

    def __init__(self, lost: dict[Value, Value], comprehensions: set[Op]) -> None:
        self.lost = lost
        self.comprehensions = comprehensions
        self.gone: set[Value] = set()
        self.redirected: set[Arg] = set()

    def run(self, function: Function) -> Function:
        return replace(function, block=self.block(function.block, function.params))

    def save(self, value: Value, origin: Span | None) -> Op:
        return Bind((self.lost[value],), origin, (value,))

    def to(self, arg: Arg) -> Arg:
        if arg not in self.gone:
            return arg
        self.redirected.add(arg)
        return self.lost[arg]  # type: ignore[index]

    def block(self, block: Block, first: tuple[Value, ...] = (), origin: Span | None = None) -> Block:
        ops: list[Op] = [self.save(value, origin) for value in first if value in self.lost]
        for op in block.ops:
            if isinstance(op, If):
                op = self.branch(op)
            elif isinstance(op, Loop):
                op = self.loop(op)
            else:
                op = rename(op, self.to)
            self.note({out.hint for out in op.outs if not out.is_version}, op.outs)
            self.gone -= set(op.outs)
            ops.append(op)
            ops += [self.save(out, op.origin) for out in op.outs if out in self.lost]
        return replace(block, ops=tuple(ops), yields=tuple(map(self.to, block.yields)))

    def note(self, names: set[str | None], but: tuple[Value, ...] = ()) -> None:
        """From here on, these names no longer hold the values that were saved."""
        self.gone |= {value for value in self.lost if value.hint in names and value not in but}

    def branch(self, op: If) -> If:
        test, before = self.to(op.test), set(self.gone)
        then = self.block(op.then)
        after, self.gone = self.gone, before
        if op.form == "try":    # the handler may run after all of the body but the assignment with which it ends
            last = assigned_last(op.then)
            self.note({out.hint for inner in op.then.ops for out in inner.outs if out not in last})
        orelse = self.block(op.orelse)
        self.gone |= after
        return replace(op, test=test, then=then, orelse=orelse)

    def loop(self, op: Loop) -> Loop:
        inits = [self.to(c.init) for c in op.carries]
        starts = [tuple(map(self.to, c.start)) for c in op.collects]
        if op not in self.comprehensions:   # its lists are made before the loop's head is read
            self.note({c.result.hint for c in op.collects}, tuple(c.result for c in op.collects))
        header = tuple(map(self.to, op.header))
        limit = None if op.limit is None else self.to(op.limit)
        params = loop_params(op)
        inside = {*params, *defined_in(op.body), *(c.result for c in op.collects)}
        bound = names_written(op.body) | {p.hint for p in params}
        self.gone |= {v for v in self.lost if v.hint in bound and v not in inside}
        self.gone -= inside
        head = None if op.head is None else self.block(op.head)
        body = self.block(op.body, params, op.origin)
        carries = tuple(replace(c, init=init, next=self.to(c.next)) for c, init in zip(op.carries, inits))
        collects = tuple(replace(c, value=self.to(c.value), start=start) for c, start in zip(op.collects, starts))
        stop = None if op.stop is None else self.to(op.stop)
        return replace(op, header=header, head=head, body=body, carries=carries, collects=collects, stop=stop,
                       limit=limit)
