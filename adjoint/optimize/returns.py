"""Makes what a derivative returns the caller's own.

before: results may be one array twice, an argument, or a value that something else still holds
after:  such results are copied; no returned array shares memory with another or with an argument

>>> def f(x):  # (f8[n], f8[n])
...     a, b = x
...     return np.sum((a + b) ** 2)
%7 = copy(%5)  : float64[x.1.0]
%8 = pack(%5, %7, kind='tuple', keys=())  : tuple(float64[x.1.0], float64[x.1.0])
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ..ir.program import Alloc, Arg, At, Block, Function, Load, Loop, Op, Prim, Value
from ..ir.traverse import defined_in, definitions, flows, walk, with_blocks
from ..ir.types import Array
from ..primitives import core
from ..primitives.indexing import step_of
from ..primitives.operations import copying
from ..primitives.primitive import REGISTRY
from .ownership import is_fresh


class Detacher:
    """Follows each result to where its array is made."""

    def __init__(self, function: Function, hints: Mapping[Value, str]) -> None:
        self.hints = hints
        self.definition = definitions(function.block)
        self.flows = {value: args for op in walk(function.block) for value, args in flows(op)}
        self.taken: set[object] = set()
        self.ops: list[Op] = []

    def sources(self, arg: Arg, seen: frozenset[Value] = frozenset()) -> set[object]:
        """What makes the array of `arg`: fresh values and storages; None stands for anything else."""
        if not isinstance(arg, Value):
            return set()
        if arg in seen:
            return set()
        if arg in self.flows:
            found: set[object] = set()
            for inner in self.flows[arg]:
                found |= self.sources(inner, seen | {arg})
            return found
        op = self.definition.get(arg)
        if isinstance(op, Prim) and is_fresh(op):
            return {arg}
        if isinstance(op, Prim) and rearranges(op):
            return self.sources(op.args[0], seen)
        if isinstance(op, Load) and isinstance(self.definition.get(op.handle), (Alloc, Loop)):
            return {op.handle.buffer}
        return {None}

    def own(self, arg: Arg) -> Arg:
        """`arg`, or a copy of it where its array is not for this result alone."""
        if not isinstance(arg, Value):
            return arg
        op = self.definition.get(arg)
        if isinstance(op, Prim) and op.primitive == core.PACK:
            items = tuple(map(self.own, op.args))
            if items == op.args:
                return arg
            out = Value(arg.type, arg.hint)
            self.ops.append(replace(op, outs=(out,), args=items))
            return out
        if not isinstance(arg.type, Array):
            return arg
        sources = self.sources(arg)
        if self.is_free(arg, sources):
            self.taken |= sources
            return arg
        copy = Value(arg.type, arg.hint or self.hints.get(arg))
        self.ops.append(self.copied(arg, copy))
        return copy

    def is_free(self, arg: Value, sources: set[object]) -> bool:
        return None not in sources and not sources & self.taken

    def copied(self, arg: Value, copy: Value) -> Op:
        again = self.computed_again(arg, copy)
        return copying(copy, arg, None) if again is None else again

    def computed_again(self, arg: Value, copy: Value) -> Op | None:
        """A product of the user's that is returned is computed for that, where it has no name: that is its copy."""
        at = self.definition.get(arg)
        made = self.definition.get(at.value) if isinstance(at, At) else None
        if not isinstance(made, Prim) or made.primitive not in core.ARITHMETIC or made.outs[0].user:
            return None
        read = [self.definition.get(a) for a in made.args if isinstance(a, Value) and not a.user]
        if any(isinstance(op, Prim) and op.primitive != core.GETITEM for op in read):
            return None
        ats = {a: At((Value(a.type, a.hint),), made.origin, a) for a in made.args if isinstance(a, Value)}
        self.ops += ats.values()
        return replace(made, outs=(copy,), args=tuple(
            ats[a].outs[0] if isinstance(a, Value) else a for a in made.args))


def rearranges(op: Prim) -> bool:
    """True where the result is all of its operand's elements, in other places: it may stand for a copy."""
    if op.primitive == core.GETITEM:
        return all(part == "n" or isinstance(part, tuple) and not any(part[1:3]) for part in step_of(op).pattern)
    primitive = REGISTRY.by_name.get(op.primitive)
    return primitive is not None and primitive.moves == "yes" and primitive.views in ("yes", "maybe")


class Lists(Detacher):
    """Copies what lists that are returned would hold, where it is not for one item of one list alone.

    `inside`: what a trip of the loop at hand makes; `handed_on`: for what each trip makes anew for the next, what came
    first.
    """

    inside: set[Value]
    handed_on: dict[Value, set[object]]

    def __init__(self, function: Function, hints: Mapping[Value, str]) -> None:
        super().__init__(function, hints)
        self.collected = {c.result: c for op in walk(function.block) if isinstance(op, Loop) for c in op.collects}
        self.returned: set[Value] = set()
        for arg in function.block.yields:
            self.follow(arg)

    def follow(self, arg: Arg) -> None:
        """Notes the lists that loops fill and `arg` holds."""
        if not isinstance(arg, Value) or isinstance(arg.type, Array) or arg in self.returned:
            return
        if arg in self.flows:
            self.returned.add(arg)
        op = self.definition.get(arg)
        for inner in self.flows.get(arg, op.args if isinstance(op, Prim) else ()):
            self.follow(inner)

    def block(self, block: Block) -> Block:
        return replace(block, ops=tuple(self.loop(with_blocks(op, self.block)) for op in block.ops))

    def loop(self, op: Op) -> Op:
        if not isinstance(op, Loop) or not any(c.result in self.returned for c in op.collects):
            return op
        self.inside, self.ops = defined_in(op.body), []
        self.handed_on = {
            c.param: self.sources(c.init) for c in op.carries if self.sources(c.next) <= self.inside - {c.param}}
        collects = tuple(replace(c, value=self.own(c.value)) if c.result in self.returned else c for c in op.collects)
        return replace(op, collects=collects, body=replace(op.body, ops=(*op.body.ops, *self.ops)))

    def is_free(self, arg: Value, sources: set[object]) -> bool:
        """True for what each trip makes anew."""
        anew = self.inside | self.handed_on.get(arg, set())
        return None not in sources and sources <= anew - self.taken

    def copied(self, arg: Value, copy: Value) -> Op:
        return copying(copy, arg, None)


def detached(function: Function, hints: Mapping[Value, str] = MappingProxyType({})) -> Function:
    """The program with results of its own; `hints` are names for results that have none."""
    lists = Lists(function, hints)
    function = replace(function, block=lists.block(function.block)) if lists.returned else function
    detacher = Detacher(function, hints)
    detacher.taken = lists.taken
    block = function.block
    results = tuple(map(detacher.own, block.yields))
    return replace(function, block=replace(block, ops=(*block.ops, *detacher.ops), yields=results))
