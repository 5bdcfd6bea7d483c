"""Walking and rewriting programs."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .program import (
    UNDEFINED,
    Alloc,
    Arg,
    At,
    Bind,
    Block,
    Carry,
    Const,
    Effect,
    If,
    Load,
    Loop,
    Op,
    Pop,
    Prim,
    Push,
    Storage,
    Store,
    StoreAll,
    Unpack,
    Value,
    View,
)
from .units import Call, Handover

Renaming = Callable[[Arg], Arg]


def _loop_operands(op: Loop) -> tuple[Arg, ...]:
    limit = () if op.limit is None else (op.limit,)
    starts = (arg for collect in op.collects for arg in collect.start) if op.collects else ()
    return (*op.header, *limit, *(carry.init for carry in op.carries), *starts)


OPERANDS: dict[type[Op], Callable[[Any], tuple[Arg, ...]]] = {
    Prim: lambda op: op.args + tuple(value for _, value in op.attrs) if op.attrs else op.args,
    Bind: lambda op: op.args,
    Push: lambda op: (op.tape, *op.args),
    Unpack: lambda op: (op.arg,),
    Alloc: lambda op: (op.arg,),
    View: lambda op: (op.base, *op.operands),
    Load: lambda op: (op.handle, op.version),
    Store: lambda op: (op.handle, op.value, op.before),
    StoreAll: lambda op: tuple(arg for store in op.stores for arg in (store.handle, store.value, store.before)),
    At: lambda op: (op.value,),
    Pop: lambda op: (op.tape,),
    Effect: lambda op: op.args,
    Call: lambda op: (*(arg for arg in op.args if arg is not None), *op.before),
    Handover: lambda op: op.args,
    If: lambda op: (op.test,),
    Loop: _loop_operands,
}


REGIONS = (If, Loop)


def operands(op: Op) -> tuple[Arg, ...]:
    """What `op` itself reads; not what its blocks read."""
    if type(op) is Prim and not op.attrs:   # most are
        return op.args
    reads = OPERANDS.get(type(op))
    return reads(op) if reads is not None else ()


def parts(op: Op) -> tuple[Arg, ...]:
    """What an expression is made of: its operands, and what the arms of a conditional one give."""
    if isinstance(op, If) and not op.is_statement:
        return (op.test, *op.then.yields, *op.orelse.yields)
    return operands(op)


def blocks(op: Op) -> tuple[Block, ...]:
    kind = type(op)   # asked of every operation by every pass: quicker than isinstance
    if kind is If:
        return (op.then, op.orelse)     # type: ignore[attr-defined]
    if kind is Loop:
        return (op.body,) if op.head is None else (op.head, op.body)    # type: ignore[attr-defined]
    return ()


def with_blocks(op: Op, change: Callable[[Block], Block]) -> Op:
    """The operation with its inner blocks changed."""
    if type(op) not in REGIONS:
        return op
    if isinstance(op, If):
        return replace(op, then=change(op.then), orelse=change(op.orelse))
    if isinstance(op, Loop):
        return replace(op, head=None if op.head is None else change(op.head), body=change(op.body))
    return op


def loop_yields(loop: Loop) -> tuple[Arg, ...]:
    """What the body hands to its loop at the end of a trip."""
    stop = () if loop.stop is None else (loop.stop,)
    return (*(c.next for c in loop.carries), *(c.value for c in loop.collects), *stop)


def ends(op: Op) -> tuple[Arg, ...]:
    """What the blocks of a region hand on at their ends."""
    if type(op) not in REGIONS:
        return ()
    own = loop_yields(op) if isinstance(op, Loop) else ()
    return (*own, *(arg for inner in blocks(op) for arg in inner.yields))


def flows(op: Op) -> Iterator[tuple[Value, tuple[Arg, ...]]]:
    """What each value may be that leaves a region, or that a trip of a loop starts with."""
    if isinstance(op, If):
        yield from zip(op.outs, zip(op.then.yields, op.orelse.yields))
    elif isinstance(op, Loop):
        for carry in op.carries:
            yield carry.param, (carry.init, carry.next)
            yield carry.result, (carry.init, carry.next)
        for collect in op.collects:
            yield collect.result, (collect.value,)


def taken_over(op: Op) -> frozenset[Storage]:
    """The storages that a loop or branch takes over under a name of its own."""
    taken: list[tuple[Value, Arg]] = []
    if isinstance(op, Loop):
        taken = [(carry.param, carry.init) for carry in op.carries]
    elif isinstance(op, If):
        taken = [(out, arg) for arm in (op.then, op.orelse) for out, arg in zip(op.outs, arm.yields)]
    return frozenset(arg.buffer for out, arg in taken
                     if isinstance(arg, Value) and arg.is_handle and arg.storage is not out.storage)


def maybe_undefined(block: Block) -> set[Value]:
    """The values that are bound on some paths only."""
    found: set[Arg] = {UNDEFINED}
    size = 0
    while size != len(found):
        size = len(found)
        found.update(value for op in walk(block) for value, args in flows(op) if not found.isdisjoint(args))
    return {arg for arg in found if isinstance(arg, Value)}


def succeeded(op: If) -> Value:
    """The flag among the results of a branch that says whether what was tried did not raise."""
    return next(out for out, *ends in zip(op.outs, op.then.yields, op.orelse.yields)
                if ends == [Const(True), Const(False)])


def walk(block: Block) -> Iterator[Op]:
    """All operations, those of inner blocks after the operation that holds them."""
    for op in block.ops:
        yield op
        if type(op) in REGIONS:
            for inner in blocks(op):
                yield from walk(inner)


def definitions(block: Block) -> dict[Arg, Op]:
    """The operation that makes each value."""
    return {out: op for op in walk(block) for out in op.outs}


def count_reads(block: Block) -> Counter[Arg]:
    """How often each value or constant is read."""
    read = [arg for op in walk(block) for arg in (*operands(op), *ends(op))]
    return Counter([*block.yields, *read])


def rename(op: Op, to: Renaming) -> Op:
    """The operation with `to` applied to all that it and its blocks read."""
    kind = type(op)
    if kind is Prim and not op.attrs:   # type: ignore[attr-defined]  # most are, and read what they read before
        args = tuple(map(to, op.args))  # type: ignore[attr-defined]
        if args == op.args:             # type: ignore[attr-defined]
            return op
    rule = RENAMED.get(kind)
    return op if rule is None else rule(op, to)


def _rename_prim(op: Prim, to: Renaming) -> Op:
    attrs = tuple((name, to(value)) for name, value in op.attrs)
    return Prim(op.outs, op.origin, op.primitive, tuple(map(to, op.args)), attrs, op.spelling, op.positional)


def _rename_store(op: Store, to: Renaming) -> Store:
    handle, before = _value(to(op.handle)), _value(to(op.before))
    return Store(op.outs, op.origin, handle, to(op.value), before, op.how, op.augmented, op.spelling)


def _rename_call(op: Call, to: Renaming) -> Call:
    args = tuple(None if arg is None else to(arg) for arg in op.args)
    return replace(op, args=args, before=tuple(_value(to(version)) for version in op.before))


def _rename_if(op: If, to: Renaming) -> If:
    return replace(op, test=to(op.test), then=rename_block(op.then, to), orelse=rename_block(op.orelse, to))


def _value(arg: Arg) -> Value:
    assert isinstance(arg, Value)
    return arg


def _rename_loop(op: Loop, to: Renaming) -> Loop:
    return replace(
        op, header=tuple(map(to, op.header)),
        head=None if op.head is None else rename_block(op.head, to),
        carries=tuple(Carry(to(c.init), c.param, to(c.next), c.result) for c in op.carries),
        collects=tuple(replace(c, value=to(c.value), start=tuple(map(to, c.start))) for c in op.collects),
        body=rename_block(op.body, to),
        stop=None if op.stop is None else to(op.stop),
        limit=None if op.limit is None else to(op.limit))


def rename_block(block: Block, to: Renaming) -> Block:
    ops = tuple(rename(op, to) for op in block.ops)
    return Block(block.key, block.params, ops, tuple(map(to, block.yields)))


RENAMED: dict[type[Op], Callable[[Any, Renaming], Op]] = {
    Prim: _rename_prim,
    Bind: lambda op, to: Bind(op.outs, op.origin, tuple(map(to, op.args))),
    Push: lambda op, to: Push(op.outs, op.origin, _value(to(op.tape)), tuple(map(to, op.args))),
    Unpack: lambda op, to: Unpack(op.outs, op.origin, to(op.arg)),
    Alloc: lambda op, to: Alloc(op.outs, op.origin, to(op.arg)),
    View: lambda op, to: View(op.outs, op.origin, _value(to(op.base)), op.step, tuple(map(to, op.operands))),
    Load: lambda op, to: Load(op.outs, op.origin, _value(to(op.handle)), _value(to(op.version))),
    Store: _rename_store,
    StoreAll: lambda op, to: StoreAll(op.outs, op.origin, tuple(_rename_store(store, to) for store in op.stores)),
    At: lambda op, to: At(op.outs, op.origin, _value(to(op.value))),
    Pop: lambda op, to: replace(op, tape=_value(to(op.tape))),
    Effect: lambda op, to: replace(op, args=tuple(map(to, op.args))),
    Handover: lambda op, to: replace(op, args=tuple(map(to, op.args))),
    Call: _rename_call,
    If: _rename_if,
    Loop: _rename_loop,
}


def defined_in(block: Block) -> set[Value]:
    """All values that a block and the blocks inside it define, parameters of its loops included."""
    found = set(block.params)
    for op in walk(block):
        found.update(op.outs)
        if isinstance(op, Loop):
            found.update(loop_params(op))
        for inner in blocks(op):
            found.update(inner.params)
    return found


def place_of(handle: Value, definition: Mapping[Value, Op]) -> object:
    """What a handle points at, comparable: equal places are the same elements."""
    op = definition.get(handle)
    return (place_of(op.base, definition), op.step, op.operands) if isinstance(op, View) else handle


def last_of(arg: Arg, same: Mapping[Arg, Arg]) -> Arg:
    """What stands for `arg` in the end, where `same` says of some values what stands for each."""
    while arg in same:
        arg = same[arg]
    return arg


def loop_params(op: Loop) -> tuple[Value, ...]:
    """What each trip of a loop starts with."""
    return tuple(v for v in (op.index, op.item, *(c.param for c in op.carries)) if v is not None)
