"""Which arrays may be updated in place.

before: a program after `materialise`; an adjoint that grows is a new value each time
after:  the values whose statement may be printed as `x_bar += c`: the array they replace is fresh,
        nothing else holds it, and it has the same size and dtype

>>> def f(W, xs):  # f8[n], f8[m,n]
...     loss = 0.0
...     for x in xs:
...         loss += np.sum(W * W * x)
...     return loss
W_bar = np.zeros_like(W)
for k in reversed(range(len(xs))):
    W_bar += 2.0 * xs[k] * W
"""
from __future__ import annotations

from collections.abc import Callable

from ..ir.program import Arg, Block, Carry, Function, If, Loop, Op, Prim, Store, Value
from ..ir.traverse import blocks, operands
from ..ir.types import Array
from ..primitives import core
from ..primitives.facts import Facts
from ..primitives.primitive import REGISTRY


class Ownership:
    """Collects who reads what; a value is owned if it is fresh and handed on at most once."""

    def __init__(self, function: Function, facts: Facts, survives: Callable[[Value, Value], bool]) -> None:
        self.facts = facts
        self.survives = survives
        self.definition: dict[Value, Op] = {}
        self.carry: dict[Value, Carry] = {}
        self.branch: dict[Value, tuple[If, int]] = {}
        self.handed: dict[Value, int] = {}
        self.depth: dict[Value, int] = {}
        self.loops = 0
        self.shared: set[Value] = set()
        self.growing: list[Prim] = []
        self.block(function.block)

    def block(self, block: Block) -> None:
        for op in block.ops:
            for out in op.outs:
                self.definition[out] = op
                self.depth.setdefault(out, self.loops)
            self.loops += isinstance(op, Loop)
            if isinstance(op, Loop):
                self.depth.update((carry.param, self.loops) for carry in op.carries)
            for inner in blocks(op):
                self.block(inner)
            self.read(op)
            self.loops -= isinstance(op, Loop)

    def read(self, op: Op) -> None:
        if isinstance(op, Loop):
            for carry in op.carries:
                self.carry[carry.param] = self.carry[carry.result] = carry
                self.hand(carry.init, self.loops - 1)
                self.hand(carry.next, self.loops)
            self.shared.update(c.value for c in op.collects if isinstance(c.value, Value))
            self.shared.update(a for a in op.header if isinstance(a, Value))
        elif isinstance(op, If):
            for k, out in enumerate(op.outs):
                self.branch[out] = (op, k)
                for arm in (op.then, op.orelse):
                    self.hand(arm.yields[k], self.loops)
        elif isinstance(op, Prim):
            self.read_prim(op)
        elif not isinstance(op, Store):
            self.shared.update(a for a in operands(op) if isinstance(a, Value))

    def read_prim(self, op: Prim) -> None:
        if op.primitive in core.ARITHMETIC and isinstance(op.outs[0].type, Array):
            self.growing.append(op)
        if not is_fresh(op):
            self.shared.update(a for a in op.args if isinstance(a, Value))

    def hand(self, arg: Arg, loops: int) -> None:
        """`arg` is handed on; from inside a loop that it was made before, once a trip."""
        if isinstance(arg, Value):
            times = 1 if self.depth.get(arg, 0) == loops else 2
            self.handed[arg] = self.handed.get(arg, 0) + times

    def owned(self, arg: Arg, seen: frozenset[Value] = frozenset()) -> bool:
        """True where `arg` is an array that nothing else holds."""
        if not isinstance(arg, Value) or arg in self.shared or self.handed.get(arg, 0) > 1:
            return False
        if arg in seen:
            return True
        seen = seen | {arg}
        carry = self.carry.get(arg)
        if carry is not None:
            ends = self.owned(carry.init, seen) and self.owned(carry.next, seen)
            return ends and not self.kept(carry.init, carry.param)
        if arg in self.branch:
            op, k = self.branch[arg]
            return all(self.owned(arm.yields[k], seen) and not self.kept(arm.yields[k], arg)
                       for arm in (op.then, op.orelse))
        op = self.definition.get(arg)  # type: ignore[assignment]
        return isinstance(op, Prim) and is_fresh(op)

    def kept(self, arg: Arg, by: Value) -> bool:
        """True where what is handed to another name is still read under its own."""
        return isinstance(arg, Value) and self.survives(arg, by)

    def is_left(self, arg: Arg, op: Prim) -> bool:
        """True for what the user updates, be it a number or an array of its own, if nothing reads or holds it after."""
        return op.spelling.startswith("augmented.") and isinstance(arg, Value) and arg not in self.shared \
            and not self.survives(arg, op.outs[0])

    def same_size(self, a: Value, b: Value) -> bool:
        if not (isinstance(a.type, Array) and isinstance(b.type, Array)) or a.type.partial or b.type.partial:
            return False
        return a.type.dtype == b.type.dtype and self.facts.covers(a.type.dims, b.type.dims)


def is_fresh(op: Prim) -> bool:
    """True where the result is an array of its own, that shares nothing with what was read."""
    primitive = REGISTRY.by_name.get(op.primitive)
    return primitive is not None and primitive.views == "no"


def owned_values(function: Function, survives: Callable[[Value, Value], bool],
                 facts: Facts) -> dict[Value, set[Value]]:
    """For each value that may be an update in place: the values whose array it may take over.

    `survives` says whether the text reads one value after another is defined.
    """
    ownership = Ownership(function, facts, survives)
    found: dict[Value, set[Value]] = {}
    for op in ownership.growing:
        first = op.args[0]
        if ownership.is_left(first, op):
            found.setdefault(op.outs[0], set()).add(first)  # type: ignore[arg-type]
        while isinstance(first, Value):
            if ownership.owned(first) and ownership.same_size(first, op.outs[0]):
                found.setdefault(op.outs[0], set()).add(first)
            made = ownership.definition.get(first)
            if not isinstance(made, Prim) or made.primitive not in (core.ADD, core.SUBTRACT):
                break
            first = made.args[0]
    return found
