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

from dataclasses import replace

from ..ir.program import Alloc, Arg, Block, Function, If, Load, Loop, Op, Prim, Value
from ..ir.traverse import blocks
from ..ir.types import Array
from ..primitives import core
from ..primitives.build import copying
from .ownership import is_fresh


class Detacher:
    """Follows each result to where its array is made."""

    def __init__(self, function: Function) -> None:
        self.definition: dict[Value, Op] = {}
        self.arms: dict[Value, tuple[Arg, Arg]] = {}
        self.flows: dict[Value, tuple[Arg, ...]] = {}
        self.taken: set[object] = set()
        self.ops: list[Op] = []
        self.survey(function.block)

    def survey(self, block: Block) -> None:
        for op in block.ops:
            for k, out in enumerate(op.outs):
                self.definition[out] = op
                if isinstance(op, If):
                    self.flows[out] = (op.then.yields[k], op.orelse.yields[k])
            if isinstance(op, Loop):
                for carry in op.carries:
                    self.flows[carry.param] = self.flows[carry.result] = (carry.init, carry.next)
            for inner in blocks(op):
                self.survey(inner)

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
        if isinstance(op, Load) and isinstance(self.definition.get(op.handle), (Alloc, Loop)):
            return {op.handle.buffer}
        return {None}

    def own(self, arg: Arg) -> Arg:
        """`arg`, or a copy of it where its array is not for this result alone."""
        if isinstance(arg, Value) and isinstance(self.definition.get(arg), Prim):
            op = self.definition[arg]
            if isinstance(op, Prim) and op.primitive == core.PACK:
                items = tuple(self.own(item) for item in op.args)
                if items == op.args:
                    return arg
                out = Value(arg.type, arg.hint)
                self.ops.append(replace(op, outs=(out,), args=items))
                return out
        if not isinstance(arg, Value) or not isinstance(arg.type, Array):
            return arg
        sources = self.sources(arg)
        if None in sources or sources & self.taken:
            copy = Value(arg.type, arg.hint)
            self.ops.append(copying(copy, arg, None))
            return copy
        self.taken |= sources
        return arg


def detached(function: Function) -> Function:
    """The program with results of its own."""
    detacher = Detacher(function)
    block = function.block
    results = tuple(map(detacher.own, block.yields))
    return replace(function, block=replace(block, ops=(*block.ops, *detacher.ops), yields=results))
