"""Which values depend on the differentiated arguments.

before: a program, the values to differentiate with respect to
after:  `Activity`: the values and storages whose derivative may be other than zero
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import Span, UnsupportedError
from ..ir.program import (
    UNDEFINED,
    Alloc,
    Arg,
    At,
    Bind,
    Block,
    Collect,
    If,
    Load,
    Loop,
    Op,
    Prim,
    Storage,
    Store,
    Unpack,
    Value,
)
from ..ir.types import Opaque, Type, has_inexact, is_scalar
from ..ir.units import Call, Unit, handover_of, results_of, without_versions
from ..primitives import core
from ..primitives.primitive import INACTIVE, REGISTRY

FIRST_ONLY = (core.GETITEM, core.ITEM, core.SLICE_LIST, core.UNBROADCAST, core.REVERSED_LIST, core.LISTED, core.AS_ROWS,
              core.ROWS)
ALL = (core.PACK, core.LIST_JOIN, core.LIST_ADD)

CONSTANT = (*core.SIZES, core.GLOBAL, core.LIST_ZEROS, core.CHAIN, core.IS_NONE, core.CALL, core.FORMAT, core.KEY,
            core.RANGE_LENGTH, core.SHORTEST, "And", "Or", "In", "NotIn", "Eq", "NotEq")


def differentiable_args(op: Prim) -> tuple[Arg, ...]:
    """The operands that a derivative can flow through."""
    if op.primitive in FIRST_ONLY:
        return op.args[:1]
    if op.primitive == core.ENTRY:
        return op.args[2:]
    if op.primitive == core.ITEMS_OF:
        return op.args[1:]
    if op.primitive in ALL:
        return op.args
    primitive = REGISTRY.by_name.get(op.primitive)
    if primitive is None:
        return () if op.primitive in CONSTANT else op.args
    if primitive.kind == "constant":
        return ()
    active = tuple(arg for name, arg in zip(primitive.parameters[1:], op.args) if name not in INACTIVE)
    return (*active, *(arg for _, arg in op.attrs if isinstance(arg, Value)))


@dataclass
class Activity:
    """The active values and storages."""

    values: set[Value] = field(default_factory=set)
    storages: set[Storage] = field(default_factory=set)
    twins: bool = False
    seen: set[Unit] = field(default_factory=set)

    def __contains__(self, arg: object) -> bool:
        if isinstance(arg, Value) and arg.storage is not None:
            return arg.storage in self.storages
        return arg in self.values

    def spread(self, block: Block) -> None:
        """Close the sets under what the block computes."""
        size = -1
        while size != len(self.values) + len(self.storages):
            size = len(self.values) + len(self.storages)
            self.seen.clear()
            self._block(block)

    def _block(self, block: Block) -> None:
        for op in block.ops:
            self._op(op)

    def _flow(self, source: Arg, to: Value) -> None:
        if source in self:
            if to.storage is not None:
                self.storages.add(to.storage)
            elif has_inexact(to.type):
                self.values.add(to)

    def _op(self, op: Op) -> None:
        match op:
            case Prim():
                for arg in differentiable_args(op):
                    self._flow(arg, op.outs[0])
            case Bind():
                for arg, out in zip(op.args, op.outs):
                    self._flow(arg, out)
            case Unpack() | Alloc():
                for out in op.outs:
                    self._flow(op.arg, out)
            case Load():
                self._flow(op.handle, op.outs[0])
            case Store():
                self._flow(op.value, op.handle)
            case At():
                self._flow(op.value, op.outs[0])
            case If():
                for inner in (op.then, op.orelse):
                    self._block(inner)
                    for arg, out in zip(inner.yields, op.outs):
                        self._flow(arg, out)
                        self._twin(out, arg)
            case Loop():
                self._loop(op)
            case Call():
                self._call(op)

    def _call(self, op: Call) -> None:
        """All calls of a unit count together: what is active in one is active in all."""
        program = op.unit.program
        handover = handover_of(program)
        if op.is_backward and handover is not None:
            for arg, out in zip(op.args[len(program.params) + 1:], handover.given):
                self._pass(arg, out)
            for arg, result in zip(without_versions(program.block.yields), op.results):
                self._flow(arg, result)
            return
        for arg, param in zip(op.args, program.params):
            self._pass(arg, param)
        if op.unit not in self.seen:
            self.seen.add(op.unit)
            self._block(program.block)
        for arg, out in zip(results_of(program), op.results):
            self._flow(arg, out)

    def _pass(self, arg: Arg | None, param: Value) -> None:
        """An argument and its parameter; through a handle it flows both ways."""
        if arg is not None:
            self._flow(arg, param)
        if isinstance(arg, Value) and arg.is_handle:
            self._flow(param, arg)

    def _loop(self, op: Loop) -> None:
        if op.item is not None:
            self._flow(op.header[0], op.item)
        for carry in op.carries:
            if carry.init is not UNDEFINED:
                self._flow(carry.init, carry.param)
            self._flow(carry.param, carry.result)
        self._block(op.body)
        for carry in op.carries:
            self._flow(carry.next, carry.param)
            self._flow(carry.next, carry.result)
            for merged in (carry.param, carry.result):
                self._twin(merged, carry.init)
                self._twin(merged, carry.next)
        for collect in op.collects:
            self._collect(collect)

    def _twin(self, merged: Value, source: Arg) -> None:
        """In forward mode a storage needs a twin where one that it merges with has one."""
        if self.twins and merged.is_handle and merged in self and isinstance(source, Value) and source.storage:
            self.storages.add(source.storage)

    def _collect(self, collect: Collect) -> None:
        if collect.value in self:
            self.values.add(collect.result)


def activity(block: Block, wrt: list[Value], twins: bool = False) -> Activity:
    """The activity of a block with respect to some values; `twins` for forward mode."""
    found = Activity({value for value in wrt if has_inexact(value.type)}, twins=twins)
    found.spread(block)
    return found


def check_differentiable(name: str, kind: Type, origin: Span | None) -> None:
    """Raises UnsupportedError where an argument holds no float."""
    if has_inexact(kind):
        return
    if is_scalar(kind):
        raise UnsupportedError(f"`{name}` is a number of type {kind}, which has no derivative", origin,
                               f"pass a float, as in `{name}=3.0`")
    if isinstance(kind, Opaque) and str(kind) not in ("None", "str"):
        raise UnsupportedError(f"`{name}` is an object of type {kind}, which is not differentiated", origin,
                               "pass its arrays as arguments, or make it a dataclass or a namedtuple")
    raise UnsupportedError(f"`{name}` is {kind}: it holds nothing that could be differentiated", origin,
                           "pass floats, or leave it out of argnums")
