"""Folds arithmetic in derived code, and merges operations that compute the same.

before: `1.0 * r + 1.0 * r`, `a * (1.0 / b)`, `x + -y`, the same load twice
after:  `2.0 * r`, `a / b`, `x - y`, one load.  The operations in `keep` (the user's own) stay as written.

>>> def f(x, y):  # float, float
...     return x / y + 2.0 * x
function f(%0:x : float, %1:y : float)
    %2 = divide(1.0, %1:y)  : float
    %3:x_bar = add(2.0, %2)  : float
    yield %3:x_bar
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.dims import ONE
from ..ir.program import Alloc, Arg, At, Block, Carry, Const, Function, If, Loop, Op, Prim, Step, Undo, Value, View
from ..ir.traverse import blocks, loop_yields, operands, rename, rename_block, walk
from ..ir.types import Array, dims_of
from ..primitives import core
from ..primitives.build import finished
from ..primitives.composing import composed
from ..primitives.facts import Facts
from ..primitives.indexing import step_of
from .arithmetic import Arithmetic

WHOLE = ("s", False, False, False)


class Folder(Arithmetic):
    """Rewrites a program block by block; values that turn out equal are replaced."""

    def block(self, block: Block) -> Block:
        self.known.append({})
        self.parts_known.append({})
        with self.builder.block() as ops:
            for op in block.ops:
                self.op(op)
            made = finished(block.key, ops, block.params, tuple(map(self.to, block.yields)))
        self.known.pop()
        self.parts_known.pop()
        return made

    def op(self, op: Op) -> None:
        self.builder.origin = op.origin
        if isinstance(op, If):
            self.branch(op)
        elif isinstance(op, Loop):
            self.loop(op)
        elif isinstance(op, Undo):
            self.put(op)
        elif isinstance(op, At) and not isinstance(constant := self.to(op.value), Value):
            self.same[op.outs[0]] = constant
        elif op.outs and op.outs[0] in self.keep:
            self.put(rename(op, self.to))
            self.offer(self.definition[op.outs[0]])
        elif isinstance(op, Prim):
            self.derived(rename(op, self.first_of))  # type: ignore[arg-type]
        else:
            op = rename(op, self.first_of)
            self.shared(self.of_base(op) if isinstance(op, View) else op)

    def of_base(self, op: View) -> View:
        """A view of a view as one of its base."""
        base = self.definition.get(op.base)
        if not isinstance(base, View) or op.base in self.keep or {base.step.kind, op.step.kind} != {"index"}:
            return op
        both = composed(base.step, base.operands, len(dims_of(base.base.type)), op.step, op.operands)
        return op if both is None else replace(op, base=base.base, step=both[0], operands=both[1])

    def branch(self, op: If) -> None:
        """What both arms leave as it was before is no result."""
        op = replace(op, test=self.to(op.test), then=self.block(op.then), orelse=self.block(op.orelse))
        left = list(zip(op.outs, op.then.yields, op.orelse.yields))
        for out, one, other in left:
            if one is other and isinstance(one, Value) and out not in self.keep:
                self.same[out] = one
        left = [each for each in left if each[0] not in self.same]
        outs = tuple(each[0] for each in left)
        then, orelse = tuple(each[1] for each in left), tuple(each[2] for each in left)
        self.put(replace(op, outs=outs, then=replace(op.then, yields=then), orelse=replace(op.orelse, yields=orelse)))

    def loop(self, op: Loop) -> None:
        for carry in op.carries:
            if carry.next is carry.param and carry.param not in self.keep and carry.param.storage is None:
                self.same[carry.param] = self.same[carry.result] = self.to(carry.init)
        op = replace(op, carries=tuple(c for c in op.carries if c.param not in self.same))
        inits = [self.to(c.init) for c in op.carries]
        head = None if op.head is None else self.block(op.head)
        body = self.block(op.body)
        carries = tuple(Carry(init, c.param, self.to(c.next), c.result) for init, c in zip(inits, op.carries))
        collects = tuple(replace(c, value=self.to(c.value)) for c in op.collects)
        stop = None if op.stop is None else self.to(op.stop)
        limit = None if op.limit is None else self.to(op.limit)
        self.put(replace(op, header=tuple(map(self.to, op.header)), head=head, body=body, carries=carries,
                         collects=collects, stop=stop, limit=limit))

    def derived(self, op: Prim) -> None:
        rule = getattr(self, "fold_" + op.primitive, None)
        if op.primitive in (core.SUM, core.GETITEM):
            found = self.fold_sum(op) if op.primitive == core.SUM else self.fold_layer(op)
        else:
            found = rule(*op.args) if rule is not None and not op.attrs else None
        if found is not None and found is not op.outs[0] and has_shape_of(found, op.outs[0]):
            self.same[op.outs[0]] = found
            self.uses[found] = self.uses.get(found, 0) + self.uses.get(op.outs[0], 0)
            named = self.meant(found)       # a forward value that the user named keeps that name
            if found not in self.keep and not (isinstance(named, Value) and named.hint):
                self.builder.facts.suggest(found, self.hint(op.outs[0]))
            return
        self.shared(op)

    def fold_len(self, x: Arg) -> Arg | None:
        """How many items a display has."""
        made = self.definition.get(self.meant(x))  # type: ignore[arg-type]
        if isinstance(made, Prim) and made.primitive == core.LISTED:
            return self.fold_len(made.args[0])
        if isinstance(made, Prim) and made.primitive == core.ROWS:
            return self.builder.length(made.args[0])
        return Const(len(made.args)) if isinstance(made, Prim) and made.primitive == core.PACK else None

    def fold_sum(self, op: Prim) -> Arg | None:
        inner = self.parts(op.args[0], core.NEGATIVE)
        if not inner:
            return None
        made = Prim((Value(op.outs[0].type),), op.origin, core.SUM, inner, op.attrs, op.spelling)
        self.shared(made)
        return self.make(core.NEGATIVE, self.to(made.outs[0]))

    def fold_layer(self, op: Prim) -> Arg | None:
        """`np.sum(x, axis=1, keepdims=True)[:, 0]` as `np.sum(x, axis=1)`."""
        arg, pattern = op.args[0], step_of(op).pattern
        inner = self.definition.get(arg) if isinstance(arg, Value) and arg not in self.keep else None
        if isinstance(inner, Prim) and inner.primitive == core.GETITEM:
            both = composed(step_of(inner), inner.args[1:], len(dims_of(inner.args[0].type)), step_of(op), op.args[1:])
            return None if both is None else self.selection(op, inner.args[0], *both)
        if not isinstance(inner, Prim) or any(part not in ("i", WHOLE) for part in pattern) \
                or any(index != Const(0) for index in op.args[1:]):
            return None
        if inner.primitive == core.NEGATIVE:
            made = replace(op, outs=(Value(op.outs[0].type),), args=(inner.args[0], *op.args[1:]))
            self.derived(made)
            return self.make(core.NEGATIVE, self.to(made.outs[0]))
        axis = inner.attr("axis")
        axes = axis if isinstance(axis, tuple) else (axis,)
        rank = len(dims_of(arg.type))
        if inner.primitive != core.SUM or inner.attr("keepdims") is not True or not all(type(k) is int for k in axes):
            return None
        if {k % rank for k in axes} != {k for k, part in enumerate(pattern) if part == "i"}:  # type: ignore[operator]
            return None
        attrs = tuple((name, value) for name, value in inner.attrs if name != "keepdims")
        summed = replace(inner, outs=(Value(op.outs[0].type),), attrs=attrs)
        self.shared(summed)
        return self.to(summed.outs[0])


    def selection(self, op: Prim, base: Arg, step: Step, operands: tuple[Arg, ...]) -> Arg:
        """The selection from another array that gives what `op` gives."""
        attrs = tuple((name, Const(step) if name == "step" else value) for name, value in op.attrs)
        made = replace(op, outs=(Value(op.outs[0].type),), args=(base, *operands), attrs=attrs)
        self.shared(made)
        return self.to(made.outs[0])


def has_shape_of(found: Arg, value: Value) -> bool:
    """True where `found` may stand for `value`: it is no smaller."""
    kind = found.type
    if not isinstance(value.type, Array) or value.type.partial:
        return True
    if not isinstance(kind, Array) or kind.partial or kind.ndim != value.type.ndim:
        return False
    return all(one != ONE or other == ONE for one, other in zip(kind.dims, value.type.dims))


def count_uses(block: Block, uses: dict[Arg, int]) -> None:
    for op in block.ops:
        read = [*operands(op), *(loop_yields(op) if isinstance(op, Loop) else ())]
        for arg in {id(a): a for a in read}.values():
            uses[arg] = uses.get(arg, 0) + 1
        for inner in blocks(op):
            count_uses(inner, uses)
    for arg in block.yields:
        uses[arg] = uses.get(arg, 0) + 1


def fold(function: Function, facts: Facts, keep: set[Value]) -> Function:
    """The program with its derived arithmetic folded."""
    folder = Folder(facts, keep)
    count_uses(function.block, folder.uses)
    folder.buffers = {op.arg for op in walk(function.block) if isinstance(op, Alloc)}
    block = folder.block(function.block)
    return replace(function, block=rename_block(block, folder.to))
