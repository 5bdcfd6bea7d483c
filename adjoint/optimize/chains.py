"""Writes products and sums of derived code without parentheses.

before: `a * (b * c / d)`, `a + (b - c)`, `2.0 * (3.0 * a)`
after:  `a * b * c / d`, `a + b - c`, `6.0 * a`, where that is no more work: what stands to the left is no larger
        than what stood in parentheses.  So does a product of the user's that is read only there.

>>> def f(x, y):  # f8[n], f8[n]
...     return np.sum(x * x * y)
%2 = multiply(2.0, %1:y)  : float64[y.0]
%3 = multiply(%2, %0:x)  : float64[x.0]
"""
from __future__ import annotations

import math
from dataclasses import replace

from ..ir.program import Arg, At, Block, Const, Function, Load, Loop, Op, Prim, Store, Value
from ..ir.traverse import blocks, loop_yields, operands, place_of, with_blocks
from ..ir.types import dims_of, is_inexact, is_scalar
from ..primitives import core
from ..primitives.build import Builder
from ..primitives.facts import Facts
from ..primitives.primitive import REGISTRY

CHAINS = {core.MULTIPLY: (core.MULTIPLY, core.DIVIDE), core.ADD: (core.ADD, core.SUBTRACT)}
Chain = list[tuple[str, Arg]]


