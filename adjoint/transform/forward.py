"""Forward mode: from a program to the program of its derivative along a direction.

before: a program
after:  the same operations, a tangent beside each; the results are (results, tangents).  The tangent
        of a write stands before the write; a storage that is ever active has a twin.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from ..analysis.activity import Activity, activity, differentiable_args
from ..errors import LaterError, UnsupportedError
from ..ir.program import (
    UNDEFINED,
    Alloc,
    Arg,
    At,
    Bind,
    Block,
    Carry,
    Collect,
    Const,
    Function,
    If,
    Load,
    Loop,
    Op,
    Prim,
    Storage,
    Store,
    Unpack,
    Value,
    View,
)
from ..ir.types import Array, Items, Listing, Type, has_inexact, is_inexact, is_scalar
from ..primitives.build import Builder, finished
from ..primitives.facts import Facts
from ..primitives.primitive import REGISTRY, Primitive
from .splice import Template

ZERO = Const(0.0)


@dataclass(frozen=True)
class Direction:
    """A forward derivative: with respect to which parameters."""

    wrt: tuple[int, ...]


class Forward:
    """Writes the program anew with tangents.  `dot` and `twin` map values and handles to theirs."""

    def __init__(self, builder: Builder, active: Activity) -> None:
        self.builder = builder
        self.active = active
        self.dot: dict[Value, Arg] = {}
        self.storages: dict[Storage, Storage] = {}

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
            keys = kind.keys if kind.kind == "dict" else tuple(range(len(kind.items)))
            parts = tuple(self.full(self.builder.item(arg, Const(key))) for key in keys)
            return self.builder.pack(kind.kind, parts, kind.keys)
        if not has_inexact(kind):
            return Const(None)
        if isinstance(kind, Listing):
            return dot if dot is not None else self.builder.prim("list_zeros", arg, kind=kind)
        if dot is None:
            return ZERO if is_scalar(kind) else self.builder.prim("zeros_like", arg)
        return self.builder.filled(dot, kind, lambda: arg)

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

    # ---- blocks

    def block(self, block: Block) -> None:
        for op in block.ops:
            self.builder.origin = op.origin
            self.op(op)

    def op(self, op: Op) -> None:
        match op:
            case Prim():
                self.builder.emit(op)
                if op.outs[0] in self.active:
                    self.prim(op)
            case Bind():
                self.bind(op)
            case Unpack():
                self.builder.emit(op)
                self.unpack(op)
            case Alloc():
                self.alloc(op)
            case View():
                self.view(op)
            case Load():
                self.load(op)
            case Store():
                self.store(op)
            case At():
                self.builder.emit(op)
                if op.outs[0] in self.active:
                    dot = self.tangent(op.value)
                    if isinstance(dot, Value):
                        dot = self.builder.at(dot)
                    self.set(op.outs[0], dot)
            case If():
                self.branch(op)
            case Loop():
                self.loop(op)
            case _:
                self.builder.emit(op)

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
        start = self.full(op.arg)
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
            if op.how == "set" or dot is not None:
                self.builder.emit(Store((after,), op.origin, handle, ZERO if dot is None else dot, before, op.how))
            else:
                self.dot[op.outs[0]] = before
        self.builder.emit(op)

    # ---- primitives

    def prim(self, op: Prim) -> None:
        out = op.outs[0]
        if op.primitive in ("getitem", "item", "slice_list", "reversed_list"):
            made = replace(op, outs=(Value(out.type, self.hint(out)),), args=(self.full(op.args[0]), *op.args[1:]))
            self.builder.emit(made)
            return self.set(out, made.outs[0])
        if op.primitive in ("pack", "list_join", "list_add"):
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
        total: Arg | None = None
        for k, arg in enumerate(op.args):
            if self.tangent(arg) is None or not any(arg is a for a in allowed):
                continue
            args = tuple(self.full(a) if j == k else a for j, a in enumerate(op.args))
            out = Value(op.outs[0].type)
            self.builder.emit(replace(op, outs=(out,), args=args))
            total = out if total is None else self.builder.prim("add", total, out, spelling="operator.Add")
        self.set(op.outs[0], total)

    def template(self, op: Prim, primitive: Primitive) -> None:
        names, out = primitive.parameters, op.outs[0]
        values: dict[str, Arg] = dict(zip(names, (out, *op.args)))
        attrs = dict(primitive.attributes) | dict(op.attrs)
        given = {name: (lambda arg=arg: arg) for name, arg in (values | attrs).items()}
        for name, arg in zip(names[1:], op.args):
            given[name + "_dot"] = lambda arg=arg: self.full(arg)
        template = Template(self.builder, primitive, given, values, op.spelling)
        if primitive.kind == "general":
            if not template.has("z_dot"):
                raise UnsupportedError(f"`{op.primitive}` has no tangent", op.origin)
            return self.set(out, self.builder.cast(template.get("z_dot"), out.type))
        total: Arg | None = None
        for name, arg in zip(names[1:], op.args):
            dot = self.tangent(arg)
            if dot is None:
                continue
            share = self.builder.prim("multiply", dot, template.get(f"dz_d{name}"), spelling="operator.Mult")
            total = share if total is None else self.builder.prim("add", total, share, spelling="operator.Add")
        if total is not None:
            total = self.builder.cast(total, out.type) if is_inexact(out.type) else total
        self.set(out, total)

    # ---- regions

    def merged(self, a: Arg, b: Arg, kind: Type) -> Type:
        """The type of a tangent that is `a` on one edge and `b` on another."""
        if not isinstance(kind, Array):
            return kind
        covers = all(self.builder.is_full(arg, kind) for arg in (a, b))
        return kind if covers else replace(kind, partial=True)

    def branch(self, op: If) -> None:
        arms = []
        active = [out for out in op.outs if out in self.active]
        for block in (op.then, op.orelse):
            with self.builder.block() as ops:
                self.block(block)
                extra = [self.dot_of(arg) for arg, out in zip(block.yields, op.outs) if out in self.active]
                arms.append(finished(block.key, ops, block.params, (*block.yields, *extra)))
        outs = [self.like(out) for out in active]
        for k, out in enumerate(outs):
            ends = [arm.yields[len(op.outs) + k] for arm in arms]
            if out.storage is None:
                outs[k] = Value(self.merged(*ends, out.type), out.hint)
                self.dot[active[k]] = outs[k]
        self.builder.emit(replace(op, outs=(*op.outs, *outs), then=arms[0], orelse=arms[1]))

    def dot_of(self, arg: Arg) -> Arg:
        if arg is UNDEFINED:
            return UNDEFINED
        dot = self.tangent(arg)
        return ZERO if dot is None else dot

    def loop(self, op: Loop) -> None:
        header, item, first = self.items(op)
        active = [c for c in op.carries if c.param in self.active]
        inits = [self.init(c) for c in active]
        params = [self.like(c.param) for c in active]
        with self.builder.block() as ops:
            if first is not None:
                self.builder.emit(first)
            self.block(op.body)
            nexts = [self.closing(c) for c in active]
            collected = [self.full(c.value) for c in op.collects if c.result in self.active]
            body = finished(op.body.key, ops)
        carries = [*op.carries]
        for carry, init, param, following in zip(active, inits, params, nexts):
            carries.append(Carry(init, param, following, self.like(carry.result)))
        collects = [*op.collects]
        for collect, value in zip([c for c in op.collects if c.result in self.active], collected):
            collects.append(Collect(value, self.like(collect.result)))
        results = (*(c.result for c in carries), *(c.result for c in collects))
        self.builder.emit(replace(op, outs=results, header=header, item=item, carries=tuple(carries),
                                  collects=tuple(collects), body=body))

    def init(self, carry: Carry) -> Arg:
        """A tangent's first value; arrays start at full size."""
        if carry.init is UNDEFINED:
            return UNDEFINED
        if carry.param.storage is not None:
            return self.dot[carry.init]  # type: ignore[index]
        return self.full(carry.init) if has_inexact(carry.init.type) else ZERO

    def closing(self, carry: Carry) -> Arg:
        if carry.param.storage is not None:
            return self.dot[carry.next]  # type: ignore[index]
        return self.full(carry.next) if has_inexact(carry.next.type) else ZERO

    def items(self, op: Loop) -> tuple[tuple[Arg, ...], Value | None, Op | None]:
        """A loop over a list that is active runs over the list and its tangent side by side."""
        if op.item is None or op.item not in self.active:
            return op.header, op.item, None
        both = Value(Items("tuple", (op.item.type, op.item.type)))
        dot = Value(op.item.type, self.hint(op.item))
        self.dot[op.item] = dot
        return (op.header[0], self.full(op.header[0])), both, Unpack((op.item, dot), op.origin, both)


