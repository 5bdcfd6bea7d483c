"""The backward sweep over straight-line operations.

before: a forward program; adjoints of what comes after an operation
after:  the operations that add its share to the adjoints of what it reads
"""
from __future__ import annotations

from ..errors import LaterError
from ..ir.program import (
    ADD_TO,
    SCATTER,
    SET,
    ZERO,
    Alloc,
    Arg,
    At,
    Bind,
    Const,
    If,
    Load,
    Loop,
    Op,
    Prim,
    Step,
    Store,
    Undo,
    Value,
    View,
)
from ..ir.types import Items, Listing
from ..ir.units import Call
from ..primitives import core
from ..primitives.indexing import is_basic, is_whole, step_of
from ..primitives.primitive import REGISTRY
from .bars import Cell, Part
from .rules import Rules


class Sweep(Rules):
    """Writes adjoint operations with `builder`; one instance per transformation."""

    def ops(self, ops: tuple[Op, ...]) -> None:
        for op in reversed(ops):
            self.builder.origin = op.origin
            self.statement = None if op.origin is None else (op.origin.function, op.origin.statement)
            self.op(op)
            self.check_taken(op)

    def check_taken(self, op: Op) -> None:
        """An adjoint that nobody takes where its value is defined would be lost: a mistake of the compiler."""
        bars = (*self.bars.values, *self.bars.lists, *self.bars.handles, *self.bars.cuts)
        left = {key.root if isinstance(key, Cell) else key for key in bars}
        lost = [out for out in op.outs if out in left]
        if lost and isinstance(lost[0].type, Items):
            raise LaterError(f"`{lost[0].hint}`, bound anew as a whole here,", op.origin, "keep its items in variables")
        assert not lost, f"the adjoint of `{lost[0].hint}` is lost at {type(op).__name__}"

    def op(self, op: Op) -> None:
        match op:
            case Prim():
                self.prim(op)
            case Bind():
                for arg, out in zip(op.args, op.outs):
                    if out.storage is None and (bar := self.take_any(out)) is not None:
                        self.contribute(arg, bar)
            case Load():
                bar = self.take(op.outs[0])
                if bar is not None and op.outs[0] in self.shown:
                    self.contribute(self.shown[op.outs[0]], bar)
                elif bar is not None and op.handle in self.active:
                    self.load(op, bar)
            case Store():
                self.store(op)
            case Alloc():
                storage = op.outs[0].buffer
                if storage in self.bars.handles:
                    handle = self.bars.handles.pop(storage)
                    self.contribute(op.arg, self.builder.load(handle, storage.name + "_bar"))
            case At():
                bar = None if op.outs[0].storage is not None else self.take_any(op.outs[0])
                if bar is not None and self.home.get(op.value) == self.top_key:
                    self.contribute(op.value, bar)
                elif bar is not None:
                    self.remote.setdefault(op.value, []).append(bar)
            case If():
                self.branch(op)
            case Loop():
                self.loop(op)
            case Call():
                self.call(op)

    def load(self, op: Load, bar: Arg) -> None:
        """Add to the place that is read; of a view that only adds axes, to what it is a view of."""
        handle, steps = op.handle, []
        while isinstance(view := self.definition.get(handle), View) and view.step.kind == "index" and \
                is_whole(view.step):
            steps.append(view.step)
            handle = view.base
        bar = self.without_new_axes(bar, steps, op.outs[0])
        self.builder.store(self.adjoint_handle(handle), bar, self.how(handle))

    def without_new_axes(self, bar: Arg, steps: list[Step], like: Value) -> Arg:
        """The adjoint of `x` from that of `x[:, None]`; `steps`: of the views that add axes, the last of them first."""
        added = [[k for k, part in enumerate(step.pattern) if part == "n"] for step in steps]
        bar = self.builder.filled(bar, like.type, lambda: self.forward(like)) if any(added) else bar
        for step, places in zip(steps, added):
            pattern = tuple("i" if part == "n" else part for part in step.pattern)
            bar = self.builder.getitem(bar, Step("index", pattern), (Const(0),) * len(places)) if places else bar
        return bar

    def how(self, handle: Value) -> str:
        """How to add to the adjoint of a place: indices that may repeat must be added one by one."""
        op = self.definition.get(handle)
        if isinstance(op, View) and not is_basic(op.step) and not self.are_unique(op.operands):
            return SCATTER
        return ADD_TO

    def store(self, op: Store) -> None:
        self.builder.emit(Undo((), op.origin, op))
        storage = op.handle.buffer
        if storage not in self.bars.handles or op.how != SET:
            if op.how != SET and storage in self.bars.handles:
                self.contribute(op.value, self.builder.load(self.adjoint_handle(op.handle)))
            return
        place = self.adjoint_handle(op.handle)
        if isinstance(op.value, Value) and op.value in self.active:
            definition = self.definition.get(op.handle)
            if self.how(op.handle) == SCATTER:
                assert isinstance(definition, View)
                base = self.adjoint_handle(definition.base)
                indices = tuple(map(self.forward, definition.operands))
                attrs = {"step": Const(definition.step)}
                share = self.builder.prim(core.LAST_WRITES, self.builder.load(base), *indices, attrs=attrs,
                                          kind=place.type)
            else:
                share = self.builder.load(place)
            self.builder.store(place, ZERO)
            self.contribute(op.value, share)
        else:
            self.builder.store(place, ZERO)

    def prim(self, op: Prim) -> None:
        out = op.outs[0]
        if out in self.bars.cuts:
            return self.cut(op)
        if out not in self.active:
            return
        if isinstance(out.type, (Items, Listing)):
            return self.container(op)
        if op.primitive == core.ITEM:
            if isinstance(op.args[0].type, Listing) and (bar := self.take(out)) is not None:
                self.element(op, bar)
            return
        bar = self.take(out)
        if bar is None:
            return
        if op.primitive == core.GETITEM:
            return self.getitem(op, bar)
        if op.primitive == core.ENTRY:
            return self.contribute(op.args[2], bar)
        if op.primitive == core.AS_ROWS:
            bar = self.builder.filled(bar, out.type, lambda: self.forward(out))
            return self.contribute(op.args[0], self.builder.prim(core.ROWS, bar, kind=op.args[0].type))
        if op.primitive == core.LAST_WRITES:
            return self.last_writes(op, bar)
        if op.primitive == core.UNBROADCAST:
            like = op.args[0]
            return self.contribute(like, self.builder.filled(bar, like.type, lambda: self.forward(like)))
        self.template(op, bar)

    def getitem(self, op: Prim, bar: Arg) -> None:
        base, operands = op.args[0], op.args[1:]
        assert isinstance(base, Value)
        step = step_of(op)
        if is_whole(step):
            return self.contribute(base, self.without_new_axes(bar, [step], op.outs[0]))
        unique = is_basic(step) or self.are_unique(operands)
        self.add_to_part(base, step, tuple(map(self.forward, operands)), bar, unique)

    def last_writes(self, op: Prim, bar: Arg) -> None:
        """Transposed, that is the write itself: of those that go to one place the last one counts."""
        base, builder = op.args[0], self.builder
        handle = builder.alloc(builder.prim(core.ZEROS_LIKE, self.forward(base)), "t")
        builder.store(builder.view(handle, step_of(op), tuple(map(self.forward, op.args[1:]))), bar)
        self.contribute(base, builder.load(handle))

    # ---- containers

    def container(self, op: Prim) -> None:
        out = op.outs[0]
        if op.primitive in REGISTRY.by_name:
            if (bar := self.take_tree(out, ())) is not None:
                self.template(op, bar)
        elif op.primitive == core.PACK:
            self.spread_list(out)
            for k, arg in enumerate(op.args):
                if (bar := self.take_tree(out, (k,))) is not None:
                    self.contribute(arg, bar)
        elif op.primitive == core.ENTRY:
            if (bar := self.take_tree(out, ())) is not None:
                self.contribute(op.args[2], bar)
        elif op.primitive == core.ITEM and isinstance(op.args[0].type, Listing):
            bar = self.take_tree(out, ())
            if bar is not None:
                self.element(op, bar)
        elif op.primitive == core.ITEMS_OF:
            if (bar := self.take_tree(out, ())) is not None:
                assert isinstance(out.type, Items)
                attrs = {"view": Const("values")} if out.type.kind == "dict" else {}
                self.contribute(op.args[1], self.builder.prim(core.LISTED, bar, attrs=attrs, kind=op.args[1].type))
        elif op.primitive == core.SLICE_LIST:
            parts = self.bars.lists.pop(out, [])
            if parts and isinstance(op.args[0], Value):
                bar = self.combine(out, parts)
                self.bars.lists.setdefault(self.key_of(op.args[0]), []).append(Part("slice", op.args[1:], bar))
        elif out in self.bars.lists:
            self.whole_list(op, self.combine(out, self.bars.lists.pop(out)))

    def whole_list(self, op: Prim, bar: Arg) -> None:
        """The adjoint of an operation on whole lists."""
        if op.primitive == core.LISTED:
            self.contribute(op.args[0], bar)
        elif op.primitive == "reversed_list":
            self.contribute(op.args[0], self.builder.prim("reversed_list", bar, kind=op.args[0].type))
        elif op.primitive == core.LIST_ADD:
            for arg in op.args:
                self.contribute(arg, bar)
        elif op.primitive == core.ROWS:
            self.contribute(op.args[0], self.builder.prim(core.AS_ROWS, bar, kind=op.args[0].type))
        elif op.primitive in (core.LIST_ADD_ITEM, core.LIST_ADD_SLICE):
            where = tuple(map(self.forward, op.args[1:-1]))
            if op.primitive == core.LIST_ADD_ITEM:
                share = self.builder.item(bar, where[0])
            else:
                share = self.builder.prim(core.SLICE_LIST, bar, *where, kind=op.args[-1].type)
            self.contribute(op.args[0], bar)
            self.contribute(op.args[-1], share)
        elif op.primitive == core.LIST_JOIN:
            self.list_join(op, bar)
        else:
            raise LaterError(f"the derivative of `{op.primitive}`", op.origin, "differentiate once")

    def list_join(self, op: Prim, bar: Arg) -> None:
        """Each of the lists gets its part of the joined one."""
        at: Arg = Const(0)
        for k, arg in enumerate(op.args):
            end: Arg = Const(None)
            if k + 1 < len(op.args):
                end = Const(len(arg.type.items)) if isinstance(arg.type, Items) else \
                    self.builder.length(self.forward(arg))
                end = end if at == Const(0) else self.builder.prim(core.ADD, at, end)
            assert isinstance(bar.type, Listing)
            kind = Listing(bar.type.element, self.builder.facts.fresh_dim("len"))
            self.contribute(arg, self.builder.prim(core.SLICE_LIST, bar, at, end, Const(None), kind=kind))
            at = end

    def element(self, op: Prim, bar: Arg) -> None:
        base = op.args[0]
        assert isinstance(base, Value)
        key = self.key_of(base)
        self.bars.lists.setdefault(key, []).append(Part("element", (self.forward(op.args[1]),), bar))

    def cut(self, op: Prim) -> None:
        raise NotImplementedError

    def branch(self, op: If) -> None:
        raise NotImplementedError

    def loop(self, op: Loop) -> None:
        raise NotImplementedError

    def call(self, op: Call) -> None:
        raise NotImplementedError
