"""Dicts, lists and tuples that a loop or branch rebinds as a whole are carried item by item.

before: `state = {"s": s - new, "i": i + new}` in a loop: a carry that is a dict
after:  a carry for each item; the dict is put together again where something reads it as a whole

>>> def f(p, y, n):  # float, float, int
...     state = {"s": y, "i": 2.0 * y}
...     for _ in range(n):
...         state = {"s": p * state["i"], "i": state["s"]}
...     return state["s"] * state["i"]
"""
from __future__ import annotations

from dataclasses import replace

from ..errors import LaterError, Span
from ..ir.program import NONE, UNDEFINED, Arg, Bind, Block, Carry, Const, If, Loop, Op, Prim, Unpack, Value
from ..ir.traverse import blocks, last_of, operands, rename, walk
from ..ir.types import Items, has_inexact
from ..primitives import core
from ..primitives.operations import packing


def is_whole(value: Value, *sources: Arg) -> bool:
    """True for a tuple, list or dict of known items that holds numbers to differentiate, and is never None."""
    kind = value.type
    return isinstance(kind, Items) and has_inexact(kind) and NONE not in sources


class Scatter:
    """`known`: the items of what was taken apart; `packs`: of what the program puts together."""

    def __init__(self) -> None:
        self.known: dict[Arg, tuple[Arg, ...]] = {}
        self.packs: dict[Arg, tuple[Arg, ...]] = {}
        self.same: dict[Arg, Arg] = {}
        self.found = False

    def to(self, arg: Arg) -> Arg:
        return last_of(arg, self.same)

    def block(self, block: Block, first: tuple[Op, ...] = ()) -> Block:
        ops: list[Op] = list(first)
        for op in block.ops:
            self.op(op, ops)
        return replace(block, ops=tuple(ops), yields=tuple(map(self.to, block.yields)))

    def op(self, op: Op, ops: list[Op]) -> None:
        if isinstance(op, Loop):
            return self.loop(op, ops)
        if isinstance(op, If):
            return self.branch(op, ops)
        op = rename(op, self.to)
        if isinstance(op, Unpack) and op.arg in self.known:
            op = Bind(op.outs, op.origin, self.known[op.arg])
        elif isinstance(op, Prim) and op.primitive == core.PACK:
            self.packs[op.outs[0]] = op.args
        elif isinstance(op, Bind) and not self.packs.keys().isdisjoint(op.args):
            self.packs.update((out, self.packs[arg]) for out, arg in zip(op.outs, op.args) if arg in self.packs)
        elif isinstance(op, Prim) and op.primitive == core.ITEM and op.args[0] in self.known:
            return self.item(op, ops)
        ops.append(op)

    def item(self, op: Prim, ops: list[Op]) -> None:
        whole, key = op.args
        at = whole.type.position(key.value) if isinstance(whole.type, Items) and isinstance(key, Const) else None
        if at is None:
            ops.append(op)
        elif op.outs[0].user:
            ops.append(Bind(op.outs, op.origin, (self.known[whole][at],)))
        else:
            self.same[op.outs[0]] = self.known[whole][at]

    # ---- taking apart

    def items(self, arg: Arg, kind: Items, ops: list[Op], origin: Span | None) -> tuple[Arg, ...]:
        """The items of `arg`, read where `ops` end."""
        arg = self.to(arg)
        if arg == UNDEFINED:
            return (UNDEFINED,) * len(kind.items)
        if arg in self.known or arg in self.packs:
            return tuple(map(self.to, self.known.get(arg) or self.packs[arg]))
        found = []
        for k, item in enumerate(arg.type.items if isinstance(arg.type, Items) else kind.items):
            out = Value(item)
            ops.append(Prim((out,), origin, core.ITEM, (arg, Const(kind.keys[k] if kind.keys else k))))
            found.append(out)
        return tuple(found)

    def parts(self, value: Value) -> tuple[Value, ...]:
        """A value for each item."""
        assert isinstance(value.type, Items)
        kind, self.found = value.type, True
        words = [str(getattr(key, "name", key)) for key in kind.keys] or list(map(str, range(len(kind.items))))
        made = tuple(Value(item, value.hint and word.isidentifier() * f"{value.hint}_{word}" or f"{value.hint}_{k}")
                     for k, (item, word) in enumerate(zip(kind.items, words)))
        self.known[value] = made
        return made

    # ---- regions

    def loop(self, op: Loop, ops: list[Op]) -> None:
        carries: list[tuple[Carry, tuple[Carry, ...]]] = []
        first: list[Op] = []
        for carry in op.carries:
            init = self.to(carry.init)
            if carry.param.storage is None and is_whole(carry.param, init, carry.next):
                inits = self.items(init, carry.param.type, ops, op.origin)  # type: ignore[arg-type]
                params = self.parts(carry.param)
                first.append(packing(carry.param, params, op.origin))
                carries.append((carry, tuple(Carry(a, p, a, p) for a, p in zip(inits, params))))
            else:
                carries.append((replace(carry, init=init), ()))
        head = None if op.head is None else self.block(op.head)
        body = self.block(op.body, tuple(first))
        wholes = {carry.param for carry, parts in carries if parts}
        if head is not None and any(arg in wholes for inner in walk(head) for arg in operands(inner)):
            raise LaterError("a dict or list that a loop rebinds, read as a whole in the loop's test", op.origin)
        last = list(body.ops)
        made: list[Carry] = []
        after: list[Op] = []
        for carry, parts in carries:
            if not parts:
                made.append(replace(carry, next=self.to(carry.next)))
                continue
            nexts = self.items(carry.next, carry.param.type, last, op.origin)  # type: ignore[arg-type]
            results = self.parts(carry.result)
            after.append(packing(carry.result, results, op.origin))
            made += [replace(part, next=n, result=r) for part, n, r in zip(parts, nexts, results)]
        collects = tuple(replace(c, value=self.to(c.value)) for c in op.collects)
        outs = (*(c.result for c in made), *(c.result for c in collects))
        stop, limit = (None if arg is None else self.to(arg) for arg in (op.stop, op.limit))
        ops += [replace(op, outs=outs, header=tuple(map(self.to, op.header)), head=head, carries=tuple(made),
                        collects=collects, body=replace(body, ops=tuple(last)), stop=stop, limit=limit), *after]

    def branch(self, op: If, ops: list[Op]) -> None:
        test = self.to(op.test)
        arms = [self.block(op.then), self.block(op.orelse)]
        inside = [list(arm.ops) for arm in arms]
        outs: list[Value] = []
        yields: list[list[Arg]] = [[], []]
        after: list[Op] = []
        for k, out in enumerate(op.outs):
            pair = [self.to(arm.yields[k]) for arm in arms]
            found = [(arg,) for arg in pair]
            parts: tuple[Value, ...] = (out,)
            if out.storage is None and is_whole(out, *pair):
                found = [self.items(arg, out.type, inner, op.origin)  # type: ignore[arg-type, misc]
                         for arg, inner in zip(pair, inside)]
                parts = self.parts(out)
                after.append(packing(out, parts, op.origin))
            outs += parts
            for own, args in zip(yields, found):
                own += args
        then, orelse = (replace(arm, ops=tuple(inner), yields=tuple(own))
                        for arm, inner, own in zip(arms, inside, yields))
        ops += [replace(op, outs=tuple(outs), test=test, then=then, orelse=orelse), *after]


def scattered(block: Block) -> Block:
    """The block with all that it carries taken apart, what is nested in it too."""
    while needs(block):
        scatter = Scatter()
        block = scatter.block(block)
        if not scatter.found:
            break
    return block


def needs(block: Block) -> bool:
    return any(isinstance(op, (If, Loop)) and any(
        is_whole(out) for out in op.outs) or any(map(needs, blocks(op))) for op in block.ops)
