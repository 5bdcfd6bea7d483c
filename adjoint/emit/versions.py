"""The version checker: no statement may read a version that is neither current nor saved.

before: a program as it will be printed, with what is nested and what is copied
after:  nothing, or VersionError.  This walk knows nothing of how the program was made; most mistakes
        of aliases and tapes end here.

>>> def f(x):  # f8[n]
...     y = 2.0 * x
...     y[1:] = y[1:] * y[:-1]
...     return np.sum(y * y)
y_saved = y[1:].copy()
y_saved2 = y[:-1].copy()
y[1:] = y[1:] * y[:-1]
"""
from __future__ import annotations

from ..errors import AdjointError
from ..ir.program import (
    UNDEFINED,
    Alloc,
    Arg,
    Bind,
    Block,
    Function,
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
from ..ir.traverse import parts, walk
from ..ir.types import is_scalar
from ..ir.units import Call
from ..primitives import core
from ..primitives.indexing import is_basic, step_of
from ..primitives.primitive import REGISTRY
from .nesting import SIZE_ONLY, Nesting

Borrowed = frozenset[tuple[Storage, Value]]
NOTHING: Borrowed = frozenset()
THROUGH = (core.ITEM, core.AS_ROWS, core.ROWS, core.LISTED, core.ITEMS_OF, core.ENTRY, core.PACK, core.SLICE_LIST,
           core.REVERSED_LIST, core.LIST_JOIN, core.ITERATE)


class VersionError(AdjointError):
    """Emitted code would read an array after it was overwritten: a mistake of the compiler."""


class Checker:
    """`current` is the version that each storage holds here; `borrowed` what a value is a view of."""

    def __init__(self, nesting: Nesting) -> None:
        self.nesting = nesting
        self.current: dict[Storage, Value] = {}
        self.borrowed: dict[Arg, Borrowed] = {}
        self.stored: set[Storage | None] = set()

    # ---- reads

    def read(self, arg: Arg) -> None:
        """A read of contents here: everything nested in the expression is read here too."""
        if not isinstance(arg, Value) or arg.is_version:
            return
        for storage, version in self.borrowed.get(arg, NOTHING) if arg not in self.nesting.inline else ():
            self.require(storage, version, arg)
        if arg in self.nesting.inline:
            self.read_op(self.nesting.definition[arg])

    def read_op(self, op: Op) -> None:
        if isinstance(op, Load):
            self.require(op.handle.buffer, op.version, op.outs[0])
            self.read_place(op.handle)
        elif isinstance(op, View):
            self.read_place(op.outs[0])
        elif isinstance(op, Prim) and op.primitive in SIZE_ONLY:
            return
        else:
            for arg in parts(op):
                self.read(arg)

    def read_place(self, handle: Value) -> None:
        view = self.nesting.definition.get(handle)
        if isinstance(view, View):
            for arg in view.operands:
                self.read(arg)
            self.read_place(view.base)

    def require(self, storage: Storage, version: Value, value: Value) -> None:
        if self.current.get(storage) is not version:
            raise VersionError(f"`{value.hint or storage.name}` is read after `{storage.name}` was overwritten; "
                               "this is a mistake of the compiler, please report it")

    # ---- what values share

    def of(self, arg: Arg) -> Borrowed:
        """The versions that a value is a view of, where it is not a copy."""
        if not isinstance(arg, Value) or is_scalar(arg.type) or arg in self.nesting.copied:
            return NOTHING
        if arg not in self.nesting.inline:
            return self.borrowed.get(arg, NOTHING)
        return self.of_op(self.nesting.definition[arg])

    def of_op(self, op: Op) -> Borrowed:
        if isinstance(op, Load):
            view = self.nesting.definition.get(op.handle)
            if isinstance(view, View) and not is_basic(view.step) or is_scalar(op.outs[0].type):
                return NOTHING
            return frozenset({(op.handle.buffer, op.version)})
        if isinstance(op, (Bind, Unpack, If)):
            return frozenset().union(*map(self.of, parts(op)))
        if isinstance(op, Prim) and self.shares(op):
            return frozenset().union(*map(self.of, op.args))
        return NOTHING

    def shares(self, op: Prim) -> bool:
        if op.primitive == core.GETITEM:
            return is_basic(step_of(op))
        primitive = REGISTRY.by_name.get(op.primitive)
        return op.primitive in THROUGH or primitive is not None and primitive.views != "no"

    # ---- statements

    def block(self, block: Block) -> None:
        for op in block.ops:
            if not (op.outs and op.outs[0] in self.nesting.inline):
                self.statement(op)

    def statement(self, op: Op) -> None:
        match op:
            case If():
                self.branch(op)
            case Loop():
                self.loop(op)
            case Alloc():
                self.read(op.arg)
                self.current[op.outs[0].buffer] = op.outs[1]
            case Store():
                self.store(op)
            case StoreAll():
                for store in op.stores:
                    self.read(store.value)
                for store in op.stores:
                    self.store(store, not self.of(store.value))     # a view is read where it is stored
            case Call():
                self.call(op)
            case Push():
                shared = frozenset().union(*map(self.of, op.args))
                for arg in op.args:
                    self.read(arg)
                self.borrowed[op.tape] = self.borrowed.get(op.tape, NOTHING) | shared
            case Pop():
                for out in op.outs:
                    self.borrowed[out] = self.borrowed.get(op.tape, NOTHING)
            case _:
                self.plain(op)

    def plain(self, op: Op) -> None:
        """A statement that binds names: what it reads is read here, and may be shared by the names."""
        self.read_op(op)
        shared = self.of_op(op)
        for out in op.outs:
            if not out.is_handle and not is_scalar(out.type) and out not in self.nesting.copied:
                self.borrowed[out] = shared

    def store(self, op: Store, was_read: bool = False) -> None:
        storage = op.handle.buffer
        if not was_read:
            self.read(op.value)
        self.read_place(op.handle)
        self.require(storage, op.before, op.handle)
        self.current[storage] = op.outs[0]

    def call(self, op: Call) -> None:
        """What it gives and saves may be views of what it was passed."""
        given: dict[int, Borrowed] = {}
        for k, arg in enumerate(op.args):
            if isinstance(arg, Value) and arg.is_handle:
                self.read_place(arg)
            elif arg is not None:
                self.read(arg)
                given[k] = self.of(arg)
        for before, after in zip(op.before, op.written):
            self.require(before.buffer, before, before)
            self.current[after.buffer] = after
        for out in op.outs:
            if not out.is_version and not is_scalar(out.type) and not op.is_backward:
                which = op.unit.holds if out is op.saved else op.unit.shares
                self.borrowed[out] = NOTHING.union(*(shared for k, shared in given.items() if k in which))

    # ---- regions

    def branch(self, op: If) -> None:
        self.read(op.test)
        entry, ends = dict(self.current), []
        for block in (op.then, op.orelse):
            self.current = dict(entry)
            self.block(block)
            self.close(op.outs, block.yields)
            self.settle(entry)
            ends.append(self.current)
        merged = {storage: version for storage, version in ends[0].items() if ends[1].get(storage) is version}
        self.current = merged
        for out in op.outs:
            self.open(out)

    def close(self, outs: tuple[Value, ...], sources: tuple[Arg, ...]) -> None:
        """The end of an arm or trip: values move to the names they have outside."""
        for out, source in zip(outs, sources):
            if source is UNDEFINED:
                continue
            if out.is_version:
                assert isinstance(source, Value)
                self.require(source.buffer, source, out)
            elif not out.is_handle:
                self.read(source)
                self.borrowed[out] = self.borrowed.get(out, NOTHING) | self.of(source)

    def settle(self, before: dict[Storage, Value]) -> None:
        """A storage made in an arm or trip is never written again: what is a view of its last version is safe."""
        last = {(s, v) for s, v in self.current.items() if s not in before}
        for value, shared in self.borrowed.items():
            if shared & last:
                self.borrowed[value] = shared - last

    def open(self, out: Value) -> None:
        if out.is_version:
            self.current[out.buffer] = out

    def loop(self, op: Loop) -> None:
        for arg in (*op.header, op.limit):
            if arg is not None:
                self.read(arg)
        params = tuple(c.param for c in op.carries)
        self.close(params, tuple(c.init for c in op.carries))
        entry = dict(self.current)
        moved = [c for c in op.carries if c.param.is_version and isinstance(c.init, Value)
                 and c.init.storage is not c.param.storage]
        if any(c.param.storage in self.stored or c.result.storage in self.stored for c in moved):
            for carry in moved:
                self.current.pop(carry.init.storage, None)  # type: ignore[arg-type,union-attr]
        for param in params:
            self.open(param)
        head = dict(self.current)
        for _ in range(2):
            self.current = dict(head)
            self.trip(op)
            self.close(params, tuple(c.next for c in op.carries))
            self.settle(head)
        for storage, version in head.items():
            if self.current.get(storage) is not version and not any(c.param is version for c in op.carries):
                raise VersionError(f"a loop writes to `{storage.name}` and does not carry it")
        self.current = {s: v for s, v in entry.items() if head.get(s) is v}
        for carry in op.carries:
            self.borrowed[carry.result] = self.borrowed.get(carry.param, NOTHING)
            self.open(carry.result)

    def trip(self, op: Loop) -> None:
        if op.head is not None:
            self.block(op.head)
            for arg in op.head.yields:
                self.read(arg)
        self.block(op.body)
        for collect in op.collects:
            self.read(collect.value)


def check_versions(function: Function, nesting: Nesting) -> None:
    """Raise VersionError where the program would read what is overwritten."""
    checker = Checker(nesting)
    checker.stored = {out.storage for op in walk(function.block) if isinstance(op, (Store, Call)) for out in op.outs
                      if out.is_version}
    checker.current.update((version.buffer, version) for version in function.entry)
    checker.block(function.block)
    for arg in function.block.yields:
        checker.read(arg)