class Chains:
    """Rewrites a program block by block; `keep` are the user's own operations."""

    def __init__(self, function: Function, facts: Facts, keep: set[Value]) -> None:
        self.builder = Builder(facts)
        self.keep = keep
        self.top = set(function.params).union(*(op.outs for op in function.block.ops))
        self.definition: dict[Value, Op] = {}
        self.replaced: set[Arg] = set()
        self.updated: dict[Arg, set[Arg]] = {}
        self.here: set[Value] = set()
        self.uses: dict[Arg, int] = {}
        self.count(function.block)

    def count(self, block: Block) -> None:
        """How often derived code reads each value."""
        for op in block.ops:
            self.definition.update((out, op) for out in op.outs)
            yields = loop_yields(op) if isinstance(op, Loop) else ()
            if isinstance(op, (Store, Loop)):
                self.replaced.update(a for a in operands(op) if isinstance(a, Value) and a.is_version)
            if not (op.outs and op.outs[0] in self.keep):
                self.read(*operands(op))
            self.read(*yields)
            self.note_update(op)
            for inner in blocks(op):
                self.count(inner)
        self.read(*block.yields)

    def note_update(self, op: Op) -> None:
        if isinstance(op, Store):
            made = self.definition.get(op.value) if isinstance(op.value, Value) else None
            old = made.args[0] if isinstance(made, Prim) and made.args else None
            load = self.definition.get(old) if isinstance(old, Value) else None
            if isinstance(load, Load) and load.version is op.before and \
                    place_of(load.handle, self.definition) == place_of(op.handle, self.definition):
                self.updated.setdefault(op.value, set()).add(load.outs[0])
        elif isinstance(op, Loop):
            for carry in op.carries:
                self.updated.setdefault(carry.next, set()).add(carry.param)

    def read(self, *args: Arg) -> None:
        for arg in args:
            self.uses[arg] = self.uses.get(arg, 0) + 1

    # ---- blocks

    def block(self, block: Block) -> Block:
        outer, self.here = self.here, set()
        with self.builder.block() as ops:
            for op in block.ops:
                self.op(op)
        self.here = outer
        return replace(block, ops=tuple(ops))

    def op(self, op: Op) -> None:
        op = with_blocks(op, self.block)
        if isinstance(op, Prim) and self.is_link(op, CHAINS.get(op.primitive, ())):
            if op.outs[0] not in self.keep and not self.is_update(op):
                return self.chain(op)
        self.put(op)

    def put(self, op: Op) -> None:
        self.definition.update((out, op) for out in op.outs)
        self.here.update(op.outs)
        self.builder.emit(op)

    # ---- chains

    def is_link(self, op: Prim, names: tuple[str, ...]) -> bool:
        return op.primitive in names and not op.attrs and op.spelling.startswith("operator.")

    def chain(self, op: Prim) -> None:
        """The operation, with its operands from left to right."""
        self.builder.origin = op.origin
        links = self.links(op)
        left = links[0][1]
        for name, arg in links[1:-1]:
            left = self.builder.prim(name, left, arg)
            self.uses[left] = 1
            self.definition[left] = self.builder.ops[-1]
            self.here.add(left)
        name, right = links[-1]
        self.put(replace(op, primitive=name, args=(left, right), spelling=REGISTRY.by_name[name].idiom))

    def links(self, op: Prim) -> Chain:
        """The operands, each with the operation that joins it to those before."""
        found: Chain = [(op.primitive, op.args[0])]
        scalar = is_scalar(op.args[0].type)
        pending: Chain = [(op.primitive, op.args[1])]
        while pending:
            name, arg = pending.pop()
            inner = self.inner(op, arg, scalar) if name == op.primitive and is_inexact(op.args[0].type) else None
            if inner is None:
                found.append((name, arg))
                scalar = scalar and is_scalar(arg.type)
                continue
            left, right = (self.same_step(arg, part) for part in inner.args)
            pending += [(inner.primitive, right), (name, left)]
        return with_one_constant(found) if op.primitive == core.MULTIPLY else found

    def inner(self, op: Prim, arg: Arg, scalar: bool) -> Prim | None:
        """The operation that needs no parentheses."""
        if arg not in self.here or self.uses.get(arg) != 1:
            return None
        inner = self.definition[arg]  # type: ignore[index]
        if isinstance(inner, At) or arg in self.keep:
            inner = self.users(inner)  # type: ignore[assignment]
        if not isinstance(inner, Prim) or not self.is_link(inner, CHAINS[op.primitive]):
            return None
        return inner if scalar or dims_of(inner.outs[0].type) == dims_of(op.outs[0].type) else None

    def users(self, op: Op) -> Op | None:
        """A part of a statement of the user's that derived code reads once, computed from what it has anyway."""
        value = op.value if isinstance(op, At) else op.outs[0]
        made = self.definition.get(value)
        if value.user or self.uses.get(value) != 1 or not isinstance(made, Prim):
            return None
        return made if all(map(self.is_known, made.args)) else None

    def is_known(self, arg: Arg) -> bool:
        """True for what derived code has at hand where it would have the whole."""
        if not isinstance(arg, Value) or arg in self.uses:
            return True
        if arg not in self.top:
            return False
        op = self.definition.get(arg)
        if isinstance(op, Load):
            return op.version not in self.replaced
        return arg.user or not isinstance(op, Prim)

    def is_update(self, op: Prim) -> bool:
        """True for `x_bar[i] = x_bar[i] * ...`, which is printed as an update in place."""
        return op.args[0] in self.updated.get(op.outs[0], ())

    def same_step(self, whole: Arg, part: Arg) -> Arg:
        """A part of a forward value, named where the value is named."""
        at = self.definition[whole]  # type: ignore[index]
        if not isinstance(at, At) or not isinstance(part, Value) or part in self.top:
            return part
        found = Value(part.type, part.hint)
        self.put(At((found,), at.origin, part))
        return found


def with_one_constant(links: Chain) -> Chain:
    """The product with its constants in front, as one."""
    factors = [arg for name, arg in links if name == core.MULTIPLY and is_float(arg)]
    rest = [link for link in links if link[1] not in factors or link[0] != core.MULTIPLY]
    value = math.prod(factor.value for factor in factors)  # type: ignore[union-attr,misc]
    if not rest or not factors:
        return links
    if value == 1 and rest[0][0] == core.MULTIPLY and len(rest) > 1:
        return rest
    return [(core.MULTIPLY, Const(value)), *rest]


def is_float(arg: Arg) -> bool:
    return isinstance(arg, Const) and type(arg.value) is float and not arg.spelling


def chained(function: Function, facts: Facts, keep: set[Value]) -> Function:
    """The program with the products and sums of its derived code from left to right."""
    return replace(function, block=Chains(function, facts, keep).block(function.block))
