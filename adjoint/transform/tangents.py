"""Tangents of straight-line operations: each stands beside the operation that it belongs to.

The tangent of a write stands before the write; a storage that is ever active has a twin.
"""
from __future__ import annotations

from dataclasses import replace
from functools import partial

from ..analysis.activity import Activity, differentiable_args
from ..errors import LaterError, UnsupportedError
from ..ir.dims import constant
from ..ir.program import SET, ZERO, Alloc, Arg, Bind, Const, Load, Prim, Storage, Store, Unpack, Value, View
from ..ir.types import Items, Listing, has_inexact, is_inexact, is_scalar
from ..primitives import core
from ..primitives.fitting import AdjointBuilder
from ..primitives.layouts import lying
from ..primitives.primitive import REGISTRY, Primitive
from .masks import guarded, product
from .splice import Given, Template
from .words import Surroundings

OF_FIRST = (core.GETITEM, core.ITEM, core.SLICE_LIST, core.REVERSED_LIST, core.LISTED, core.LAST_WRITES, core.AS_ROWS,
            core.ROWS)


def known(arg: Arg) -> Arg:
    return arg


def nothing(arg: object) -> None:
    return None


AROUND = Surroundings(known, lambda arg: (), known, nothing)


class Tangents:
    """Writes operations anew with tangents.  `dot` and `twin` map values and handles to theirs."""

    def __init__(self, builder: AdjointBuilder, active: Activity) -> None:
        self.builder = builder
        self.active = active
        self.dot: dict[Value, Arg] = {}
        self.storages: dict[Storage, Storage] = {}
        self.orders: dict[Storage, str] = {}

    # ---- tangents

    def hint(self, value: Value) -> str | None:
        return None if value.hint is None else value.hint + "_dot"

    def tangent(self, arg: Arg) -> Arg | None:
        """The tangent of a value; None for zero."""
        return self.dot.get(arg) if isinstance(arg, Value) else None

    def full(self, arg: Arg) -> Arg:
        """The tangent of a value at its full size and structure; zeros where it is inactive."""
        dot, kind = self.tangent(arg), arg.type
        if isinstance(kind, Items) and dot is None:
            keys = kind.keys or tuple(range(len(kind.items)))
            parts = tuple(self.full(self.builder.item(arg, Const(key))) for key in keys)
            return self.builder.pack(kind.kind, parts, kind.keys)
        if not has_inexact(kind):
            return Const(None)
        if isinstance(kind, Listing):
            if dot is None and kind.length == constant(0):
                return self.builder.prim(core.LISTED, self.builder.pack("list", ()), kind=kind)
            return dot if dot is not None else self.builder.prim(core.LIST_ZEROS, arg, kind=kind)
        if dot is None:
            return ZERO if is_scalar(kind) else self.builder.prim(core.ZEROS_LIKE, arg)
        return self.builder.filled(dot, kind, lambda: arg)

    def small(self, arg: Arg) -> Arg:
        """The tangent of a value, which may be smaller by broadcasting."""
        dot = self.tangent(arg)
        return ZERO if dot is None else dot

    def twin_storage(self, storage: Storage) -> Storage:
        if storage not in self.storages:
            self.storages[storage] = Storage(storage.name + "_dot", storage.type)
        return self.storages[storage]

    def like(self, value: Value) -> Value:
        """A value to hold the tangent of another: a twin handle or version, or a plain tangent."""
        storage = None if value.storage is None else self.twin_storage(value.storage)
        made = Value(value.type, self.hint(value), value.user and storage is None, storage)
        self.dot[value] = made
        return made

    def is_active(self, arg: object) -> bool:
        return isinstance(arg, Value) and arg in self.active

    def set(self, value: Value, dot: Arg | None) -> None:
        if dot is not None:
            self.dot[value] = dot
            self.builder.facts.suggest(dot, self.hint(value))

    def bind(self, op: Bind) -> None:
        self.builder.emit(op)
        for arg, out in zip(op.args, op.outs):
            if self.is_active(out) and self.tangent(arg) is not None:
                source = self.tangent(arg)
                assert source is not None
                if out.storage is not None:
                    made = self.like(out)
                    self.builder.emit(Bind((made,), op.origin, (source,)))
                else:
                    self.dot[out] = self.builder.bind((source,), (self.hint(out) or "t_dot",), False)[0]

    def unpack(self, op: Unpack) -> None:
        if not self.is_active(op.arg):
            return
        dots = self.builder.unpack(self.full(op.arg))
        for out, dot in zip(op.outs, dots):
            if has_inexact(out.type):
                self.builder.facts.suggest(dot, self.hint(out))
                self.dot[out] = dot

    # ---- storages

    def alloc(self, op: Alloc) -> None:
        handle, version = op.outs
        if handle not in self.active:
            self.builder.emit(op)
            return
        start = lying(self.builder, self.full(op.arg), self.orders.get(handle.buffer))
        self.builder.emit(Alloc((self.like(handle), self.like(version)), op.origin, start))
        self.builder.emit(op)

    def view(self, op: View) -> None:
        self.builder.emit(op)
        if op.outs[0] in self.active:
            base = self.dot[op.base]
            assert isinstance(base, Value)
            self.builder.emit(View((self.like(op.outs[0]),), op.origin, base, op.step, op.operands))

    def load(self, op: Load) -> None:
        self.builder.emit(op)
        if op.handle in self.active:
            handle, version = self.dot[op.handle], self.dot[op.version]
            assert isinstance(handle, Value) and isinstance(version, Value)
            self.builder.emit(Load((self.like(op.outs[0]),), op.origin, handle, version))

    def store(self, op: Store) -> None:
        if op.handle in self.active:
            handle, before = self.dot[op.handle], self.dot[op.before]
            assert isinstance(handle, Value) and isinstance(before, Value)
            dot = self.tangent(op.value)
            after = self.like(op.outs[0])
            if op.how == SET or dot is not None:
                self.builder.emit(Store((after,), op.origin, handle, ZERO if dot is None else dot, before, op.how))
            else:
                self.dot[op.outs[0]] = before
        self.builder.emit(op)

    # ---- primitives

    def prim(self, op: Prim) -> None:
        out = op.outs[0]
        if op.primitive == core.ENTRY:
            return self.set(out, self.full(op.args[2]))
        if op.primitive in OF_FIRST:
            made = replace(op, outs=(Value(out.type, self.hint(out)),), args=(self.full(op.args[0]), *op.args[1:]))
            self.builder.emit(made)
            return self.set(out, made.outs[0])
        if op.primitive == core.ITEMS_OF:
            made = replace(op, outs=(Value(out.type, self.hint(out)),), args=(op.args[0], self.full(op.args[1])))
            self.builder.emit(made)
            return self.set(out, made.outs[0])
        if op.primitive in (core.LIST_ADD_ITEM, core.LIST_ADD_SLICE):
            args = (self.full(op.args[0]), *op.args[1:-1], self.full(op.args[-1]))
            made = replace(op, outs=(Value(out.type, self.hint(out)),), args=args)
            self.builder.emit(made)
            return self.set(out, made.outs[0])
        if op.primitive in (core.PACK, core.LIST_JOIN, core.LIST_ADD):
            made = replace(op, outs=(Value(out.type, self.hint(out)),), args=tuple(map(self.full, op.args)))
            self.builder.emit(made)
            return self.set(out, made.outs[0])
        if op.primitive == "unbroadcast":
            out_dot = self.builder.prim("unbroadcast", self.full(op.args[0]), op.args[1], kind=out.type)
            return self.set(out, out_dot)
        primitive = REGISTRY.by_name.get(op.primitive)
        if primitive is None:
            raise LaterError(f"the tangent of `{op.primitive}`", op.origin, "differentiate once")
        if primitive.kind in ("linear", "bilinear"):
            return self.multilinear(op)
        self.template(op, primitive)

    def multilinear(self, op: Prim) -> None:
        """The primitive itself, on each tangent in turn."""
        allowed = differentiable_args(op)
        primitive = REGISTRY.by_name[op.primitive]
        other = REGISTRY.by_spelling.get(op.spelling.replace("method.", "numpy."), primitive)
        copied = other.copied == primitive.name     # what is a copy here may be a view of a tangent
        spelling = primitive.idiom if copied else op.spelling
        total: Arg | None = None
        for k, arg in enumerate(op.args):
            if self.tangent(arg) is None or not any(arg is a for a in allowed):
                continue
            args = tuple(self.moving(op, j) if j == k else a for j, a in enumerate(op.args))
            out = Value(op.outs[0].type)
            self.builder.emit(replace(op, outs=(out,), args=args, spelling=spelling))
            total = out if total is None else self.builder.prim(core.ADD, total, out)
        self.set(op.outs[0], total)

    def moving(self, op: Prim, k: int) -> Arg:
        """The tangent of an operand at its full size."""
        sequence = REGISTRY.by_name[op.primitive].sequence
        return self.of_items(op.args[k]) if sequence else self.full(op.args[k])

    def of_items(self, arg: Arg) -> Arg:
        """The tangent of a sequence of operands; zeros also for what has no derivative."""
        made = self.builder.made_here(arg)
        if isinstance(made, Prim) and made.primitive == core.PACK and isinstance(arg.type, Items):
            return self.builder.pack(arg.type.kind, tuple(map(self.of_items, made.args)))
        if has_inexact(arg.type):
            return self.full(arg)
        return ZERO if is_scalar(arg.type) else self.builder.prim(core.ZEROS_LIKE, arg)

    def template(self, op: Prim, primitive: Primitive) -> None:
        names, out = primitive.parameters, op.outs[0]
        values: dict[str, Arg] = dict(zip(names, (out, *op.args)))
        attrs = dict(primitive.attributes) | dict(op.attrs)
        given: Given = {name: partial(known, arg) for name, arg in (values | attrs).items()}
        whole = self.small if primitive.kind == "elementwise" else self.full
        given |= {name + "_dot": partial(whole, arg) for name, arg in zip(names[1:], op.args)}
        around = replace(AROUND, varies=lambda arg: self.tangent(arg) is not None)
        template = Template(self.builder, primitive, given, values, op.spelling, around)
        for name, arg in op.attrs:
            if self.tangent(arg) is not None and not (
                    template.has(f"{name}_bar") and template.get(f"{name}_bar") == ZERO):
                raise UnsupportedError(f"`{op.primitive}` has no derivative with respect to `{name}`", op.origin)
        if primitive.kind == "general" or template.has("z_dot"):
            if not template.has("z_dot"):
                raise UnsupportedError(f"`{op.primitive}` has no tangent", op.origin)
            return self.set(out, self.builder.cast(template.get("z_dot"), out.type))
        total: Arg | None = None
        for name, arg in zip(names[1:], op.args):
            dot = self.tangent(arg)
            if dot is None:
                continue
            safe = guarded(template, primitive, dot)
            factor = safe.get(f"dz_d{name}")
            share = product(self.builder, dot, factor, safe.uncertain(), self.builder.made_here)
            total = share if total is None else self.builder.prim(core.ADD, total, share)
        if total is not None:
            total = self.builder.cast(total, out.type) if is_inexact(out.type) else total
        self.set(out, total)
