"""Sums over axes that every trip of a backward loop adds are taken once, after the loop.

before: each trip adds to an adjoint the sum of an array along axes, as for what was broadcast in the primal
after:  each trip adds that array to another; what that one holds after the loop is summed

An addition in place costs less than a sum of a small array, and no more than that of a large one.

>>> def f(b, W, h, n):  # f8[k], f8[k,k], f8[m,k], int
...     for _ in range(n):
...         h = np.tanh(h @ W + b)
...     return np.sum(h)
    h_in_bar_sum += h_in_bar
    if h_saved2:
        h_bar = h_in_bar @ W.T
b_bar = h_in_bar_sum.sum(axis=0)
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeGuard

from ..ir.dims import Dim
from ..ir.program import Arg, Block, Carry, Const, Function, Loop, Op, Prim, Value
from ..ir.traverse import count_reads, definitions, with_blocks
from ..ir.types import Array, Items, Number, Type, dims_of
from ..primitives import core
from ..primitives.facts import Facts
from ..primitives.fitting import AdjointBuilder
from ..primitives.operations import is_zeros
from ..primitives.sizes import is_settled


@dataclass(frozen=True)
class Late:
    """A carry grows by `share`, the sum of `whole`, in the operation `total`."""

    total: Prim
    share: Prim
    whole: Value


class Places:
    """Where sizes can be read in the outermost block: numbers and arrays that have names, items of arguments."""

    def __init__(self, builder: AdjointBuilder) -> None:
        self.builder = builder
        self.numbers: dict[Dim, Value] = {}
        self.arrays: list[Value] = []
        self.items: list[tuple[Array, Value, Const]] = []

    def add(self, value: Value) -> None:
        kind = value.type
        if isinstance(kind, Number) and kind.size is not None:
            self.numbers.setdefault(kind.size, value)
        elif isinstance(kind, Array) and not kind.partial:
            self.arrays.append(value)
        elif isinstance(kind, Items):
            keyed = zip(kind.keys or range(len(kind.items)), kind.items)
            self.items += [(item, value, Const(key)) for key, item in keyed if isinstance(item, Array)]

    def zeros(self, kind: Array) -> Value | None:
        """An array of zeros; None where its size is not at hand."""
        like = next((array for array in self.arrays if array.type == kind), None)
        if like is not None:
            return self.builder.prim(core.ZEROS_LIKE, like)
        shape = self.shape(kind.dims) if kind.dtype == float else None
        return None if shape is None else self.builder.prim(core.ZEROS, shape)

    def shape(self, dims: tuple[Dim, ...]) -> Value | None:
        for array in self.arrays:
            lead = len(dims_of(array.type)) - len(dims)
            if lead > 0 and dims_of(array.type)[lead:] == dims:
                whole = self.builder.shape(array)
                kind = Items("tuple", whole.type.items[lead:])  # type: ignore[attr-defined]
                return self.builder.prim(core.SLICE_LIST, whole, Const(lead), Const(None), Const(None), kind=kind)
        sizes = [size for size in map(self.size, dims) if size is not None]
        return self.builder.pack("tuple", tuple(sizes)) if len(sizes) == len(dims) else None

    def size(self, dim: Dim) -> Arg | None:
        if not dim.terms:
            return Const(dim.constant)
        if dim in self.numbers:
            return self.numbers[dim]
        for array in self.arrays:
            if dim in dims_of(array.type):
                return self.axis(array, dim)
        found = next(((base, key) for item, base, key in self.items if dim in item.dims), None)
        return None if found is None else self.axis(self.builder.item(*found), dim)

    def axis(self, array: Value, dim: Dim) -> Value:
        return self.builder.item(self.builder.shape(array), Const(dims_of(array.type).index(dim)))


class Sums:
    """Rewrites the backward loops of a program; `own` are the user's values."""

    def __init__(self, function: Function, facts: Facts, own: set[Value]) -> None:
        self.builder = AdjointBuilder(facts)
        self.uses = count_reads(function.block)
        self.definition = definitions(function.block)
        self.own = own
        self.places = Places(self.builder)
        for param in function.params:
            self.places.add(param)

    def block(self, block: Block, outermost: bool = False) -> Block:
        ops: list[Op] = []
        for op in block.ops:
            op = with_blocks(op, self.block)
            if isinstance(op, Loop):
                after: list[Op] = []
                self.builder.ops = ops
                for carry in op.carries:
                    op = self.taken_later(op, carry, after)
                ops += [op, *after]
            else:
                ops.append(op)
            for out in op.outs if outermost else ():
                if out in self.own and out.user:
                    self.places.add(out)
        return replace(block, ops=tuple(ops))

    def taken_later(self, op: Loop, carry: Carry, after: list[Op]) -> Loop:
        """The loop with the sum that a carry grows by left to the operations `after` it, if there is one."""
        late = self.found(op, carry)
        kind = late.whole.type if late is not None else None
        if late is None or not isinstance(kind, Array):
            return op
        zeros = self.places.zeros(kind)
        if zeros is None:
            return op
        word = late.whole.hint or self.builder.facts.hints.get(late.whole)
        hint = carry.result.hint if word is None else f"{word}_sum"
        param, following, result = (Value(kind, hint) for _ in range(3))
        grown = replace(late.total, outs=(following,), args=(param, late.whole))
        ops = tuple(grown if inner is late.total else inner for inner in op.body.ops if inner is not late.share)
        carries = tuple(Carry(zeros, param, following, result) if c is carry else c for c in op.carries)
        outs = tuple(result if out is carry.result else out for out in op.outs)
        after.append(replace(late.share, outs=(carry.result,), args=(result, *late.share.args[1:])))
        return replace(op, outs=outs, carries=carries, body=replace(op.body, ops=ops))

    def found(self, op: Loop, carry: Carry) -> Late | None:
        """What makes a carry that starts as zero grow by a sum, where nothing else reads it in a trip."""
        total = self.definition.get(carry.next)
        if carry.result in self.own or not is_zeros(carry.init, self.definition):
            return None
        if not self.is_once(total, (core.ADD, core.SUBTRACT), op) or total.args[0] is not carry.param:
            return None
        share = self.definition.get(total.args[1])
        if self.uses[carry.param] != 1 or not self.is_once(share, (core.SUM,), op):
            return None
        whole, kind = share.args[0], share.outs[0].type
        if not isinstance(whole, Value) or not isinstance(whole.type, Array) or not isinstance(kind, Array):
            return None
        exact = not whole.type.partial and whole.type.dtype == kind.dtype and all(map(is_settled, whole.type.dims))
        return Late(total, share, whole) if exact and self.is_whole(kind, carry.result.type) else None

    def is_whole(self, share: Array, kind: Type) -> bool:
        """True where an addition to an array of this type does not broadcast."""
        return isinstance(kind, Array) and not kind.partial and not share.partial and share.dtype == kind.dtype \
            and self.builder.facts.covers(share.dims, kind.dims)

    def is_once(self, op: Op | None, names: tuple[str, ...], loop: Loop) -> TypeGuard[Prim]:
        """True for an operation of such a name in the loop's own body whose result is read once."""
        return isinstance(op, Prim) and op.primitive in names and self.uses[op.outs[0]] == 1 and op in loop.body.ops


def summed_late(function: Function, facts: Facts, own: set[Value]) -> Function:
    """The program with the sums of its backward loops taken after them, where sizes are at hand."""
    if not any(isinstance(op, Loop) for op in function.block.ops):
        return function
    return replace(function, block=Sums(function, facts, own).block(function.block, True))