def forward(function: Function, direction: Direction, facts: Facts) -> Function:
    """The program of (results, tangents); a tangent parameter follows for each differentiated one."""
    wrt = [function.params[k] for k in direction.wrt]
    active = activity(function.block, wrt, twins=True)
    builder = Builder(facts, [], {}, function.origin)
    walk = Forward(builder, active)
    for param in wrt:
        if not has_inexact(param.type):
            raise UnsupportedError(f"`{param.hint}` is {param.type}: it holds nothing that could be differentiated",
                                   function.origin, "pass floats")
        walk.dot[param] = Value(param.type, (param.hint or "x") + "_dot")
    walk.block(function.block)
    for k, arg in enumerate(function.block.yields):
        end = "" if len(function.block.yields) == 1 else str(k)
        facts.suggest(arg, "value" + end)
        facts.suggest(walk.tangent(arg) or arg, f"value{end}_dot")
    dots = [walk.full(arg) for arg in function.block.yields]
    count = len(dots)
    block = finished(function.block.key, builder.ops, (), (*function.block.yields, *dots))
    structure = (function.structure, shifted(function.structure, count))
    params = (*function.params, *(walk.dot[p] for p in wrt))
    return Function(function.name, params, block, structure, function.origin)  # type: ignore[arg-type]


def shifted(structure: object, by: int) -> object:
    if isinstance(structure, tuple):
        return tuple(shifted(item, by) for item in structure)
    assert isinstance(structure, int)
    return structure + by

