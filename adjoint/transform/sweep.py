"""The backward sweep over straight-line operations.

before: a forward program; adjoints of what comes after an operation
after:  the operations that add its share to the adjoints of what it reads
"""
from __future__ import annotations

from ..analysis.activity import Activity, differentiable_args
from ..errors import LaterError, UnsupportedError
from ..ir.program import (
    Alloc,
    Arg,
    At,
    Bind,
    Block,
    Const,
    If,
    Load,
    Loop,
    Op,
    Prim,
    Step,
    Storage,
    Store,
    Undo,
    Unpack,
    Value,
    View,
)
from ..ir.traverse import blocks
from ..ir.types import Array, Items, Listing, Type, has_inexact, is_inexact, is_scalar
from ..primitives.build import Builder
from ..primitives.indexing import is_basic, is_whole
from ..primitives.primitive import REGISTRY, noun_of
from .bars import Bars, Cell, Home, Key, NeedStorage, Part, hint_of, leaf_type, leaves_of, type_of_key
from .splice import Template

ZERO = Const(0.0)

BROADCASTS = ("reduced", "same", "converted", "real")


class Sweep:
    """Writes adjoint operations with `builder`; one instance per transformation."""

    def __init__(self, builder: Builder, block: Block, active: Activity) -> None:
        self.builder = builder
        self.active = active
        self.bars = Bars()
        self.block_key = block.key
        self.home: dict[Home, int] = {}
        self.definition: dict[Value, Op] = {}
        self.root_handle: dict[Storage, Value] = {}
        self.first_load: dict[Value, Value] = {}
        self.native: dict[Arg, Arg] = {}
        self.paths: dict[Value, Cell] = {}
        self.remote: dict[Value, list[Arg]] = {}
        self.same_load: dict[Value, Value] = {}
        self.top_key = block.key
        self.donors: dict[object, Value] = {}
        self.targets: dict[tuple[str, int], str] = {}
        self.statement: tuple[str, int] | None = None
        self.survey(block)

    def survey(self, block: Block) -> None:
        """Where each value and storage is defined, and by what."""
        for param in block.params:
            self.home[param] = block.key
        loads: dict[object, Value] = {}
        for k, op in enumerate(block.ops):
            if isinstance(op, Load):
                first = loads.setdefault((self.place(op.handle), op.version), op.outs[0])
                if first is not op.outs[0]:
                    self.same_load[op.outs[0]] = first
            for out in op.outs:
                self.home[out] = block.key
                self.definition[out] = op
                if block.key == self.top_key:
                    self.donate(out)
                if out.user and out.hint and op.origin is not None:
                    self.targets[op.origin.function, op.origin.statement] = out.hint
                if out.is_handle and out.storage is not None:
                    self.home.setdefault(out.storage, block.key)
                    self.root_handle.setdefault(out.storage, out)
            if isinstance(op, Alloc) and isinstance(op.arg, Value):
                after = block.ops[k + 1] if k + 1 < len(block.ops) else None
                if isinstance(after, Load):
                    self.first_load[op.arg] = after.outs[0]
            self.survey_paths(op)
            if isinstance(op, Loop):
                self.home[op.trips] = block.key
                inner = [op.index, op.item, *(c.param for c in op.carries)]
                for value in inner:
                    if value is not None:
                        self.home[value] = op.body.key
                        if value.is_handle and value.storage is not None:
                            self.home[value.storage] = op.body.key
                            self.root_handle[value.storage] = value
            for inside in blocks(op):
                self.survey(inside)

    def place(self, handle: Value) -> object:
        op = self.definition.get(handle)
        return (self.place(op.base), op.step, op.operands) if isinstance(op, View) else handle

    def survey_paths(self, op: Op) -> None:
        if isinstance(op, Unpack) and isinstance(op.arg, Value):
            for k, out in enumerate(op.outs):
                self.paths[out] = self.cell(op.arg, k)
        elif isinstance(op, Prim) and op.primitive == "item" and isinstance(op.args[0], Value):
            base, key = op.args[0], op.args[1]
            if isinstance(base.type, Items) and isinstance(key, Const):
                at = base.type.position(key.value)
                assert at is not None
                self.paths[op.outs[0]] = self.cell(base, at)

    def cell(self, base: Value, at: int) -> Cell:
        known = self.paths.get(base)
        return Cell(base, (at,)) if known is None else Cell(known.root, (*known.positions, at))

    # ---- forward values

    def donate(self, value: Value) -> None:
        """Values of the outermost block that have a name lend their size to others of the same."""
        if isinstance(value.type, Array) and not value.type.partial and (value.user or value in self.home):
            if value.user or value.is_handle:
                self.donors.setdefault((value.type.dtype, value.type.dims), value)

    def shape_of(self, value: Value) -> Arg:
        """Something of the size and dtype of a forward value, the nearer at hand the better."""
        kind = value.type
        if isinstance(kind, Array) and self.home.get(value) != self.top_key:
            donor = self.donors.get((kind.dtype, kind.dims))
            if donor is not None:
                return donor
            made = self.definition.get(value)
            if isinstance(made, Alloc) and isinstance(made.arg, Value):
                return self.forward(made.arg)
        return self.forward(value)

    def forward(self, arg: Arg) -> Arg:
        """A forward value, as the backward sweep names it."""
        if not isinstance(arg, Value):
            return arg
        arg = self.first_load.get(arg, arg)
        arg = self.same_load.get(arg, arg)
        if arg in self.native:
            return self.native[arg]
        op = self.definition.get(arg)
        if self.home.get(arg) == self.top_key and (op is None or arg.user or isinstance(op, (Alloc, Loop, If))):
            return arg
        if arg not in self.home:
            return arg
        return self.builder.at(arg)

    def sized(self, arg: Arg) -> Arg:
        """A forward value of the same size as `arg`: one that has a name, where there is one."""
        node = arg
        while isinstance(node, Value) and not node.user:
            op = self.definition.get(node)
            if isinstance(op, Load) and self.home.get(node) == self.top_key:
                return op.handle
            if not isinstance(op, Prim):
                break
            alike = [a for a in op.args if isinstance(a, Value) and isinstance(a.type, Array) and
                     isinstance(node.type, Array) and a.type.dims == node.type.dims]
            if not alike or op.primitive == "getitem":
                break
            node = alike[0]
        return self.forward(node)

    # ---- adjoints

    def key_of(self, value: Value) -> Key:
        return self.paths.get(value, value)

    def home_key(self, home: Home) -> int:
        return self.home.get(home.root if isinstance(home, Cell) else home, self.top_key)

    def forward_key(self, key: Key) -> Arg:
        """The forward value of a key, for its size: a value, or an item of a container."""
        if not isinstance(key, Cell):
            return self.shape_of(key)
        value = self.forward(key.root)
        for at in key.positions:
            kind = value.type
            assert isinstance(kind, Items)
            word = Const(kind.keys[at]) if kind.kind == "dict" else Const(at)
            value = self.builder.item(value, word)
        return value

    def contribute(self, to: Arg, share: Arg, whole: Value | None = None) -> None:
        """Add a share to the adjoint of a forward value.

        `whole`: the forward value whose size the share stands for, where it may be smaller.
        """
        if not isinstance(to, Value) or to not in self.active:
            return
        kind = to.type
        if isinstance(kind, Listing):
            self.bars.lists.setdefault(self.key_of(to), []).append(Part("all", (), share))
        elif isinstance(kind, Items):
            for cell in leaves_of(to):
                part = self.component(share, cell.positions)
                base = self.paths.get(to)
                whole = Cell(base.root, base.positions + cell.positions) if base else cell
                if part is not None and has_inexact(type_of_key(whole)):
                    self.add(whole, part)
        elif is_inexact(kind):
            logical = whole.type if whole is not None else share.type if isinstance(share.type, Array) else kind
            share = self.builder.fit(share, logical, kind, lambda: self.shape_of(to), lambda: self.shape_of(whole or to))
            self.add(self.key_of(to), share)

    def component(self, share: Arg, positions: tuple[int, ...]) -> Arg | None:
        for at in positions:
            made = next((op for op in reversed(self.builder.ops) if share in op.outs), None)
            if isinstance(made, Prim) and made.primitive == "pack":
                share = made.args[at]
            else:
                assert isinstance(share.type, Items)
                key = share.type.keys[at] if share.type.kind == "dict" else at
                share = self.builder.item(share, Const(key))
        return None if isinstance(share, Const) and share.value is None else share

    def add(self, key: Key, share: Arg) -> None:
        if key in self.bars.handles:
            self.builder.store(self.bars.handles[key], share, "add")
        elif key in self.bars.values:
            self.bars.values[key] = self.sum(self.bars.values[key], share, self.bar_hint(key))
        else:
            self.bars.values[key] = share

    def sum(self, a: Arg, b: Arg, hint: str | None) -> Arg:
        return self.builder.prim("add", a, b, spelling="operator.Add", hint=hint)

    def bar_hint(self, key: Key) -> str | None:
        hint = hint_of(key)
        if hint is None and self.statement is not None and isinstance(key, Value):
            target = self.targets.get(self.statement)
            return noun_of(self.definition.get(key)) + "_bar" if target is None else target + "_in_bar"
        return None if hint is None else hint + "_bar"

    def take(self, key: Key) -> Arg | None:
        """The adjoint of a key, complete at the point where it is defined; None for zero."""
        if key in self.bars.handles:
            return self.builder.load(self.bars.handles.pop(key), self.bar_hint(key))
        bar = self.bars.values.pop(key, None)
        if bar is not None:
            self.builder.facts.suggest(bar, self.bar_hint(key))
        return bar

    def zeros(self, key: Key) -> Arg:
        """A zero adjoint of full size."""
        kind = type_of_key(key)
        if is_scalar(kind):
            return Const(0.0)
        return self.builder.prim("zeros_like", self.forward_key(key), hint=self.bar_hint(key))

    def handle_for(self, home: Home) -> Value:
        """The adjoint storage of a storage or a value; made in the block where that is defined."""
        if home not in self.bars.handles:
            if self.home_key(home) != self.block_key:
                raise NeedStorage(home)
            self.make_storage(home)
        return self.bars.handles[home]

    def make_storage(self, home: Home) -> None:
        if isinstance(home, Storage):
            like: Arg = self.shape_of(self.root_handle[home])
            kind, hint = self.root_handle[home].type, home.name
            start = self.builder.prim("zeros_like", like)
        else:
            kind, hint = type_of_key(home), hint_of(home) or "t"
            known = self.bars.values.pop(home, None)
            like = self.forward_key(home)
            start = self.builder.prim("zeros_like", like) if known is None else self.builder.filled(
                known, kind, lambda: like)
        self.bars.handles[home] = self.builder.alloc(start, hint + "_bar")

    def adjoint_handle(self, handle: Value) -> Value:
        """The handle that is to the adjoint storage what `handle` is to the primal's."""
        op = self.definition.get(handle)
        if isinstance(op, View):
            base = self.adjoint_handle(op.base)
            return self.builder.view(base, op.step, tuple(map(self.forward, op.operands)))
        if isinstance(op, Bind):
            source = op.args[op.outs.index(handle)]
            assert isinstance(source, Value)
            return self.adjoint_handle(source)
        assert handle.storage is not None
        return self.handle_for(handle.storage)

    # ---- operations

    def ops(self, ops: tuple[Op, ...]) -> None:
        for op in reversed(ops):
            self.builder.origin = op.origin
            self.statement = None if op.origin is None else (op.origin.function, op.origin.statement)
            self.op(op)

    def op(self, op: Op) -> None:
        match op:
            case Prim():
                self.prim(op)
            case Bind():
                for arg, out in zip(op.args, op.outs):
                    if out.storage is None and (bar := self.take(out)) is not None:
                        self.contribute(arg, bar)
            case Load():
                bar = self.take(op.outs[0])
                if bar is not None and op.handle in self.active:
                    self.builder.store(self.adjoint_handle(op.handle), bar, self.how(op.handle))
            case Store():
                self.store(op)
            case Alloc():
                storage = op.outs[0].storage
                assert storage is not None
                if storage in self.bars.handles:
                    handle = self.bars.handles.pop(storage)
                    self.contribute(op.arg, self.builder.load(handle, storage.name + "_bar"))
            case At():
                bar = self.take(op.outs[0])
                if bar is not None and self.home.get(op.value) == self.top_key:
                    self.contribute(op.value, bar)
                elif bar is not None:
                    self.remote.setdefault(op.value, []).append(bar)
            case If():
                self.branch(op)
            case Loop():
                self.loop(op)

    def how(self, handle: Value) -> str:
        """How to add to the adjoint of a place: indices that may repeat must be added one by one."""
        op = self.definition.get(handle)
        if isinstance(op, View) and not is_basic(op.step) and not self.are_unique(op.step, op.operands):
            return "scatter"
        return "add"

    def are_unique(self, step: Step, operands: tuple[Arg, ...]) -> bool:
        """True where an index selects no element twice: a mask, or an arange among the indices."""
        for operand in operands:
            kind = operand.type
            if isinstance(kind, Array) and kind.dtype.kind == "b":
                return True
            op = self.definition.get(operand) if isinstance(operand, Value) else None
            if isinstance(op, Prim) and op.primitive == "arange":
                return True
        return False

    def store(self, op: Store) -> None:
        self.builder.emit(Undo((), op.origin, op))
        storage = op.handle.storage
        assert storage is not None
        if storage not in self.bars.handles or op.how != "set":
            if op.how != "set" and storage in self.bars.handles:
                self.contribute(op.value, self.builder.load(self.adjoint_handle(op.handle)))
            return
        place = self.adjoint_handle(op.handle)
        if isinstance(op.value, Value) and op.value in self.active:
            definition = self.definition.get(op.handle)
            if self.how(op.handle) == "scatter":
                assert isinstance(definition, View)
                base = self.adjoint_handle(definition.base)
                indices = tuple(map(self.forward, definition.operands))
                attrs = {"step": Const(definition.step)}
                share = self.builder.prim("last_writes", self.builder.load(base), *indices, attrs=attrs,
                                          kind=place.type)
            else:
                share = self.builder.load(place)
            self.builder.store(place, ZERO)
            self.contribute(op.value, share)
        else:
            self.builder.store(place, ZERO)

    def prim(self, op: Prim) -> None:
        out = op.outs[0]
        if out not in self.active:
            return
        if isinstance(out.type, (Items, Listing)):
            return self.container(op)
        if op.primitive == "item":
            if isinstance(op.args[0].type, Listing) and (bar := self.take(out)) is not None:
                self.element(op, bar)
            return
        bar = self.take(out)
        if bar is None:
            return
        if op.primitive == "getitem":
            return self.getitem(op, bar)
        if op.primitive == "unbroadcast":
            like = op.args[0]
            return self.contribute(like, self.builder.filled(bar, like.type, lambda: self.forward(like)))
        self.template(op, bar)

    def template(self, op: Prim, bar: Arg) -> None:
        """The adjoint of a primitive, from its template."""
        if op.primitive not in REGISTRY.by_name:
            raise LaterError(f"the derivative of `{op.primitive}`", op.origin, "differentiate once, or in forward mode")
        primitive = REGISTRY.by_name[op.primitive]
        names = primitive.parameters
        given = {name: (lambda arg=arg: self.forward(arg)) for name, arg in zip(names, (op.outs[0], *op.args))}
        types: dict[str, Arg] = dict(zip(names, (op.outs[0], *op.args)))
        attrs = dict(primitive.attributes) | dict(op.attrs)
        given |= {name: (lambda arg=arg: self.forward(arg)) for name, arg in attrs.items()}
        out = op.outs[0]
        if primitive.kind != "elementwise" and not (primitive.result in BROADCASTS and is_scalar(bar.type)):
            bar = self.builder.filled(bar, out.type, lambda: self.shape_of(out))
        given["z_bar"] = lambda: bar
        template = Template(self.builder, primitive, given, types, op.spelling, self.sized)
        allowed = differentiable_args(op)
        for name, arg in zip(names[1:], op.args):
            if arg not in self.active or not any(arg is a for a in allowed):
                continue
            wanted = f"dz_d{name}" if primitive.kind == "elementwise" else f"{name}_bar"
            if not template.has(wanted):
                raise UnsupportedError(f"`{op.primitive}` has no derivative with respect to `{name}`", op.origin)
            share = template.get(wanted)
            if primitive.kind == "elementwise":
                share = self.scaled(bar, share)
            self.contribute(arg, share, out if primitive.kind == "elementwise" else None)

    def scaled(self, bar: Arg, partial: Arg) -> Arg:
        if partial == Const(1.0):
            return bar
        if partial == Const(-1.0):
            return self.builder.prim("negative", bar, spelling="operator.USub")
        return self.builder.prim("multiply", bar, partial, spelling="operator.Mult")

    def getitem(self, op: Prim, bar: Arg) -> None:
        base, operands = op.args[0], op.args[1:]
        assert isinstance(base, Value)
        step = dict(op.attrs)["step"].value  # type: ignore[union-attr]
        assert isinstance(step, Step)
        if is_whole(step):
            if "n" in step.pattern:
                bar = self.builder.filled(bar, op.outs[0].type, lambda: self.forward(op.outs[0]))
                places = [k for k, part in enumerate(step.pattern) if part == "n"]
                pattern = tuple("i" if part == "n" else part for part in step.pattern)
                bar = self.builder.getitem(bar, Step("index", pattern), (Const(0),) * len(places))
            return self.contribute(base, bar)
        handle = self.handle_for(self.key_of(base))
        view = self.builder.view(handle, step, tuple(map(self.forward, operands)))
        unique = is_basic(step) or self.are_unique(step, operands)
        self.builder.store(view, self.builder.cast(bar, base.type), "add" if unique else "scatter")

    # ---- containers

    def container(self, op: Prim) -> None:
        out = op.outs[0]
        if op.primitive == "pack":
            for k, arg in enumerate(op.args):
                if (bar := self.take_tree(out, (k,))) is not None:
                    self.contribute(arg, bar)
        elif op.primitive == "item" and isinstance(op.args[0].type, Listing):
            bar = self.take_tree(out, ())
            if bar is not None:
                self.element(op, bar)
        elif op.primitive == "slice_list":
            parts = self.bars.lists.pop(out, [])
            if parts and isinstance(op.args[0], Value):
                bar = self.combine(out, parts)
                self.bars.lists.setdefault(self.key_of(op.args[0]), []).append(Part("slice", op.args[1:], bar))
        elif out in self.bars.lists:
            self.whole_list(op, self.combine(out, self.bars.lists.pop(out)))

    def whole_list(self, op: Prim, bar: Arg) -> None:
        """The adjoint of an operation on whole lists."""
        if op.primitive == "reversed_list":
            self.contribute(op.args[0], self.builder.prim("reversed_list", bar, kind=op.args[0].type))
        elif op.primitive == "list_add":
            for arg in op.args:
                self.contribute(arg, bar)
        else:
            raise LaterError(f"the derivative of `{op.primitive}`", op.origin, "differentiate once")

    def element(self, op: Prim, bar: Arg) -> None:
        base = op.args[0]
        assert isinstance(base, Value)
        key = self.key_of(base)
        self.bars.lists.setdefault(key, []).append(Part("element", (self.forward(op.args[1]),), bar))

    def take_tree(self, root: Value, positions: tuple[int, ...]) -> Arg | None:
        """The adjoint of a container, or of a part of it, complete; None where all of it is zero."""
        cells = [c for c in leaves_of(root) if c.positions[:len(positions)] == positions] or [Cell(root, positions)]
        keys = [c if c.positions else root for c in cells]
        known = (self.bars.values, self.bars.handles, self.bars.lists)
        if not any(key in bars for key in keys for bars in known):  # type: ignore[operator]
            return None
        return self.tree(root, positions)

    def tree(self, root: Value, positions: tuple[int, ...]) -> Arg:
        kind = leaf_type(root.type, positions)
        if isinstance(kind, Items):
            parts = tuple(self.tree(root, (*positions, k)) for k in range(len(kind.items)))
            return self.builder.pack(kind.kind, parts, kind.keys)
        key: Key = Cell(root, positions) if positions else root
        return self.complete(key, kind)

    def complete(self, key: Key, kind: Type) -> Arg:
        """The adjoint of a leaf at full size; zeros, or None for what has no derivative."""
        if not has_inexact(kind):
            return Const(None)
        if isinstance(kind, Listing):
            return self.combine(key, self.bars.lists.pop(key, []))
        bar = self.take(key)
        if bar is None:
            return self.zeros(key)
        if isinstance(kind, Array):
            return self.builder.filled(bar, kind, lambda: self.forward_key(key))
        return bar

    def combine(self, key: Key, parts: list[Part]) -> Arg:
        """One list from the pieces of a list's adjoint."""
        kind = type_of_key(key)
        assert isinstance(kind, Listing)
        whole = [part.value for part in parts if part.kind == "all"]
        pieces = [part for part in parts if part.kind != "all"]
        joined = self.joined(kind, pieces) if pieces else None
        if joined is not None:
            whole.append(joined)
            pieces = []
        total = whole[0] if whole else self.builder.prim("list_zeros", self.forward_key(key), kind=kind)
        for other in whole[1:]:
            total = self.builder.prim("list_add", total, other, kind=kind)
        for part in pieces:
            name = "list_add_slice" if part.kind == "slice" else "list_add_item"
            total = self.builder.prim(name, total, *part.where, part.value, kind=kind)
        return total

    def joined(self, kind: Listing, pieces: list[Part]) -> Arg | None:
        """Pieces that follow one another without gap or overlap: `[:k]` and `[k:]`, or `[k]` at an end."""
        def ends(part: Part) -> tuple[object, object]:
            values = [arg.value if isinstance(arg, Const) else arg for arg in part.where]
            if part.kind == "element":
                known = type(values[0]) is int
                return values[0], None if values[0] == -1 or not known else values[0] + 1  # type: ignore[operator]
            return (values[0] or 0, values[1]) if values[2] is None else (object(), None)

        left = list(pieces)
        at: object = 0
        ordered: list[Arg] = []
        while left:
            found = next((p for p in left if ends(p)[0] == at), None)
            if found is None:
                return None
            left.remove(found)
            value = found.value
            if found.kind == "element":
                value = self.builder.pack("list", (value,))
            ordered.append(value)
            at = ends(found)[1]
        if at is not None:
            return None
        return ordered[0] if len(ordered) == 1 else self.builder.prim("list_join", *ordered, kind=kind)

    def branch(self, op: If) -> None:
        raise NotImplementedError

    def loop(self, op: Loop) -> None:
        raise NotImplementedError
