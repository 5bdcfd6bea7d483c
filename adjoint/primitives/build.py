"""Makes operations: types them, keeps the current version of each storage, appends them to a block."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ..errors import Span, UnsupportedError
from ..ir.dims import Dim
from ..ir.program import (
    SET,
    Alloc,
    Arg,
    At,
    Bind,
    Block,
    Const,
    Load,
    Op,
    Prim,
    Storage,
    Store,
    Unpack,
    Value,
    View,
)
from ..ir.program import Step as ViewStep
from ..ir.types import Array, Contents, Items, Listing, Number, Type, dims_of
from . import core
from .facts import Facts, Lock
from .indexing import Axes, axes_of_view, is_basic, selected
from .primitive import REGISTRY
from .results import RULES, Call, NoResult, NotConstant
from .sizes import product


@dataclass
class Builder:
    """Appends operations to the block at hand."""

    facts: Facts
    ops: list[Op] = field(default_factory=list)
    versions: dict[Storage, Value] = field(default_factory=dict)
    origin: Span | None = None
    views: dict[Value, Axes] = field(default_factory=dict)
    definition: dict[Value, Op] = field(default_factory=dict)
    locked: dict[Value, Lock] = field(default_factory=dict)
    places: dict[Arg, int] = field(default_factory=dict)

    @contextmanager
    def block(self) -> Iterator[list[Op]]:
        """Operations made inside go to a list of their own; versions are the outer ones again after."""
        outer, versions = self.ops, self.versions
        self.ops, self.versions = [], dict(versions)
        try:
            yield self.ops
        finally:
            self.ops, self.versions = outer, versions

    def emit(self, op: Op) -> Op:
        for out in op.outs:
            self.definition[out] = op
            self.places[out] = len(self.ops)
        self.ops.append(op)
        return op

    def made_here(self, arg: Arg) -> Op | None:
        """The operation of the block at hand that was emitted to make a value."""
        at = self.places.get(arg, len(self.ops))
        return self.ops[at] if at < len(self.ops) and arg in self.ops[at].outs else None

    def refuse(self, why: str, remedy: str = "") -> UnsupportedError:
        return UnsupportedError(why, self.origin, remedy)

    def prim(self, name: str, *args: Arg, hint: str | None = None, spelling: str = "",
             attrs: Mapping[str, Arg] | None = None, kind: Type | None = None, positional: int = 0) -> Value:
        """`name(*args, **attrs)`.  Raises UnsupportedError where the types do not fit."""
        given = dict(attrs or {})
        if kind is None:
            spelling = spelling or REGISTRY.by_name[name].idiom
            kind = self.result(name, args, given, spelling)
        out = Value(kind, hint)
        self.emit(Prim((out,), self.origin, name, args, tuple(given.items()), spelling, positional))
        return out

    def result(self, name: str, args: tuple[Arg, ...], given: Mapping[str, Arg], spelling: str) -> Type:
        """The type of what a primitive makes of these operands."""
        primitive = REGISTRY.by_name[name]
        complete = {key: given.get(key, default) for key, default in primitive.attributes}
        try:
            return RULES[primitive.result](Call(primitive, args, complete, spelling, self.facts))
        except NoResult as failure:
            refusal = self.refuse(f"`{primitive.name}`: {failure}")
            refusal.known_in_trips = isinstance(failure, NotConstant)
            raise refusal from None

    def retyped(self, arg: Arg, dims: tuple[Dim, ...]) -> Arg:
        """The value just made, with the sizes that it is known to have."""
        op = self.ops[-1] if self.ops else None
        if op is None or op.outs != (arg,) or not isinstance(arg, Value) or not isinstance(arg.type, Array):
            return arg
        out = Value(replace(arg.type, dims=dims), arg.hint)
        self.ops.pop()
        self.emit(replace(op, outs=(out,)))
        return out

    def getitem(self, x: Arg, step: ViewStep, operands: tuple[Arg, ...], hint: str | None = None) -> Value:
        return self.prim(core.GETITEM, x, *operands, attrs={"step": Const(step)}, hint=hint,
                         kind=self.selection(x, step, operands))

    def selection(self, x: Arg, step: ViewStep, operands: tuple[Arg, ...]) -> Type:
        if not isinstance(x.type, Array):
            raise self.refuse(f"{x.type} cannot be indexed")
        try:
            return selected(x.type, step, tuple(map(self.forward_value, operands)), self.facts)
        except NoResult as failure:
            raise self.refuse(str(failure)) from None

    def item(self, x: Arg, key: Arg, hint: str | None = None) -> Value:
        """`x[key]` of a tuple, list or dict."""
        kind = x.type
        if isinstance(kind, Items):
            at = kind.position(key.value) if isinstance(key, Const) else None
            if at is None:
                raise self.refuse("a tuple, or a list or dict of unlike items, needs a constant index that exists")
            return self.prim(core.ITEM, x, key, kind=kind.items[at], hint=hint)
        assert isinstance(kind, Listing)
        return self.prim(core.ITEM, x, key, kind=kind.element, hint=hint)

    def shape(self, x: Arg) -> Value:
        return self.prim(core.SHAPE, x, kind=Items("tuple", tuple(Number("int", dim) for dim in dims_of(x.type))))

    def size(self, x: Arg) -> Value:
        return self.prim(core.SIZE, x, kind=Number("int", product(dims_of(x.type))))

    def length(self, x: Arg) -> Value:
        size = x.type.length if isinstance(x.type, Listing) else dims_of(x.type)[0]
        return self.prim(core.LEN, x, kind=Number("int", size))

    def unpack(self, x: Arg) -> tuple[Value, ...]:
        assert isinstance(x.type, Items)
        outs = tuple(Value(kind) for kind in x.type.items)
        self.emit(Unpack(outs, self.origin, x))
        return outs

    def pack(self, kind: str, items: tuple[Arg, ...], keys: tuple[object, ...] = ()) -> Value:
        typed = Items(kind, tuple(item.type for item in items), keys)
        return self.prim(core.PACK, *items, kind=typed, attrs={"kind": Const(kind), "keys": Const(keys)})

    def bind(self, args: tuple[Arg, ...], hints: tuple[str, ...], user: bool) -> tuple[Value, ...]:
        """New names for values: `hints = args`.  Handles stay handles of their storage."""
        outs = tuple(Value(arg.type, hint, user, getattr(arg, "storage", None)) for arg, hint in zip(args, hints))
        self.emit(Bind(outs, self.origin, args))
        self.views.update((out, self.views[arg]) for arg, out in zip(args, outs)
                          if isinstance(arg, Value) and arg in self.views)
        for arg, out in zip(args, outs):
            self.lock(out, self.locked.get(arg))  # type: ignore[arg-type]
        return outs

    def alloc(self, arg: Arg, name: str, user: bool = False) -> Value:
        """A storage whose first contents are `arg`; its handle."""
        kind = arg.type
        storage = Storage(name, kind)
        handle = Value(kind, name, user, storage)
        version = Value(Contents(), name, storage=storage)
        self.emit(Alloc((handle, version), self.origin, arg))
        self.versions[storage] = version
        return handle

    def view(self, base: Value, step: ViewStep, operands: tuple[Arg, ...] = (), hint: str | None = None) -> Value:
        if step.kind == "index":
            kind = self.selection(base, step, operands)
        else:
            own = len(operands) - len(step.names)
            attrs = dict(zip(step.names, operands[own:]))
            kind = self.result(step.kind, (base, *operands[:own]), attrs, step.spelling)
        out = Value(kind, hint, storage=base.storage)
        self.emit(View((out,), self.origin, base, step, operands))
        self.views[out] = axes_of_view(self.axes(base), step, operands, len(dims_of(kind)))
        self.lock(out, self.locked.get(base))
        return out

    def axes(self, handle: Value) -> Axes:
        """For each axis of a handle its stride: an axis of the storage, and the steps that views took along it."""
        if handle in self.views:
            return self.views[handle]
        return tuple(((handle.storage, k), ()) for k in range(len(dims_of(handle.type))))

    def is_view(self, handle: Value) -> bool:
        """False where NumPy copies what the handle names: it was selected by an array of indices or a mask."""
        made = self.definition.get(handle)
        return not isinstance(made, View) or is_basic(made.step)

    def lock(self, handle: Value, lock: Lock | None) -> None:
        if lock is not None:
            self.locked[handle] = lock

    def version(self, handle: Value) -> Value:
        storage = handle.buffer
        if storage not in self.versions:
            raise self.refuse(f"`{handle.hint or storage.name}` is an alias of an array that a loop or branch rebinds "
                              "and writes", "use one name for the array inside the loop, or copy it")
        return self.versions[storage]

    def load(self, handle: Value, hint: str | None = None) -> Value:
        out, version, lock = Value(handle.type, hint), self.version(handle), self.locked.get(handle)
        if lock is not None and lock.version not in (None, version):
            raise self.refuse(lock.why, lock.remedy)
        self.emit(Load((out,), self.origin, handle, version))
        return out

    def store(self, handle: Value, value: Arg, how: str = SET, augmented: bool = False, spelling: str = "") -> Store:
        storage, lock = handle.buffer, self.locked.get(handle)
        if lock is not None:
            raise self.refuse(lock.why, lock.remedy)
        after = Value(Contents(), storage.name, storage=storage)
        op = Store((after,), self.origin, handle, value, self.version(handle), how, augmented, spelling)
        self.emit(op)
        self.versions[storage] = after
        return op

    def forward_value(self, arg: Arg) -> Arg:
        """What an `At` names."""
        made = self.definition.get(arg) if isinstance(arg, Value) else None
        return made.value if isinstance(made, At) else arg

    def at(self, value: Value) -> Value:
        out = Value(value.type, value.hint, storage=value.storage)
        self.emit(At((out,), self.origin, value))
        return out

    def expand(self, z: Arg, x: Arg, axis: object, keepdims: object) -> Arg:
        """`z`, a reduction of `x`, with its axes back (of size 1): it broadcasts against x."""
        rank = x.type.ndim if isinstance(x.type, Array) else 0
        if axis is None or keepdims or not isinstance(z.type, Array):
            return z
        axes = axis if isinstance(axis, tuple) else (axis,)
        gone = {int(a) % rank for a in axes}  # type: ignore[call-overload]
        pattern: list[object] = ["n" if k in gone else ("s", False, False, False) for k in range(rank)]
        while pattern and pattern[-1] != "n":
            pattern.pop()
        while pattern and pattern[0] == "n":  # broadcasting puts leading axes there itself
            pattern.pop(0)
        if not pattern:
            return z
        return self.getitem(z, ViewStep("index", tuple(pattern)), ())


def finished(key: int, ops: list[Op], params: tuple[Value, ...] = (), yields: tuple[Arg, ...] = ()) -> Block:
    return Block(key, params, tuple(ops), yields)
