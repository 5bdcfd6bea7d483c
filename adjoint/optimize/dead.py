"""Removes what nobody reads.

before: a program
after:  without operations, loop carries and branch results that no result depends on.  The user's
        loops go only when all that they compute is dead; `Undo` marks stay, and keep nothing alive.

>>> def f(x, y):  # float, float
...     return x * y
function f(%0:x : float, %1:y : float)
    %2 = multiply(1.0, %1:y)  : float
    yield %2
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.calls import has_effects
from ..ir.program import Arg, Block, Const, Effect, Function, If, Loop, Op, Pop, Push, Undo, Value
from ..ir.traverse import blocks, flows, loop_params, operands
from ..ir.units import Call, Handover

TRUE = Const(True)


class Marker:
    """Marks what is needed, from the results back to what makes them: `live` values, and the `kept` operations."""

    def __init__(self, function: Function) -> None:
        self.live: set[Value] = set()
        self.kept: set[Op] = set()
        self.waiting: list[Value] = []
        self.around: dict[Op, Op | None] = {}
        self.makers: dict[Value, list[Op]] = {}
        self.flows: dict[Value, list[Arg]] = {}
        self.effects: list[Op] = []
        self.survey(function.block, None)
        self.need(*function.block.yields)
        for op in self.effects:
            self.keep(op)
        while self.waiting:
            value = self.waiting.pop()
            self.need(*self.flows.get(value, ()))
            for op in self.makers.get(value, ()):
                self.keep(op)

    def survey(self, block: Block, region: Op | None) -> None:
        """Notes which operations a value needs, and what flows into the results of regions."""
        for op in block.ops:
            self.around[op] = region
            if isinstance(op, Undo):
                continue
            if isinstance(op, (Effect, Handover)) or isinstance(op, Call) and acts(op):
                self.effects.append(op)
            elif isinstance(op, (If, Loop)):
                self.region(op)
            for value in (*op.outs, op.tape) if isinstance(op, (Push, Pop)) else op.outs:
                self.makers.setdefault(value, []).append(op)

    def region(self, op: If | Loop) -> None:
        for inner in blocks(op):
            self.survey(inner, op)
        for value, args in flows(op):
            self.flows.setdefault(value, []).extend(args)     # a value may leave several branches
        if isinstance(op, Loop):
            for param in (*loop_params(op), op.trips, op.whole):
                if param is not None:
                    self.makers.setdefault(param, []).append(op)

    def need(self, *args: Arg | None) -> None:
        for arg in args:
            if isinstance(arg, Value) and arg not in self.live:
                self.live.add(arg)
                self.waiting.append(arg)

    def keep(self, op: Op | None) -> None:
        """An operation that is needed needs what it reads, and the regions that it stands in."""
        while op is not None and op not in self.kept:
            self.kept.add(op)
            if isinstance(op, Loop):
                self.need(op.stop, op.limit, *op.header, *(op.head.yields if op.head is not None else ()))
            else:
                self.need(*operands(op))
            if isinstance(op, If) and op.form == "try":     # whether the body raises shows in what it makes and gives
                made = {out for inner in op.then.ops for out in inner.outs}
                self.need(*(out for out, arg in zip(op.outs, op.then.yields) if arg in made or arg == TRUE))
            op = self.around[op]


def acts(op: Call) -> bool:
    """True for a call that does more than give results and write; a backward part puts back what is written."""
    return bool(op.unit.program.entry) if op.is_backward else has_effects(op.unit)


def sweep(block: Block, marked: Marker) -> Block:
    ops = tuple(shrunk(op, marked) for op in block.ops if isinstance(op, Undo) or op in marked.kept)
    return Block(block.key, block.params, ops, block.yields)


def shrunk(op: Op, marked: Marker) -> Op:
    """A region without its dead results."""
    live = marked.live
    if isinstance(op, If):
        kept = [k for k, out in enumerate(op.outs) if out in live]
        arms = []
        for block in (op.then, op.orelse):
            inner = sweep(block, marked)
            arms.append(replace(inner, yields=tuple(block.yields[k] for k in kept)))
        return replace(op, outs=tuple(op.outs[k] for k in kept), then=arms[0], orelse=arms[1])
    if isinstance(op, Loop):
        carries = tuple(c for c in op.carries if c.result in live or c.param in live)
        collects = tuple(c for c in op.collects if c.result in live)
        outs = (*(c.result for c in carries), *(c.result for c in collects))
        head = None if op.head is None else sweep(op.head, marked)
        return replace(op, outs=outs, carries=carries, collects=collects, head=head, body=sweep(op.body, marked))
    return op


def without_dead(function: Function) -> Function:
    """The program without dead code."""
    return replace(function, block=without_empty(sweep(function.block, Marker(function))))


def without_empty(block: Block) -> Block:
    """Regions that only hold `Undo` marks are dropped."""
    return replace(block, ops=tuple(op for op in block.ops if not is_empty(op)))


def is_empty(op: Op) -> bool:
    if isinstance(op, If):
        return not op.outs and all(isinstance(i, Undo) or is_empty(i) for b in (op.then, op.orelse) for i in b.ops)
    return False
